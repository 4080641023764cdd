package main

import (
	"context"
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

func (c *capture) tail(lines int) string {
	all := strings.SplitAfter(c.String(), "\n")
	return strings.Join(all[max(0, len(all)-lines-1):], "")
}
