package bench

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// BenchmarkDecode is one page of 100 rows from the bytes of CCUBE's answer to rows, the call around it included but for the
// network.
func BenchmarkDecode(b *testing.B) {
	box := sandbox.New(sandbox.Options{Projects: 200})
	caller := identity.New(identity.Tenant{Name: "sandbox", Base: "http://sandbox.invalid"}, "ada@example.com", identity.Secret(box.Admin().Authorization))
	for _, list := range []struct {
		name string
		read func(*ccube.API, ccube.Page) (int, error)
	}{
		{"projects", func(a *ccube.API, p ccube.Page) (int, error) {
			rows, err := a.ListProjects(b.Context(), p)
			return len(rows), err
		}},
		{"invoices", func(a *ccube.API, p ccube.Page) (int, error) {
			rows, err := a.ListInvoices(b.Context(), p)
			return len(rows), err
		}},
	} {
		b.Run(list.name, func(b *testing.B) {
			answer := recorded{box: box, body: map[string][]byte{}}
			api := ccube.New(ccube.Options{HTTP: answer}).As(caller)
			page := ccube.Page{Number: 1, Size: 100}
			if _, err := list.read(api, page); err != nil {
				b.Fatal(err)
			}
			for _, body := range answer.body {
				b.SetBytes(int64(len(body)))
			}
			b.ReportAllocs()
			for b.Loop() {
				if n, err := list.read(api, page); err != nil || n != 100 {
					b.Fatalf("%d rows, %v", n, err)
				}
			}
		})
	}
}

// recorded answers from memory what the sandbox has once answered.
type recorded struct {
	box  *sandbox.Server
	body map[string][]byte
}

// Do is part of ccube.Doer.
func (r recorded) Do(request *http.Request) (*http.Response, error) {
	target := request.URL.RequestURI()
	if _, ok := r.body[target]; !ok {
		w := httptest.NewRecorder()
		r.box.ServeHTTP(w, request)
		r.body[target] = w.Body.Bytes()
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: request,
		ContentLength: int64(len(r.body[target])), Body: io.NopCloser(bytes.NewReader(r.body[target])),
	}, nil
}

// BenchmarkKey is who asks: from a request's headers to the partition that every key begins with.
func BenchmarkKey(b *testing.B) {
	tenants := identity.Tenants{Names: []string{"acme"}}
	for name, header := range map[string]http.Header{
		"token": {"Authorization": {"Token 0123456789abcdef0123456789abcdef,user_email=ada@example.com"}},
		"basic": {"Authorization": {"Basic YWRhQGV4YW1wbGUuY29tOjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm"}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := identity.FromRequest(header, tenants); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
