package config

import (
	"fmt"
	"strings"
)

// Usage returns the text for -help: every flag with its variable, its default and what it takes.
func Usage() string {
	var b strings.Builder
	b.WriteString("ccube-graphql serves the CCUBE REST API as one GraphQL graph.\n\n")
	wrap(&b, "", "Each setting is a flag and an environment variable. The flag wins over the variable, the variable over "+
		"the default. Needed is a tenant (-tenant, -tenants or -base-url), or -sandbox for a trial.")
	b.WriteByte('\n')
	for _, s := range settings() {
		fmt.Fprintf(&b, "  -%s, %s", s.flag, s.env)
		if s.initial != "" {
			fmt.Fprintf(&b, " (default %s)", s.initial)
		}
		b.WriteByte('\n')
		wrap(&b, "      ", s.about)
		wrap(&b, "      ", "Takes "+s.takes+".")
	}
	b.WriteString("  -version\n      Print the version and end.\n" +
		"  -print-schema\n      Print the schema that is served as SDL, and end.\n" +
		"  -healthcheck\n      Ask the gateway at -addr whether it is healthy, and end: with status 0 if it is.\n  -help\n      Print this and end.\n")
	return b.String()
}

// wrap writes the text in lines of at most 100 characters where its words allow, each behind the indent.
func wrap(b *strings.Builder, indent, text string) {
	length := 0
	for word := range strings.FieldsSeq(text) {
		switch {
		case length == 0:
			b.WriteString(indent)
			length = len(indent)
		case length+1+len(word) > 100:
			b.WriteString("\n" + indent)
			length = len(indent)
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length += len(word)
	}
	b.WriteByte('\n')
}

// Table returns the settings as the table that stands in the README, in Markdown.
func Table() string {
	var b strings.Builder
	b.WriteString("| Flag | Variable | Default | What it is for | Takes |\n|---|---|---|---|---|\n")
	for _, s := range settings() {
		initial := ""
		if s.initial != "" {
			initial = "`" + s.initial + "`"
		}
		fmt.Fprintf(&b, "| `-%s` | `%s` | %s | %s | %s |\n", s.flag, s.env, initial, cell(s.about), cell(s.takes))
	}
	return b.String()
}

// cell keeps a text from ending the cell, or being read as HTML.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(text)
}
