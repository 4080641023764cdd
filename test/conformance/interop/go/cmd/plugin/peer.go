package main

import (
	"context"
	"crypto/sha256"
	"io"
	"os"
	"sync/atomic"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

// service is quiver.conformance.Peer; proto/conformance/peer.proto says what each call does.
type service struct {
	peerpb.UnimplementedPeerServer
	version uint32
	broker  *plugin.GRPCBroker
	held    atomic.Int32
}

func (s *service) Describe(context.Context, *peerpb.DescribeRequest) (*peerpb.Description, error) {
	return &peerpb.Description{
		ProtocolVersion: s.version,
		ProcessId:       int64(os.Getpid()),
		HeldCalls:       uint32(s.held.Load()),
	}, nil
}

func (s *service) Count(request *peerpb.CountRequest, stream peerpb.Peer_CountServer) error {
	for number := uint32(1); number <= request.GetTo(); number++ {
		if err := stream.Send(&peerpb.Counted{Number: number}); err != nil {
			return err
		}
	}
	return status.Error(codes.Code(request.GetCode()), request.GetMessage())
}

func (s *service) Echo(stream peerpb.Peer_EchoServer) error {
	for {
		message, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(message); err != nil {
			return err
		}
	}
}

func (s *service) Hold(_ *peerpb.HoldRequest, stream peerpb.Peer_HoldServer) error {
	s.held.Add(1)
	defer s.held.Add(-1)
	if err := stream.Send(&peerpb.Holding{}); err != nil {
		return err
	}
	<-stream.Context().Done()
	return status.FromContextError(stream.Context().Err()).Err()
}

func (s *service) Fill(_ context.Context, request *peerpb.FillRequest) (*peerpb.Blob, error) {
	return &peerpb.Blob{Content: peer.Content(int(request.GetByteLength()))}, nil
}

func (s *service) Measure(_ context.Context, blob *peerpb.Blob) (*peerpb.Measurement, error) {
	sum := sha256.Sum256(blob.GetContent())
	return &peerpb.Measurement{ByteLength: uint32(len(blob.GetContent())), Sha256: sum[:]}, nil
}

func (s *service) Print(_ context.Context, request *peerpb.PrintRequest) (*peerpb.PrintReply, error) {
	if _, err := os.Stdout.WriteString(request.GetStdout()); err != nil {
		return nil, err
	}
	if _, err := os.Stderr.WriteString(request.GetStderr()); err != nil {
		return nil, err
	}
	return &peerpb.PrintReply{}, nil
}

func (s *service) Log(_ context.Context, request *peerpb.LogRequest) (*peerpb.LogReply, error) {
	logger := hclog.New(&hclog.LoggerOptions{Level: hclog.Trace, Output: processStderr, JSONFormat: true})
	logger.Log(hclog.LevelFromString(request.GetLevel()), request.GetMessage(), request.GetKey(), request.GetValue())
	return &peerpb.LogReply{}, nil
}

func (s *service) Panic(_ context.Context, request *peerpb.PanicRequest) (*peerpb.PanicReply, error) {
	panic(request.GetMessage())
}

func (s *service) CallBack(ctx context.Context, request *peerpb.CallBackRequest) (*peerpb.CallBackReply, error) {
	conn, err := s.broker.Dial(request.GetServiceId())
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	reply := &peerpb.CallBackReply{}
	for _, text := range request.GetTexts() {
		told, err := peerpb.NewCallbackClient(conn).Tell(ctx, &peerpb.TellRequest{Text: text})
		if err != nil {
			return nil, err
		}
		reply.Texts = append(reply.Texts, told.GetText())
	}
	return reply, nil
}

func (s *service) Serve(context.Context, *peerpb.ServeRequest) (*peerpb.ServeReply, error) {
	id := s.broker.NextId()
	callback := &peer.Callback{Who: "plugin"}
	go s.broker.AcceptAndServe(id, callback.NewServer)
	return &peerpb.ServeReply{ServiceId: id}, nil
}
