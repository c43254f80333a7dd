package sandbox

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// This file makes the sandbox's past: generate goes noun by noun, schedule spreads a noun's rows over the projects
// and over time. Rows stand in the order they would have been made, so that what belongs to one project lies
// scattered over a list, as it does at a tenant.

// history is how many days the data reach back.
const history = 4 * 365

type generator struct {
	*store
	rng   *rand.Rand
	seed  uint64
	today day
	// clients may be chosen again for another project.
	clients []int64
}

func generate(projects int, seed uint64, today day) *store {
	g := &generator{store: newStore(), rng: rand.New(rand.NewPCG(seed, 0xCC0BE)), seed: seed, today: today}
	g.makeStaff()
	g.makeSuppliers(8 + projects/50)
	g.makeProjects(projects)
	g.makeQuotes()
	g.makePurchaseOrders()
	g.makeWorkOrders()
	g.makeInvoices()
	g.makeNotes()
	return g.store
}

// skip leaves a gap in front of every eighth row or so, as if rows had been deleted.
func skip[T any](g *generator, t *table[T]) {
	if len(t.rows) > 0 && g.rng.IntN(8) == 0 {
		t.next += 1 + g.rng.Int64N(3)
	}
}

// pick chooses one of a list.
func pick[T any](g *generator, list []T) T { return list[g.rng.IntN(len(list))] }

// oneIn is true once in n times.
func (g *generator) oneIn(n int) bool { return g.rng.IntN(n) == 0 }

// between is a number from low to high, both included.
func (g *generator) between(low, high int) int { return low + g.rng.IntN(high-low+1) }

// slot is a row to be made: on a day, for the project at an index.
type slot struct {
	day     day
	project int32
}

// schedule plans count(i) rows for each project i, on days after the project began and not in the future.
func (g *generator) schedule(total int, count func(i int) int) []slot {
	slots := make([]slot, 0, total)
	for i := range g.projects.rows {
		began := dayOf(g.projects.rows[i].created.time())
		for range count(i) {
			on := min(began+day(g.rng.IntN(240)), g.today)
			slots = append(slots, slot{on, int32(i)})
		}
	}
	slices.SortFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.project, b.project))
	})
	return slots
}

// counts draws a number from 0 to most for each project that add up to total exactly. The total must be within
// reach.
func (g *generator) counts(total, most int) []uint8 {
	counts := make([]uint8, len(g.projects.rows))
	sum := 0
	for i := range counts {
		counts[i] = uint8(g.rng.IntN(most))
		sum += int(counts[i])
	}
	for sum != total {
		i := g.rng.IntN(len(counts))
		switch {
		case sum < total && int(counts[i]) < most:
			counts[i]++
			sum++
		case sum > total && counts[i] > 0:
			counts[i]--
			sum--
		}
	}
	return counts
}

// stamps are when a row was made on a day and last changed, within working hours and not in the future.
func (g *generator) stamps(on day) (created, updated moment) {
	created = on.at(time.Duration(g.between(7*60, 11*60)) * time.Minute)
	if g.oneIn(2) {
		return created, created
	}
	later := min(on+day(g.rng.IntN(40)), g.today)
	return created, max(created, later.at(time.Duration(g.between(7*3600, 12*3600))*time.Second))
}

// numbered joins a prefix and a number.
func numbered(prefix string, n int) string {
	var buf [24]byte
	return string(strconv.AppendInt(append(buf[:0], prefix...), int64(n), 10))
}

// external is an id in some other system, which few rows have.
func (g *generator) external(n int) string {
	if !g.oneIn(10) {
		return ""
	}
	return numbered("EXT-", 90_000+n)
}
