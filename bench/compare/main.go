// Command compare measures the gateway against what it cannot beat and, where wanted, against other gateways, and prints one
// table:
//
//	go run ./bench/compare                       # the gateway and its floors: about seven minutes
//	go run ./bench/compare -quick                # the same in about one, to see that all is well
//	go run ./bench/compare -peers tailcall,hive  # beside gateways that npm installs
//	go run ./bench/compare -peers tailcall,hive -write docs/performance.md
//
// It builds the gateway and starts it, the floors, the peers and an upstream that costs next to nothing (package stub) as
// processes of their own on the loopback interface; the load (package load) is this process. Everything is asked once and
// compared before it is timed. bench/README.md says what the figures mean.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/peers"
	"github.com/ccube-graphql/ccube-graphql/bench/report"
	"github.com/ccube-graphql/ccube-graphql/bench/stub"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Roles are what this program does when it has started itself; the variable tells that it has.
const (
	roleVariable = "BENCH_ROLE"
	roleStub     = "stub"
	roleProxy    = "proxy"
	roleCopy     = "copy"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	run := compare
	if os.Getenv(roleVariable) != "" {
		run = play
	}
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// play is the program in another role: role, address, and what the role needs.
func play(ctx context.Context, args []string, _, _ io.Writer) error {
	if len(args) < 2 {
		return errors.New("a role needs an address")
	}
	role, address, rest := args[0], args[1], strings.Join(args[2:], " ")
	switch role {
	case roleStub:
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return stub.New(projects).Serve(ctx, listener)
	case roleProxy:
		upstream, err := url.Parse(rest)
		if err != nil {
			return err
		}
		return serveFloor(ctx, proxy(upstream), address)
	case roleCopy:
		p, err := readPlan(rest)
		if err != nil {
			return err
		}
		return serveFloor(ctx, &copier{plan: p, http: ccube.NewHTTPClient(ccube.TransportOptions{})}, address)
	}
	return fmt.Errorf("there is no role %s", role)
}

// wanted are the flags.
type wanted struct {
	peers, keep, write, save, profile string
	queries, mixes, connections       string
	cell                              time.Duration
	quick                             bool
}

// compare is the program.
func compare(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var w wanted
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&w.peers, "peers", "", "gateways to compare with, by comma: tailcall, hive; npm installs them")
	flags.StringVar(&w.keep, "keep", "", "folder to install peers into and keep them; a temporary one where empty")
	flags.StringVar(&w.write, "write", "", "document to write the tables into, and the plot beside it")
	flags.StringVar(&w.save, "save", "", "file to save all figures in, as JSON")
	flags.StringVar(&w.profile, "profile", "", "only write the gateway's processor profile under load into this file, for go build")
	flags.StringVar(&w.queries, "queries", "", "only these, by comma: Q1, Q2, Q3, page")
	flags.StringVar(&w.mixes, "mixes", "", "only these, by comma: equal, different, warm")
	flags.StringVar(&w.connections, "connections", "1,10,100", "how many at once, by comma and in turn; a profile is taken at the middle one")
	flags.DurationVar(&w.cell, "cell", 2*time.Second, "how long each server is asked each query at each number of connections")
	flags.BoolVar(&w.quick, "quick", false, "all of it in about a minute: too short for figures to be trusted")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if w.quick {
		w.cell = 250 * time.Millisecond
	}
	figures, root, err := w.measure(ctx, stderr)
	if err != nil || w.profile != "" {
		return err
	}
	if _, err := fmt.Fprintf(stdout, "%s\n%s\n%s\n%s\n%s\n%s", figures.Facts(), figures.Table(), figures.Ratios(), figures.Floors(),
		figures.Others(), figures.GrowthTable()); err != nil {
		return err
	}
	return w.keepFigures(ctx, figures, root)
}

// measure measures everything.
func (w wanted) measure(ctx context.Context, progress io.Writer) (f report.Figures, root string, err error) {
	dir, err := os.MkdirTemp("", "ccube-bench")
	if err != nil {
		return f, "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if root, err = moduleRoot(ctx); err != nil {
		return f, root, err
	}
	self, err := os.Executable()
	if err != nil {
		return f, root, err
	}
	o := options{
		Root: root, Dir: dir, Self: self, Callers: 128, Different: 25, Cell: w.cell,
		Build: []string{"-trimpath", "-tags", "timetzdata,grpcnotrace"}, Variables: []string{"CGO_ENABLED=0"}, // as the image's
		Peers: w.keep, Quick: w.quick, Progress: progress, Queries: names(w.queries), Mixes: names(w.mixes),
	}
	if o.Peers == "" {
		o.Peers = filepath.Join(dir, "peers")
	}
	if o.With, err = chosen(w.peers); err != nil {
		return f, root, err
	}
	if o.Connections, err = numbers(w.connections); err != nil {
		return f, root, err
	}
	r, err := newRig(ctx, o)
	if err != nil {
		return f, root, err
	}
	defer r.close()
	if w.profile != "" {
		return f, root, r.profile(ctx, w.profile)
	}
	began := time.Now()
	for _, part := range []func(context.Context, *report.Figures) error{r.coldStarts, r.underLoad, r.micro} {
		if err := part(ctx, &f); err != nil {
			return f, root, err
		}
	}
	f.About = r.about(ctx, began)
	return f, root, nil
}

// names are those in a list by comma.
func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// numbers are those in a list by comma.
func numbers(list string) (all []int, err error) {
	for _, text := range names(list) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is not a number of connections", text)
		}
		all = append(all, n)
	}
	if len(all) == 0 {
		return nil, errors.New("-connections names none")
	}
	return all, nil
}

// chosen returns the peers of these names.
func chosen(list string) ([]peers.Peer, error) {
	var all []peers.Peer
	for _, name := range names(list) {
		switch name {
		case "tailcall":
			all = append(all, peers.Tailcall())
		case "hive":
			all = append(all, peers.Hive())
		default:
			return nil, fmt.Errorf("there is no peer %q", name)
		}
	}
	return all, nil
}

// keepFigures writes the figures where they are wanted.
func (w wanted) keepFigures(ctx context.Context, f report.Figures, root string) error {
	if w.save != "" {
		text, err := json.MarshalIndent(f, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(w.save, text, 0o600); err != nil {
			return err
		}
	}
	if w.write == "" {
		return nil
	}
	text, err := os.ReadFile(w.write)
	if err != nil {
		return err
	}
	document, err := f.Document(string(text))
	if err != nil {
		return err
	}
	if err := os.WriteFile(w.write, []byte(document), 0o600); err != nil {
		return err
	}
	return plot(ctx, f, root, filepath.Join(filepath.Dir(w.write), "growth.svg"))
}
