package inbound

import "time"

// slack is how much later than promised a deadline may lie, so that it need not be moved for each request.
const slack = 5 * time.Second

// past is a deadline that is over.
var past = time.Unix(1, 0)

// deadline is when reads or writes of a connection fail.
type deadline struct {
	set func(time.Time) error
	// at is what it was set to, zero for none.
	at time.Time
	// unknown says that somebody else may have set it.
	unknown bool
}

// within sets it to so much from now, or at most so much later. A duration of 0 is for none.
func (d *deadline) within(duration, slack time.Duration) {
	var least, latest time.Time
	if duration > 0 {
		least = time.Now().Add(duration)
		latest = least.Add(slack)
	}
	if !d.unknown && !d.at.Before(least) && !d.at.After(latest) {
		return
	}
	d.at, d.unknown = latest, false
	_ = d.set(latest)
}

// forget has it set anew the next time.
func (d *deadline) forget() { d.unknown = true }
