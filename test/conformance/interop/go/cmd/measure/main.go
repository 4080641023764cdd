// Command measure starts a plugin of the interop matrix with go-plugin's client and prints one line of JSON with its figures.
// The TypeScript host measures the same: ../../../typescript/measure.ts.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	streamerpb "github.com/hashicorp/go-plugin/examples/streaming/proto"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

const (
	bigByteLength   = 64 << 20
	pieceByteLength = 64 << 10
)

// figures are the same in both hosts, name by name.
type figures struct {
	// StartMs is from the start of the process to the first good health check.
	StartMs        []float64 `json:"startMs"`
	UnaryPerSecond float64   `json:"unaryPerSecond"`
	// With 16 callers, each of which waits for its answer.
	Unary16PerSecond float64 `json:"unary16PerSecond"`
	// 64 MiB from the plugin to the host.
	MessageMs []float64 `json:"messageMs"`
	StreamMs  []float64 `json:"streamMs"`
}

func main() {
	starts := flag.Int("starts", 5, "how often the plugin is started")
	rounds := flag.Int("rounds", 3, "how often 64 MiB are sent")
	seconds := flag.Float64("seconds", 2, "how long unary calls are made")
	flag.Parse()
	if err := measure(flag.Args(), *starts, *rounds, time.Duration(*seconds*float64(time.Second))); err != nil {
		fmt.Fprintln(os.Stderr, "Cannot measure:", err)
		os.Exit(1)
	}
}

func measure(command []string, starts, rounds int, span time.Duration) error {
	var f figures
	for range starts - 1 {
		client, _, err := start(command, &f)
		if err != nil {
			return err
		}
		client.Kill()
	}
	client, connection, err := start(command, &f)
	if err != nil {
		return err
	}
	defer client.Kill()
	ctx := context.Background()
	calls := peerpb.NewPeerClient(connection.Conn)
	if f.UnaryPerSecond, err = unaryPerSecond(ctx, calls, 1, span); err != nil {
		return err
	}
	if f.Unary16PerSecond, err = unaryPerSecond(ctx, calls, 16, span); err != nil {
		return err
	}
	if err := fill(ctx, calls, rounds, &f); err != nil {
		return err
	}
	if err := stream(ctx, streamerpb.NewStreamerServiceClient(connection.Conn), rounds, &f); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(f)
}

func start(command []string, f *figures) (*plugin.Client, *peer.Connection, error) {
	began := time.Now()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  peer.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{10: {peer.Name: &peer.Plugin{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Cmd:              exec.Command(command[0], command[1:]...),
		Logger:           hclog.NewNullLogger(),
	})
	protocol, err := client.Client()
	if err == nil {
		err = protocol.Ping()
	}
	if err != nil {
		client.Kill()
		return nil, nil, err
	}
	f.StartMs = append(f.StartMs, milliseconds(began))
	dispensed, err := protocol.Dispense(peer.Name)
	if err != nil {
		return nil, nil, err
	}
	return client, dispensed.(*peer.Connection), nil
}

func unaryPerSecond(ctx context.Context, calls peerpb.PeerClient, callers int, span time.Duration) (float64, error) {
	for range 500 {
		if _, err := calls.Describe(ctx, &peerpb.DescribeRequest{}); err != nil {
			return 0, err
		}
	}
	counts := make([]int, callers)
	failures := make([]error, callers)
	began := time.Now()
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			for time.Since(began) < span {
				if _, failures[i] = calls.Describe(ctx, &peerpb.DescribeRequest{}); failures[i] != nil {
					return
				}
				counts[i]++
			}
		})
	}
	group.Wait()
	total := 0
	for _, count := range counts {
		total += count
	}
	return float64(total) / time.Since(began).Seconds(), errors.Join(failures...)
}

func fill(ctx context.Context, calls peerpb.PeerClient, rounds int, f *figures) error {
	for range rounds {
		began := time.Now()
		blob, err := calls.Fill(ctx, &peerpb.FillRequest{ByteLength: bigByteLength})
		if err != nil {
			return err
		}
		f.MessageMs = append(f.MessageMs, milliseconds(began))
		if len(blob.GetContent()) != bigByteLength {
			return fmt.Errorf("%d bytes came in one message", len(blob.GetContent()))
		}
	}
	return nil
}

func stream(ctx context.Context, client streamerpb.StreamerServiceClient, rounds int, f *figures) error {
	if _, err := client.Configure(ctx, &streamerpb.Configure_Request{Path: "big", ChunkSize: pieceByteLength}); err != nil {
		return err
	}
	if err := write(ctx, client); err != nil {
		return err
	}
	for range rounds {
		began := time.Now()
		byteLength, err := read(ctx, client)
		if err != nil {
			return err
		}
		f.StreamMs = append(f.StreamMs, milliseconds(began))
		if byteLength != bigByteLength {
			return fmt.Errorf("%d bytes came in a stream", byteLength)
		}
	}
	return nil
}

func write(ctx context.Context, client streamerpb.StreamerServiceClient) error {
	stream, err := client.Write(ctx)
	if err != nil {
		return err
	}
	piece := peer.Content(pieceByteLength)
	for range bigByteLength / pieceByteLength {
		if err := stream.Send(&streamerpb.Write_RequestChunk{BytesToWrite: piece}); err != nil {
			return err
		}
	}
	_, err = stream.CloseAndRecv()
	return err
}

func read(ctx context.Context, client streamerpb.StreamerServiceClient) (int, error) {
	stream, err := client.Read(ctx, &streamerpb.Read_Request{})
	if err != nil {
		return 0, err
	}
	byteLength := 0
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return byteLength, nil
		}
		if err != nil {
			return 0, err
		}
		byteLength += len(piece.GetReadBytes())
	}
}

func milliseconds(began time.Time) float64 {
	return float64(time.Since(began).Microseconds()) / 1000
}
