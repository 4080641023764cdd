package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
)

// go-plugin listens on TCP only on Windows (server.go, serverListener), and no option says otherwise. So that the rest of it
// can be met on TCP, its own line is taken from it, and a TCP listener before its socket passes every byte on.

// relayHandshake puts a pipe where go-plugin prints its handshake line, and prints the line with another address.
func relayHandshake() error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	os.Stdout = writer
	go func() {
		line, err := bufio.NewReader(reader).ReadString('\n')
		if err != nil {
			return
		}
		fields := strings.Split(line, "|")
		address, err := relay(fields[2], fields[3])
		if err != nil {
			fmt.Fprintln(processStderr, err)
			os.Exit(1)
		}
		fields[2], fields[3] = "tcp", address.String()
		fmt.Fprint(processStdout, strings.Join(fields, "|"))
	}()
	return nil
}

// relay listens on TCP, and joins each connection with one of its own to the address.
func relay(network, address string) (net.Addr, error) {
	listener, err := listenWithinBounds()
	if err != nil {
		return nil, err
	}
	go func() {
		for {
			outer, err := listener.Accept()
			if err != nil {
				return
			}
			inner, err := net.Dial(network, address)
			if err != nil {
				_ = outer.Close()
				continue
			}
			go pass(inner, outer)
			go pass(outer, inner)
		}
	}()
	return listener.Addr(), nil
}

func pass(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_ = to.Close()
	_ = from.Close()
}

// listenWithinBounds takes the first free port that the host allows, as go-plugin does on Windows (server.go, serverListener_tcp).
func listenWithinBounds() (net.Listener, error) {
	first, last := bound("PLUGIN_MIN_PORT"), bound("PLUGIN_MAX_PORT")
	for port := first; port <= last; port++ {
		if listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return listener, nil
		}
	}
	return nil, errors.New("cannot listen: no port is free")
}

func bound(name string) int {
	port, _ := strconv.Atoi(os.Getenv(name))
	return port
}
