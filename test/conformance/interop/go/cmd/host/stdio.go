package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"quiver/test/conformance/interop/internal/peerpb"
)

func stdout(ctx context.Context, s *session) error {
	return printed(ctx, s, s.syncedOut, func(text string) *peerpb.PrintRequest {
		return &peerpb.PrintRequest{Stdout: text}
	})
}

func stderr(ctx context.Context, s *session) error {
	return printed(ctx, s, s.syncedErr, func(text string) *peerpb.PrintRequest {
		return &peerpb.PrintRequest{Stderr: text}
	})
}

// printed lets the plugin print much, little without a line's end, and to both channels; all of it must come, and nothing else.
func printed(ctx context.Context, s *session, channel *capture, request func(text string) *peerpb.PrintRequest) error {
	before := len(channel.String())
	var much strings.Builder
	for line := 0; much.Len() < 64<<10; line++ {
		fmt.Fprintf(&much, "line %d\n", line)
	}
	expected := much.String() + "grüße"
	requests := []*peerpb.PrintRequest{request(much.String()), request("grüße"), {Stdout: "[1]", Stderr: "[2]"}}
	for _, request := range requests {
		if _, err := s.peer.Print(ctx, request); err != nil {
			return err
		}
	}
	if channel == s.syncedOut {
		expected += "[1]"
	} else {
		expected += "[2]"
	}
	arrived := func() string { return channel.String()[before:] }
	if err := until(ctx, func() bool { return len(arrived()) >= len(expected) }); err != nil {
		return fmt.Errorf("%d bytes of %d have arrived: %w", len(arrived()), len(expected), err)
	}
	if arrived() != expected {
		return fmt.Errorf("%d bytes arrived, and not those that were printed", len(arrived()))
	}
	return nil
}

func log(ctx context.Context, s *session) error {
	for _, request := range []*peerpb.LogRequest{
		{Level: "warn", Message: "the arrows run out", Key: "left", Value: "three"},
		{Level: "debug", Message: "one more: grüße", Key: "path", Value: `C:\temp "x"`},
	} {
		if _, err := s.peer.Log(ctx, request); err != nil {
			return err
		}
		if err := s.log.await(ctx, func(text string) bool { return hasRecord(text, request) }); err != nil {
			return fmt.Errorf("no record of %q: %w", request.GetMessage(), err)
		}
	}
	return nil
}

func hasRecord(lines string, request *peerpb.LogRequest) bool {
	for line := range strings.Lines(lines) {
		var record map[string]any
		if json.Unmarshal([]byte(line), &record) != nil {
			continue
		}
		if record["@message"] == request.GetMessage() && record["@level"] == request.GetLevel() && record[request.GetKey()] == request.GetValue() {
			return true
		}
	}
	return false
}
