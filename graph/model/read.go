package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// read returns a field of a row: its value, nil for null, or why there is none. missing is why keys that the row lacks
// could not be read; nil where CCUBE just has none.
func read[T any](row *ccube.Row, key ccube.Keys, v *ccube.Null[T], missing error) (*T, error) {
	if err := readable(row, key, missing); err != nil {
		return nil, err
	}
	return v.Ptr(), nil
}

// readable returns why the key's value cannot be shown; nil if it can, be it null.
func readable(row *ccube.Row, key ccube.Keys, missing error) error {
	switch {
	case row.Broken&key != 0:
		return fault.New(fault.UpstreamError, "CCUBE's value of this field, in the row with id %d, is not of the form that its reference promises", row.ID)
	case !row.Keys.Has(key):
		return missing
	}
	return nil
}

// wrap turns what CCUBE embeds into models. nil stays nil, and an empty list an empty list.
func wrap[T, M any](many []*T, model func(*T) *M) []*M {
	if many == nil {
		return nil
	}
	models := make([]*M, len(many))
	for i, one := range many {
		models[i] = model(one)
	}
	return models
}
