package peer

import (
	"context"

	"google.golang.org/grpc"

	"quiver/test/conformance/interop/internal/peerpb"
)

// Callback is what either side serves to the other by the broker.
type Callback struct {
	peerpb.UnimplementedCallbackServer
	// Who heard it: host or plugin.
	Who string
	// Heard, if set, is told each text.
	Heard func(text string)
}

// Tell says who heard what.
func (c *Callback) Tell(_ context.Context, request *peerpb.TellRequest) (*peerpb.TellReply, error) {
	if c.Heard != nil {
		c.Heard(request.GetText())
	}
	return &peerpb.TellReply{Text: c.Who + " heard " + request.GetText()}, nil
}

// NewServer makes the server that the broker asks for.
func (c *Callback) NewServer(options []grpc.ServerOption) *grpc.Server {
	server := grpc.NewServer(options...)
	peerpb.RegisterCallbackServer(server, c)
	return server
}
