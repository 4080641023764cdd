package main

import (
	"context"
	"io"
	"sync"

	"github.com/hashicorp/go-plugin"
	counterpb "github.com/hashicorp/go-plugin/examples/bidirectional/proto"
	kvpb "github.com/hashicorp/go-plugin/examples/grpc/proto"
	streamerpb "github.com/hashicorp/go-plugin/examples/streaming/proto"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/interop/internal/greeterpb"
	"quiver/test/conformance/interop/internal/peerpb"
)

func register(version int, broker *plugin.GRPCBroker, server *grpc.Server) {
	kvpb.RegisterKVServer(server, &kv{values: map[string][]byte{}})
	streamerpb.RegisterStreamerServiceServer(server, &streamer{files: map[string][]byte{}, pieceLength: 1})
	counterpb.RegisterCounterServer(server, &counter{broker: broker, values: map[string]int64{}})
	greeterpb.RegisterGreeterServer(server, &greeter{})
	peerpb.RegisterPeerServer(server, &service{version: uint32(version), broker: broker})
}

type kv struct {
	kvpb.UnimplementedKVServer
	mutex  sync.Mutex
	values map[string][]byte
}

func (k *kv) Get(_ context.Context, request *kvpb.GetRequest) (*kvpb.GetResponse, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	value, ok := k.values[request.GetKey()]
	if !ok {
		return nil, status.Errorf(codes.NotFound, "No such key: %s", request.GetKey())
	}
	return &kvpb.GetResponse{Value: value}, nil
}

func (k *kv) Put(_ context.Context, request *kvpb.PutRequest) (*kvpb.Empty, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.values[request.GetKey()] = request.GetValue()
	return &kvpb.Empty{}, nil
}

type streamer struct {
	streamerpb.UnimplementedStreamerServiceServer
	mutex       sync.Mutex
	files       map[string][]byte
	path        string
	pieceLength int
}

func (s *streamer) Configure(_ context.Context, request *streamerpb.Configure_Request) (*streamerpb.Configure_Response, error) {
	if request.GetChunkSize() < 1 {
		return nil, status.Errorf(codes.InvalidArgument, "No size of pieces: %d", request.GetChunkSize())
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.path, s.pieceLength = request.GetPath(), int(request.GetChunkSize())
	return &streamerpb.Configure_Response{}, nil
}

func (s *streamer) Read(_ *streamerpb.Read_Request, stream streamerpb.StreamerService_ReadServer) error {
	s.mutex.Lock()
	rest, pieceLength := s.files[s.path], s.pieceLength
	s.mutex.Unlock()
	for len(rest) > 0 {
		piece := rest[:min(pieceLength, len(rest))]
		rest = rest[len(piece):]
		if err := stream.Send(&streamerpb.Read_ResponseChunk{ReadBytes: piece}); err != nil {
			return err
		}
	}
	return nil
}

func (s *streamer) Write(stream streamerpb.StreamerService_WriteServer) error {
	var content []byte
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		content = append(content, request.GetBytesToWrite()...)
	}
	s.mutex.Lock()
	s.files[s.path] = content
	s.mutex.Unlock()
	return stream.SendAndClose(&streamerpb.Write_Response{})
}

type counter struct {
	counterpb.UnimplementedCounterServer
	broker *plugin.GRPCBroker
	mutex  sync.Mutex
	values map[string]int64
}

func (c *counter) Get(_ context.Context, request *counterpb.GetRequest) (*counterpb.GetResponse, error) {
	return &counterpb.GetResponse{Value: c.value(request.GetKey())}, nil
}

func (c *counter) Put(ctx context.Context, request *counterpb.PutRequest) (*counterpb.Empty, error) {
	conn, err := c.broker.Dial(request.GetAddServer())
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	sum, err := counterpb.NewAddHelperClient(conn).Sum(ctx, &counterpb.SumRequest{A: c.value(request.GetKey()), B: request.GetValue()})
	if err != nil {
		return nil, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.values[request.GetKey()] = sum.GetR()
	return &counterpb.Empty{}, nil
}

func (c *counter) value(key string) int64 {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.values[key]
}

type greeter struct {
	greeterpb.UnimplementedGreeterServer
}

func (*greeter) SayHello(_ context.Context, request *greeterpb.HelloRequest) (*greeterpb.HelloReply, error) {
	return &greeterpb.HelloReply{Message: "Hello " + request.GetName()}, nil
}
