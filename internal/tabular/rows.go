package tabular

import (
	"github.com/valyala/fastjson"
)

// Rows flattens an answer's data: it hands each row's cells to the function, nil for null. The cells are good until it
// returns. Rows returns how many elements of the list there were, which is less than the rows where lists lie below.
func (p *Plan) Rows(data *fastjson.Value, row func(cells []*fastjson.Value) error) (int, error) {
	f := flattener{cells: make([]*fastjson.Value, len(p.Columns)), row: row}
	at := data.Get(p.path...)
	if isNull(at) {
		return 0, nil
	}
	if p.single {
		return 1, f.element(&p.row, at)
	}
	elements := at.GetArray()
	for _, element := range elements {
		if err := f.element(&p.row, element); err != nil {
			return 0, err
		}
	}
	return len(elements), nil
}

// flattener fills one row after another.
type flattener struct {
	cells []*fastjson.Value
	row   func([]*fastjson.Value) error
}

// element fills the cells of what the node says, and hands on as many rows as lie below.
func (f *flattener) element(n *node, at *fastjson.Value) error {
	if n.leaf {
		f.cells[n.column] = at
		return f.row(f.cells)
	}
	for i := range n.fields {
		if i != n.chain {
			f.fill(&n.fields[i], at)
		}
	}
	if n.chain < 0 {
		return f.row(f.cells)
	}
	child := &n.fields[n.chain]
	below := at.Get(child.key)
	if !child.list {
		return f.element(child, below)
	}
	elements := below.GetArray()
	if len(elements) == 0 {
		return f.element(child, nil)
	}
	for _, element := range elements {
		if err := f.element(child, element); err != nil {
			return err
		}
	}
	return nil
}

// fill fills the cells of a field that holds no list.
func (f *flattener) fill(n *node, parent *fastjson.Value) {
	at := parent.Get(n.key)
	if n.leaf {
		f.cells[n.column] = at
		return
	}
	for i := range n.fields {
		f.fill(&n.fields[i], at)
	}
}
