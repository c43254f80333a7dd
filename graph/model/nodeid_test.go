package model_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/schema"
)

// TestNodeIDsStayWhatTheyAre: clients keep them.
func TestNodeIDsStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]model.NodeID{
		"UHJvamVjdDoxMDAx":                {Type: "Project", ID: 1001},
		"Q29tbXVuaWNhdGlvblN0YXR1czoz":    {Type: "CommunicationStatus", ID: 3},
		"VXNlcjo5OTk5OTk5OTk5OTk5OTk5OTk": {Type: "User", ID: 999999999999999999},
	} {
		if got := want.String(); got != text {
			t.Errorf("%v is written %s, want %s", want, got, text)
		}
		if got, err := model.ParseNodeID(text); err != nil || got != want {
			t.Errorf("%s is read as %v, %v; want %v", text, got, err, want)
		}
	}
}

// TestNodeIDsOfEveryNode has every type that implements Node read its own ids.
func TestNodeIDsOfEveryNode(t *testing.T) {
	t.Parallel()
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range s.GetPossibleTypes(s.Types["Node"]) {
		want := model.NodeID{Type: typ.Name, ID: 7}
		if got, err := model.ParseNodeID(want.String()); err != nil || got != want {
			t.Errorf("%s is read as %v, %v", want, got, err)
		}
	}
}

// FuzzParseNodeID holds that what is read is written the same, so that one thing has one id.
func FuzzParseNodeID(f *testing.F) {
	for _, s := range []string{
		"", "UHJvamVjdDoxMDAx", "UHJvamVjdDoxMDAx=", "UHJvamVjdDowMQ", "TnVsbDox", "UHJvamVjdA", "!", "UHJvamVjdDoxMDAx\n", "UHJvamVjdDoxMDAy",
	} {
		f.Add(s)
	}
	types := []string{
		"Project", "Quote", "Invoice", "WorkOrder", "PurchaseOrder", "Note", "Party", "User", "Stage", "WorkType", "CommunicationStatus",
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := model.ParseNodeID(s)
		if err != nil {
			if !errors.Is(err, fault.BadUserInput) {
				t.Errorf("%q: %v is no bad input", s, err)
			}
			return
		}
		if id.String() != s || id.ID < 0 || !slices.Contains(types, id.Type) {
			t.Errorf("%q is read as %v", s, id)
		}
	})
}
