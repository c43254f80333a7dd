package config

// This file holds the kinds of values that are alike: a kind says what it takes and reads it, from the same bounds.

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// kind is a sort of value.
type kind struct {
	// takes says what is allowed, unit included.
	takes string
	// set reads the text into the Config. Its error is the reason in a few words, and never quotes the text.
	set func(c *Config, text string) error
	// hides keeps the text out of error messages.
	hides func(text string) bool
	// boolean makes a flag that needs no value.
	boolean bool
}

const (
	kib = 1 << 10
	mib = 1 << 20
)

// bounded sets a field to what parse makes of the text, if that lies from lo to hi.
func bounded[T cmp.Ordered](parse func(string) (T, error), lo, hi T, field func(*Config) *T) func(*Config, string) error {
	return func(c *Config, text string) error {
		v, err := parse(text)
		switch {
		case err != nil:
			return errors.New("it cannot be read")
		case v < lo:
			return errors.New("it is too small")
		case v > hi:
			return errors.New("it is too large")
		}
		*field(c) = v
		return nil
	}
}

func duration(lo, hi time.Duration, field func(*Config) *time.Duration) kind {
	return kind{
		takes: fmt.Sprintf("a duration with its unit, such as 250ms, 10s or 5m, from %s to %s", short(lo), short(hi)),
		set:   bounded(time.ParseDuration, lo, hi, field),
	}
}

// short prints 24h, not 24h0m0s.
func short(d time.Duration) string {
	s := d.String()
	for _, rest := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, rest) {
			s = s[:len(s)-2]
		}
	}
	return s
}

func integer[T int | int64](lo, hi T, field func(*Config) *T) kind {
	takes := fmt.Sprintf("a whole number from %d to %d", lo, hi)
	if int64(lo) == math.MinInt64 && int64(hi) == math.MaxInt64 {
		takes = "a whole number"
	}
	parse := func(text string) (T, error) {
		n, err := strconv.ParseInt(text, 10, 64)
		return T(n), err
	}
	return kind{takes: takes, set: bounded(parse, lo, hi, field)}
}

func fraction(field func(*Config) *float64) kind {
	parse := func(text string) (float64, error) {
		v, err := strconv.ParseFloat(text, 64)
		if math.IsNaN(v) {
			err = strconv.ErrSyntax // no bound would stop it
		}
		return v, err
	}
	return kind{takes: "a number from 0 to 1", set: bounded(parse, 0, 1, field)}
}

func size(lo, hi int64, field func(*Config) *int64) kind {
	return kind{
		takes: fmt.Sprintf("bytes, or a number with KiB or MiB, from %dKiB to %dMiB", lo/kib, hi/mib),
		set:   bounded(bytes, lo, hi, field),
	}
}

// bytes reads a size.
func bytes(text string) (int64, error) {
	unit := int64(1)
	if number, ok := strings.CutSuffix(text, "KiB"); ok {
		text, unit = number, kib
	} else if number, ok := strings.CutSuffix(text, "MiB"); ok {
		text, unit = number, mib
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if n > math.MaxInt64/unit || n < math.MinInt64/unit {
		err = strconv.ErrRange
	}
	return n * unit, err
}

func boolean(field func(*Config) *bool) kind {
	return kind{takes: "true or false", boolean: true, set: func(c *Config, text string) (err error) {
		switch text {
		case "true", "1":
			*field(c) = true
		case "false", "0":
			*field(c) = false
		default:
			err = errors.New("it is neither")
		}
		return err
	}}
}

func choice(field func(*Config) *string, of ...string) kind {
	return kind{takes: strings.Join(of, " or "), set: func(c *Config, text string) error {
		if !slices.Contains(of, text) {
			return errors.New("it is none of these")
		}
		*field(c) = text
		return nil
	}}
}

// file is a path. Whether something is there is found out by whoever reads it.
func file(field func(*Config) *string) kind {
	return kind{takes: "the path of a file or a folder", set: func(c *Config, text string) error {
		if strings.TrimSpace(text) != text {
			return errors.New("it begins or ends with a space")
		}
		*field(c) = text
		return nil
	}}
}

func logLevel() kind {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	return kind{takes: "debug, info, warn or error", set: func(c *Config, text string) error {
		level, ok := levels[text]
		if !ok {
			return errors.New("it is none of these")
		}
		c.LogLevel = level
		return nil
	}}
}
