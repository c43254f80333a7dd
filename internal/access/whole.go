package access

import (
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// whole is a whole list, which nobody changes. It is safe for concurrent use.
type whole[T Row[T]] struct {
	rows []T
	once sync.Once
	// byID is nil until somebody looks for a row.
	byID map[ccube.ID]T
}

// index returns the rows by their ids.
func (w *whole[T]) index() map[ccube.ID]T {
	w.once.Do(func() {
		if w.byID == nil {
			w.byID = indexOf(w.rows)
		}
	})
	return w.byID
}

func indexOf[T Row[T]](rows []T) map[ccube.ID]T {
	byID := make(map[ccube.ID]T, len(rows))
	for _, row := range rows {
		byID[row.Identity()] = row
	}
	return byID
}
