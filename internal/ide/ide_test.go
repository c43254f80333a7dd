package ide_test

// This file asks the handler itself: which headers go out, and that page and archive fit together.

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ide"
)

// handler is the IDE.
func handler(t *testing.T, o ide.Options) http.Handler {
	t.Helper()
	h, err := ide.Handler(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks for a path.
func get(t *testing.T, h http.Handler, path, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// named are the files that the page names.
func named(page string) (files []string) {
	for _, match := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(match[1], "data:") {
			files = append(files, match[1])
		}
	}
	return files
}

func TestEverythingComesFromHere(t *testing.T) {
	t.Parallel()
	h := handler(t, ide.Options{Tenants: []string{"acme"}})
	page := get(t, h, "/", "").Body.String()
	files := named(page)
	if len(files) < 3 {
		t.Fatalf("the page names %v only", files)
	}
	for _, file := range files {
		if !strings.HasPrefix(file, "ide/") {
			t.Errorf("the page asks for %s, which is not below it", file)
		}
		if w := get(t, h, "/"+file, ""); w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: status %d", file, w.Code)
		}
	}
	if script := regexp.MustCompile(`<script[^>]*>[^<]`).FindString(page); script != "" || strings.Contains(page, " on") {
		t.Errorf("the page has a script in its text: %s", script)
	}
}

func TestHeadersKeepOthersOut(t *testing.T) {
	t.Parallel()
	h := handler(t, ide.Options{Tenants: []string{"acme"}})
	page := get(t, h, "/", "")
	for _, path := range []string{"/", "/" + named(page.Body.String())[0], "/ide/nothing.js"} {
		header := get(t, h, path, "").Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		policy := header.Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "script-src 'self';", "worker-src 'self';", "connect-src 'self';", "frame-ancestors 'none'",
			"base-uri 'none'", "form-action 'none'",
		} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s: %s", path, want, policy)
			}
		}
		if strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "http") || strings.Contains(policy, "*") {
			t.Errorf("%s: the policy lets too much in: %s", path, policy)
		}
	}
	if got := page.Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the page may be kept: %s", got)
	}
}

func TestFilesAreSentCompressedAndKept(t *testing.T) {
	t.Parallel()
	h := handler(t, ide.Options{Tenants: []string{"acme"}})
	for _, file := range named(get(t, h, "/", "").Body.String()) {
		plain := get(t, h, "/"+file, "")
		packed := get(t, h, "/"+file, "br, gzip")
		if packed.Header().Get("Content-Encoding") != "gzip" || plain.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s is encoded as %q and %q", file, packed.Header().Get("Content-Encoding"), plain.Header().Get("Content-Encoding"))
		}
		reader, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader) // checks sum and size
		if err != nil || !bytes.Equal(content, plain.Body.Bytes()) {
			t.Errorf("%s differs when it is compressed: %v", file, err)
		}
		for name, want := range map[string]string{"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"} {
			if got := packed.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", file, name, got, want)
			}
		}
	}
	if w := get(t, h, "/"+named(get(t, h, "/", "").Body.String())[0], "gzip;q=0, identity"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a client that takes no gzip got it")
	}
	if w := get(t, h, "/ide/ide-OLD.js", ""); w.Code != http.StatusNotFound || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("a file of another version: status %d, %s", w.Code, w.Header().Get("Cache-Control"))
	}
}

// TestThePageTellsOfTheGateway: what it tells is text, whatever it holds.
func TestThePageTellsOfTheGateway(t *testing.T) {
	t.Parallel()
	h := handler(t, ide.Options{
		Tenants: []string{"acme", "beta"}, ReadOnly: true,
		Accounts: []ide.Account{{Email: "a@example.com", Password: `"><script>alert(1)</script>`, About: "may see all"}},
	})
	page := get(t, h, "/", "").Body.String()
	for _, want := range []string{"acme", "beta", "a@example.com", "&#34;readOnly&#34;:true"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not tell %s: %s", want, page)
		}
	}
	if strings.Contains(page, "<script>") {
		t.Errorf("the page runs what it tells: %s", page)
	}
	if page := get(t, handler(t, ide.Options{Tenants: []string{"acme"}}), "/", "").Body.String(); strings.Contains(page, "password") {
		t.Errorf("the page of a real tenant tells passwords: %s", page)
	}
}

// TestTheArchiveIsSmall: it is part of each clone and each binary.
func TestTheArchiveIsSmall(t *testing.T) {
	t.Parallel()
	const most = 2_500_000
	archive, err := os.Stat("assets.zip")
	if err != nil {
		t.Fatal(err)
	}
	if archive.Size() > most {
		t.Errorf("assets.zip has %d bytes, more than %d: what has got into it?", archive.Size(), most)
	}
}
