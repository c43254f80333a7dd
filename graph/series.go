package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
)

// series are operations, one after another, that are one to their caller: they read through one reader, with one budget of
// calls, and see each list in one state. Their answers are not shared with others, who may have seen another state.
type series struct {
	reader *access.Reader
	// whole tells that it goes through a list of unknown length to its end.
	whole bool
	// selected is the list that the series goes through, a slice of rows; nil until it has been selected.
	selected any
}

type seriesKey struct{}

// withSeries returns a context whose operations are a series.
func withSeries(ctx context.Context) context.Context {
	return context.WithValue(ctx, seriesKey{}, new(series))
}

// seriesOf is the series that an operation belongs to, nil where it stands alone.
func seriesOf(ctx context.Context) *series {
	s, _ := ctx.Value(seriesKey{}).(*series)
	return s
}

// reader returns what reads for an operation that has seen a generation of the tenant's data.
func (o *operations) reader(ctx context.Context, request Request, generation string) *access.Reader {
	s := seriesOf(ctx)
	if s != nil && s.reader != nil {
		return s.reader
	}
	reading := o.reading
	reading.Fresh, reading.Hold = request.Fresh, s != nil
	reader := access.NewReader(o.client.As(request.Caller).Within(o.budget).At(generation), o.census, reading)
	if s != nil {
		s.reader = reader
	}
	return reader
}

// goOn tells what reads for the series that further operations come.
func (s *series) goOn() {
	if s != nil && s.reader != nil {
		s.reader.GoOn()
	}
}
