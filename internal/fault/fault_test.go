package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestCategorySurvivesWrapping(t *testing.T) {
	t.Parallel()
	read := func() (err error) {
		defer fault.Wrap(&err, "cannot read invoice %d", 7)
		return &fault.Error{Kind: fault.NotFound, Message: "no such invoice", Endpoint: "GET /api/v2/invoices/{id}", Err: io.EOF}
	}
	err := fmt.Errorf("outer: %w", read())
	if !errors.Is(err, fault.NotFound) || errors.Is(err, fault.Forbidden) {
		t.Errorf("errors.Is does not tell the category of %v", err)
	}
	if got := fault.KindOf(err); got != fault.NotFound {
		t.Errorf("KindOf = %s, want NOT_FOUND", got)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
	want := "outer: cannot read invoice 7: GET /api/v2/invoices/{id}: no such invoice: EOF"
	if err.Error() != want {
		t.Errorf("Error() = %q, want %q", err, want)
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		err    error
		want   fault.Kind
	}{
		"nil":     {"no error has no category", nil, ""},
		"foreign": {"an error that nobody categorised is ours to mend", io.ErrUnexpectedEOF, fault.Internal},
		"own":     {"a made error carries its category", fault.New(fault.Conflict, "taken"), fault.Conflict},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := fault.KindOf(c.err); got != c.want {
				t.Errorf("KindOf(%v) = %q, want %q: %s", c.err, got, c.want, c.reason)
			}
		})
	}
}

func TestWrapLeavesNilAlone(t *testing.T) {
	t.Parallel()
	var err error
	fault.Wrap(&err, "cannot do it")
	if err != nil {
		t.Errorf("Wrap made an error of nil: %v", err)
	}
}
