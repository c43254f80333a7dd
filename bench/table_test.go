package bench

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// BenchmarkTable compares 100,000 invoices as CSV from the gateway, nothing remembered, with the same rows as NDJSON by a
// plain client that reads the upstream's pages, eight at once, and writes each row on a line.
func BenchmarkTable(b *testing.B) {
	g := gatewaytest.Start(b, gatewaytest.Options{Projects: projects, Timeout: time.Minute})
	server := httptest.NewServer(g.Handler)
	defer server.Close()
	authorization := g.Sandbox.Admin().Authorization
	readTable(b, server.URL, authorization) // the first walk learns how long the list is
	var raw, table []time.Duration
	for b.Loop() {
		for range 3 {
			runtime.GC()
			raw = append(raw, readPages(b, g.Upstream.String(), authorization, asLines))
			runtime.GC()
			table = append(table, readTable(b, server.URL, authorization))
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(invoices/median(raw).Seconds(), "raw-rows/s")
	b.ReportMetric(invoices/median(table).Seconds(), "csv-rows/s")
	b.ReportMetric(float64(median(raw))/float64(median(table)), "ratio")
}

// readTable reads the invoices as CSV, whole.
func readTable(b *testing.B, address, authorization string) time.Duration {
	b.Helper()
	const query = "{ invoices { nodes { id number issueDate dueDate projectId clientId subtotal total paidTotal balance } } }"
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address+"/graphql?query="+url.QueryEscape(query), http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept", "text/csv")
	r.Header.Set("Authorization", authorization)
	start := time.Now()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if lines := bytes.Count(text, []byte("\n")); err != nil || lines != invoices+1 {
		b.Fatalf("%d lines, %v: %.200s", lines, err, text)
	}
	return time.Since(start)
}

// asLines writes the rows of a page as lines of JSON.
func asLines(page io.Reader) error {
	var rows []json.RawMessage
	if err := json.NewDecoder(page).Decode(&rows); err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := io.Discard.Write(append(row, '\n')); err != nil {
			return err
		}
	}
	return nil
}
