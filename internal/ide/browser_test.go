package ide_test

// This file uses the IDE as people do, in a real Chromium over a gateway and its sandbox.
//
//	go test ./internal/ide -run Browser -screenshots /tmp/pictures
//
// leaves pictures of it: light and dark, wide and on a phone.

import (
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/ide"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

var screenshots = flag.String("screenshots", "", "the folder to leave pictures of the IDE in")

// serve serves a gateway with its IDE, and returns where.
func serve(t *testing.T, tenants ...string) (*gatewaytest.Gateway, string) {
	t.Helper()
	box := sandbox.New(sandbox.Options{Seed: 1, Switches: sandbox.Switches{Latency: 25 * time.Millisecond}})
	admin := box.Admin()
	g := gatewaytest.Start(t, gatewaytest.Options{
		Sandbox: box, Tenants: tenants, SignInLimit: 1000, Now: func() time.Time { return box.Today() },
		IDE: handler(t, ide.Options{
			Tenants: tenants, Today: box.Today(),
			Accounts: []ide.Account{{Email: admin.Email, Password: admin.Password, About: "may see and do everything"}},
		}),
	})
	server := httptest.NewServer(g.Handler)
	t.Cleanup(server.Close)
	return g, server.URL
}

// The texts in the editors.
const (
	query   = `__MONACO.editor.getModels().find(m => m.uri.path.includes('operation')).getValue()`
	headers = `__MONACO.editor.getModels().find(m => m.uri.path.includes('headers')).getValue()`
	result  = `__MONACO.editor.getModels().find(m => m.uri.path.includes('response')).getValue()`
)

// TestInABrowser has one browser for all its parts, and a profile for each.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	chromium := browser(t)

	t.Run("sign in, run, see the result and its calls", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "sandbox")
		admin := g.Sandbox.Admin()
		p := open(t, chromium, url, "", wide)
		p.signIn(admin.Email, admin.Password)
		g.Calls()
		p.run()

		// The digits are CCUBE's: 651.00 is not 651.
		p.until(`document.querySelector('.result-window').innerText.includes('P-2024-178')`)
		if got := js[string](p, result); !strings.Contains(got, `"total": 651.00`) || strings.Contains(got, `"calls"`) {
			t.Errorf("the result is %s", got)
		}
		// The waterfall shows the calls that reached the sandbox.
		rows, made := js[int](p, `document.querySelectorAll('.call.sent').length`), len(g.Calls())
		if rows != made || made < 10 {
			t.Errorf("the waterfall has %d calls that were sent, and %d reached CCUBE", rows, made)
		}
		if chain := js[int](p, `document.querySelectorAll('.call.linked').length`); chain < 2 || chain >= made {
			t.Errorf("the chain has %d of %d calls", chain, made)
		}
		first := p.text(".call")
		if !strings.Contains(first, "sent 200") || !strings.Contains(first, "ms · ") {
			t.Errorf("a call shows %q", first)
		}
		p.quiet()
	})

	t.Run("the credential ends with the tab", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "sandbox")
		admin := g.Sandbox.Admin()
		p := open(t, chromium, url, "", wide)
		p.signIn(admin.Email, admin.Password)
		p.run()
		p.click("[data-name=headers]")
		if got := js[string](p, headers); !strings.Contains(got, admin.Authorization) {
			t.Errorf("the headers editor shows %s", got)
		}
		// Tabs and history have been written by now: they are written half a second after a change.
		p.until(`localStorage.getItem('graphiql:tabState') && localStorage.getItem('graphiql:queries')`)
		p.do(chromedp.Reload())
		p.ready()
		p.until(`document.querySelector('.avatar')`)
		p.until(`(` + headers + `).includes('Token')`)
		p.run()
		if kept := js[string](p, `JSON.stringify({...localStorage}) + document.cookie`); strings.Contains(kept, admin.Token) || strings.Contains(kept, admin.Password) || !strings.Contains(kept, "ProjectPage") {
			t.Errorf("the browser keeps %s", kept)
		}
		// Nor does it keep a password that somebody signs in with by hand.
		p.edit(`mutation ByHand { signIn(email: "x@example.com", password: "hunter2") { token } }`)
		p.until(`document.querySelector('.graphiql-tab-active').innerText.includes('ByHand')`) // GraphiQL keeps what its tab knows of
		p.click(".graphiql-execute-button")
		p.until(`localStorage.getItem('graphiql:tabState').includes('ByHand') && localStorage.getItem('graphiql:queries').includes('ByHand')`)
		if kept := js[string](p, `JSON.stringify({...localStorage})`); strings.Contains(kept, "hunter2") {
			t.Errorf("the browser keeps %s", kept)
		}
		p.click(".account")
		p.click("dialog[open] .primary")
		p.until(`!document.querySelector('.avatar') && !(` + headers + `).includes('Token') && sessionStorage.length === 0`)
		p.quiet()
	})

	t.Run("a link fills a tab and runs nothing", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "sandbox")
		admin := g.Sandbox.Admin()
		p := open(t, chromium, url, "", wide)
		p.signIn(admin.Email, admin.Password)
		p.click(".actions button")
		link := js[string](p, `document.querySelector('dialog[open] input').value`)
		if strings.Contains(link, admin.Token) || !strings.Contains(link, "#query=") || !strings.Contains(link, "1099") {
			t.Errorf("the link is %s", link)
		}
		q := open(t, chromium, url, "#"+strings.SplitN(link, "#", 2)[1], wide)
		q.until(`document.querySelectorAll('.graphiql-tab').length === 5 && location.hash === ''`)
		q.until(`document.querySelector('.graphiql-query-editor').innerText.includes('ProjectPage')`)
		if n := q.sent(); n != 0 {
			t.Errorf("opening the link sent %d operations", n)
		}
		q.signIn(admin.Email, admin.Password)
		q.run()
		p.quiet()
		q.quiet()
	})

	t.Run("what GraphiQL brings", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "sandbox")
		admin := g.Sandbox.Admin()
		p := open(t, chromium, url, "", wide)
		p.signIn(admin.Email, admin.Password)
		p.click(".graphiql-tab:nth-child(2) button")
		p.until(`document.querySelector('.graphiql-query-editor').innerText.includes('OverdueInvoices')`)
		p.run()
		p.picture("overdue")
		p.edit("query Short{viewer{email}} # kept")
		p.click("[aria-label^=Prettify]")
		p.until(query + `.startsWith("query Short {\n  viewer {\n    email\n  }\n} # kept")`)
		p.click("[aria-label='Show History']")
		p.click(".graphiql-history-item-label")
		p.until(query + `.includes("query OverdueInvoices(")`)
		p.click("[aria-label='Show Examples']")
		p.click(".example")
		p.until(query + `.includes("query ProjectPage(")`)
		p.click("[aria-label='Show Documentation Explorer']")
		p.until(`document.querySelector('.graphiql-doc-explorer').innerText.includes('InvoiceTotals')`)
		p.run() // with the tab's headers
		p.quiet()
	})

	t.Run("who is not signed in is asked to", func(t *testing.T) {
		t.Parallel()
		_, url := serve(t, "sandbox")
		p := open(t, chromium, url, "", wide)
		p.click(".graphiql-execute-button")
		p.until(`document.querySelector('dialog[open] input[name=password]')`)
		p.click(".accounts button") // fills both fields
		p.fill("dialog[open] input[name=password]", "-not")
		p.click("dialog[open] button[type=submit]")
		p.until(`document.querySelector('[role=alert]').innerText !== ''`)
		p.click(".accounts button")
		p.click("dialog[open] button[type=submit]")
		p.until(`!document.querySelector('dialog[open]') && document.querySelector('.avatar')`)
		p.quiet()
	})

	t.Run("several tenants", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "acme", "beta")
		admin := g.Sandbox.Admin()
		p := open(t, chromium, url, "", wide)
		p.click(".account")
		p.do(chromedp.SendKeys(chromedp.CSS("dialog[open] select"), "beta"))
		p.fill("dialog[open] input[name=email]", admin.Email)
		p.fill("dialog[open] input[name=password]", admin.Password)
		p.click("dialog[open] button[type=submit]")
		p.until(`document.querySelector('.avatar')`)
		p.run()
		if got := js[string](p, headers); !strings.Contains(got, `"X-CCUBE-Tenant": "beta"`) {
			t.Errorf("the headers editor shows %s", got)
		}
		p.quiet()
	})

	t.Run("at any width, in light and dark", func(t *testing.T) {
		t.Parallel()
		g, url := serve(t, "sandbox")
		for name, s := range map[string]screen{
			"wide-light": wide, "wide-dark": {1440, 900, "dark"}, "phone-light": phone, "phone-dark": {390, 844, "dark"},
		} {
			p := open(t, chromium, url, "", s)
			p.signIn(g.Sandbox.Admin().Email, g.Sandbox.Admin().Password)
			p.run()
			if across := js[int64](p, `document.documentElement.scrollWidth`); across > s.width {
				t.Errorf("%s: the page is %d wide", name, across)
			}
			const places = `(r => [r('.graphiql-response'), r('.calls')])(s => document.querySelector(s).getBoundingClientRect().toJSON())`
			at := js[[]struct{ Left, Right, Top, Bottom float64 }](p, places)
			if beside, below := at[1].Left >= at[0].Right, at[1].Top >= at[0].Bottom; beside != (s.width > 1000) || below == beside {
				t.Errorf("%s: the result is at %v, its calls at %v", name, at[0], at[1])
			}
			p.picture(name)
			p.quiet()
		}
	})
}

// picture leaves a picture, if pictures are wanted.
func (p *tab) picture(name string) {
	p.Helper()
	if *screenshots == "" {
		return
	}
	p.until(`document.fonts.status === 'loaded'`)
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(*screenshots, name+".png"), picture, 0o600)
	}
	if err != nil {
		p.Fatal(err)
	}
}
