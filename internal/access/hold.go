package access

// This file lets a reader hold on to the lists that it has seen whole, whatever becomes of their snapshots: an answer that
// is read page by page for longer than a snapshot lives, or where there are none, still shows one state of each list.

// hold keeps a whole list, if the reader is to hold and the list has a name. The first state that was seen stays.
func hold[T Row[T]](r *Reader, l *List[T], s *snapshot) {
	if !r.options.Hold || l.Name == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := listKey{l.Endpoint, l.Name}
	if r.held == nil {
		r.held = make(map[listKey]*snapshot)
	}
	if r.held[key] == nil {
		r.held[key] = s
	}
}

// held returns the list as the reader has seen it; nil where it has not.
func held[T Row[T]](r *Reader, l *List[T]) *snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held[listKey{l.Endpoint, l.Name}]
}

// GoOn tells a reader that holds that its caller goes through a list page by page. What is looked up for the pages to come
// is then read as whole lists, each once, where for one page alone its rows would have been fewer calls.
func (r *Reader) GoOn() { r.goesOn.Store(true) }
