package main

import (
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"

	"quiver/test/conformance/interop/internal/greeterpb"
	"quiver/test/conformance/interop/internal/peerpb"
)

// The bounds that go-plugin's host sends if it was given none (client.go, NewClient).
const minPort, maxPort = 10000, 25000

func start(ctx context.Context, c *cell) error {
	s, err := c.sharedSession()
	if err != nil {
		return err
	}
	if s.address.Network() != c.network {
		return fmt.Errorf("the plugin listens on %s %s, expected %s", s.address.Network(), s.address, c.network)
	}
	if tcp, ok := s.address.(*net.TCPAddr); ok && (!tcp.IP.IsLoopback() || tcp.Port < minPort || tcp.Port > maxPort) {
		return fmt.Errorf("the plugin listens on %s, expected loopback and a port from %d to %d", tcp, minPort, maxPort)
	}
	description, err := s.peer.Describe(ctx, &peerpb.DescribeRequest{})
	if err != nil {
		return fmt.Errorf("the first call failed: %w", err)
	}
	if description.GetProcessId() != int64(s.command.Process.Pid) {
		return fmt.Errorf("process %d answered, expected %d", description.GetProcessId(), s.command.Process.Pid)
	}
	return nil
}

func version(ctx context.Context, c *cell) error {
	for _, offered := range [][]int{{2, 3}, {1, 2, 9, 10}} {
		common := map[int]int{2: 2, 4: 10}[len(offered)]
		if err := negotiates(ctx, c, offered, common); err != nil {
			return err
		}
	}
	return nil
}

func negotiates(ctx context.Context, c *cell, offered []int, expected int) error {
	s, err := c.start(options{versions: offered})
	if err != nil {
		return err
	}
	defer s.client.Kill()
	description, err := s.peer.Describe(ctx, &peerpb.DescribeRequest{})
	if err != nil {
		return err
	}
	got := []int{s.client.NegotiatedVersion(), int(description.GetProtocolVersion())}
	if !slices.Equal(got, []int{expected, expected}) {
		return fmt.Errorf("offered %v, the host took version %d and the plugin served that of %d, expected %d", offered, got[0], got[1], expected)
	}
	return nil
}

func versionMismatch(ctx context.Context, c *cell) error {
	s, err := c.begin(options{versions: []int{77}})
	defer s.client.Kill()
	if err == nil {
		return fmt.Errorf("a host with version 77 alone was content with %d", s.client.NegotiatedVersion())
	}
	for _, version := range []string{`\b77\b`, `\b1\b`} {
		if !regexp.MustCompile(version).MatchString(err.Error()) {
			return fmt.Errorf("the error does not name version %s: %w", version, err)
		}
	}
	return s.awaitExit(ctx)
}

func wrongCookie(ctx context.Context, c *cell) error {
	s, err := c.begin(options{cookie: "goodbye"})
	defer s.client.Kill()
	if err == nil {
		return fmt.Errorf("the plugin started without its cookie")
	}
	if err := s.awaitExit(ctx); err != nil {
		return err
	}
	if s.stderr.String() == "" {
		return fmt.Errorf("the plugin ended without a word on stderr; the host said: %w", err)
	}
	if code := s.command.ProcessState.ExitCode(); code != 1 {
		return fmt.Errorf("the plugin ended with code %d, expected 1", code)
	}
	return nil
}

func greeter(ctx context.Context, c *cell) error {
	s, err := c.start(options{unversioned: true})
	if err != nil {
		return err
	}
	defer s.client.Kill()
	reply, err := greeterpb.NewGreeterClient(s.Conn).SayHello(ctx, &greeterpb.HelloRequest{Name: "Quiver"})
	if err != nil {
		return err
	}
	if reply.GetMessage() != "Hello Quiver" {
		return fmt.Errorf("the greeting is %q", reply.GetMessage())
	}
	return nil
}
