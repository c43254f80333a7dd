// Command late lists the invoices that are past their due date, and writes a note on the project of the first.
//
//	go run . -email admin@example.com -password sandbox-admin
//
// It is a Go client with types made from the schema: operations.graphql is written by hand, client.go by genqlient.
package main

//go:generate go tool genqlient

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func main() {
	url := flag.String("url", "http://127.0.0.1:8080/graphql", "the gateway")
	email := flag.String("email", "", "whom to sign in")
	password := flag.String("password", "", "the password")
	most := flag.Int("most", 5, "how many invoices to list")
	flag.Parse()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	if err := run(ctx, os.Stdout, *url, *email, *password, *most); err != nil {
		fmt.Fprintln(os.Stderr, "late:", explain(err))
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, url, email, password string, most int) error {
	caller, err := signIn(ctx, url, email, password)
	if err != nil {
		return err
	}
	late, err := lateInvoices(ctx, caller, most)
	if err != nil {
		return err
	}
	for _, i := range late {
		fmt.Fprintf(out, "%-10s due %s  %9s  %s\n", value(i.Number), value(i.DueDate), value(i.Balance), client(i))
	}
	if len(late) == 0 || late[0].ProjectId == nil {
		return nil
	}
	return remind(ctx, out, caller, late[0])
}

// signIn exchanges email and password for a client that signs its requests.
func signIn(ctx context.Context, url, email, password string) (graphql.Client, error) {
	answer, err := SignIn(ctx, graphql.NewClient(url, http.DefaultClient), email, password)
	if err != nil {
		return nil, err
	}
	if err := mistakes(answer.SignIn.UserErrors); err != nil {
		return nil, err
	}
	transport := signed{authorization: value(answer.SignIn.Authorization), next: http.DefaultTransport}
	return graphql.NewClient(url, &http.Client{Transport: transport}), nil
}

// signed puts the credential into each request.
type signed struct {
	authorization string
	next          http.RoundTripper
}

// RoundTrip sends a copy of the request, since a request is its sender's.
func (s signed) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", s.authorization)
	return s.next.RoundTrip(r)
}

// lateInvoices reads page after page until it has enough.
func lateInvoices(ctx context.Context, caller graphql.Client, most int) ([]LateInvoice, error) {
	var late []LateInvoice
	for after := (*string)(nil); ; {
		answer, err := LateInvoices(ctx, caller, min(most-len(late), 1000), after)
		if err != nil {
			return nil, err
		}
		late = append(late, answer.Invoices.Nodes...)
		if after = answer.Invoices.PageInfo.EndCursor; len(late) >= most || !answer.Invoices.PageInfo.HasNextPage {
			return late, nil
		}
	}
}

// remind writes a note on the invoice's project.
func remind(ctx context.Context, out io.Writer, caller graphql.Client, i LateInvoice) error {
	answer, err := Remind(ctx, caller, *i.ProjectId, fmt.Sprintf("Reminder for %s sent.", value(i.Number)))
	if err != nil {
		return err
	}
	if err := mistakes(answer.CreateNote.UserErrors); err != nil {
		return err
	}
	fmt.Fprintf(out, "wrote note %s on project %s\n", answer.CreateNote.Note.Id, *i.ProjectId)
	return nil
}

// mistakes is what a person has to mend: it comes as data, apart from what went wrong.
func mistakes(found []Mistake) error {
	var errs []error
	for _, m := range found {
		at := ""
		if len(m.Field) > 0 {
			at = strings.Join(m.Field, ".") + ": "
		}
		errs = append(errs, fmt.Errorf("%s%s (%s)", at, m.Message, m.Code))
	}
	return errors.Join(errs...)
}

// explain tells an error with the gateway's code, which is there for programs to act on.
func explain(err error) string {
	var list gqlerror.List
	if !errors.As(err, &list) || len(list) == 0 {
		return err.Error()
	}
	return fmt.Sprintf("%s (%v)", list[0].Message, list[0].Extensions["code"])
}

// client is who has to pay, as far as that is known.
func client(i LateInvoice) string {
	if i.Client == nil {
		return "nobody"
	}
	return cmp.Or(value(i.Client.Name), "somebody") + " " + value(i.Client.Phone)
}

// value is what a pointer points to; null is the zero value here, since it is only shown.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
