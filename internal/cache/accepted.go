package cache

import (
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

const (
	// acceptedFor is how long a credential counts as good after CCUBE has accepted it. It bounds for how long somebody
	// whose access has ended can still read lookup lists.
	acceptedFor = time.Minute
	// acceptedMax bounds the memory to a few megabytes; a caller that is crowded out is asked for at CCUBE again.
	acceptedMax = 100_000
)

// Accepted knows whose credential CCUBE has accepted within the last minute. It is safe for concurrent use.
type Accepted struct {
	callers *otter.Cache[identity.Partition, struct{}]
}

// NewAccepted returns a record that knows nobody. now is the clock; nil means time.Now.
func NewAccepted(now func() time.Time) *Accepted { return newAccepted(now, acceptedMax) }

func newAccepted(now func() time.Time, most int) *Accepted {
	return &Accepted{callers: otter.Must(&otter.Options[identity.Partition, struct{}]{
		MaximumSize:      most,
		ExpiryCalculator: otter.ExpiryWriting[identity.Partition, struct{}](acceptedFor),
		Executor:         runNow,
		Clock:            newClock(now),
	})}
}

// Accept records that CCUBE has just answered a call with this caller's credential. What has been recorded within the last
// second stands: one operation may make a hundred calls, and to record costs more than to look.
func (a *Accepted) Accept(p identity.Partition) {
	if known, ok := a.callers.GetEntryQuietly(p); ok && known.ExpiresAfter() > acceptedFor-time.Second {
		return
	}
	a.callers.Set(p, struct{}{})
}

// Refuse records that CCUBE has just refused this caller's credential.
func (a *Accepted) Refuse(p identity.Partition) { a.callers.Invalidate(p) }

// Recently reports whether CCUBE has accepted the caller within the last minute and not refused it since.
func (a *Accepted) Recently(p identity.Partition) bool {
	_, ok := a.callers.GetIfPresent(p)
	return ok
}
