// Command gqlgen generates what is made from schema/: gqlgen's own code, and what package fastpath writes each type with.
//
// It is gqlgen with a plugin. The plugin sees every field as gqlgen has bound it to Go, so that a field which gqlgen can
// resolve needs nothing more to be written by the fast path. What is generated for nobody is taken out (lean.go). `go generate
// ./...` runs it.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	cfg, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return fmt.Errorf("cannot read gqlgen.yml: %w", err)
	}
	if err := api.Generate(cfg, api.AddPlugin(fastPath{})); err != nil {
		return err
	}
	return lean(filepath.Join(cfg.Exec.DirName, "root_.generated.go"))
}
