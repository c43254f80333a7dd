package graph

// This file answers a query with a table: CSV or a JSON object a line, row by row while pages are read.
//
// Where the list is paged and the query does not say how long its page is, the list is paged through to its end, a
// thousand rows at a time. All pages are one operation to the caller: they have one budget of calls, and show one state of
// every list (access.Options.Hold). What is in memory is the walks and a page.
//
// A table has no place for an error, and a reader would take a table with rows missing for whole. So any error fails it:
// before the first row by a status and the errors as JSON, after it by a last line that cannot be read and a connection
// that ends without the end of the answer. Each page has the time that an operation has, to be read and to be sent.

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/valyala/fastjson"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/tabular"
)

const (
	// tableBuffer is how many bytes of a table are sent at once.
	tableBuffer = 64 << 10
	// sendTime is how much longer than a page's reading its sending may take.
	sendTime = 15 * time.Second
)

// tables answer with tables.
type tables struct {
	schema *ast.Schema
	// timeout bounds a page.
	timeout time.Duration
	log     *slog.Logger
}

// answer answers one query.
func (t tables) answer(ctx context.Context, w http.ResponseWriter, in *incoming, exec graphql.GraphExecutor) {
	ctx = withSeries(ctx)
	operation, ok := in.begin(ctx, w, exec)
	if !ok {
		return
	}
	plan, err := tabular.NewPlan(operation, t.schema)
	if err != nil {
		response := &graphql.Response{Errors: gqlerror.List{show(ctx, err)}}
		in.note(operation, response)
		respond(w, in.form, http.StatusBadRequest, response)
		return
	}
	in.note(operation, new(graphql.Response))
	table := &table{
		tables: t, in: in, exec: exec, plan: plan, http: w, control: http.NewResponseController(w),
		pages: newPages(plan, operation, t.schema),
	}
	seriesOf(ctx).whole = table.pages.whole
	table.run(ctx, operation)
}

// table is one table on its way.
type table struct {
	tables
	in      *incoming
	exec    graphql.GraphExecutor
	plan    *tabular.Plan
	pages   *pages
	http    http.ResponseWriter
	control *http.ResponseController
	parser  fastjson.Parser
	// out and rows are nil until the first row is there to be written.
	out  *bufio.Writer
	rows tabular.Writer
}

// run writes page after page.
func (t *table) run(ctx context.Context, operation *graphql.OperationContext) {
	for more := true; more; {
		_ = t.control.SetWriteDeadline(time.Now().Add(t.timeout + sendTime)) // not every server has deadlines
		data, failed := t.page(ctx, operation)
		if failed != nil {
			t.fail(ctx, failed)
			return
		}
		var err error
		if more, err = t.pages.follow(data); err != nil {
			t.fail(ctx, gqlerror.List{show(ctx, err)})
			return
		}
		if err := t.write(data); err != nil {
			return // nobody reads any more
		}
		if !more {
			break
		}
		seriesOf(ctx).goOn()
		var invalid gqlerror.List
		params := t.in.params
		if operation, invalid = t.exec.CreateOperationContext(ctx, &params); invalid != nil {
			t.fail(ctx, invalid)
			return
		}
	}
	t.in.broken = false
}

// page reads one page.
func (t *table) page(ctx context.Context, operation *graphql.OperationContext) (*fastjson.Value, gqlerror.List) {
	t.pages.rewrite(operation)
	next, ctx := t.exec.DispatchOperation(ctx, operation)
	response := next(ctx)
	switch {
	case response == nil:
		return nil, gqlerror.List{show(ctx, ctx.Err())}
	case len(response.Errors) > 0:
		return nil, response.Errors
	}
	data, err := t.parser.ParseBytes(response.Data)
	if err != nil {
		return nil, gqlerror.List{show(ctx, fmt.Errorf("cannot read the answer's own JSON: %w", err))}
	}
	return data, nil
}

// write writes the rows of a page, after the header if it is the first, and sends them.
func (t *table) write(data *fastjson.Value) error {
	if t.rows == nil {
		if err := t.begin(); err != nil {
			return err
		}
	}
	if _, err := t.plan.Rows(data, t.rows.Row); err != nil {
		return err
	}
	return t.flush()
}

// begin sends what comes before the rows. From here on the answer counts as broken until it is whole.
func (t *table) begin() error {
	t.in.broken = true
	t.out = bufio.NewWriterSize(t.http, tableBuffer)
	t.rows = writerOf(t.in.form, t.out)
	h := t.http.Header()
	h.Set("Content-Type", t.rows.Type())
	h.Set("Content-Disposition", `attachment; filename="`+t.plan.Root.Alias+t.rows.Extension()+`"`) // a GraphQL name has nothing to escape
	h.Set("X-Content-Type-Options", "nosniff")
	t.http.WriteHeader(http.StatusOK)
	return t.rows.Header(t.plan.Columns)
}

// flush sends what has been written so far.
func (t *table) flush() error {
	if err := t.out.Flush(); err != nil {
		return err
	}
	_ = t.control.Flush() // a writer that cannot flush sends by itself
	return nil
}

// fail ends the table with errors.
func (t *table) fail(ctx context.Context, list gqlerror.List) {
	t.in.note(nil, &graphql.Response{Errors: list})
	if t.rows == nil {
		respond(t.http, t.in.form, statusOf(list), &graphql.Response{Errors: list})
		return
	}
	code, _ := list[0].Extensions[extCode].(string)
	t.log.LogAttrs(ctx, slog.LevelWarn, "a table broke off", slog.String("code", code), slog.String("error", list[0].Message))
	_ = t.rows.Break(code + ": " + list[0].Message)
	_ = t.flush()
}

// writerOf returns what writes the form.
func writerOf(f form, w io.Writer) tabular.Writer {
	if f == asCSV {
		return tabular.NewCSV(w)
	}
	return tabular.NewNDJSON(w)
}
