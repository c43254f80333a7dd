package sift_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// row is what is sifted here.
type row struct {
	id     ccube.ID
	text   ccube.Null[string]
	day    ccube.Null[ccube.Date]
	at     ccube.Null[ccube.Instant]
	amount ccube.Null[ccube.Decimal]
}

func (r row) Identity() ccube.ID { return r.id }

func is[T any](v T) ccube.Null[T] { return ccube.Null[T]{V: v, Valid: true} }

func TestFold(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, text, want string }{
		"case":               {"ASCII", "LaVal 12-B", "laval 12-b"},
		"accents":            {"composed", "Été à Trois-Rivières, ÇA VA", "ete a trois-rivieres, ca va"},
		"accents apart":      {"the same, decomposed", "E\u0301te\u0301", "ete"},
		"an accent alone":    {"it has no letter to stand on, and nobody types it", "\u0301a", "a"},
		"ligatures of type":  {"compatibility characters", "ﬁn de l'oﬃce", "fin de l'office"},
		"ligatures":          {"letters in French, typed as two by many", "Cœur, ŒUVRE, ex æquo", "coeur, oeuvre, ex aequo"},
		"sharp s":            {"and its capital", "Straße STRAẞE", "strasse strasse"},
		"Turkish":            {"dotted or dotless, it is an i", "İstanbul Ilıca ısı", "istanbul ilica isi"},
		"strokes":            {"not accents to Unicode", "Łódź Ørsted Đorđe", "lodz orsted dorde"},
		"Greek":              {"a sigma is a sigma, at the end too", "ΟΔΌΣ οδός", "οδοσ οδοσ"},
		"Cyrillic":           {"й is и with a breve", "Йод ЁЛКА", "иод елка"},
		"Cherokee":           {"the one script that Unicode folds to capitals", "ꭰᎠ", "ꭰꭰ"},
		"full width":         {"as Japanese keyboards have it", "Ｐ－１００", "p-100"},
		"superscripts":       {"a unit", "12 m²", "12 m2"},
		"Hangul":             {"composed, so that a syllable does not contain another", "가각", "가각"},
		"Hangul apart":       {"composed", "\u1100\u1161\u1100\u1161\u11a8", "가각"},
		"a space like wide":  {"no-break spaces are spaces", "3\u00a0500\u202f$", "3 500 $"},
		"what is no letter":  {"it stays", "€ 🏠 №", "€ 🏠 no"},
		"nothing":            {"it stays", "", ""},
		"what is not UTF-8":  {"it does not panic", "a\xffB", "a\ufffdb"},
		"Latin and another":  {"one way for both", "É가", "e가"},
		"Vietnamese, stacks": {"several accents on a letter", "Nguyễn Ất", "nguyen at"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := sift.Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q: %s", c.text, got, c.want, c.reason)
			}
		})
	}
}

// Folding what is folded changes nothing, and case never matters.
func TestFoldIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		latin := rapid.RuneFrom([]rune("aàâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸßẞıİøØłŁ '-\u0301\u0308"))
		text := rapid.OneOf(rapid.StringOf(latin), rapid.String()).Draw(t, "text")
		folded := sift.Fold(text)
		if twice := sift.Fold(folded); twice != folded {
			t.Fatalf("Fold(%q) = %q, and folded again %q", text, folded, twice)
		}
	})
}

func TestSearch(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, search string
		text           ccube.Null[string]
		want           bool
	}{
		"within a word":      {"it is no search by words", "vieres", is("Trois-Rivières"), true},
		"with accents":       {"either side may have them", "ÉTÉ", is("ete"), true},
		"without":            {"either side may lack them", "ete", is("Un bel Été"), true},
		"not there":          {"", "hiver", is("Un bel Été"), false},
		"blanks around":      {"they come with copying", "  été\n", is("Été"), true},
		"blanks within":      {"they are part of it", "bel été", is("Un bel  Été"), false},
		"blanks alone":       {"nothing is searched for: all pass", "   ", is("Été"), true},
		"nothing":            {"nothing is searched for: all pass, null too", "", ccube.Null[string]{}, true},
		"null":               {"it contains nothing", "a", ccube.Null[string]{}, false},
		"a pattern":          {"it is text, not a pattern", ".*", is("anything"), false},
		"a pattern, literal": {"it is text, not a pattern", "100%", is("100% cuivre"), true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test := sift.Search(1, c.search, func(r row) []ccube.Null[string] { return []ccube.Null[string]{{}, r.text} })
			if got := test.Pass(row{text: c.text}); got != c.want || test.Keys != 1 {
				t.Errorf("%q in %q: %t, want %t: %s", c.search, c.text.V, got, c.want, c.reason)
			}
		})
	}
}

func TestCheckSearch(t *testing.T) {
	t.Parallel()
	if err := sift.CheckSearch(strings.Repeat("é", 1000)); err != nil {
		t.Errorf("1000 characters are refused: %v", err)
	}
	for _, n := range []int{1001, 1 << 20} {
		if err := sift.CheckSearch(strings.Repeat("a", n)); !errors.Is(err, fault.BadUserInput) {
			t.Errorf("%d characters: %v, want BAD_USER_INPUT", n, err)
		}
	}
}

func TestOneOf(t *testing.T) {
	t.Parallel()
	of := func(r row) ccube.Null[string] { return r.text }
	some, none := sift.OneOf(2, []string{"a", "b", "a"}, of), sift.OneOf(2, []string{}, of)
	for text, want := range map[ccube.Null[string]]bool{is("a"): true, is("b"): true, is("A"): false, is(""): false, {}: false} {
		if got := some.Pass(row{text: text}); got != want {
			t.Errorf("%v is one of a and b: %t", text, got)
		}
		if none.Pass(row{text: text}) {
			t.Errorf("%v is one of none", text)
		}
	}
	if some.Keys != 2 {
		t.Errorf("it needs the keys %b", some.Keys)
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	day := func(s string) *ccube.Date { return new(ccube.Date(s)) }
	at := func(s string) *ccube.Instant { return new(ccube.Instant(s)) }
	money := func(s string) *ccube.Decimal { return new(ccube.Decimal(s)) }
	days := func(from, to *ccube.Date) func(row) bool {
		return sift.InDays(1, sift.Days{From: from, To: to}, func(r row) ccube.Null[ccube.Date] { return r.day }).Pass
	}
	instants := func(from, to *ccube.Instant) func(row) bool {
		in, err := sift.NewInstants("createdAt", from, to)
		if err != nil {
			t.Fatal(err)
		}
		return sift.InInstants(1, in, func(r row) ccube.Null[ccube.Instant] { return r.at }).Pass
	}
	amounts := func(from, to *ccube.Decimal) func(row) bool {
		in, err := sift.NewAmounts("total", from, to)
		if err != nil {
			t.Fatal(err)
		}
		return sift.InAmounts(1, in, func(r row) ccube.Null[ccube.Decimal] { return r.amount }).Pass
	}
	cases := map[string]struct {
		reason string
		pass   func(row) bool
		row    row
		want   bool
	}{
		"the first day":       {"both ends are included", days(day("2024-01-01"), day("2024-01-31")), row{day: is[ccube.Date]("2024-01-01")}, true},
		"the last day":        {"both ends are included", days(day("2024-01-01"), day("2024-01-31")), row{day: is[ccube.Date]("2024-01-31")}, true},
		"the day before":      {"", days(day("2024-01-01"), nil), row{day: is[ccube.Date]("2023-12-31")}, false},
		"the day after":       {"", days(nil, day("2024-01-31")), row{day: is[ccube.Date]("2024-02-01")}, false},
		"one day":             {"a range may be a day", days(day("2024-01-01"), day("2024-01-01")), row{day: is[ccube.Date]("2024-01-01")}, true},
		"no day":              {"null lies in no range, an open one neither", days(nil, nil), row{}, false},
		"the same instant":    {"whatever its offset", instants(at("2024-08-28T19:27:32Z"), nil), row{at: is[ccube.Instant]("2024-08-28T15:27:32-04:00")}, true},
		"a moment before":     {"fractions count", instants(at("2024-08-28T19:27:32Z"), nil), row{at: is[ccube.Instant]("2024-08-28T19:27:31.999Z")}, false},
		"the last instant":    {"both ends are included", instants(nil, at("2024-08-28T19:27:32Z")), row{at: is[ccube.Instant]("2024-08-28T19:27:32.000Z")}, true},
		"later by offset":     {"text would say otherwise", instants(nil, at("2024-08-28T19:00:00Z")), row{at: is[ccube.Instant]("2024-08-28T16:00:00-04:00")}, false},
		"no instant":          {"null lies in no range", instants(nil, nil), row{}, false},
		"no such instant":     {"it has the form, and no calendar has it", instants(nil, nil), row{at: is[ccube.Instant]("2024-02-31T00:00:00Z")}, false},
		"the amount":          {"both ends are included, however they are written", amounts(money("10"), money("1e1")), row{amount: is[ccube.Decimal]("10.00")}, true},
		"a hair below":        {"nothing is rounded", amounts(money("0.3"), nil), row{amount: is[ccube.Decimal]("0.29999999999999999999")}, false},
		"a hair above":        {"nothing is rounded", amounts(nil, money("0.3")), row{amount: is[ccube.Decimal]("0.30000000000000000001")}, false},
		"a credit":            {"it is below zero", amounts(nil, money("-0.01")), row{amount: is[ccube.Decimal]("-45.10")}, true},
		"minus nothing":       {"it is zero", amounts(money("0"), money("0")), row{amount: is[ccube.Decimal]("-0.00")}, true},
		"no amount":           {"null lies in no range", amounts(nil, nil), row{}, false},
		"an immense one":      {"it would fill the memory: it lies in no range", amounts(money("1"), nil), row{amount: is[ccube.Decimal]("1e999999999")}, false},
		"nine and ten":        {"numbers, not text", amounts(money("9"), nil), row{amount: is[ccube.Decimal]("10")}, true},
		"beyond what is fast": {"nineteen digits", amounts(money("9223372036854775808"), nil), row{amount: is[ccube.Decimal]("9223372036854775807.99")}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.pass(c.row); got != c.want {
				t.Errorf("it passes: %t, want %t: %s", got, c.want, c.reason)
			}
		})
	}
}

func TestRangesRefused(t *testing.T) {
	t.Parallel()
	_, instants := sift.NewInstants("createdAt", new(ccube.Instant("2024-08-28T19:27:32Z")), new(ccube.Instant("2024-08-28T15:27:31-04:00")))
	_, impossible := sift.NewInstants("createdAt", new(ccube.Instant("2024-02-31T00:00:00Z")), nil)
	_, amounts := sift.NewAmounts("total", new(ccube.Decimal("10")), new(ccube.Decimal("9.99")))
	_, immense := sift.NewAmounts("total", nil, new(ccube.Decimal("1e999999999")))
	_, minute := sift.NewAmounts("total", nil, new(ccube.Decimal("1e-999999999")))
	_, long := sift.NewAmounts("total", nil, new(ccube.Decimal(strings.Repeat("9", 101))))
	for name, err := range map[string]error{
		"days":     sift.Days{From: new(ccube.Date("2024-02-01")), To: new(ccube.Date("2024-01-31"))}.Check("issueDate"),
		"instants": instants, "an instant of no calendar": impossible,
		"amounts": amounts, "an immense amount": immense, "a minute amount": minute, "a long amount": long,
	} {
		if !errors.Is(err, fault.BadUserInput) || !strings.Contains(fmt.Sprint(err), "`") {
			t.Errorf("%s: %v, want BAD_USER_INPUT that names the field", name, err)
		}
	}
}

// rows are rows with few different values, so that many are equal, and some null.
func rows() *rapid.Generator[[]row] {
	return rapid.Custom(func(t *rapid.T) []row {
		n := rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 300)).Draw(t, "rows")
		ids := rapid.Permutation(slices.Collect(func(yield func(ccube.ID) bool) {
			for i := range n {
				if !yield(ccube.ID(i + 1)) {
					return
				}
			}
		})).Draw(t, "ids")
		all := make([]row, n)
		for i, id := range ids {
			all[i] = row{
				id:     id,
				text:   ccube.Null[string]{V: rapid.SampledFrom([]string{"", "a", "B", "é"}).Draw(t, "text"), Valid: rapid.Bool().Draw(t, "has text")},
				amount: ccube.Null[ccube.Decimal]{V: amounts().Draw(t, "amount"), Valid: rapid.Bool().Draw(t, "has amount")},
				at: ccube.Null[ccube.Instant]{V: rapid.SampledFrom([]ccube.Instant{
					"2024-08-28T19:27:32Z", "2024-08-28T15:27:32-04:00", "2024-08-28T15:27:32.5-04:00", "2024-08-28T20:00:00Z",
				}).Draw(t, "instant"), Valid: rapid.Bool().Draw(t, "has instant")},
			}
		}
		return all
	})
}

// amounts are decimals in every way to write them, of sizes on both sides of what is reckoned with fast.
func amounts() *rapid.Generator[ccube.Decimal] {
	return rapid.Map(rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,5})\.[0-9]{2}`),
		rapid.SampledFrom([]string{"0", "-0", "0.0", "1", "1.0", "1e0", "10e-1", "-1", "1E+2", "100"}),
		rapid.StringMatching(`-?[1-9][0-9]{0,30}(\.[0-9]{1,20})?(e-?[1-9])?`),
	), func(s string) ccube.Decimal { return ccube.Decimal(s) })
}

// exact reads a decimal by other means than the package.
func exact(t interface{ Fatalf(string, ...any) }, d ccube.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		t.Fatalf("%q is no number", d)
	}
	return r
}

// Whatever the order: rows with a value come by it, equal ones by id, null last both ways, and none is lost.
func TestOrders(t *testing.T) {
	t.Parallel()
	orders := map[string]struct {
		order   sift.Order[row]
		null    func(row) bool
		compare func(a, b row) int
	}{
		"id": {sift.ByID[row](), func(row) bool { return false }, func(a, b row) int { return cmp.Compare(a.id, b.id) }},
		"text": {
			sift.By(1, func(r row) ccube.Null[string] { return r.text }), func(r row) bool { return !r.text.Valid },
			func(a, b row) int { return strings.Compare(a.text.V, b.text.V) },
		},
		"instant": {
			sift.ByInstant(1, func(r row) ccube.Null[ccube.Instant] { return r.at }), func(r row) bool { return !r.at.Valid },
			func(a, b row) int { return parsed(a.at.V).Compare(parsed(b.at.V)) },
		},
		"amount": {
			sift.ByAmount(1, func(r row) ccube.Null[ccube.Decimal] { return r.amount }), func(r row) bool { return !r.amount.Valid },
			func(a, b row) int { return exact(t, a.amount.V).Cmp(exact(t, b.amount.V)) },
		},
	}
	for name, o := range orders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				given := rows().Draw(t, "rows")
				descending := rapid.Bool().Draw(t, "descending")
				got := slices.Clone(given)
				o.order.Sort(got, descending)
				slices.SortStableFunc(given, func(a, b row) int { return cmp.Compare(a.id, b.id) })
				want := slices.Clone(given)
				slices.SortStableFunc(want, func(a, b row) int {
					switch {
					case o.null(a) != o.null(b) && o.null(a):
						return 1
					case o.null(a) != o.null(b):
						return -1
					case o.null(a):
						return 0
					case descending:
						return o.compare(b, a)
					}
					return o.compare(a, b)
				})
				if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(row{})); diff != "" {
					t.Fatalf("descending %t (-want +got):\n%s", descending, diff)
				}
				few := slices.Clone(given)
				from, to := rapid.IntRange(0, 310).Draw(t, "from"), rapid.IntRange(0, 310).Draw(t, "to")
				o.order.SortWindow(few, from, to, descending)
				if from, to := min(from, len(few)), min(to, len(few)); from < to {
					if diff := gocmp.Diff(want[from:to], few[from:to], gocmp.AllowUnexported(row{})); diff != "" {
						t.Fatalf("rows %d to %d, descending %t (-want +got):\n%s", from, to, descending, diff)
					}
				}
				sift.ByID[row]().Sort(few, false)
				if diff := gocmp.Diff(given, few, gocmp.AllowUnexported(row{})); diff != "" {
					t.Fatalf("rows were lost (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func parsed(at ccube.Instant) time.Time {
	t, _ := time.Parse(time.RFC3339, string(at))
	return t
}

func TestSum(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		add    []ccube.Null[ccube.Decimal]
		want   ccube.Decimal
	}{
		"nothing":        {"money has cents", nil, "0.00"},
		"null":           {"it counts as nothing", []ccube.Null[ccube.Decimal]{{}, is[ccube.Decimal]("1")}, "1.00"},
		"tenths":         {"binary floats would say 0.30000000000000004", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("0.1"), is[ccube.Decimal]("0.2")}, "0.30"},
		"places":         {"as many as the most exact has", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("1.5"), is[ccube.Decimal]("0.125")}, "1.625"},
		"places written": {"be they zero", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("1.500"), is[ccube.Decimal]("0.5")}, "2.000"},
		"a credit":       {"it is subtracted", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("100.10"), is[ccube.Decimal]("-100.10")}, "0.00"},
		"large":          {"no digit is lost", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("9007199254740993"), is[ccube.Decimal]("0.01")}, "9007199254740993.01"},
		"very large":     {"no digit is lost", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("99999999999999999999.99"), is[ccube.Decimal]("0.01")}, "100000000000000000000.00"},
		"an exponent":    {"it is a number like any", []ccube.Null[ccube.Decimal]{is[ccube.Decimal]("1e3"), is[ccube.Decimal]("1.5E-3")}, "1000.0015"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sum sift.Sum
			for _, a := range c.add {
				sum.Add(a)
			}
			if got, err := sum.Decimal(); got != c.want || err != nil {
				t.Errorf("the sum is %s, %v, want %s: %s", got, err, c.want, c.reason)
			}
		})
	}
}

// An amount that a few bytes make immense costs neither memory nor time, and is no sum.
func TestSumOfTheImmense(t *testing.T) {
	t.Parallel()
	for _, d := range []ccube.Decimal{"1e999999999", "1e-999999999", "-1E+101", ccube.Decimal(strings.Repeat("1", 101))} {
		var sum sift.Sum
		sum.Add(is(d))
		sum.Add(is[ccube.Decimal]("1"))
		if _, err := sum.Decimal(); !errors.Is(err, fault.UpstreamError) {
			t.Errorf("%.20s: %v, want UPSTREAM_ERROR", d, err)
		}
	}
}

func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sum sift.Sum
		want := new(big.Rat)
		for _, d := range rapid.SliceOfN(amounts(), 0, 200).Draw(t, "amounts") {
			sum.Add(is(d))
			want.Add(want, exact(t, d))
		}
		got, err := sum.Decimal()
		if err != nil || !ccube.IsDecimal(string(got)) || exact(t, got).Cmp(want) != 0 {
			t.Fatalf("the sum is %s, %v, want %s", got, err, want.FloatString(30))
		}
		if _, cents, _ := strings.Cut(string(got), "."); len(cents) < 2 {
			t.Fatalf("the sum is %s, without cents", got)
		}
	})
}

// Sums of any size that a tenant's books can have stay exact where one word of memory would overflow.
func TestSumsDoNotOverflow(t *testing.T) {
	t.Parallel()
	var sum sift.Sum
	const times = 100_000
	for range times {
		sum.Add(is[ccube.Decimal]("99999999999.99"))
	}
	if got, err := sum.Decimal(); got != "9999999999999000.00" || err != nil {
		t.Errorf("the sum is %s, %v", got, err)
	}
}
