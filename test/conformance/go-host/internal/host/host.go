// Package host starts a backend plugin as Grafana starts one, with go-plugin's own client and the SDK's own stubs.
package host

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// Options say what differs from one start to the next.
type Options struct {
	// Exe is the executable's absolute path.
	Exe string
	// Args are the executable's arguments, of which Grafana gives none.
	Args []string
	// TempDir becomes TMPDIR; empty leaves the variable out.
	TempDir string
	// AllowedDirectories becomes GF_PLUGIN_ALLOWED_DIRECTORIES; empty leaves the variable out.
	AllowedDirectories string
	// Env is added to what Grafana gives.
	Env []string
	// Credential starts the plugin as somebody else.
	Credential *syscall.Credential
}

// Plugin is one running plugin process with a client for each of Grafana's services.
type Plugin struct {
	Data        pluginv2.DataClient
	Diagnostics pluginv2.DiagnosticsClient
	Resource    pluginv2.ResourceClient
	Stream      pluginv2.StreamClient
	Admission   pluginv2.AdmissionControlClient
	Conversion  pluginv2.ResourceConversionClient

	// Conn is the connection below the clients, for calls that no client would make.
	Conn *grpc.ClientConn
	// Protocol is go-plugin's view of the plugin, with Ping.
	Protocol goplugin.ClientProtocol
	// Network and Address are those of the handshake line.
	Network, Address string
	PID              int
	// Stderr holds every line that the plugin wrote there.
	Stderr *Lines
	// HostLog holds what go-plugin said about the plugin.
	HostLog *Lines

	client *goplugin.Client
	cmd    *exec.Cmd
}

// Start starts the plugin and dispenses all of its services. On failure no process is left.
func Start(options Options) (*Plugin, error) {
	plugin := &Plugin{Stderr: &Lines{}, HostLog: &Lines{}, cmd: exec.Command(options.Exe, options.Args...)}
	plugin.cmd.Env = Environment(options)
	if options.Credential != nil {
		plugin.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: options.Credential}
		plugin.cmd.Dir = "/"
	}
	plugin.client = goplugin.NewClient(&goplugin.ClientConfig{
		HandshakeConfig: goplugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]goplugin.PluginSet{grpcplugin.ProtocolVersion: services()},
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		SkipHostEnv:      true,
		Cmd:              plugin.cmd,
		Stderr:           plugin.Stderr,
		Logger:           hclog.New(&hclog.LoggerOptions{Name: "host", Level: hclog.Debug, Output: plugin.HostLog}),
	})
	if err := plugin.connect(); err != nil {
		plugin.client.Kill()
		return nil, fmt.Errorf("%w\nstderr:\n%s", err, plugin.Stderr)
	}
	return plugin, nil
}

// Environment is what a newer Grafana gives its plugins by default: no HOME, no PATH.
func Environment(options Options) []string {
	env := []string{"GF_VERSION=13.2.2", "GF_EDITION=Open Source", "GF_INSTANCE_FEATURE_TOGGLES_ENABLE=transformations"}
	if options.AllowedDirectories != "" {
		env = append(env, "GF_PLUGIN_ALLOWED_DIRECTORIES="+options.AllowedDirectories)
	}
	if options.TempDir != "" {
		env = append(env, "TMPDIR="+options.TempDir)
	}
	return append(env, options.Env...)
}

func services() goplugin.PluginSet {
	return goplugin.PluginSet{
		"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
		"resource":    &grpcplugin.ResourceGRPCPlugin{},
		"data":        &grpcplugin.DataGRPCPlugin{},
		"stream":      &grpcplugin.StreamGRPCPlugin{},
		"admission":   &grpcplugin.AdmissionGRPCPlugin{},
		"conversion":  &grpcplugin.ConversionGRPCPlugin{},
	}
}

func (plugin *Plugin) connect() error {
	address, err := plugin.client.Start()
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	plugin.Network, plugin.Address = address.Network(), address.String()
	plugin.PID = plugin.cmd.Process.Pid
	plugin.Protocol, err = plugin.client.Client()
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	plugin.Conn = plugin.Protocol.(*goplugin.GRPCClient).Conn
	return plugin.dispenseAll()
}

func (plugin *Plugin) dispenseAll() error {
	var err error
	plugin.Diagnostics, err = dispense[grpcplugin.DiagnosticsClient](plugin, "diagnostics", err)
	plugin.Resource, err = dispense[grpcplugin.ResourceClient](plugin, "resource", err)
	plugin.Data, err = dispense[grpcplugin.DataClient](plugin, "data", err)
	plugin.Stream, err = dispense[grpcplugin.StreamClient](plugin, "stream", err)
	plugin.Admission, err = dispense[grpcplugin.AdmissionClient](plugin, "admission", err)
	plugin.Conversion, err = dispense[grpcplugin.ConversionClient](plugin, "conversion", err)
	return err
}

func dispense[T any](plugin *Plugin, name string, earlier error) (T, error) {
	var none T
	if earlier != nil {
		return none, earlier
	}
	raw, err := plugin.Protocol.Dispense(name)
	if err != nil {
		return none, fmt.Errorf("dispense %s: %w", name, err)
	}
	service, ok := raw.(T)
	if !ok {
		return none, fmt.Errorf("dispense %s: got a %T", name, raw)
	}
	return service, nil
}

// Exited tells whether the process has gone by itself.
func (plugin *Plugin) Exited() bool { return plugin.client.Exited() }

// Signal sends the process a signal.
func (plugin *Plugin) Signal(signal os.Signal) error { return plugin.cmd.Process.Signal(signal) }

// Stopped tells how a plugin ended.
type Stopped struct {
	// Took is the time from go-plugin's Kill to its return.
	Took time.Duration
	// ExitCode is -1 where a signal ended the process.
	ExitCode int
	// State is the process's end in words.
	State string
}

// Stop ends the plugin as Grafana does: asked first, killed two seconds later. Calling it twice is harmless.
func (plugin *Plugin) Stop() Stopped {
	start := time.Now()
	plugin.client.Kill()
	took := time.Since(start)
	state := plugin.cmd.ProcessState
	if state == nil {
		return Stopped{Took: took, ExitCode: -1, State: "not waited for"}
	}
	return Stopped{Took: took, ExitCode: state.ExitCode(), State: state.String()}
}
