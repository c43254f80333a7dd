// Package ide serves the IDE at /: GraphiQL with a sign-in, worked examples and a panel of the calls to CCUBE.
//
// It promises to work without the internet: page, scripts, fonts and workers come from the gateway, and the page's
// Content-Security-Policy lets the browser ask nobody else. It keeps no credential and sets no cookie; what the page does with
// a credential is told in web/src/session.ts.
//
// The front end's sources are in web/. What is built from them is committed as assets.zip, so that `go run .` needs nothing but
// Go; CI builds it anew from the lock file and wants the same bytes. The page itself is made here, since it carries what this
// gateway is: its tenants, and the sandbox's users.
package ide

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// Options say what the page tells of the gateway.
type Options struct {
	// Tenants are the names of those served.
	Tenants []string
	// ReadOnly leaves out examples that change something.
	ReadOnly bool
	// Accounts are who can sign in, where all data is made up; none at a real tenant.
	Accounts []Account
	// Today is the day that made-up data leads up to; zero is the real one.
	Today time.Time
}

// Account is a user of the sandbox that the sign-in offers.
type Account struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	// About says who it is, in a few words.
	About string `json:"about"`
}

// assetPath is where the files are, seen from the page.
const assetPath = "ide/"

//go:embed page.html
var pageText string

// Handler serves the page at / and its files below /ide/.
func Handler(o Options) (http.Handler, error) {
	files, err := open(archive)
	if err != nil {
		return nil, fmt.Errorf("cannot read the IDE's files: %w", err)
	}
	page, err := o.page(files.manifest)
	if err != nil {
		return nil, fmt.Errorf("cannot make the IDE's page: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// The page names its files, which change with each version: it is asked for anew.
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(page))
	})
	mux.HandleFunc("GET /"+assetPath+"{name}", files.serve)
	return guarded(mux), nil
}

// page is the HTML. It is made without html/template: whatever links that, or text/template, keeps every exported method of every
// type in the binary, since a template may name any: a third of it.
func (o Options) page(m manifest) (string, error) {
	accounts := o.Accounts
	if accounts == nil {
		accounts = []Account{}
	}
	config := map[string]any{
		"tenants": o.Tenants, "readOnly": o.ReadOnly, "accounts": accounts, "workers": m.Workers, "licences": m.Licences,
	}
	if !o.Today.IsZero() {
		config["today"] = o.Today.Format(time.DateOnly)
	}
	text, err := json.Marshal(config)
	if err != nil {
		return "", err
	}
	var preload strings.Builder
	for _, name := range m.Preload {
		fmt.Fprintf(&preload, "\n    <link rel=\"modulepreload\" href=\"%s\">", html.EscapeString(assetPath+name))
	}
	return strings.NewReplacer(
		"{style}", html.EscapeString(assetPath+m.Style), "{preload}", preload.String(),
		"{script}", html.EscapeString(assetPath+m.Script), "{config}", html.EscapeString(string(text)),
	).Replace(pageText), nil
}

// policy is the Content-Security-Policy. Scripts and workers come from here alone, never from the page's own text, and nothing is
// sent elsewhere. The exception is styles: Monaco, the editor in GraphiQL, writes its theme into style elements and places each
// line by a style attribute. With images and fonts from here alone, such a style has nowhere to send what it might read.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guarded sets the headers that keep others out. They go with the files too: a worker goes by the policy of its own script.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
