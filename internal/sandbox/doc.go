// Package sandbox is an embedded, stateful CCUBE: an [http.Handler] that answers the 46 calls of the version 2
// reference over a made-up Québec electrical and roofing contractor. Use it to run the gateway without a tenant and
// to test it against every habit the reference leaves open: paging, statuses, older key names, slowness and faults.
//
// It promises the documented keys on every road and no others, exact cents, the same data for the same seed, and
// writes that later reads see. It refuses to persist anything, and it does not check what the reference does not
// state: parents may be deleted from under their children, and unknown body keys are ignored.
package sandbox
