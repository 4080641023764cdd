package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"quiver/test/conformance/interop/internal/peerpb"
)

func stdout(ctx context.Context, s *session) error {
	much := manyLines()
	return printed(ctx, s, []*peerpb.PrintRequest{{Stdout: much}, {Stdout: "grüße"}, {Stdout: "[1]", Stderr: "[2]"}}, much+"grüße[1]", "[2]")
}

func stderr(ctx context.Context, s *session) error {
	much := manyLines()
	return printed(ctx, s, []*peerpb.PrintRequest{{Stderr: much}, {Stderr: "grüße"}, {Stdout: "[1]", Stderr: "[2]"}}, "[1]", much+"grüße[2]")
}

func manyLines() string {
	var much strings.Builder
	for line := 0; much.Len() < 64<<10; line++ {
		fmt.Fprintf(&much, "line %d\n", line)
	}
	return much.String()
}

// printed lets the plugin print; all of it must come, each on its channel, and nothing else.
func printed(ctx context.Context, s *session, requests []*peerpb.PrintRequest, expectedOut, expectedErr string) error {
	outBefore, errBefore := s.syncedOut.String(), s.syncedErr.String()
	for _, request := range requests {
		if _, err := s.peer.Print(ctx, request); err != nil {
			return err
		}
	}
	if err := s.syncedOut.growsBy(ctx, outBefore, expectedOut); err != nil {
		return fmt.Errorf("stdout: %w", err)
	}
	if err := s.syncedErr.growsBy(ctx, errBefore, expectedErr); err != nil {
		return fmt.Errorf("stderr: %w", err)
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
