package edge

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// checkTime is how long a gateway may take to say that it is healthy.
const checkTime = 3 * time.Second

// CheckHealth asks the gateway that listens at an address of this machine whether it is healthy. It is for images that have
// nothing else to ask with.
func CheckHealth(ctx context.Context, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("cannot check %q: %w", address, err)
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1" // an image may not know the name localhost
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", http.NoBody)
	if err != nil {
		return fmt.Errorf("cannot check %q: %w", address, err)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // no proxy stands before oneself
	response, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("the gateway does not answer: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the gateway is not healthy: %s", response.Status)
	}
	return nil
}
