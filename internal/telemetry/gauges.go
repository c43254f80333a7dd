package telemetry

// This file shows what others count already: it is read when Prometheus asks, and costs nothing before.

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// Sources are what others count. What is nil is not shown.
type Sources struct {
	// Snapshots are the lists that are kept.
	Snapshots func() access.SnapshotStats
	// Store is what replicas share, or this process's own.
	Store func() cache.Stats
	// Documents are what requests named in place of a query.
	Documents func() persisted.Stats
	// RedisDown tells whether Redis is gone without.
	RedisDown func() bool
}

// Watch shows what the sources count.
func (m *Metrics) Watch(s Sources) {
	if s.Snapshots != nil {
		m.read("snapshot_lists", "Whole lists that are kept.", func() float64 { return float64(s.Snapshots().Lists) })
		m.read("snapshot_bytes", "About how much memory kept lists take.", func() float64 { return float64(s.Snapshots().Bytes) })
		m.read("snapshot_max_bytes", "How much memory kept lists may take (SNAPSHOT_MAX_BYTES).",
			func() float64 { return float64(s.Snapshots().MaxBytes) })
	}
	if s.Store != nil {
		m.count("store_hits_total", "Values found in the store: Redis, or this process's own.", func() uint64 { return s.Store().Hits })
		m.count("store_misses_total", "Values not found in the store, or not in time.", func() uint64 { return s.Store().Misses })
		m.count("store_errors_total", "Commands to the store that failed.", func() uint64 { return s.Store().Errors })
		m.count("store_dropped_total", "Values that were not stored or deleted, since the store was gone or busy.",
			func() uint64 { return s.Store().Dropped })
	}
	if s.Documents != nil {
		m.count("documents_trusted_total", "Requests that named a trusted document.", func() uint64 { return s.Documents().Trusted })
		m.count("documents_kept_total", "Requests that named a document which a client had sent before.", func() uint64 { return s.Documents().Kept })
		m.count("documents_unknown_total", "Requests that named a document which is not known; their clients then send it.",
			func() uint64 { return s.Documents().Unknown })
		m.count("documents_refused_total", "Requests whose query was not that of its hash, or not trusted where it had to be.",
			func() uint64 { return s.Documents().Refused })
	}
	if s.RedisDown != nil {
		m.read("redis_down", "1 while Redis is gone without, after it has failed.", func() float64 { return oneIf(s.RedisDown()) })
	}
}

// breakers shows the breakers of tenants. It is a prometheus.Collector.
type breakers struct {
	states func() map[string]ccube.BreakerState
	desc   *prometheus.Desc
}

// WatchBreakers shows the state of each tenant's breaker.
func (m *Metrics) WatchBreakers(states func() map[string]ccube.BreakerState) {
	m.registry.MustRegister(breakers{states, prometheus.NewDesc(namespace+"_upstream_breaker_state",
		"What the breaker before a tenant's CCUBE does: 0 lets calls through, 1 tries one, 2 lets none through.", []string{"tenant"}, nil)})
}

// Describe is part of prometheus.Collector.
func (b breakers) Describe(to chan<- *prometheus.Desc) { to <- b.desc }

// Collect is part of prometheus.Collector.
func (b breakers) Collect(to chan<- prometheus.Metric) {
	for tenant, state := range b.states() {
		to <- prometheus.MustNewConstMetric(b.desc, prometheus.GaugeValue, float64(state), tenant)
	}
}

func (m *Metrics) read(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, value))
}

func (m *Metrics) count(name, help string, value func() uint64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help},
		func() float64 { return float64(value()) }))
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
