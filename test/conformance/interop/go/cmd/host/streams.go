package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	streamerpb "github.com/hashicorp/go-plugin/examples/streaming/proto"
	"google.golang.org/grpc/codes"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

func serverStream(ctx context.Context, s *session) error {
	content := peer.Content(1000)
	client := streamerpb.NewStreamerServiceClient(s.Conn)
	if err := write(ctx, client, "pieces of seven", 7, content, len(content)); err != nil {
		return err
	}
	pieces, err := read(ctx, client)
	if err != nil {
		return err
	}
	expected := slices.Collect(slices.Chunk(content, 7))
	if !slices.EqualFunc(pieces, expected, bytes.Equal) {
		return fmt.Errorf("%d pieces came, and not those that were sent; expected %d", len(pieces), len(expected))
	}
	return nil
}

func clientStream(ctx context.Context, s *session) error {
	content := peer.Content(256 << 10)
	client := streamerpb.NewStreamerServiceClient(s.Conn)
	if err := write(ctx, client, "much", 65_536, content, 1000); err != nil {
		return err
	}
	pieces, err := read(ctx, client)
	if err != nil {
		return err
	}
	if got := bytes.Join(pieces, nil); !bytes.Equal(got, content) {
		return fmt.Errorf("%d bytes came back, and not those that were sent", len(got))
	}
	return nil
}

func write(ctx context.Context, client streamerpb.StreamerServiceClient, path string, readLength int, content []byte, writeLength int) error {
	_, err := client.Configure(ctx, &streamerpb.Configure_Request{Path: path, ChunkSize: int64(readLength)})
	if err != nil {
		return fmt.Errorf("cannot configure: %w", err)
	}
	stream, err := client.Write(ctx)
	if err != nil {
		return err
	}
	for piece := range slices.Chunk(content, writeLength) {
		// Its error is only that the stream has ended; why, CloseAndRecv says.
		if stream.Send(&streamerpb.Write_RequestChunk{BytesToWrite: piece}) != nil {
			break
		}
	}
	if _, err := stream.CloseAndRecv(); err != nil {
		return fmt.Errorf("cannot write: %w", err)
	}
	return nil
}

func read(ctx context.Context, client streamerpb.StreamerServiceClient) ([][]byte, error) {
	stream, err := client.Read(ctx, &streamerpb.Read_Request{})
	if err != nil {
		return nil, err
	}
	var pieces [][]byte
	for {
		piece, err := stream.Recv()
		if err == io.EOF {
			return pieces, nil
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read: %w", err)
		}
		pieces = append(pieces, piece.GetReadBytes())
	}
}

func streamError(ctx context.Context, s *session) error {
	stream, err := s.peer.Count(ctx, &peerpb.CountRequest{To: 1000, Code: uint32(codes.Aborted), Message: "zu früh"})
	if err != nil {
		return err
	}
	for expected := uint32(1); expected <= 1000; expected++ {
		counted, err := stream.Recv()
		if err != nil {
			return fmt.Errorf("instead of %d: %w", expected, err)
		}
		if counted.GetNumber() != expected {
			return fmt.Errorf("instead of %d came %d", expected, counted.GetNumber())
		}
	}
	_, err = stream.Recv()
	return expectStatus(err, codes.Aborted, "zu früh")
}

func bidiStream(ctx context.Context, s *session) error {
	stream, err := s.peer.Echo(ctx)
	if err != nil {
		return err
	}
	for turn := range 100 {
		text := fmt.Sprintf("turn %d", turn)
		if err := stream.Send(&peerpb.EchoMessage{Text: text}); err != nil {
			return fmt.Errorf("cannot send %q: %w", text, err)
		}
		answer, err := stream.Recv()
		if err != nil {
			return fmt.Errorf("no answer to %q: %w", text, err)
		}
		if answer.GetText() != text {
			return fmt.Errorf("the answer to %q is %q", text, answer.GetText())
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	if answer, err := stream.Recv(); err != io.EOF {
		return fmt.Errorf("after the end came %v, %v", answer, err)
	}
	return nil
}
