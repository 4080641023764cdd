package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	kvpb "github.com/hashicorp/go-plugin/examples/grpc/proto"

	"quiver/test/conformance/interop/internal/peer"
)

func reattach(ctx context.Context, c *cell) error {
	first, err := c.start(options{})
	if err != nil {
		return err
	}
	defer first.client.Kill()
	if err := put(ctx, first.Connection, "by the first"); err != nil {
		return err
	}
	second := attach(first.client.ReattachConfig())
	connection, err := dispense(second)
	if err != nil {
		return err
	}
	if err := get(ctx, connection, "by the first"); err != nil {
		return fmt.Errorf("the second host: %w", err)
	}
	second.Kill()
	if err := first.awaitExit(ctx); err != nil {
		return err
	}
	if state := first.command.ProcessState; state.ExitCode() != 0 {
		return fmt.Errorf("the plugin ended with %s, expected code 0", state)
	}
	return nil
}

func attach(config *plugin.ReattachConfig) *plugin.Client {
	return plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  peer.Handshake,
		Plugins:          ours(),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Reattach:         config,
		Logger:           hclog.NewNullLogger(),
	})
}

func put(ctx context.Context, connection *peer.Connection, key string) error {
	_, err := kvpb.NewKVClient(connection.Conn).Put(ctx, &kvpb.PutRequest{Key: key, Value: []byte(key)})
	return err
}

func get(ctx context.Context, connection *peer.Connection, key string) error {
	_, err := kvpb.NewKVClient(connection.Conn).Get(ctx, &kvpb.GetRequest{Key: key})
	return err
}

// standalone attaches twice to a plugin that nobody started as a host does; go-plugin's Kill spares it, since it says Test.
func standalone(ctx context.Context, c *cell) error {
	command := exec.CommandContext(ctx, c.command[0], append(c.command[1:len(c.command):len(c.command)], "--network", c.network, "--standalone")...)
	command.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, peer.Handshake.MagicCookieKey+"=")
	})
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	c.mutex.Lock()
	c.started = append(c.started, command)
	c.mutex.Unlock()
	defer func() { _ = command.Process.Kill() }()
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return fmt.Errorf("the plugin printed no line: %w", err)
	}
	config, err := parseReattach(line, c.network, command.Process.Pid)
	if err != nil {
		return err
	}
	if err := attachTwice(ctx, config); err != nil {
		return err
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("cannot ask the plugin to end: %w", err)
	}
	_ = command.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("the plugin did not end at SIGTERM")
	}
	if _, err := os.Lstat(config.Addr.String()); c.network == "unix" && err == nil {
		return fmt.Errorf("the plugin left its socket behind")
	}
	return nil
}

func attachTwice(ctx context.Context, config *plugin.ReattachConfig) error {
	for _, who := range []string{"first", "second"} {
		client := attach(config)
		connection, err := dispense(client)
		if err != nil {
			return fmt.Errorf("the %s host: %w", who, err)
		}
		if who == "first" {
			err = put(ctx, connection, "standalone")
		} else {
			err = get(ctx, connection, "standalone")
		}
		if err != nil {
			return fmt.Errorf("the %s host: %w", who, err)
		}
		client.Kill()
		_ = connection.Conn.Close()
	}
	return nil
}

func parseReattach(line, network string, processID int) (*plugin.ReattachConfig, error) {
	var printed struct {
		Protocol        string
		ProtocolVersion int
		Pid             int
		Test            bool
		Addr            struct{ Network, String string }
	}
	if err := json.Unmarshal([]byte(line), &printed); err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", line, err)
	}
	isOurs := printed.Protocol == "grpc" && slices.Contains(peer.Versions, printed.ProtocolVersion) && printed.Pid == processID
	if !isOurs || !printed.Test || printed.Addr.Network != network {
		return nil, fmt.Errorf("process %d on %s says of itself %s", processID, network, line)
	}
	var address net.Addr
	var err error
	if network == "unix" {
		address, err = net.ResolveUnixAddr(network, printed.Addr.String)
	} else {
		address, err = net.ResolveTCPAddr(network, printed.Addr.String)
	}
	return &plugin.ReattachConfig{
		Protocol: plugin.ProtocolGRPC, ProtocolVersion: printed.ProtocolVersion, Addr: address, Pid: printed.Pid, Test: printed.Test,
	}, err
}
