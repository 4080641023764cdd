// Package peer is what the host and the plugin of this module agree on.
package peer

import (
	"context"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// Handshake is that of go-plugin's examples; its version is for hosts that negotiate none.
var Handshake = plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "BASIC_PLUGIN", MagicCookieValue: "hello"}

// Versions has one that sorts after the others only as a number.
var Versions = []int{1, 2, 9, 10}

// Name is a key of the host's own map; it never goes over the wire.
const Name = "peer"

// Plugin serves what Register registers, and hands its host the bare connection.
type Plugin struct {
	plugin.NetRPCUnsupportedPlugin
	Register func(*plugin.GRPCBroker, *grpc.Server)
}

// Connection is what Dispense returns.
type Connection struct {
	Broker *plugin.GRPCBroker
	Conn   *grpc.ClientConn
}

// GRPCServer implements plugin.GRPCPlugin, for the plugin.
func (p *Plugin) GRPCServer(broker *plugin.GRPCBroker, server *grpc.Server) error {
	p.Register(broker, server)
	return nil
}

// GRPCClient implements plugin.GRPCPlugin, for the host.
func (p *Plugin) GRPCClient(_ context.Context, broker *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return &Connection{Broker: broker, Conn: conn}, nil
}
