// The plugin of the interop matrix that is written with go-plugin's server. Its contract is in ../../../README.md.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"quiver/test/conformance/interop/internal/peer"
)

// go-plugin puts pipes into os.Stdout and os.Stderr when it serves; these are the process's own.
var processStdout, processStderr = os.Stdout, os.Stderr

func main() {
	network := flag.String("network", "unix", "unix or tcp")
	standalone := flag.Bool("standalone", false, "serve whoever attaches, until SIGTERM")
	flag.Parse()
	relayed := *network == "tcp"
	config := &plugin.ServeConfig{
		HandshakeConfig:  peer.Handshake,
		VersionedPlugins: versionedPlugins(),
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.MaxRecvMsgSize(math.MaxInt32))...)
		},
	}
	if *standalone {
		serveStandalone(config, relayed)
		return
	}
	if relayed {
		if err := relayHandshake(); err != nil {
			fmt.Fprintln(processStderr, err)
			os.Exit(1)
		}
	}
	plugin.Serve(config)
}

func versionedPlugins() map[int]plugin.PluginSet {
	sets := map[int]plugin.PluginSet{}
	for _, version := range peer.Versions {
		sets[version] = plugin.PluginSet{
			peer.Name: &peer.Plugin{Register: func(broker *plugin.GRPCBroker, server *grpc.Server) {
				register(version, broker, server)
			}},
		}
	}
	return sets
}
