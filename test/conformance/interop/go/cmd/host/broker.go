package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"

	counterpb "github.com/hashicorp/go-plugin/examples/bidirectional/proto"
	"google.golang.org/grpc"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

// addHelper is the host's part of go-plugin's bidirectional example.
type addHelper struct {
	counterpb.UnimplementedAddHelperServer
	calls [][2]int64
}

func (a *addHelper) Sum(_ context.Context, request *counterpb.SumRequest) (*counterpb.SumResponse, error) {
	a.calls = append(a.calls, [2]int64{request.GetA(), request.GetB()})
	return &counterpb.SumResponse{R: request.GetA() + request.GetB()}, nil
}

func counter(ctx context.Context, s *session) error {
	client := counterpb.NewCounterClient(s.Conn)
	for _, step := range [][2]int64{{0, 40}, {40, 2}} {
		helper := &addHelper{}
		id, stop := serve(s, func(options []grpc.ServerOption) *grpc.Server {
			server := grpc.NewServer(options...)
			counterpb.RegisterAddHelperServer(server, helper)
			return server
		})
		_, err := client.Put(ctx, &counterpb.PutRequest{AddServer: id, Key: "answer", Value: step[1]})
		stop()
		if err != nil {
			return fmt.Errorf("cannot put %d: %w", step[1], err)
		}
		if !slices.Equal(helper.calls, [][2]int64{step}) {
			return fmt.Errorf("AddHelper was called with %v, expected %v", helper.calls, step)
		}
	}
	response, err := client.Get(ctx, &counterpb.GetRequest{Key: "answer"})
	if err != nil {
		return err
	}
	if response.GetValue() != 42 {
		return fmt.Errorf("the counter says %d, expected 42", response.GetValue())
	}
	return nil
}

// serve serves under a new id until it is told to stop, which waits for the calls that run.
func serve(s *session, newServer func([]grpc.ServerOption) *grpc.Server) (id uint32, stop func()) {
	id = s.Broker.NextId()
	servers := make(chan *grpc.Server, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Broker.AcceptAndServe(id, func(options []grpc.ServerOption) *grpc.Server {
			server := newServer(options)
			servers <- server
			return server
		})
	}()
	return id, func() {
		select {
		case server := <-servers:
			server.Stop()
		case <-ended:
		}
		<-ended
	}
}

func callback(ctx context.Context, s *session) error {
	for turn := range 3 {
		if err := callbackOnce(ctx, s, turn); err != nil {
			return err
		}
	}
	return nil
}

func callbackOnce(ctx context.Context, s *session, turn int) error {
	var mutex sync.Mutex
	var heard []string
	host := &peer.Callback{Who: "host", Heard: func(text string) {
		mutex.Lock()
		defer mutex.Unlock()
		heard = append(heard, text)
	}}
	id, stop := serve(s, host.NewServer)
	defer stop()
	texts, expected := []string{}, []string{}
	for _, word := range []string{"one", "zwei", "три"} {
		text := fmt.Sprintf("%s of %d", word, turn)
		texts, expected = append(texts, text), append(expected, "host heard "+text)
	}
	reply, err := s.peer.CallBack(ctx, &peerpb.CallBackRequest{ServiceId: id, Texts: texts})
	if err != nil {
		return fmt.Errorf("the plugin could not call back by id %d: %w", id, err)
	}
	if !slices.Equal(reply.GetTexts(), expected) {
		return fmt.Errorf("the plugin was answered %q, expected %q", reply.GetTexts(), expected)
	}
	mutex.Lock()
	defer mutex.Unlock()
	if !slices.Equal(heard, texts) {
		return fmt.Errorf("id %d heard %q, expected %q", id, heard, texts)
	}
	return nil
}

func accept(ctx context.Context, s *session) error {
	first, err := s.peer.Serve(ctx, &peerpb.ServeRequest{})
	if err != nil {
		return err
	}
	second, err := s.peer.Serve(ctx, &peerpb.ServeRequest{})
	if err != nil {
		return err
	}
	if first.GetServiceId() == second.GetServiceId() {
		return fmt.Errorf("the plugin serves twice under id %d", first.GetServiceId())
	}
	for _, id := range []uint32{second.GetServiceId(), first.GetServiceId()} {
		if err := tell(ctx, s, id); err != nil {
			return err
		}
	}
	return nil
}

func tell(ctx context.Context, s *session, id uint32) error {
	conn, err := s.Broker.Dial(id)
	if err != nil {
		return fmt.Errorf("cannot dial id %d: %w", id, err)
	}
	defer func() { _ = conn.Close() }()
	reply, err := peerpb.NewCallbackClient(conn).Tell(ctx, &peerpb.TellRequest{Text: "grüße"})
	if err != nil {
		return fmt.Errorf("id %d did not answer: %w", id, err)
	}
	if reply.GetText() != "plugin heard grüße" {
		return fmt.Errorf("id %d answered %q", id, reply.GetText())
	}
	return nil
}

// multiplex does both ways of the broker one after the other, as go-plugin asks, and counts sockets meanwhile.
func multiplex(ctx context.Context, c *cell) error {
	s, err := c.start(options{multiplex: true})
	if err != nil {
		return err
	}
	defer s.client.Kill()
	before, err := os.ReadDir(c.directory)
	if err != nil {
		return err
	}
	if err := callbackOnce(ctx, s, 0); err != nil {
		return err
	}
	served, err := s.peer.Serve(ctx, &peerpb.ServeRequest{})
	if err != nil {
		return err
	}
	if err := tell(ctx, s, served.GetServiceId()); err != nil {
		return err
	}
	after, err := os.ReadDir(c.directory)
	if err != nil {
		return err
	}
	if len(after) != len(before) {
		return fmt.Errorf("there are %d sockets now, %d more than before", len(after), len(after)-len(before))
	}
	return nil
}
