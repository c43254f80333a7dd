// Package ccube is the typed client of CCUBE's REST API, one file a chapter of its reference.
//
// A [Client] is made once for a process; [Client.As] gives the [API] of one caller, with a method for each of the 46
// calls. Every call goes one road (call.go): a path built from integers alone, the caller's own header to the tenant's
// own host and no further, a bounded body, a deadline, and one call in flight for equal reads of one caller.
//
// Rows are decoded by presence (row.go): an answer's row knows which keys it carried, since CCUBE's lists, details and
// create answers carry different ones. Money and quantities stay the digits that CCUBE sent ([Decimal]). Older key
// names are taken where the newer ones are missing. Rows are shared by callers of the same flight: treat them as
// immutable once they have been returned.
package ccube
