// A host in Go that has a plugin greet. With the plugin in TypeScript: ./host node plugin.ts
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"quiver/examples/greeter"
	"quiver/examples/greeter/hello"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "Usage: host <plugin's command> [arguments]")
		os.Exit(2)
	}
	message, err := greet("Quiver", os.Args[1], os.Args[2:]...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(message)
}

func greet(name, command string, args ...string) (string, error) {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  greeter.Handshake,
		Plugins:          plugin.PluginSet{greeter.Name: &greeter.Plugin{}},
		Cmd:              exec.Command(command, args...),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Warn}),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return "", err
	}
	raw, err := protocol.Dispense(greeter.Name)
	if err != nil {
		return "", err
	}
	reply, err := raw.(hello.GreeterClient).SayHello(context.Background(), &hello.HelloRequest{Name: name})
	return reply.GetMessage(), err
}
