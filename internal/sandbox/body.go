package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// fields is the object a write sends under its noun. Reading a field leaves its target alone when the field is not
// given and clears it when it is null, so the same reading serves creates and partial updates. What is wrong is
// collected and answered at once by err.
type fields struct {
	given map[string]any
	wrong map[string][]string
	fresh bool
	older bool
}

// fields parses the body. Fresh is whether required fields must be given.
func (c *call) fields(noun string, fresh bool) (*fields, error) {
	if !strings.Contains(c.r.Header.Get("Content-Type"), "json") {
		return nil, fail(http.StatusBadRequest, "Content-Type is not application/json")
	}
	var envelope map[string]any
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber() // a float64 would round large ids and money
	err := d.Decode(&envelope)
	if _, more := d.Token(); err != nil || more != io.EOF {
		return nil, fail(http.StatusBadRequest, "Malformed JSON")
	}
	given, ok := envelope[noun].(map[string]any)
	if !ok {
		return nil, fail(http.StatusBadRequest, "param is missing or the value is empty: "+noun)
	}
	return &fields{given: given, wrong: map[string][]string{}, fresh: fresh, older: c.older}, nil
}

func (f *fields) refuse(name, why string) { f.wrong[name] = append(f.wrong[name], why) }

func (f *fields) err() error {
	if len(f.wrong) == 0 {
		return nil
	}
	e := fail(http.StatusUnprocessableEntity, "Validation failed")
	e.details = f.wrong
	return e
}

// require refuses fields that are blank: missing from a create, or set to nothing by any write.
func (f *fields) require(names ...string) {
	for _, name := range names {
		value, given := f.given[name]
		if !given && !f.fresh {
			continue
		}
		if blank(value) {
			f.refuse(name, "can't be blank")
		}
	}
}

func blank(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	default:
		return false
	}
}

// read hands a given value to take, which says whether it has the right type; null becomes the zero value.
func read[T any](f *fields, name, why string, into *T, take func(any) (T, bool)) {
	value, given := f.given[name]
	if !given {
		return
	}
	var zero T
	if value == nil {
		*into = zero
		return
	}
	v, ok := take(value)
	if !ok {
		f.refuse(name, why)
		return
	}
	*into = v
}

func (f *fields) text(name string, into *string) {
	read(f, name, "must be a string", into, func(v any) (string, bool) {
		s, ok := v.(string)
		return s, ok
	})
}

func (f *fields) flag(name string, into *bool) {
	read(f, name, "must be true or false", into, func(v any) (bool, bool) {
		b, ok := v.(bool)
		return b, ok
	})
}

func (f *fields) id(name string, into *int64) { read(f, name, "must be an integer", into, f.integer) }

func (f *fields) ids(name string, into *[]int64) {
	read(f, name, "must be an array of integers", into, func(v any) ([]int64, bool) {
		list, ok := v.([]any)
		ids := make([]int64, len(list))
		for i := range list {
			id, whole := f.integer(list[i])
			ids[i], ok = id, ok && whole
		}
		return ids, ok
	})
}

// integer takes a whole number; the older reference sent some as strings.
func (f *fields) integer(v any) (int64, bool) {
	n, ok := v.(json.Number)
	if s, quoted := v.(string); quoted && f.older {
		n, ok = json.Number(s), true
	}
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, ok && err == nil
}

func (f *fields) day(name string, into *day) {
	read(f, name, "is not a valid date", into, func(v any) (day, bool) {
		s, ok := v.(string)
		d, valid := parseDay(s)
		return d, ok && valid
	})
}

// fixed reads a decimal number as a fixed-point one.
func (f *fields) fixed(name string, places int, into *int64) {
	read(f, name, "is not a number", into, func(v any) (int64, bool) {
		n, ok := v.(json.Number)
		if !ok {
			return 0, false
		}
		return fixed(string(n), places)
	})
}

// objects are the nested rows of a field, each to be read as the body of a create.
func (f *fields) objects(name string) []*fields {
	var list []any
	read(f, name, "must be an array of objects", &list, func(v any) ([]any, bool) {
		l, ok := v.([]any)
		return l, ok
	})
	rows := make([]*fields, 0, len(list))
	for _, v := range list {
		given, ok := v.(map[string]any)
		if !ok {
			f.refuse(name, "must be an array of objects")
			return nil
		}
		rows = append(rows, &fields{given: given, wrong: map[string][]string{}, fresh: true, older: f.older})
	}
	return rows
}

// adopt takes over what is wrong in a nested row, under the name of both.
func (f *fields) adopt(name string, nested *fields) {
	for field, whys := range nested.wrong {
		for _, why := range whys {
			f.refuse(name+"."+field, why)
		}
	}
}

// refer refuses a given id that refers to nothing.
func (f *fields) refer(name string, id int64, exists bool) {
	if f.given[name] == nil || len(f.wrong[name]) > 0 {
		return
	}
	if id == 0 || !exists {
		f.refuse(name, "must exist")
	}
}

// positive refuses a given id that is not above zero; departments and roles are lists the reference does not show.
func (f *fields) positive(name string, ids ...int64) {
	for _, id := range ids {
		if f.given[name] != nil && id <= 0 && len(f.wrong[name]) == 0 {
			f.refuse(name, "must exist")
		}
	}
}
