package sandbox

import (
	"encoding/json"
	"math"
	"testing"
	"time"
)

func TestDecimalText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		got, want string
	}{
		"cents":          {string(appendCents(nil, 350010)), "3500.10"},
		"few cents":      {string(appendCents(nil, 5)), "0.05"},
		"negative cents": {string(appendCents(nil, -5)), "-0.05"},
		"a whole":        {string(appendDecimal(nil, 20000, quantityPlaces)), "20"},
		"a half":         {string(appendDecimal(nil, 7500, quantityPlaces)), "7.5"},
		"a small":        {string(appendDecimal(nil, tvq, ratePlaces)), "0.09975"},
		"a negative":     {string(appendDecimal(nil, -1250, quantityPlaces)), "-1.25"},
		"zero":           {string(appendDecimal(nil, 0, ratePlaces)), "0"},
	}
	for name, tc := range tests {
		if tc.got != tc.want {
			t.Errorf("%s: got %s, want %s", name, tc.got, tc.want)
		}
	}
}

func TestPortionRoundsHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ a, b, scale, want int64 }{
		"exact":     {2000, 500, 1000, 1000},
		"half":      {1, 500, 1000, 1},
		"below":     {1, 499, 1000, 0},
		"negative":  {-1, 500, 1000, -1},
		"two signs": {-2000, -500, 1000, 1000},
		"large":     {1e12, 1e12, 1e9, 1e15},
		"saturated": {math.MaxInt64, math.MaxInt64, 1000, math.MaxInt64},
	}
	for name, tc := range tests {
		if got := portion(tc.a, tc.b, tc.scale); got != tc.want {
			t.Errorf("%s: portion(%d, %d, %d) = %d, want %d", name, tc.a, tc.b, tc.scale, got, tc.want)
		}
	}
}

func TestDaysGoThereAndBack(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"0001-01-02", "1900-03-01", "1970-01-01", "2024-02-29", "2026-11-02", "9999-12-31"} {
		d, ok := parseDay(want)
		if got := d.time().Format(time.DateOnly); !ok || got != want {
			t.Errorf("%s came back as %s", want, got)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "é", "a\"b\\c", "\n\x00\x1f", "</script>\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back, want string
		clean, _ := json.Marshal(s)
		_ = json.Unmarshal(clean, &want) // what is not UTF-8 never gets here
		if err := json.Unmarshal(appendString(nil, want), &back); err != nil || back != want {
			t.Errorf("%q came back as %q, %v", want, back, err)
		}
	})
}
