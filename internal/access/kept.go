package access

// This file is where snapshots lie: so many bytes of them, so long. Where there are too many the oldest goes first, for it
// has the least time left to be served.

import (
	"container/list"
	"sync"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// kept are snapshots within a bound of bytes. They are safe for concurrent use.
type kept struct {
	bound uint64
	// life is how long a snapshot is served, now the clock.
	life time.Duration
	now  func() time.Time

	mu    sync.Mutex
	bytes uint64
	// byAge are the snapshots, the oldest first; byCaller are the same, to be found.
	byAge    *list.List
	byCaller map[identity.Partition]map[listKey]*list.Element
	// refused is when a caller's credential was refused, for as long as a walk from before may still come in.
	refused map[identity.Partition]time.Time
	// sweep drops what has ended, should nobody come and ask.
	sweep *time.Timer
}

// listKey tells the lists of a caller apart.
type listKey struct{ endpoint, name string }

// keptSnapshot is a snapshot in its place.
type keptSnapshot struct {
	key  snapshotKey
	rows *snapshot
}

func newKept(bound uint64, life time.Duration, now func() time.Time) *kept {
	return &kept{
		bound: bound, life: life, now: now, byAge: list.New(),
		byCaller: make(map[identity.Partition]map[listKey]*list.Element),
		refused:  make(map[identity.Partition]time.Time),
	}
}

// get returns the snapshot of a list; nil where there is none of the key's generation, or it has ended.
func (k *kept) get(key snapshotKey) *snapshot {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.byCaller[key.partition][key.list]
	if e == nil {
		return nil
	}
	found := e.Value.(keptSnapshot)
	if found.key.generation != key.generation || k.ended(found.rows) {
		return nil
	}
	return found.rows
}

// set keeps a snapshot in place of an older one of the list. One that is older than what is there, or than the last refusal
// of its caller's credential, is not kept, nor is one that is larger than all may be together.
func (k *kept) set(key snapshotKey, s *snapshot) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if at, ok := k.refused[key.partition]; ok && !s.taken.After(at) {
		return
	}
	if old := k.byCaller[key.partition][key.list]; old != nil {
		if old.Value.(keptSnapshot).rows.taken.After(s.taken) {
			return
		}
		k.drop(old)
	}
	if s.bytes > k.bound || k.ended(s) {
		return
	}
	for e := k.byAge.Front(); e != nil && (k.bytes+s.bytes > k.bound || k.ended(e.Value.(keptSnapshot).rows)); e = k.byAge.Front() {
		k.drop(e)
	}
	k.insert(keptSnapshot{key, s})
	k.watch()
}

// insert puts a snapshot to its place by age. A walk may be overtaken by a shorter one, so that is not always the last.
func (k *kept) insert(s keptSnapshot) {
	lists := k.byCaller[s.key.partition]
	if lists == nil {
		lists = make(map[listKey]*list.Element, 1)
		k.byCaller[s.key.partition] = lists
	}
	older := k.byAge.Back()
	for older != nil && older.Value.(keptSnapshot).rows.taken.After(s.rows.taken) {
		older = older.Prev()
	}
	if older == nil {
		lists[s.key.list] = k.byAge.PushFront(s)
	} else {
		lists[s.key.list] = k.byAge.InsertAfter(s, older)
	}
	k.bytes += s.rows.bytes
}

// drop forgets a snapshot. The caller holds the lock.
func (k *kept) drop(e *list.Element) {
	s := k.byAge.Remove(e).(keptSnapshot)
	k.bytes -= s.rows.bytes
	lists := k.byCaller[s.key.partition]
	delete(lists, s.key.list)
	if len(lists) == 0 {
		delete(k.byCaller, s.key.partition)
	}
}

// forget drops the snapshot of a list.
func (k *kept) forget(key snapshotKey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e := k.byCaller[key.partition][key.list]; e != nil {
		k.drop(e)
	}
}

// refuse drops all of a caller's, and keeps out what his walks that are under way come to. Of many callers refused at once,
// as when somebody guesses credentials, the earlier are forgotten: they have no walks under way.
func (k *kept) refuse(p identity.Partition) {
	const most = 4096
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, e := range k.byCaller[p] {
		k.drop(e)
	}
	if len(k.refused) >= most {
		clear(k.refused)
	}
	k.refused[p] = k.now()
}

// stats tells how much is kept.
func (k *kept) stats() SnapshotStats {
	k.mu.Lock()
	defer k.mu.Unlock()
	return SnapshotStats{Lists: k.byAge.Len(), Bytes: k.bytes, MaxBytes: k.bound}
}

// ended tells that a snapshot is too old to be served.
func (k *kept) ended(s *snapshot) bool { return k.now().Sub(s.taken) >= k.life }

// watch has the snapshots swept once the oldest has ended. The caller holds the lock.
func (k *kept) watch() {
	if k.sweep == nil && k.byAge.Len() > 0 {
		k.sweep = time.AfterFunc(k.life, k.clean)
	}
}

// clean drops what has ended, so that an idle process does not hold it.
func (k *kept) clean() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for e := k.byAge.Front(); e != nil && k.ended(e.Value.(keptSnapshot).rows); e = k.byAge.Front() {
		k.drop(e)
	}
	k.sweep = nil
	k.watch()
}

// close drops everything, and ends the watch.
func (k *kept) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byAge.Init()
	clear(k.byCaller)
	k.bytes = 0
	if k.sweep != nil {
		k.sweep.Stop()
	}
}
