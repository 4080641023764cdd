package main

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"quiver/test/conformance/interop/internal/peer"
	"quiver/test/conformance/interop/internal/peerpb"
)

// options are how a start differs from the usual.
type options struct {
	// versions that the host offers; all of the plugin's by default.
	versions []int
	// unversioned offers version 1 as hosts do that negotiate none.
	unversioned bool
	cookie      string
	multiplex   bool
}

// session is a plugin that was started, and what has been heard of it.
type session struct {
	client  *plugin.Client
	command *exec.Cmd
	address net.Addr
	*peer.Connection
	peer peerpb.PeerClient

	// syncedOut and syncedErr came over gRPC, stderr from the process, log is what go-plugin made of the latter.
	syncedOut, syncedErr, stderr, log *capture
}

// begin starts the process and reads its handshake line. The session is returned with an error, too: what the process said is in it.
func (c *cell) begin(o options) (*session, error) {
	command := exec.Command(c.command[0], append(c.command[1:len(c.command):len(c.command)], "--network", c.network)...)
	s := &session{command: command, syncedOut: &capture{}, syncedErr: &capture{}, stderr: &capture{}, log: &capture{}}
	config := s.config(c, o)
	config.Cmd = command
	c.mutex.Lock()
	c.started = append(c.started, command)
	c.mutex.Unlock()
	c.know(s)
	s.client = plugin.NewClient(config)
	address, err := s.client.Start()
	s.address = address
	return s, err
}

func (s *session) config(c *cell, o options) *plugin.ClientConfig {
	config := &plugin.ClientConfig{
		HandshakeConfig:     peer.Handshake,
		AllowedProtocols:    []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:            c.autoMTLS,
		GRPCBrokerMultiplex: o.multiplex,
		StartTimeout:        usualLimit - time.Second,
		SyncStdout:          s.syncedOut,
		SyncStderr:          s.syncedErr,
		Stderr:              s.stderr,
		Logger:              hclog.New(&hclog.LoggerOptions{Level: hclog.Trace, Output: s.log, JSONFormat: true}),
	}
	if o.cookie != "" {
		config.MagicCookieValue = o.cookie
	}
	if o.unversioned {
		config.Plugins = ours()
		return config
	}
	if o.versions == nil {
		o.versions = peer.Versions
	}
	config.VersionedPlugins = map[int]plugin.PluginSet{}
	for _, version := range o.versions {
		config.VersionedPlugins[version] = ours()
	}
	return config
}

func ours() plugin.PluginSet {
	return plugin.PluginSet{peer.Name: &peer.Plugin{}}
}

// start starts the process, connects, and dispenses.
func (c *cell) start(o options) (*session, error) {
	s, err := c.begin(o)
	if err != nil {
		// Waits for the last of what it has to say.
		s.client.Kill()
		return nil, fmt.Errorf("the plugin did not start: %s; it said: %s", firstLine(err), s.stderr.tail(1))
	}
	if s.Connection, err = dispense(s.client); err != nil {
		s.client.Kill()
		return nil, err
	}
	s.peer = peerpb.NewPeerClient(s.Conn)
	return s, nil
}

func dispense(client *plugin.Client) (*peer.Connection, error) {
	protocol, err := client.Client()
	if err != nil {
		return nil, fmt.Errorf("cannot connect: %w", err)
	}
	dispensed, err := protocol.Dispense(peer.Name)
	if err != nil {
		return nil, fmt.Errorf("cannot dispense: %w", err)
	}
	return dispensed.(*peer.Connection), nil
}

// awaitExit returns when go-plugin has seen the end of the process.
func (s *session) awaitExit(ctx context.Context) error {
	if err := until(ctx, s.client.Exited); err != nil {
		return fmt.Errorf("the host has not seen the plugin's exit: %w", err)
	}
	return nil
}

// until asks again and again: go-plugin has no event for what is asked.
func until(ctx context.Context, condition func() bool) error {
	for !condition() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}
