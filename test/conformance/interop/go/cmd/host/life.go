package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/interop/internal/peerpb"
)

func panics(ctx context.Context, c *cell) error {
	s, err := c.start(options{})
	if err != nil {
		return err
	}
	defer s.client.Kill()
	const words = "the bow has snapped"
	_, err = s.peer.Panic(ctx, &peerpb.PanicRequest{Message: words})
	if code := status.Code(err); code == codes.OK || code == codes.DeadlineExceeded || code == codes.Unimplemented {
		return fmt.Errorf("the call ended with %s", code)
	}
	if err := s.awaitExit(ctx); err != nil {
		return err
	}
	if s.command.ProcessState.Success() {
		return fmt.Errorf("the plugin ended with code 0")
	}
	if !strings.Contains(s.stderr.String(), words) {
		return fmt.Errorf("%q is not among its last words: %s", words, s.stderr.tail(3))
	}
	return nil
}

func shutdown(ctx context.Context, c *cell) error {
	before, err := os.ReadDir(c.directory)
	if err != nil {
		return err
	}
	s, err := c.start(options{})
	if err != nil {
		return err
	}
	stream, err := s.peer.Hold(ctx, &peerpb.HoldRequest{})
	if err != nil {
		return err
	}
	if _, err := stream.Recv(); err != nil {
		return fmt.Errorf("the call was not held: %w", err)
	}
	s.client.Kill()
	if _, err := stream.Recv(); err == nil || ctx.Err() != nil {
		return fmt.Errorf("the open call ended with %v", err)
	}
	if state := s.command.ProcessState; state.ExitCode() != 0 {
		return fmt.Errorf("the plugin ended with %s, expected code 0", state)
	}
	after, err := os.ReadDir(c.directory)
	if err != nil {
		return err
	}
	if len(after) > len(before) {
		return fmt.Errorf("the plugin left %v behind", after)
	}
	return nil
}
