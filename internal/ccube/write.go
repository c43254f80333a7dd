package ccube

// This file is how writes are made, and how their answers are read. The answers differ more than any others: an object
// with few keys, an array, a message, nothing. What they agree on is that the status is a success.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Deletion is what CCUBE said when it deleted something.
type Deletion struct {
	// ID is what was deleted.
	ID ID
	// Message is CCUBE's own, empty where it gave none.
	Message string
}

// posting is the call that makes a thing.
func posting(name string) *request {
	return &request{method: http.MethodPost, path: prefix + name, endpoint: prefix + name}
}

// create makes a thing from input, which is sent under key.
func create[T any, P settable[T]](ctx context.Context, a *API, name, key string, input any) (*T, error) {
	return createBy[T, P](ctx, a, posting(name), key, input, theOnly)
}

// theOnly is for answers that show nothing but what was made.
func theOnly[T any](*T) bool { return false }

// createBy is create for a request that says more, or for an answer of several rows of which isIt tells the one that
// was made. The newest of those wins.
func createBy[T any, P settable[T]](
	ctx context.Context, a *API, r *request, key string, input any, isIt func(*T) bool,
) (*T, error) {
	rows, status, err := writeRows(ctx, a, r, key, input, decodeRow[T, P])
	if err != nil {
		return nil, err
	}
	if len(rows) == 1 {
		return rows[0], nil
	}
	var made P
	for _, row := range rows {
		if isIt(row) && (made == nil || P(row).Identity() > made.Identity()) {
			made = row
		}
	}
	if made == nil {
		return nil, lost(r, status, errWhich)
	}
	return made, nil
}

var errWhich = errors.New("the answer does not say which one was made")

// update changes a thing, and returns what the answer shows of it: often its id alone.
func update[T any, P settable[T]](ctx context.Context, a *API, name string, id ID, key string, input any) (*T, error) {
	return updateBy[T, P](ctx, a, one(http.MethodPut, name, id), id, key, input)
}

// updateBy is update for a request that says more. A row without an id, or with another's, tells nothing of this one.
func updateBy[T any, P settable[T]](
	ctx context.Context, a *API, r *request, id ID, key string, input any,
) (*T, error) {
	rows, _, err := writeRows(ctx, a, r, key, input, decodeRow[T, P])
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if P(row).Identity() == id {
			return row, nil
		}
	}
	bare := P(new(T))
	bare.row().ID = id
	return (*T)(bare), nil
}

// remove deletes a thing.
func remove(ctx context.Context, a *API, name string, id ID) (Deletion, error) {
	r := one(http.MethodDelete, name, id)
	status, body, err := a.write(ctx, r, "", nil)
	if err != nil {
		return Deletion{}, err
	}
	var answer struct{ Message string }
	var wrongForm *json.UnmarshalTypeError
	err = json.Unmarshal(body, &answer)
	if err != nil && !isBlank(body) && !errors.As(err, &wrongForm) {
		return Deletion{}, lost(r, status, errSyntax)
	}
	return Deletion{ID: id, Message: brief(answer.Message)}, nil
}

// write sends input under key, once, and returns CCUBE's answer, whose body may be empty. The end of the caller's
// context stops a write that has not been started, and no other: half a write would be worse than one nobody waits for.
func (a *API) write(ctx context.Context, r *request, key string, input any) (status int, body []byte, err error) {
	if err := ctx.Err(); err != nil {
		return 0, nil, err
	}
	if input != nil {
		if r.body, err = json.Marshal(map[string]any{key: input}); err != nil {
			return 0, nil, unwritable(r, err)
		}
	}
	r.secrets = append(r.secrets, a.secrets...)
	got, err := a.send(ctx, r)
	return got.status, got.body, err
}

// unwritable is the failure of an input that has no JSON form, such as a word that CCUBE does not have.
func unwritable(r *request, err error) error {
	if own, ok := errors.AsType[*fault.Error](err); ok {
		return own
	}
	return &fault.Error{
		Kind: fault.BadUserInput, Endpoint: r.name(), Err: err,
		Message: "the input on " + r.noun() + " has a value that cannot be sent to CCUBE",
	}
}

// writeRows makes a write and returns the status and the rows that its answer shows: an object, an array of them, or
// none. What decode refuses, such as a mere message, is no row.
func writeRows[T any](
	ctx context.Context, a *API, r *request, key string, input any, decode func([]byte) (*T, error),
) (rows []*T, status int, err error) {
	status, body, err := a.write(ctx, r, key, input)
	if err != nil || isBlank(body) {
		return nil, status, err
	}
	texts, err := objects(body)
	if err != nil {
		return nil, status, lost(r, status, err)
	}
	for _, text := range texts {
		if row, err := decode(text); err == nil {
			rows = append(rows, row)
		}
	}
	return rows, status, nil
}

func isBlank(body []byte) bool { return len(bytes.TrimSpace(body)) == 0 }
