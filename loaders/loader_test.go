package loaders

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/graph-gophers/dataloader/v7"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// squares is a batch function that counts: it knows the squares of numbers above 0, and keeps each batch's keys.
type squares struct {
	mu      sync.Mutex
	batches [][]int
	// gate holds batches up until it is closed; nil does not.
	gate chan struct{}
	// ctx is the context of the last batch.
	ctx context.Context
}

func (s *squares) load(ctx context.Context, keys []int) []*dataloader.Result[string] {
	s.mu.Lock()
	s.batches = append(s.batches, slices.Clone(keys))
	s.ctx = ctx
	s.mu.Unlock()
	if s.gate != nil {
		<-s.gate
	}
	// What the upstream answers comes in its own order, with rows that nobody asked for.
	answer := make(map[int]string)
	for n := 100; n > 0; n-- {
		answer[n] = fmt.Sprint(n * n)
	}
	return results(keys, func(key int) (string, error) {
		if v, ok := answer[key]; ok {
			return v, nil
		}
		return "", fault.New(fault.NotFound, "no square of %d", key)
	})
}

// loadAll loads the keys at once.
func loadAll(ctx context.Context, l *Loader[int, string], keys []int) (values []string, errs []error) {
	values, errs = make([]string, len(keys)), make([]error, len(keys))
	var group sync.WaitGroup
	for i, key := range keys {
		group.Go(func() { values[i], errs[i] = l.Load(ctx, key) })
	}
	group.Wait()
	return values, errs
}

func TestLoaderAnswersEachKeyItsOwn(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		keys   []int
		want   []string
	}{
		"shuffled":  {"the order is that of the keys", []int{7, 3, 9, 1}, []string{"49", "9", "81", "1"}},
		"duplicate": {"one key is one value", []int{5, 5, 2, 5}, []string{"25", "25", "4", "25"}},
		"missing":   {"a failure is its own key's", []int{4, -1, 6}, []string{"16", "NOT_FOUND", "36"}},
		"all gone":  {"nobody gets another's", []int{-1, -2}, []string{"NOT_FOUND", "NOT_FOUND"}},
	}
	for name, c := range cases {
		for _, announced := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, announced %t", name, announced), func(t *testing.T) {
				t.Parallel()
				s := new(squares)
				l := newLoader(t.Context(), s.load)
				if announced {
					l.Announce(c.keys)
				}
				got, errs := loadAll(t.Context(), l, c.keys)
				for i, err := range errs {
					if err != nil {
						got[i] = string(fault.KindOf(err))
					}
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", c.reason, diff)
				}
				loaded := slices.Concat(s.batches...)
				slices.Sort(loaded)
				if once := slices.Compact(slices.Clone(loaded)); len(once) != len(loaded) {
					t.Errorf("keys were loaded twice: %v", s.batches)
				}
			})
		}
	}
}

// A key that is announced needs no timer; one that is not waits for others to come.
func TestAnnouncedKeysDoNotWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(squares)
		l := newLoader(t.Context(), s.load)
		start := time.Now()
		l.Announce([]int{1, 2, 3})
		got, _ := loadAll(t.Context(), l, []int{3, 2, 1})
		if waited := time.Since(start); waited != 0 {
			t.Errorf("announced keys waited %s", waited)
		}
		if diff := cmp.Diff([][]int{{1, 2, 3}}, s.batches); diff != "" || !slices.Equal(got, []string{"9", "4", "1"}) {
			t.Errorf("got %v in the batches (-want +got):\n%s", got, diff)
		}
		if _, err := l.Load(t.Context(), 4); err != nil || time.Since(start) != batchWait {
			t.Errorf("a key that nobody announced came after %s, %v, want %s", time.Since(start), err, batchWait)
		}
	})
}

func TestAnnounceLoadsWhatIsNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(squares)
		l := newLoader(t.Context(), s.load)
		for _, keys := range [][]int{{1, 2, 2}, {2, 3, 1}, {3, 2, 1}, nil} {
			l.Announce(keys)
			synctest.Wait()
		}
		if diff := cmp.Diff([][]int{{1, 2}, {3}}, s.batches); diff != "" {
			t.Errorf("the batches differ (-want +got):\n%s", diff)
		}
	})
}

func TestKeysThatNobodyAnnouncedBatchTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(squares)
		l := newLoader(t.Context(), s.load)
		var keys []int
		for key := range 100 { // more than the loader's queue holds
			keys = append(keys, key+1)
		}
		_, errs := loadAll(t.Context(), l, keys)
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if len(s.batches) != 1 || len(s.batches[0]) != len(keys) {
			t.Errorf("%d batches, want one of all keys", len(s.batches))
		}
	})
}

func TestWholeBatchFails(t *testing.T) {
	t.Parallel()
	down := fault.New(fault.UpstreamUnavailable, "down")
	batches := map[string]struct {
		reason string
		batch  batch[int, string]
		want   fault.Kind
	}{
		"an error": {
			"it is that of all keys", func(_ context.Context, keys []int) []*dataloader.Result[string] {
				return failed[int, string](keys, down)
			}, fault.UpstreamUnavailable,
		},
		"a panic": {
			"it ends neither the process nor another key's wait", func(context.Context, []int) []*dataloader.Result[string] {
				panic("s3cr3t")
			}, fault.Internal,
		},
	}
	for name, c := range batches {
		for _, announced := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, announced %t", name, announced), func(t *testing.T) {
				t.Parallel()
				l := newLoader(t.Context(), c.batch)
				keys := []int{1, 2, 3}
				if announced {
					l.Announce(keys)
				}
				_, errs := loadAll(t.Context(), l, keys)
				for i, err := range errs {
					if fault.KindOf(err) != c.want {
						t.Errorf("key %d gets %v, want %s: %s", keys[i], err, c.want, c.reason)
					}
					if e, ok := errors.AsType[*fault.Error](err); ok && strings.Contains(e.Message, "s3cr3t") {
						t.Errorf("key %d tells clients of the panic: %s", keys[i], e.Message)
					}
				}
			})
		}
	}
}

// The batch runs in the operation's context: who asked first and gave up fails nobody else.
func TestAskerWhoGivesUpFailsNobody(t *testing.T) {
	t.Parallel()
	type key struct{}
	for _, announced := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			s := &squares{gate: make(chan struct{})}
			l := newLoader(context.WithValue(t.Context(), key{}, "the operation"), s.load)
			first, giveUp := context.WithCancel(context.WithValue(t.Context(), key{}, "an asker"))
			if announced {
				l.Announce([]int{1, 2})
			}
			var group sync.WaitGroup
			group.Go(func() { _, _ = l.Load(first, 1) })
			synctest.Wait()
			group.Go(func() {
				if v, err := l.Load(t.Context(), 2); v != "4" || err != nil {
					t.Errorf("the asker who stayed got %q, %v", v, err)
				}
			})
			time.Sleep(batchWait) // the bubble's time
			synctest.Wait()
			giveUp()
			close(s.gate)
			group.Wait()
			if v, err := l.Load(t.Context(), 1); v != "1" || err != nil {
				t.Errorf("who asks for the key again gets %q, %v", v, err)
			}
			if s.ctx.Err() != nil || s.ctx.Value(key{}) != "the operation" {
				t.Errorf("the batch ran in the context of %v, which ended with %v", s.ctx.Value(key{}), s.ctx.Err())
			}
		})
	}
}

// Whoever announces a key at the moment that another asks for it does not have it loaded twice.
func TestAnnouncedWhileAskedFor(t *testing.T) {
	t.Parallel()
	for range 5000 { // the moment is short
		s := new(squares)
		l := newLoader(t.Context(), s.load)
		var group sync.WaitGroup
		start := make(chan struct{})
		for i := range 8 {
			group.Go(func() {
				<-start
				if i%2 == 0 {
					l.Announce([]int{1})
				}
				_, _ = l.Load(t.Context(), 1)
			})
		}
		close(start)
		group.Wait()
		if len(s.batches) != 1 {
			t.Fatalf("it was loaded by %d batches, want 1", len(s.batches))
		}
	}
}

func TestLoaderUnderManyAskers(t *testing.T) {
	t.Parallel()
	s := new(squares)
	l := newLoader(t.Context(), s.load)
	keys := make([]int, 50)
	for i := range keys {
		keys[i] = i + 1
	}
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			if i%2 == 0 {
				l.Announce(keys[i:])
			}
			got, _ := loadAll(t.Context(), l, keys[i:])
			for j, v := range got {
				if want := fmt.Sprint(keys[i+j] * keys[i+j]); v != want {
					t.Errorf("key %d gives %q", keys[i+j], v)
				}
			}
		})
	}
	group.Wait()
	loaded := slices.Concat(s.batches...)
	if slices.Sort(loaded); !slices.Equal(loaded, keys) {
		t.Errorf("loaded %v, want each key once", loaded)
	}
}
