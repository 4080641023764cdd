package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/hashicorp/go-plugin"
)

// serveStandalone serves in go-plugin's test mode and prints what a host needs to attach, in Terraform's spelling.
func serveStandalone(config *plugin.ServeConfig, relayed bool) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	attached := make(chan *plugin.ReattachConfig, 1)
	config.Test = &plugin.ServeTestConfig{Context: ctx, ReattachConfigCh: attached}
	go func() {
		reattach := <-attached
		address := reattach.Addr
		if relayed {
			var err error
			if address, err = relay(address.Network(), address.String()); err != nil {
				fmt.Fprintln(processStderr, err)
				os.Exit(1)
			}
		}
		_ = json.NewEncoder(processStdout).Encode(reattachJSON(reattach, address))
	}()
	plugin.Serve(config)
}

func reattachJSON(reattach *plugin.ReattachConfig, address net.Addr) map[string]any {
	return map[string]any{
		"Protocol":        reattach.Protocol,
		"ProtocolVersion": reattach.ProtocolVersion,
		"Pid":             reattach.Pid,
		"Test":            reattach.Test,
		"Addr":            map[string]string{"Network": address.Network(), "String": address.String()},
	}
}
