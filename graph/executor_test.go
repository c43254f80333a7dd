package graph

// This file measures the executor alone: from a parsed operation to its answer's bytes, over rows that are there. The fast
// path and gqlgen's own executor run in the same benchmark, so that the ratio of one run holds on any machine.

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// hundred has the root field projects answer with rows that have been read.
type hundred struct {
	*Resolver
	rows []*loaders.Found[*ccube.Project]
}

func (h hundred) Query() generated.QueryResolver { return hundredQuery{h.Resolver.Query(), h} }

type hundredQuery struct {
	generated.QueryResolver
	hundred
}

// Projects is part of generated.QueryResolver.
func (h hundredQuery) Projects(
	ctx context.Context, _ *int, _ *string, _ *int, _ *model.ProjectFilter, _ *model.ProjectOrder,
) (*model.ProjectConnection, error) {
	plan, err := h.lookAhead(ctx, "ProjectConnection")
	if err != nil {
		return nil, err
	}
	for _, row := range h.rows {
		row.Plan = plan.Fields[0].Plans["Project"]
	}
	rows, err := many(h.rows, nil, model.NewProject)
	return &model.ProjectConnection{Connection: model.Connection[model.Project]{
		Places: map[model.Place][]*model.Project{{Field: "nodes"}: rows},
	}}, err
}

func text(s string) ccube.Null[string] { return ccube.Null[string]{V: s, Valid: true} }

// read are projects as a list of CCUBE's shows them.
func read(n int) []*loaders.Found[*ccube.Project] {
	rows := make([]*loaders.Found[*ccube.Project], n)
	for i := range rows {
		row := &ccube.Project{
			Row: ccube.Row{ID: ccube.ID(1000 + i), Keys: ccube.ProjectListKeys}, Number: text("P-2024-" + strconv.Itoa(i)),
			Status: text("Active"), CallNotes: text("Infiltration d'eau près de la cheminée; rappeler après 17 h."),
			CreatedAt: ccube.Null[ccube.Instant]{V: "2024-08-28T19:27:32-04:00", Valid: true},
			Stage:     &ccube.Named{Row: ccube.Row{ID: ccube.ID(i % 7), Keys: ccube.EmbeddedID | ccube.EmbeddedName}, Name: text("Estimation")},
		}
		rows[i] = &loaders.Found[*ccube.Project]{Row: row}
	}
	return rows
}

// executing returns what executes a query over n rows, from the parsed operation to the answer's bytes.
func executing(tb testing.TB, n int, fast bool, query string) func() []byte {
	tb.Helper()
	root := hundred{&Resolver{Now: time.Now}, read(n)}
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: root})
	root.Schema = schema.Schema()
	o := &operations{schema: root.Schema, values: maxValues, limits: DefaultLimits, parsed: parsed{lru.New[*document](parsedDocuments)}}
	if fast {
		o.resolvers = fastpath.NewResolvers(root)
	}
	e := executor.New(schema)
	e.SetQueryCache(o.parsed)
	e.SetErrorPresenter(presenter{slog.New(slog.DiscardHandler)}.present)
	e.Use(counting{o})
	set := loaders.New(tb.Context(), access.NewReader(nil, access.NewCensus(), access.Options{}), loaders.Lists{})
	ctx := loaders.With(graphql.StartOperationTrace(tb.Context()), set)
	return func() []byte {
		operation, invalid := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
		if invalid != nil {
			tb.Fatal(invalid)
		}
		next, ctx := e.DispatchOperation(ctx, operation)
		response := next(ctx)
		if len(response.Errors) > 0 {
			tb.Fatal(response.Errors)
		}
		return response.Data
	}
}

// counting is what of an operation's surroundings belongs to executing it.
type counting struct{ *operations }

// InterceptOperation is part of graphql.OperationInterceptor.
func (counting) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	return next(ctx)
}

// InterceptResponse is part of graphql.ResponseInterceptor.
func (counting) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(ctx)
}

// InterceptRootField is part of graphql.RootFieldInterceptor.
func (counting) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	return next(ctx)
}

const executed = `{ projects(first: 100) { nodes { id number status callNotes createdAt stage { name } } } }`

// The executor must not cost an allocation a row. Time is for the benchmark to tell.
func TestExecutorAllocatesByTheOperation(t *testing.T) {
	if testing.Short() {
		t.Skip("it counts allocations")
	}
	few, many := executing(t, 100, true, executed), executing(t, 1000, true, executed)
	if want := executing(t, 100, false, executed)(); !bytes.Equal(few(), want) {
		t.Fatalf("%s\nis not\n%s", few(), want)
	}
	many()
	hundred, thousand := testing.AllocsPerRun(50, func() { few() }), testing.AllocsPerRun(50, func() { many() })
	if hundred > 150 || thousand > hundred+30 {
		t.Errorf("100 rows cost %.0f allocations, 1000 rows %.0f: at most 150, and hardly more for more rows", hundred, thousand)
	}
}

func BenchmarkExecutor(b *testing.B) {
	for _, fast := range []bool{true, false} {
		for _, rows := range []int{10, 100, 1000} {
			b.Run(fmt.Sprintf("fast=%t/rows=%d", fast, rows), func(b *testing.B) {
				run := executing(b, rows, fast, executed)
				b.SetBytes(int64(len(run())))
				b.ReportAllocs()
				for b.Loop() {
					run()
				}
			})
		}
	}
}
