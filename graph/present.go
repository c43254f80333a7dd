package graph

// This file turns errors into what clients see: a sentence, a path, and extensions with a code. Causes go to the log, once.

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// The keys of an error's extensions.
const (
	// extCode is the category, one of package fault's.
	extCode = "code"
	// extStatus is the HTTP status that CCUBE answered with.
	extStatus = "status"
	// extEndpoint is the call to CCUBE that failed, ids left out.
	extEndpoint = "endpoint"
	// extRequestID is CCUBE's name for that call, for its support; where the gateway itself failed, its own for the request.
	extRequestID = "requestId"
	// extRetryAfter is how many seconds CCUBE asks to wait.
	extRetryAfter = "retryAfter"
)

// presenter shows errors to clients and logs their causes.
type presenter struct{ log *slog.Logger }

// present is gqlgen's hook. An error that it returns nil for is not shown.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	if errors.Is(err, errTooLarge) {
		return nil
	}
	path := graphql.GetPath(ctx)
	if own, ok := errors.AsType[*gqlerror.Error](err); ok {
		if own.Err == nil || own.Extensions[extCode] != nil {
			return discreet(own) // gqlgen's own: of the document or its variables
		}
		path = own.Path
	}
	shown := show(ctx, err)
	shown.Path = path
	if shown.Extensions[extCode] == string(fault.Internal) {
		shown.Extensions[extRequestID] = RequestOf(ctx).ID
	}
	p.note(ctx, shown, err)
	return shown
}

// repeated is where a sentence of gqlgen's goes on with what stands in the document.
var repeated = regexp.MustCompile(`(?s)(, found |: |^Unexpected \w+ ").*`)

// longestMessage is how long the message of an error of gqlgen's may be, in bytes: names in it are as long as clients
// make them.
const longestMessage = 400

// discreet is an error without what it repeats of the document, where a password may stand. The error's location says the
// same to those who may know.
func discreet(err *gqlerror.Error) *gqlerror.Error {
	if len(err.Message) > longestMessage {
		short := *err
		short.Message = strings.ToValidUTF8(err.Message[:longestMessage], "") + "…"
		err = &short
	}
	if len(err.Locations) == 0 || !repeated.MatchString(err.Message) {
		return err
	}
	said := *err
	said.Message = repeated.ReplaceAllString(err.Message, "") + "."
	if strings.HasPrefix(err.Message, "Unexpected ") {
		said.Message = "The document breaks off, or goes on with what cannot stand here."
	}
	return &said
}

// show builds what clients see of an error.
func show(ctx context.Context, err error) *gqlerror.Error {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case ok:
	case errors.Is(err, context.DeadlineExceeded), errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		f = fault.New(fault.UpstreamTimeout, "the operation took longer than the gateway allows: ask for less at once, or try again")
	case errors.Is(err, context.Canceled):
		f = fault.New(fault.UpstreamTimeout, "the operation was given up")
	default:
		f = fault.New(fault.Internal, "the gateway failed at this; the log has the details")
	}
	return &gqlerror.Error{Message: f.Message, Extensions: extensions(f), Err: err}
}

// extensions are the machine-readable part of an error.
func extensions(f *fault.Error) map[string]any {
	ext := map[string]any{extCode: string(f.Kind)}
	if f.Status != 0 {
		ext[extStatus] = f.Status
	}
	if f.Endpoint != "" {
		ext[extEndpoint] = f.Endpoint
	}
	if f.RequestID != "" {
		ext[extRequestID] = f.RequestID
	}
	if f.RetryAfter > 0 {
		ext[extRetryAfter] = int(math.Ceil(f.RetryAfter.Seconds()))
	}
	return ext
}

// note logs an error: a fault of ours loudly, what the caller can mend quietly.
func (p presenter) note(ctx context.Context, shown *gqlerror.Error, err error) {
	level := slog.LevelDebug
	switch fault.Kind(shown.Extensions[extCode].(string)) {
	case fault.Internal:
		level = slog.LevelError
	case fault.UpstreamError, fault.UpstreamTimeout, fault.UpstreamUnavailable:
		level = slog.LevelWarn
	}
	p.log.LogAttrs(ctx, level, "a field failed", slog.String("id", RequestOf(ctx).ID),
		slog.String("code", shown.Extensions[extCode].(string)), slog.String("path", shown.Path.String()), slog.Any("error", err))
}

// tidy puts errors in the order of their paths, since fields fail in any order, and leaves one of category Unauthenticated:
// a credential that CCUBE refuses is refused for every row alike.
func tidy(list gqlerror.List) gqlerror.List {
	slices.SortStableFunc(list, func(a, b *gqlerror.Error) int { return slices.CompareFunc(a.Path, b.Path, comparePlaces) })
	seen := false
	kept := list[:0:0]
	for _, err := range list {
		if err.Extensions[extCode] == string(fault.Unauthenticated) {
			if seen {
				continue
			}
			seen = true
		}
		kept = append(kept, err)
	}
	return kept
}

// comparePlaces orders the elements of paths: names by the alphabet, rows by their number.
func comparePlaces(a, b ast.PathElement) int {
	nameA, _ := a.(ast.PathName)
	nameB, _ := b.(ast.PathName)
	rowA, _ := a.(ast.PathIndex)
	rowB, _ := b.(ast.PathIndex)
	return cmp.Or(cmp.Compare(nameA, nameB), cmp.Compare(rowA, rowB))
}
