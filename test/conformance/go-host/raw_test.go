package conformance

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"

	"quiver/test/conformance/go-host/internal/host"
)

const (
	cookie   = "grafana_plugin_type=datasource"
	versions = "PLUGIN_PROTOCOL_VERSIONS="
)

func TestHandshakeLine(t *testing.T) {
	t.Run("is one line of go-plugin's fields, and the listener accepts when it comes", func(t *testing.T) {
		process := startRaw(t, cookie, versions+"2")
		fields := strings.Split(process.line, "|")
		if len(fields) != 5 && len(fields) != 6 {
			t.Fatalf("%q has %d fields", process.line, len(fields))
		}
		if fields[0] != "1" || fields[1] != "2" || fields[2] != "unix" || fields[4] != "grpc" {
			t.Errorf("the handshake is %q", process.line)
		}
		if len(fields) == 6 && fields[5] != "" {
			t.Errorf("a certificate without AutoMTLS: %q", process.line)
		}
		if connection, err := net.Dial(fields[2], fields[3]); err != nil {
			t.Error(err)
		} else {
			connection.Close()
		}
	})

	t.Run("ends with the multiplexing field only for a host that knows it", func(t *testing.T) {
		process := startRaw(t, cookie, versions+"2", "PLUGIN_MULTIPLEX_GRPC=true")
		fields := strings.Split(process.line, "|")
		if len(fields) != 7 || (fields[6] != "true" && fields[6] != "false") {
			t.Errorf("the handshake is %q", process.line)
		}
	})

	for offered, want := range map[string]string{
		"1,2":    "2",
		"2,3,10": "2",
		// Where none fits, the lowest of our own, so that the host can report the mismatch.
		"99": "2",
		"10": "2",
	} {
		t.Run("answers a host of versions "+offered+" with "+want, func(t *testing.T) {
			process := startRaw(t, cookie, versions+offered)
			if fields := strings.Split(process.line, "|"); fields[1] != want {
				t.Errorf("the handshake is %q", process.line)
			}
		})
	}

	t.Run("leads to the health service of gRPC, which serves `plugin`", func(t *testing.T) {
		process := startRaw(t, cookie, versions+"2")
		connection := process.dial(t)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		answer, err := grpc_health_v1.NewHealthClient(connection).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
		if err != nil || answer.Status != grpc_health_v1.HealthCheckResponse_SERVING {
			t.Fatalf("got %v, %v", answer, err)
		}
	})

	t.Run("is the last that the plugin writes to its real stdout", func(t *testing.T) {
		process := startRaw(t, cookie, versions+"2")
		connection := process.dial(t)
		request := host.Request{Source: inMemory(), Queries: []host.Query{host.Table(`SELECT 1 AS one`)}}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if _, err := pluginv2.NewDataClient(connection).QueryData(ctx, request.Proto()); err != nil {
			t.Fatal(err)
		}
		if rest := process.stop(); rest != "" {
			t.Errorf("stdout went on with %q", rest)
		}
	})
}

func TestRefusesToBeStartedByHand(t *testing.T) {
	for name, variables := range map[string][]string{
		"without a cookie":            nil,
		"with another cookie's value": {"grafana_plugin_type=renderer", versions + "2"},
		"with an empty cookie":        {"grafana_plugin_type=", versions + "2"},
	} {
		t.Run(name+" it explains itself in two lines and exits 1", func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			cmd := exec.CommandContext(ctx, exe)
			cmd.Env = append([]string{"TMPDIR=" + tempDir(t)}, variables...)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			cmd.Run()
			if code := cmd.ProcessState.ExitCode(); code != 1 {
				t.Errorf("the exit code is %d", code)
			}
			if stdout.Len() > 0 {
				t.Errorf("stdout says %q", stdout.String())
			}
			if lines := strings.Split(strings.TrimSpace(stderr.String()), "\n"); len(lines) != 2 {
				t.Errorf("stderr has %d lines:\n%s", len(lines), stderr.String())
			}
			mustMention(t, stderr.String(), "grafana", "plugin")
		})
	}
}

// rawProcess is the executable without go-plugin's client around it.
type rawProcess struct {
	cmd  *exec.Cmd
	out  *bufio.Reader
	line string
}

func startRaw(t *testing.T, variables ...string) *rawProcess {
	t.Helper()
	cmd := exec.Command(exe)
	cmd.Env = append([]string{"TMPDIR=" + tempDir(t)}, variables...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	process := &rawProcess{cmd: cmd, out: bufio.NewReader(stdout)}
	t.Cleanup(func() { process.stop() })
	deadline := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	defer deadline.Stop()
	line, err := process.out.ReadString('\n')
	if err != nil {
		t.Fatalf("there is no handshake line: %v", err)
	}
	process.line = strings.TrimSuffix(line, "\n")
	return process
}

func (process *rawProcess) dial(t *testing.T) *grpc.ClientConn {
	t.Helper()
	fields := strings.Split(process.line, "|")
	connection, err := grpc.NewClient("passthrough:///plugin",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return net.Dial(fields[2], fields[3]) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	return connection
}

// stop kills the process, and returns what else it wrote to stdout. Calling it twice is harmless.
func (process *rawProcess) stop() string {
	process.cmd.Process.Kill()
	rest := new(strings.Builder)
	process.out.WriteTo(rest)
	process.cmd.Wait()
	return rest.String()
}
