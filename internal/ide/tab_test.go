package ide_test

// This file drives a real browser: what a test does in a tab, and what the tab did besides.

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a tab may take for one thing before the test calls it hung.
const patience = time.Minute

// browser starts Chromium until the test ends. Without one the test is skipped; with the environment variable CI it fails, since
// nobody would notice the gap there.
func browser(t *testing.T) context.Context {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	switch {
	case program == "" && os.Getenv("CI") != "":
		t.Fatal("cannot test the IDE: Chromium is not installed, and CI wants it")
	case program == "":
		t.Skip("Chromium is not installed: install it to run this test")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-gpu", true),
	)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium does not sandbox root
	}
	ctx, end := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(end)
	ctx, end = chromedp.NewContext(ctx)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("cannot start Chromium: %v", err)
	}
	return ctx
}

// screen is what a tab is shown on.
type screen struct {
	width, height int64
	theme         string
}

var (
	wide  = screen{1440, 900, "light"}
	phone = screen{390, 844, "light"}
)

// tab is a page of the IDE.
type tab struct {
	*testing.T
	ctx  context.Context
	base string

	mu sync.Mutex
	// trouble is what the console said, and requests to other hosts.
	trouble []string
	// operations are the bodies of what was sent to /graphql.
	operations []string
}

// open opens the page in a profile of its own, with the fragment, and waits for the editors.
func open(t *testing.T, browser context.Context, base, fragment string, s screen) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	p := &tab{T: t, ctx: ctx, base: base}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.theme}}}
	p.do(chromedp.EmulateViewport(s.width, s.height))
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(base + "/" + fragment))
	p.ready()
	return p
}

// ready waits until the editors and the schema are there.
func (p *tab) ready() {
	p.Helper()
	p.until(`document.querySelectorAll('.monaco-editor').length >= 4 && document.querySelector('.graphiql-execute-button')`)
}

// hear notes what the tab should not do, and what it asks the gateway.
func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeDebug {
			said, _ := json.Marshal(e.Args)
			p.trouble = append(p.trouble, fmt.Sprintf("console.%s: %s", e.Type, said))
		}
	case *runtime.EventExceptionThrown:
		what, _ := json.Marshal(e.ExceptionDetails)
		p.trouble = append(p.trouble, fmt.Sprintf("exception: %s", what))
	case *log.EventEntryAdded:
		p.trouble = append(p.trouble, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		at := e.Request.URL
		if !strings.HasPrefix(at, p.base+"/") && !strings.HasPrefix(at, "data:") {
			p.trouble = append(p.trouble, "a request to "+at)
		}
		if strings.HasSuffix(at, "/graphql") {
			var body strings.Builder
			for _, entry := range e.Request.PostDataEntries {
				body.Write(entry.Bytes)
			}
			p.operations = append(p.operations, body.String())
		}
	}
}

// quiet fails the test if the console said anything, or another host was asked.
func (p *tab) quiet() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, what := range p.trouble {
		p.Errorf("the page is not quiet: %s", what)
	}
}

// sent is how many operations went out that are not about the schema.
func (p *tab) sent() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, body := range p.operations {
		if !strings.Contains(body, "IntrospectionQuery") {
			n++
		}
	}
	return n
}

// do takes steps, and fails the test where one cannot be taken.
func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatalf("%v; the page shows: %.2000s", err, p.text("body"))
	}
}

// click clicks what the selector finds first.
func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// fill types into a field.
func (p *tab) fill(selector, text string) {
	p.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// until waits for an expression to be true.
func (p *tab) until(expression string) {
	p.Helper()
	const wait = `new Promise(done => { const look = () => { if (%s) done(true); else requestAnimationFrame(look) }; look() })`
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(wait, expression), chromedp.EvalAwaitPromise)); err != nil {
		p.Fatalf("%s never came true: %v; the page shows: %.2000s", expression, err, p.text("body"))
	}
}

// text is what an element shows.
func (p *tab) text(selector string) string {
	p.Helper()
	return js[string](p, fmt.Sprintf(`document.querySelector(%q).innerText.replace(/\u00a0/g, ' ')`, selector))
}

// js is what an expression gives.
func js[T any](p *tab, expression string) T {
	p.Helper()
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return got
}

// signIn signs in as a person does.
func (p *tab) signIn(email, password string) {
	p.Helper()
	p.click(".account")
	p.fill("dialog[open] input[name=email]", email)
	p.fill("dialog[open] input[name=password]", password)
	p.click("dialog[open] button[type=submit]")
	p.until(`document.querySelector('.avatar')`)
}

// edit puts a text into the query editor.
func (p *tab) edit(text string) {
	p.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`__MONACO.editor.getModels().find(m => m.uri.path.includes('operation')).setValue(%q)`, text)))
}

// run runs what is in the editor and waits for the answer's calls.
func (p *tab) run() {
	p.Helper()
	p.click(".graphiql-execute-button")
	p.until(`document.querySelector('.waterfall') && !document.querySelector('[aria-busy=true]')`)
}
