package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// check is one thing to find out. It has failed if it returns an error, or not in time.
type check func(ctx context.Context, c *cell) error

// checks by name; features.json says what each claims.
var checks = map[string]check{
	"start":           start,
	"version":         version,
	"versionMismatch": versionMismatch,
	"wrongCookie":     wrongCookie,
	"greeter":         greeter,
	"health":          onShared(health),
	"unary":           onShared(unary),
	"unaryError":      onShared(unaryError),
	"serverStream":    onShared(serverStream),
	"streamError":     onShared(streamError),
	"clientStream":    onShared(clientStream),
	"bidiStream":      onShared(bidiStream),
	"cancel":          onShared(cancel),
	"deadline":        onShared(deadline),
	"counter":         onShared(counter),
	"callback":        onShared(callback),
	"accept":          onShared(accept),
	"stdout":          onShared(stdout),
	"stderr":          onShared(stderr),
	"log":             onShared(log),
	"bigMessage":      onShared(bigMessage),
	"reflection":      onShared(reflection),
	"stranger":        onShared(stranger),
	"multiplex":       multiplex,
	"reattach":        reattach,
	"standalone":      standalone,
	"panic":           panics,
	"shutdown":        shutdown,
}

const usualLimit = 10 * time.Second

// graceForErrors is for a check to say itself what it was waiting for.
const graceForErrors = 500 * time.Millisecond

var limits = map[string]time.Duration{"bigMessage": 30 * time.Second}

// cell is one plugin on one network, with AutoMTLS or without.
type cell struct {
	command   []string
	network   string
	autoMTLS  bool
	directory string
	// startFailure keeps every other check from waiting for the same.
	startFailure error

	mutex   sync.Mutex
	started []*exec.Cmd
	shared  *session
	last    *session
}

func (c *cell) run(name string) error {
	check, ok := checks[name]
	if !ok {
		return fmt.Errorf("this host knows no check %q", name)
	}
	if c.startFailure != nil {
		return errors.New("not run, since start failed")
	}
	limit, ok := limits[name]
	if !ok {
		limit = usualLimit
	}
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- check(ctx, c) }()
	err := wait(ctx, done, limit)
	if ctx.Err() != nil {
		c.killAll()
	}
	if name == "start" {
		c.startFailure = err
	}
	return err
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func wait(ctx context.Context, done <-chan error, limit time.Duration) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(graceForErrors):
		return fmt.Errorf("no end within %s", limit)
	}
}

// onShared runs a check on a plugin that serves many checks, and starts it if it is not there.
func onShared(check func(context.Context, *session) error) check {
	return func(ctx context.Context, c *cell) error {
		s, err := c.sharedSession()
		if err != nil {
			return err
		}
		return check(ctx, s)
	}
}

func (c *cell) sharedSession() (*session, error) {
	c.mutex.Lock()
	shared := c.shared
	c.mutex.Unlock()
	if shared != nil && !shared.client.Exited() {
		c.know(shared)
		return shared, nil
	}
	s, err := c.start(options{})
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.shared = s
	return s, err
}

// know makes a session the one whose last words are shown.
func (c *cell) know(s *session) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.last = s
}

// killAll leaves no process behind, whatever go-plugin thinks of them.
func (c *cell) killAll() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.shared = nil
	for _, command := range c.started {
		if command.Process != nil {
			_ = command.Process.Kill()
		}
	}
}

// lastWords of the plugin that was used last, for who reads about a failure.
func (c *cell) lastWords() string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.last == nil {
		return ""
	}
	return c.last.stderr.tail(20)
}
