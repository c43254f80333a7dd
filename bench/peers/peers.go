// Package peers has what the gateway is compared with besides its floors: general GraphQL gateways over REST that npm can
// install, configured here for the same queries over the same calls.
//
// Nothing of them is part of the project but these configurations. A peer is installed into a folder that the benchmark
// throws away or, if asked to, keeps; the versions are pinned in the package.json beside each configuration.
package peers

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed tailcall/* hive/*
var files embed.FS

// Peer is a gateway to compare with.
type Peer struct {
	// Name is what its column is called, and its folder here.
	Name string
	// Ready is the path that answers 200 once it serves.
	Ready string
	// prepare are commands between configuring and starting; start runs it. $port is replaced.
	prepare [][]string
	start   []string
}

// Tailcall is the fastest of them, written in Rust.
func Tailcall() Peer {
	return Peer{
		Name: "tailcall", Ready: "/status",
		start: []string{"node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall", "start", "config.graphql"},
	}
}

// Hive is the most used of them, written in TypeScript.
func Hive() Peer {
	return Peer{
		Name: "hive", Ready: "/readiness",
		prepare: [][]string{{"node_modules/.bin/mesh-compose", "-c", "mesh.config.mjs", "-o", "supergraph.graphql"}},
		start: []string{
			"node", "node_modules/@graphql-hive/gateway/dist/bin.js", "-c", "gateway.config.mjs", "-h", "127.0.0.1", "-p", "$port", "--jit",
			"supergraph", "supergraph.graphql",
		},
	}
}

// Version is the version of the peer that is installed.
func (p Peer) Version() string {
	text, err := files.ReadFile(path.Join(p.Name, "package.json"))
	if err != nil {
		return ""
	}
	if m := regexp.MustCompile(`"@(?:tailcallhq/core|graphql-hive/gateway)[^"]*": "([^"]+)"`).FindSubmatch(text); m != nil {
		return string(m[1])
	}
	return ""
}

// Install installs the peer into a folder of its own below dir, unless it is there already, whole and in this version.
func (p Peer) Install(ctx context.Context, dir string) error {
	folder := filepath.Join(dir, p.Name)
	done := filepath.Join(folder, "installed-"+p.Version())
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := p.write(folder, func(text string) string { return text }); err != nil {
		return err
	}
	if err := run(ctx, folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"); err != nil {
		return err
	}
	return os.WriteFile(done, nil, 0o600)
}

// Command returns the command that serves the peer over the upstream on a port of the loopback interface.
func (p Peer) Command(ctx context.Context, dir, upstream, port string) (*exec.Cmd, error) {
	folder := filepath.Join(dir, p.Name)
	configure := func(text string) string {
		text = strings.ReplaceAll(text, "http://ccube.invalid", upstream)
		return strings.ReplaceAll(text, "@server(port: 1,", "@server(port: "+port+",")
	}
	if err := p.write(folder, configure); err != nil {
		return nil, err
	}
	for _, c := range p.prepare {
		if err := run(ctx, folder, c[0], c[1:]...); err != nil {
			return nil, err
		}
	}
	args := make([]string, len(p.start))
	for i, a := range p.start {
		args[i] = strings.ReplaceAll(a, "$port", port)
	}
	if strings.Contains(args[0], "/") {
		args[0] = filepath.Join(folder, args[0])
	}
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Dir = folder
	c.Env = append(os.Environ(), "TAILCALL_TRACKER=false", "TAILCALL_LOG_LEVEL=error", "NODE_ENV=production")
	return c, nil
}

// write writes the peer's files.
func (p Peer) write(folder string, configure func(string) string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	entries, err := files.ReadDir(p.Name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := files.ReadFile(path.Join(p.Name, e.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, e.Name()), []byte(configure(string(text))), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, dir, name string, args ...string) error {
	if strings.Contains(name, "/") {
		name = filepath.Join(dir, name)
	}
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("cannot run %s: %w\n%s", name, err, out)
	}
	return nil
}
