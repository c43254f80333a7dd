package telemetry

// This file counts. What is counted as it happens comes by RequestServed and CallSent, the hooks of packages edge and
// ccube; what somebody else counts already, such as the bytes of kept lists, is read when Prometheus asks (Watch in
// gauges.go). Labels are bounded: endpoints are the reference's, codes are package fault's and gqlgen's, and operations'
// names go through names.
//
// Every name begins with ccube_graphql_; docs/operators.md lists them all, which a test holds.

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	namespace = "ccube_graphql"
	// namedOperations is how many operations have series of their own.
	namedOperations = 100
)

// The outcomes of an operation.
const (
	outcomeOK      = "ok"
	outcomePartial = "partial"
	outcomeFailed  = "failed"
)

// Metrics are what Prometheus reads. Make one for the process; it is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	names    *names

	operations *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	failures   *prometheus.CounterVec
	requests   prometheus.Gauge
	written    prometheus.Counter
	cost       prometheus.Histogram
	// sent, shared and cached count what operations read, by where it came from.
	sent, shared, cached prometheus.Counter

	calls         *prometheus.CounterVec
	callDurations *prometheus.HistogramVec
	callsUnderWay prometheus.Gauge
	received      prometheus.Counter
	retries       prometheus.Counter
	waited        prometheus.Counter
}

// NewMetrics returns metrics of a build, which count from nothing.
func NewMetrics(b Build) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), names: newNames(namedOperations)}
	m.registry.MustRegister(
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC, collectors.MetricsMemory, collectors.MetricsScheduler)),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "1, with the build's version, commit and Go version as labels.",
		ConstLabels: prometheus.Labels{"version": b.Version, "commit": b.Commit, "go": b.Go},
	})
	build.Set(1)
	m.registry.MustRegister(build)
	m.operate()
	m.call()
	return m
}

// operate registers what is counted of clients' requests.
func (m *Metrics) operate() {
	m.operations = m.counters("operations_total",
		"Requests to /graphql, by the operation's name (at most 100, then other), its type, and its outcome: ok, partial or failed.",
		"operation", "type", "outcome")
	m.durations = m.histograms("operation_duration_seconds", "How long requests to /graphql took, by the operation's name.",
		[]float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}, "operation")
	m.failures = m.counters("errors_total", "Requests to /graphql that had an error, by the gravest one's code.", "code")
	m.requests = m.gauge("requests_in_flight", "Requests to /graphql that are being answered.")
	m.written = m.counters("answer_bytes_total", "Bytes of answers, as they went out.").WithLabelValues()
	reads := m.counters("reads_total",
		"Answers of CCUBE's that operations were made from, by source: sent, shared with another request, or cached.", "source")
	source := func(s ccube.Source) prometheus.Counter { return reads.WithLabelValues(string(s)) }
	m.sent, m.shared, m.cached = source(ccube.Sent), source(ccube.Shared), source(ccube.Cached)
	m.cost = m.histograms("operation_calls", "How many calls to CCUBE an operation sent.",
		[]float64{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}).WithLabelValues().(prometheus.Histogram)
}

// call registers what is counted of calls to CCUBE.
func (m *Metrics) call() {
	m.calls = m.counters("upstream_calls_total",
		"Calls to CCUBE, by method, endpoint, and CCUBE's status, or why there is none: timeout, canceled or unavailable.",
		"method", "endpoint", "status")
	m.callDurations = m.histograms("upstream_call_duration_seconds", "How long calls to CCUBE took, by method and endpoint.",
		[]float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20}, "method", "endpoint")
	m.retries = m.counters("upstream_retries_total", "Calls to CCUBE that had been tried before.").WithLabelValues()
	m.waited = m.counters("upstream_waited_seconds_total", "How long calls to CCUBE had waited for their turn (UPSTREAM_IN_FLIGHT).").WithLabelValues()
	m.callsUnderWay = m.gauge("upstream_calls_in_flight", "Calls to CCUBE that are under way.")
	m.received = m.counters("upstream_bytes_total", "Bytes of CCUBE's answers, decompressed.").WithLabelValues()
}

func (m *Metrics) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
	m.registry.MustRegister(h)
	return h
}

func (m *Metrics) gauge(name, help string) prometheus.Gauge {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
	m.registry.MustRegister(g)
	return g
}

// Handler shows the metrics to Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// RequestServed counts a request to /graphql. It is a hook of package edge.
func (m *Metrics) RequestServed(r *http.Request) (context.Context, func(edge.Served)) {
	m.requests.Inc()
	return r.Context(), func(s edge.Served) {
		m.requests.Dec()
		became := outcome(s)
		name := m.names.label(s.Outcome.Name, became == outcomeOK)
		m.operations.WithLabelValues(name, s.Outcome.Type, became).Inc()
		m.durations.WithLabelValues(name).Observe(s.Took.Seconds())
		m.cost.Observe(float64(s.Outcome.Sent))
		m.written.Add(float64(s.Bytes))
		if s.Outcome.Code != "" {
			m.failures.WithLabelValues(s.Outcome.Code).Inc()
		}
		m.sent.Add(float64(s.Outcome.Sent))
		m.shared.Add(float64(s.Outcome.Shared))
		m.cached.Add(float64(s.Outcome.Cached))
	}
}

// outcome is what became of a request, in a word.
func outcome(s edge.Served) string {
	switch {
	case s.Outcome.Partial && s.Whole:
		return outcomePartial
	case s.Outcome.Code != "" || !s.Whole || s.Status >= http.StatusInternalServerError:
		return outcomeFailed
	}
	return outcomeOK
}

// CallSent counts a call to CCUBE. It is a hook of package ccube.
func (m *Metrics) CallSent(ctx context.Context, _ ccube.Call) (context.Context, func(ccube.Call)) {
	m.callsUnderWay.Inc()
	return ctx, func(c ccube.Call) {
		m.callsUnderWay.Dec()
		m.calls.WithLabelValues(c.Method, c.Endpoint, statusOf(c)).Inc()
		m.callDurations.WithLabelValues(c.Method, c.Endpoint).Observe(c.Duration.Seconds())
		m.received.Add(float64(c.Bytes))
		m.waited.Add(c.Waited.Seconds())
		if c.Retry > 0 {
			m.retries.Inc()
		}
	}
}

// statusOf is CCUBE's status, or why there is none.
func statusOf(c ccube.Call) string {
	switch {
	case c.Status != 0:
		return strconv.Itoa(c.Status)
	case errors.Is(c.Err, fault.UpstreamTimeout), errors.Is(c.Err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(c.Err, context.Canceled):
		return "canceled"
	}
	return "unavailable"
}
