package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	kvpb "github.com/hashicorp/go-plugin/examples/grpc/proto"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

const bigByteLength = 64 << 20

// health asks more than go-plugin's Ping, which does not look at the status.
func health(ctx context.Context, s *session) error {
	client := grpc_health_v1.NewHealthClient(s.Conn)
	response, err := client.Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
	if err != nil {
		return err
	}
	if response.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
		return fmt.Errorf("the status is %s", response.GetStatus())
	}
	return nil
}

func unary(ctx context.Context, s *session) error {
	client := kvpb.NewKVClient(s.Conn)
	for key, value := range map[string][]byte{"bytes": {0, 255, 254, 0, 10, 13}, "nothing": {}} {
		if _, err := client.Put(ctx, &kvpb.PutRequest{Key: key, Value: value}); err != nil {
			return err
		}
		response, err := client.Get(ctx, &kvpb.GetRequest{Key: key})
		if err != nil {
			return err
		}
		if !bytes.Equal(response.GetValue(), value) {
			return fmt.Errorf("%s: put %v, got %v", key, value, response.GetValue())
		}
	}
	return nil
}

func unaryError(ctx context.Context, s *session) error {
	_, err := kvpb.NewKVClient(s.Conn).Get(ctx, &kvpb.GetRequest{Key: "ключ 鍵"})
	return expectStatus(err, codes.NotFound, "No such key: ключ 鍵")
}

// expectStatus compares a code and, unless empty, a text.
func expectStatus(err error, code codes.Code, text string) error {
	got := status.Convert(err)
	if got.Code() != code || (text != "" && got.Message() != text) {
		return fmt.Errorf("the call ended with %s %q, expected %s %q", got.Code(), got.Message(), code, text)
	}
	return nil
}

func cancel(ctx context.Context, s *session) error {
	callCtx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	return held(ctx, s, callCtx, giveUp, codes.Canceled)
}

func deadline(ctx context.Context, s *session) error {
	callCtx, stop := context.WithTimeout(ctx, 300*time.Millisecond)
	defer stop()
	return held(ctx, s, callCtx, func() {}, codes.DeadlineExceeded)
}

// held opens a call that would never end, gives it up, and waits for the plugin to know it.
func held(ctx context.Context, s *session, callCtx context.Context, giveUp func(), expected codes.Code) error {
	stream, err := s.peer.Hold(callCtx, &peerpb.HoldRequest{})
	if err != nil {
		return err
	}
	if _, err := stream.Recv(); err != nil {
		return fmt.Errorf("the call was not held: %w", err)
	}
	count, err := heldCalls(ctx, s)
	if err != nil {
		return err
	}
	if count != 1 {
		return fmt.Errorf("the plugin holds %d calls, expected 1", count)
	}
	giveUp()
	_, err = stream.Recv()
	if err := expectStatus(err, expected, ""); err != nil {
		return err
	}
	err = until(ctx, func() bool {
		count, err := heldCalls(ctx, s)
		return err == nil && count == 0
	})
	if err != nil {
		return fmt.Errorf("the call has not ended in the plugin: %w", err)
	}
	return nil
}

func heldCalls(ctx context.Context, s *session) (uint32, error) {
	description, err := s.peer.Describe(ctx, &peerpb.DescribeRequest{})
	return description.GetHeldCalls(), err
}

func bigMessage(ctx context.Context, s *session) error {
	content := peer.Content(bigByteLength)
	blob, err := s.peer.Fill(ctx, &peerpb.FillRequest{ByteLength: bigByteLength})
	if err != nil {
		return fmt.Errorf("from the plugin: %w", err)
	}
	if !bytes.Equal(blob.GetContent(), content) {
		return fmt.Errorf("from the plugin: %d bytes came, and not those that were sent", len(blob.GetContent()))
	}
	measured, err := s.peer.Measure(ctx, &peerpb.Blob{Content: content})
	if err != nil {
		return fmt.Errorf("to the plugin: %w", err)
	}
	sum := sha256.Sum256(content)
	if measured.GetByteLength() != bigByteLength || !bytes.Equal(measured.GetSha256(), sum[:]) {
		return fmt.Errorf("to the plugin: %d bytes came, and not those that were sent", measured.GetByteLength())
	}
	return nil
}
