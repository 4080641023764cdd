// Package greeter is what the Go host and the Go plugin share: the handshake, and how the Greeter goes over gRPC.
package greeter

import (
	"context"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"quiver/examples/greeter/hello"
)

//go:generate protoc -I ../../../proto/examples --go_out=hello --go_opt=paths=source_relative,Mhello.proto=quiver/examples/greeter/hello --go-grpc_out=hello --go-grpc_opt=paths=source_relative,Mhello.proto=quiver/examples/greeter/hello hello.proto

// Name is the key under which the host dispenses the Greeter. It never goes over the wire.
const Name = "greeter"

// Handshake is the same in every language.
var Handshake = plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "BASIC_PLUGIN", MagicCookieValue: "hello"}

// Plugin serves Impl in a plugin, and makes a hello.GreeterClient in a host.
type Plugin struct {
	plugin.NetRPCUnsupportedPlugin
	Impl hello.GreeterServer
}

// GRPCServer is called in the plugin.
func (p *Plugin) GRPCServer(_ *plugin.GRPCBroker, server *grpc.Server) error {
	hello.RegisterGreeterServer(server, p.Impl)
	return nil
}

// GRPCClient is called in the host.
func (p *Plugin) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return hello.NewGreeterClient(conn), nil
}
