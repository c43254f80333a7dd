package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// same tells whether two answers have the same rows, each where it has them, however they are written.
func same(wantRows []string, want []byte, gotRows []string, got []byte) error {
	a, err := canonical(want, wantRows)
	if err != nil {
		return err
	}
	b, err := canonical(got, gotRows)
	if err != nil {
		return err
	}
	if a != b {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		return fmt.Errorf("after …%s the gateway has %.80s, it has %.80s", a[max(0, i-60):i], a[i:], b[i:])
	}
	return nil
}

// canonical writes the rows of an answer in a form that does not depend on the order of keys, on whether an id is a number
// or a text, on how a number is written, or on whether what an invoice's detail holds stands in an object of its own.
func canonical(answer []byte, rows []string) (string, error) {
	var whole struct{ Data any }
	d := json.NewDecoder(bytes.NewReader(answer))
	d.UseNumber()
	if err := d.Decode(&whole); err != nil {
		return "", err
	}
	value := whole.Data
	for _, name := range rows {
		object, ok := value.(map[string]any)
		if !ok {
			return "", fmt.Errorf("there is no %s in %.200s", name, answer)
		}
		value = object[name]
	}
	var b strings.Builder
	write(&b, value)
	return b.String(), nil
}

func write(b *strings.Builder, value any) {
	switch v := value.(type) {
	case map[string]any:
		if detail, ok := v["detail"].(map[string]any); ok {
			maps.Copy(v, detail)
			delete(v, "detail")
		}
		b.WriteByte('{')
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(key + ":")
			write(b, v[key])
			b.WriteByte(' ')
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for _, each := range v {
			write(b, each)
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case json.Number:
		b.WriteString(number(v.String()))
	case string:
		b.WriteString(number(v))
	default:
		fmt.Fprint(b, v)
	}
}

// number writes a number in one way, and what is none quoted.
func number(text string) string {
	if r, ok := new(big.Rat).SetString(text); ok && !strings.Contains(text, "/") {
		return r.RatString()
	}
	return fmt.Sprintf("%q", text)
}
