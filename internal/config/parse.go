package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// given is what a user wrote, by the setting's flag. An empty text is nothing written.
type given map[string]string

// Parse reads the settings from the arguments after the program's name, and from the environment. A flag wins over a
// variable, and a variable that is set to something over the default; an empty variable counts as not set, and an
// empty flag undoes the variable.
//
// The error is flag.ErrHelp for -help, after which [Usage] is what to print. Otherwise it joins every setting that is
// wrong: which one it is, the value unless that may be secret, and what is allowed.
func Parse(args []string, getenv func(string) string) (Config, error) {
	var c Config
	table := settings()
	g, err := read(&c, table, args, getenv)
	if err != nil || c.Version {
		return c, err
	}
	errs := []error{}
	for _, s := range table {
		errs = append(errs, s.apply(&c, g[s.flag]))
	}
	if !c.PrintSchema && !c.HealthCheck { // which do not ask whose data is served
		errs = append(errs, together(&c, g))
	}
	if err := errors.Join(errs...); err != nil {
		return Config{}, err
	}
	return c, nil
}

// read collects what is written, and checks only the form of the flags.
func read(c *Config, table []setting, args []string, getenv func(string) string) (given, error) {
	g := given{}
	fs := flag.NewFlagSet("ccube-graphql", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.BoolVar(&c.Version, "version", false, "")
	fs.BoolVar(&c.PrintSchema, "print-schema", false, "")
	fs.BoolVar(&c.HealthCheck, "healthcheck", false, "")
	for _, s := range table {
		g[s.flag] = getenv(s.env)
		fs.Var(raw{into: g, flag: s.flag, boolean: s.boolean}, s.flag, "")
	}
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, err
	case err != nil:
		// What follows the = may be a secret with its flag misspelt.
		text, _, _ := strings.Cut(err.Error(), "=")
		return nil, fmt.Errorf("cannot read the flags: %s; -help lists them", text)
	case fs.NArg() > 0:
		return nil, fmt.Errorf("cannot use argument %d: it is no flag, and nothing else is taken "+
			"(true and false need a =, as in -playground=false); -help lists the flags", len(args)-fs.NArg()+1)
	}
	return g, nil
}

// raw takes a flag's text as it is, so that all texts can be checked together.
type raw struct {
	into    given
	flag    string
	boolean bool
}

// Set keeps the text.
func (r raw) Set(text string) error {
	r.into[r.flag] = text
	return nil
}

// String returns nothing: package flag would print it as the default.
func (r raw) String() string { return "" }

// IsBoolFlag tells package flag that -name alone means true.
func (r raw) IsBoolFlag() bool { return r.boolean }

// apply sets the setting to the text, or to its default.
func (s setting) apply(c *Config, text string) error {
	if text == "" {
		text = s.initial
	}
	if text == "" {
		return nil
	}
	reason := s.set(c, text)
	if reason == nil {
		return nil
	}
	shown := fmt.Sprintf("%q", text)
	if s.hides != nil && s.hides(text) {
		shown = "the value (not shown, as it may hold a password)"
	}
	return fmt.Errorf("cannot use %s as -%s (%s): %w; it takes %s", shown, s.flag, s.env, reason, s.takes)
}
