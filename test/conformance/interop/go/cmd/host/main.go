// The host of the interop matrix that is written with go-plugin's client: one cell of it at a time. Its contract is in ../../../README.md.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// result is one line of output.
type result struct {
	Host         string `json:"host"`
	Plugin       string `json:"plugin"`
	Network      string `json:"network"`
	AutoMTLS     bool   `json:"autoMtls"`
	Check        string `json:"check"`
	Status       string `json:"status"`
	Message      string `json:"message"`
	Milliseconds int64  `json:"milliseconds"`
}

func main() {
	pluginName := flag.String("plugin", "", "the plugin's name, for the results")
	network := flag.String("network", "unix", "unix or tcp")
	autoMTLS := flag.String("auto-mtls", "false", "true or false")
	checkNames := flag.String("checks", "", "names of checks, in the order to run them, commas between")
	flag.Parse()
	if err := run(*pluginName, *network, *autoMTLS == "true", strings.Split(*checkNames, ","), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(pluginName, network string, autoMTLS bool, checkNames, command []string) error {
	if len(command) == 0 {
		return fmt.Errorf("cannot start a plugin: no command after --")
	}
	// Sockets of both sides go where none but theirs are.
	directory, err := os.MkdirTemp("", "interop")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	if err := os.Setenv("TMPDIR", directory); err != nil {
		return err
	}
	cell := &cell{command: command, network: network, autoMTLS: autoMTLS, directory: directory}
	defer cell.killAll()
	output := json.NewEncoder(os.Stdout)
	for _, name := range checkNames {
		began := time.Now()
		line := result{Host: "go", Plugin: pluginName, Network: network, AutoMTLS: autoMTLS, Check: name, Status: "pass"}
		if err := cell.run(name); err != nil {
			line.Status, line.Message = "fail", err.Error()
			fmt.Fprintf(os.Stderr, "%s: %s\n%s", name, firstLine(err), cell.lastWords())
		}
		line.Milliseconds = time.Since(began).Milliseconds()
		if err := output.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
