package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// limiter counts each user's calls in windows of a minute.
type limiter struct {
	mu      sync.Mutex
	windows map[int64]window
}

type window struct {
	start time.Time
	calls int
}

// allow counts a call and reports how long to wait when it is one too many.
func (l *limiter) allow(user int64, limit int, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.windows[user]
	if age := now.Sub(w.start); age < 0 || age >= time.Minute {
		w = window{start: now}
	}
	w.calls++
	l.windows[user] = w
	return w.start.Add(time.Minute).Sub(now), w.calls <= limit
}

// admit refuses a call over the limit and says when to come back.
func (c *call) admit() error {
	if c.sw.RateLimit <= 0 {
		return nil
	}
	wait, ok := c.s.limiter.allow(c.who.id, c.sw.RateLimit, c.s.now())
	if ok {
		return nil
	}
	seconds := int64((wait + time.Second - 1) / time.Second)
	c.header.Set("Retry-After", strconv.FormatInt(seconds, 10))
	return fail(http.StatusTooManyRequests, "Rate limit exceeded")
}
