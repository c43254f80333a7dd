package ccube

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParseID(f *testing.F) {
	for _, s := range []string{
		"1", "0", "007", "999999999999999999", "1000000000000000000", "9223372036854775808", "", "-1", "+1", " 1", "1 ",
		"1\n", "１", "1.0", "1e3", "0x1", "1_0", "1/../../users", "..", "%31", "1?a=b", "1#", "\x001",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID(s)
		digitsOnly := s != "" && len(s) <= maxIDDigits && strings.Trim(s, "0123456789") == ""
		if (err == nil) != digitsOnly {
			t.Fatalf("ParseID(%q) = %d, %v", s, id, err)
		}
		if err != nil {
			return
		}
		bare := strings.TrimLeft(s, "0")
		if bare == "" {
			bare = "0"
		}
		if id.String() != bare || id < 0 {
			t.Errorf("ParseID(%q) = %d", s, id)
		}
	})
}

func FuzzIsDecimal(f *testing.F) {
	for _, s := range []string{
		"0", "-0", "1", "-1.50", "3500.10", "1e3", "1E+3", "1e-3", "1.", ".1", "01", "1e", "1e+", "--1", "+1", "", "-", "NaN",
		"1 ", " 1", "1,5", "0x1", "1_0", "１", "1.5.5", "90071992547409931.01",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var n json.Number
		isNumber := json.Unmarshal([]byte(s), &n) == nil && string(n) == s // white space and strings left out
		if IsDecimal(s) != isNumber {
			t.Errorf("IsDecimal(%q) = %t, encoding/json says %t", s, IsDecimal(s), isNumber)
		}
	})
}

// A day and an instant are what their forms say, though they are looked at eight bytes at a time.
func FuzzIsInstant(f *testing.F) {
	const day = `^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])`
	dayForm := regexp.MustCompile(day + `$`)
	instantForm := regexp.MustCompile(day + `T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`)
	for _, s := range []string{
		"2024-01-31", "2024-13-01", "2024-00-10", "2024-01-32", "2024-01-00", "2024/01/31", "2024-1-31", "2024-01-3", "20240131", "", "2024-01-311",
		"2024-01-31T23:30:00Z", "2024-08-28T19:27:32.094-04:00", "2024-01-31T23:30:00", "2024-01-31T23:30Z", "2024-01-31T23:30:00.Z", "2024-01-31 23:30:00Z",
		"2024-01-31T23:30:00+0000", "2024-01-31T23:30:00+00:00x", "2024-01-31T23;30:00Z", "2024-01-31T23:30;00Z", "2024-01-31T2a:30:00Z", "2024-01-31T23:30:0\xb0Z",
		"2024-01-31T23:30:00z", "\xb2024-01-31", "２０２４-01-31", "2024-01-31T23:30:00.1234567890123Z", "2024-01-31T23:30:00-4:00", "202\x00-01-31",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		if got, want := isDay(s), dayForm.Match(s); got != want {
			t.Errorf("isDay(%q) = %t", s, got)
		}
		if got, want := isInstant(s), instantForm.Match(s); got != want {
			t.Errorf("isInstant(%q) = %t", s, got)
		}
	})
}

// What encoding/json can read reads the same here; what it cannot must not end the process.
func FuzzDecodeRows(f *testing.F) {
	for _, s := range []string{
		`[{"id":1,"title":"a"}]`, `[{"id":1,"title":"\u00e9\n\"\\\/"}]`, `[{"id":1,"title":"\ud83d\ude00"}]`,
		`[{"id":1,"title":"\ud83d"}]`, `[{"id":1,"title":"\ude00\ud83d\u0041"}]`, `[{"id":1,"title":"\\ud83d"}]`,
		`[{"id":1,"title":"\ud83d\ud83d\ude00"}]`, `[{"id":1,"title":"\uD83D\uDE00\uDFFF"}]`,
		"[{\"id\":1,\"title\":\"\xff\xfe a \xf0\x9f\"}]", `[{"id":1,"subtotal":90071992547409931.01}]`,
		`[{"id":1,"subtotal":1e400,"number":12}]`, `[{"id":1,"title":"\u0000"}]`, `[{"id":1,"t\u0069tle":"x"}]`,
		`[]`, `null`, `{`, `[{"id":1}`, `[{"id":1,"title":"\u12"}]`, strings.Repeat("[", 400), `[{"id":1,"title":"a`,
	} {
		f.Add([]byte(s))
	}
	type reference struct {
		ID       json.RawMessage `json:"id"`
		Title    any             `json:"title"`
		Subtotal json.RawMessage `json:"subtotal"`
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := decodeRows[Quote](body)
		if err != nil {
			return
		}
		var want []reference
		if json.Unmarshal(body, &want) != nil || foldsKeys(body) {
			return // encoding/json is stricter, and takes keys in any case
		}
		if len(rows) != len(want) {
			t.Fatalf("%d rows, want %d", len(rows), len(want))
		}
		for i, row := range rows {
			if title, ok := want[i].Title.(string); ok && title != row.Title.V {
				t.Errorf("title %q, want %q", row.Title.V, title)
			}
			if !utf8.ValidString(row.Title.V) {
				t.Errorf("%q is not UTF-8", row.Title.V)
			}
			if raw := string(want[i].Subtotal); IsDecimal(raw) && raw != string(row.Subtotal.V) {
				t.Errorf("subtotal %s, want %s", row.Subtotal.V, raw)
			}
		}
	})
}

// A text of any content reads as encoding/json reads it.
func FuzzDecodeText(f *testing.F) {
	for _, s := range []string{
		``, `a`, `\"`, `\\`, `\\\"`, `\/\b\f\n\r\t`, `\u00e9\u2028`, `\ud83d\ude00`, `\uD83D`, `\ude00\ud83d`, `\ud83d\\ude00`,
		`\\\ud83d`, `\ud83dx\ude00`, `\ud83d\ud83d\ude00`, `\udbff\udfff\udc00`, "\xff", "\xed\xa0\x80", "\xf0\x9f\x98", "😀é",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, fragment []byte) {
		quoted := append(append([]byte{'"'}, fragment...), '"')
		var want string
		if json.Unmarshal(quoted, &want) != nil {
			return
		}
		row, err := decodeRow[Quote]([]byte(`{"id":1,"title":` + string(quoted) + `}`))
		if err != nil {
			t.Fatalf("%s cannot be read: %v", quoted, err)
		}
		if row.Title.V != want {
			t.Errorf("%s reads %q, want %q", quoted, row.Title.V, want)
		}
	})
}

// foldsKeys reports whether a body has keys that encoding/json would take for others.
func foldsKeys(body []byte) bool {
	var rows []map[string]json.RawMessage
	if json.Unmarshal(body, &rows) != nil {
		return true
	}
	for _, row := range rows {
		for key := range row {
			for _, known := range []string{"id", "title", "subtotal"} {
				if key != known && strings.EqualFold(key, known) {
					return true
				}
			}
		}
	}
	return false
}

func FuzzRetryAfter(f *testing.F) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for _, s := range []string{
		"0", "7", "-7", "99999999999999999999", "1.5", "", "soon", "Sun, 01 Nov 2026 12:00:30 GMT", "9223372036854775807",
		"Sun, 01 Nov 2020 12:00:00 GMT", "Sun, 01 Nov 9999 12:00:00 GMT", "Sunday, 01-Nov-26 12:00:30 GMT",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d := retryAfter(http.Header{"Retry-After": {s}}, now); d < 0 || d > 24*time.Hour {
			t.Errorf("Retry-After: %q is %v", s, d)
		}
	})
}

func FuzzEnvelope(f *testing.F) {
	for _, s := range []string{
		`{"error": {"code": "x", "message": "m", "details": null}}`, `{"error": "m", "errors": {"number": ["taken"]}}`,
		`{"errors": ["a"]}`, `{"message": "m"}`, `{"error": {"details": [1]}}`, `{"error": 7}`, `[]`, `"m"`, `{`, ``,
		"{\"message\": \"\xff\\n\\u0000\"}", `{"message": "` + strings.Repeat("é", 400) + `"}`, `{"error": []}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		message, details := envelope(body)
		if !utf8.ValidString(message) || len(message) > 500+len("…") || strings.ContainsAny(message, "\r\n") {
			t.Errorf("the message is %q", message)
		}
		if details != nil && !json.Valid(details) {
			t.Errorf("the details are %q", details)
		}
	})
}
