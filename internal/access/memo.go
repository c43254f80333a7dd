package access

import (
	"context"
	"sync"
)

// memo keeps the pages that one reader has read, so that a list asked for twice in one operation is read once.
type memo struct {
	mu    sync.Mutex
	pages map[pageKey]*pageRead
}

// pageKey tells the pages of a reader apart.
type pageKey struct {
	endpoint, name string
	number, size   int
}

// pageRead is a page that has been read, or is being read by whoever has the turn.
type pageRead struct {
	turn turn
	done bool
	rows any
	err  error
}

// page returns the key's place.
func (m *memo) page(key pageKey) *pageRead {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pages == nil {
		m.pages = make(map[pageKey]*pageRead)
	}
	p := m.pages[key]
	if p == nil {
		p = &pageRead{turn: newTurn()}
		m.pages[key] = p
	}
	return p
}

// once returns the page, reading it if nobody has. A failure is the same for all who ask, unless it was the asker's own
// leaving.
func once[T any](ctx context.Context, p *pageRead, read func() ([]T, error)) ([]T, error) {
	if err := p.turn.take(ctx); err != nil {
		return nil, err
	}
	defer p.turn.leave()
	if !p.done {
		rows, err := read()
		return rows, keep(ctx, p, rows, err)
	}
	rows, _ := p.rows.([]T)
	return rows, p.err
}

// keep keeps what became of a page, and returns err. Whoever calls it has the turn.
func keep[T any](ctx context.Context, p *pageRead, rows []T, err error) error {
	if err == nil || ctx.Err() == nil {
		p.rows, p.err, p.done = rows, err, true
	}
	return err
}

// begin takes the turn for who will read the page, and keep it; not if it has been read, or somebody reads it.
func (p *pageRead) begin() bool {
	if !p.turn.try() {
		return false
	}
	if p.done {
		p.turn.leave()
	}
	return !p.done
}
