package ccube

// This file reads the details of a refusal. The reference never shows their form, so any that says something is taken: an
// object of field to message or messages, nested or with dotted keys, a list of sentences, a list of objects that name a
// field and say something of it.

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Detail is one mistake that CCUBE names.
type Detail struct {
	// Path is where it is, in CCUBE's names, indexes of lists included; empty where CCUBE does not say.
	Path []string
	// Message is CCUBE's own.
	Message string
}

// maxDetails bounds what is read: a refusal that says more than this helps nobody.
const maxDetails = 100

// ReadDetails reads the details of a refusal, as fault.Error holds them, in a fixed order. What says nothing is left out.
func ReadDetails(raw []byte) []Detail {
	var decoded any
	if json.Unmarshal(raw, &decoded) != nil {
		return nil
	}
	var r detailReader
	r.read(nil, decoded)
	return r.details
}

type detailReader struct{ details []Detail }

func (r *detailReader) read(path []string, v any) {
	switch v := v.(type) {
	case string:
		if message := brief(v); message != "" && len(r.details) < maxDetails {
			r.details = append(r.details, Detail{path, message})
		}
	case []any:
		r.readList(path, v)
	case map[string]any:
		r.readObject(path, v)
	}
}

// readList reads a list of mistakes, or one whose places are those of a list in the request.
func (r *detailReader) readList(path []string, list []any) {
	for i, v := range list {
		object, nested := v.(map[string]any)
		if _, _, ok := mistake(object); nested && !ok && len(path) > 0 {
			r.read(append(slices.Clip(path), strconv.Itoa(i)), v)
		} else {
			r.read(path, v)
		}
	}
}

// readObject reads a mistake that names its field, or fields and what is wrong with each.
func (r *detailReader) readObject(path []string, object map[string]any) {
	if field, message, ok := mistake(object); ok {
		r.read(append(slices.Clip(path), steps(field)...), message)
		return
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		r.read(append(slices.Clip(path), steps(key)...), object[key])
	}
}

// mistake reads an object that says what is wrong, and perhaps of which field. An object whose keys are fields is none,
// though a field may be called message.
func mistake(object map[string]any) (field, message string, ok bool) {
	for _, key := range []string{"message", "detail", "error", "full_message"} {
		if message, ok = object[key].(string); ok {
			break
		}
	}
	for _, key := range []string{"field", "attribute", "param", "parameter", "path", "key", "name", "pointer"} {
		if field, _ = object[key].(string); field != "" {
			return field, message, ok
		}
	}
	if path, isList := object["path"].([]any); isList {
		for _, step := range path {
			field += "." + fmt.Sprint(step)
		}
	}
	if source, nested := object["source"].(map[string]any); nested {
		field, _ = source["pointer"].(string)
	}
	return field, message, ok
}

// steps splits a name that leads into nested things: lines.unit_price, lines[0].unit_price, /data/attributes/number. The
// whole, which Rails calls base, is no step.
func steps(name string) []string {
	names := strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(".[]/", c) })
	return slices.DeleteFunc(names, func(s string) bool { return s == "base" })
}
