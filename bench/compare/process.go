package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is a server under measurement.
type process struct {
	command *exec.Cmd
	// address is where it listens, admin where it tells of itself; empty where it does not.
	address, admin string
	log            *tail
	ended          chan struct{}
}

// startLimit is how long a server may take until it is ready.
const startLimit = 60 * time.Second

var errEnded = errors.New("it has ended")

// start starts a server, waits until it is ready, and tells how long that took.
func start(ctx context.Context, command *exec.Cmd, address, ready string) (*process, time.Duration, error) {
	p := &process{command: command, address: address, log: new(tail), ended: make(chan struct{})}
	command.Stdout, command.Stderr = p.log, p.log
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 2 * time.Second
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, 0, err
	}
	go func() { _ = command.Wait(); close(p.ended) }()
	if err := p.await(ctx, ready); err != nil {
		p.stop()
		return nil, 0, fmt.Errorf("%s does not start: %w\n%s", command.Path, err, p.log)
	}
	return p, time.Since(began), nil
}

// await asks until the server is ready, once a millisecond.
func (p *process) await(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.ended:
			return errEnded
		case <-tick.C:
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+path, http.NoBody)
		if err != nil {
			return err
		}
		answer, err := client.Do(r)
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return nil
		}
	}
}

// stop ends the server and waits for it.
func (p *process) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	timer := time.AfterFunc(2*time.Second, func() { _ = p.command.Process.Kill() })
	defer timer.Stop()
	<-p.ended
}

// ticks is the unit of the kernel's account of processor time: a hundredth of a second, everywhere that Linux runs.
const ticks = 10 * time.Millisecond

// processor is the processor time that the process has used, its own and the kernel's for it.
func (p *process) processor() (time.Duration, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(p.command.Process.Pid) + "/stat")
	if err != nil {
		return 0, fmt.Errorf("cannot tell processor time, which needs Linux: %w", err)
	}
	return processorTime(string(text))
}

// processorTime reads fields 14 and 15 of /proc/pid/stat. The second field, a name in parentheses, may hold anything.
func processorTime(stat string) (time.Duration, error) {
	_, rest, ok := cutLast(stat, ")")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 13 {
		return 0, fmt.Errorf("cannot read %q", stat)
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * ticks, errors.Join(err, err2)
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// resident is the memory that the process holds, in bytes.
func (p *process) resident() (int64, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(p.command.Process.Pid) + "/status")
	if err != nil {
		return 0, fmt.Errorf("cannot tell memory, which needs Linux: %w", err)
	}
	return residentSize(string(text))
}

// residentSize reads VmRSS of /proc/pid/status.
func residentSize(status string) (int64, error) {
	for line := range strings.Lines(status) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			return kib << 10, err
		}
	}
	return 0, errors.New("the process has no memory")
}

// free returns an address of the loopback interface that nobody listens at.
func free(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// tail keeps the last of what a process prints. It is safe for concurrent use.
type tail struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write is part of io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	const most = 64 << 10
	if t.text.Len() > most {
		t.text.Next(t.text.Len() - most/2)
	}
	return t.text.Write(p)
}

// String is what was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}
