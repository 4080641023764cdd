package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// capture keeps what is written to it.
type capture struct {
	mutex sync.Mutex
	text  strings.Builder
}

// Write implements io.Writer.
func (c *capture) Write(bytes []byte) (int, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.text.Write(bytes)
}

func (c *capture) String() string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.text.String()
}

// await returns when the condition holds for all that was written.
func (c *capture) await(ctx context.Context, condition func(text string) bool) error {
	return until(ctx, func() bool { return condition(c.String()) })
}

// growsBy waits for as many bytes as are expected, and compares.
func (c *capture) growsBy(ctx context.Context, before, expected string) error {
	added := func() string { return c.String()[len(before):] }
	if err := until(ctx, func() bool { return len(added()) >= len(expected) }); err != nil {
		return fmt.Errorf("%d bytes of %d have arrived: %w", len(added()), len(expected), err)
	}
	if added() != expected {
		return fmt.Errorf("%d bytes have arrived, and not those %d that were printed", len(added()), len(expected))
	}
	return nil
}

func (c *capture) tail(lines int) string {
	all := strings.SplitAfter(c.String(), "\n")
	return strings.Join(all[max(0, len(all)-lines-1):], "")
}
