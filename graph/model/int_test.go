package model_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestAnIntIsNoText(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		v      any
		want   int
		ok     bool
	}{
		"literal":   {"a document's number", int64(20), 20, true},
		"default":   {"the schema's number", 20, 20, true},
		"variable":  {"JSON's number", json.Number("-3"), -3, true},
		"text":      {"the specification has it refused", "20", 0, false},
		"fraction":  {"it would have to be rounded", json.Number("1.5"), 0, false},
		"very long": {"no integer of ours holds it", json.Number("99999999999999999999"), 0, false},
		"flag":      {"it is no number", true, 0, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := model.UnmarshalInt(c.v)
			if got != c.want || (err == nil) != c.ok || err != nil && !errors.Is(err, fault.BadUserInput) {
				t.Errorf("UnmarshalInt(%v) = %d, %v: %s", c.v, got, err, c.reason)
			}
		})
	}
}
