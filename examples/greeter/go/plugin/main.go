// The greeter as a plugin in Go. With the host in TypeScript: node host.ts ./plugin
package main

import (
	"context"

	"github.com/hashicorp/go-plugin"

	"quiver/examples/greeter"
	"quiver/examples/greeter/hello"
)

type server struct {
	hello.UnimplementedGreeterServer
}

func (server) SayHello(_ context.Context, request *hello.HelloRequest) (*hello.HelloReply, error) {
	return &hello.HelloReply{Message: "Hello " + request.Name}, nil
}

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: greeter.Handshake,
		Plugins:         plugin.PluginSet{greeter.Name: &greeter.Plugin{Impl: server{}}},
		GRPCServer:      plugin.DefaultGRPCServer,
	})
}
