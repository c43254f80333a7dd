package load

import (
	"math"
	"time"
)

// Rate is how many answers there were in a second.
func (r Result) Rate() float64 {
	if r.Elapsed <= 0 {
		return 0
	}
	return float64(len(r.Took)) / r.Elapsed.Seconds()
}

// Quantile is the time within which that part of the answers came, from 0 to 1: the smallest one that is enough for at
// least so many. 0 where there are none.
func (r Result) Quantile(part float64) time.Duration {
	if len(r.Took) == 0 {
		return 0
	}
	rank := int(math.Ceil(part * float64(len(r.Took))))
	return r.Took[min(max(rank, 1), len(r.Took))-1]
}
