package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// mallocs is what the Prometheus client calls the number of allocations since the start.
const mallocs = "go_memstats_mallocs_total"

// allocations is how often the process has allocated since its start; -1 where it does not tell.
func (p *process) allocations(ctx context.Context, client *http.Client) (float64, error) {
	if p.admin == "" {
		return -1, nil
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.admin+"/metrics", http.NoBody)
	if err != nil {
		return -1, err
	}
	answer, err := client.Do(r)
	if err != nil {
		return -1, err
	}
	defer func() { _ = answer.Body.Close() }()
	return sample(answer.Body, mallocs)
}

// sample reads the value of a metric without labels from the Prometheus text format.
func sample(r io.Reader, name string) (float64, error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			return strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
	}
	if err := lines.Err(); err != nil {
		return -1, err
	}
	return -1, fmt.Errorf("there is no metric %s", name)
}
