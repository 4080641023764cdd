package conformance

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"google.golang.org/protobuf/proto"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// TestAttacks sends every statement of test/security through the executable, and looks after each at all that it might have done.
func TestAttacks(t *testing.T) {
	for name, group := range loadAttacks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			field := newField(t)
			for _, attack := range group.Attacks {
				t.Run(attack.Name, func(t *testing.T) { field.attack(t, attack) })
			}
		})
	}
}

// field is a plugin under attack, with a data source that is attacked, one with little time, and their neighbour.
type field struct {
	ground                ground
	plugin                *host.Plugin
	mine, brief, neighbor host.DataSource
	// before is what the folders held.
	before  string
	folders []string
	// calls are the connections that came to the listener.
	calls *atomic.Int64
}

func newField(t *testing.T) *field {
	t.Helper()
	port, calls := listen(t)
	field := &field{ground: makeGround(t, port), calls: calls}
	ground := field.ground
	field.plugin = start(t, env("CANARY="+canary), func(options *host.Options) {
		options.AllowedDirectories = ground.admin()
		field.folders = []string{ground.root, options.TempDir, filepath.Dir(options.Exe)}
	})
	duckdb := object{
		"database":    filepath.Join(ground.mine(), "mine.duckdb"),
		"tables":      []object{{"name": "hidden", "path": ground.hidden()}},
		"directories": []string{ground.open()},
		"memoryLimit": "300MiB",
	}
	field.mine = dataSource(settings(duckdb))
	field.brief = withLimits(settings(duckdb), object{"timeoutSeconds": 1})
	field.neighbor = dataSource(settings(object{"database": filepath.Join(ground.other(), "other.duckdb")}))
	// Another viewer's SQL, and the view of the hidden table.
	frame(t, field.plugin, field.neighbor, host.Table(`SELECT secret FROM theirs`))
	frame(t, field.plugin, field.mine, host.Table(fmt.Sprintf(`SELECT secret, '%s' AS mine FROM hidden`, canary)))
	field.before = watched(t, field.folders...)
	return field
}

func (field *field) attack(t *testing.T, attack attack) {
	source := field.mine
	if attack.Timeout {
		source = field.brief
	}
	query := host.Table(field.ground.expand(attack.SQL))
	query.More = map[string]any{}
	for key, value := range attack.More {
		if text, ok := value.(string); ok {
			value = field.ground.expand(text)
		}
		query.More[key] = value
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	answer, err := field.plugin.Data.QueryData(ctx, host.Request{Source: source, Queries: []host.Query{query}}.Proto())
	if err != nil {
		t.Fatalf("the call failed as a whole: %v", err)
	}
	whole, err := proto.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(whole, []byte(canary)) {
		t.Errorf("the answer holds the canary")
	}
	decoded, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		t.Fatal(err)
	}
	response := decoded.Responses["A"]
	if attack.Code != "" {
		mustFail(t, response, failure{status: attack.Status, code: attack.Code})
	} else if err := mustBeGood(response); err != nil {
		t.Errorf("it should be harmless, and failed: %v", err)
	} else if got := cells(response); attack.Gives != "*" && got != attack.Gives {
		t.Errorf("it gave %q, and should give %q", got, attack.Gives)
	}
	field.mustBeUnharmed(t)
}

// mustBeUnharmed: the process lives, both data sources answer as before, no file is new or other, and nobody was called.
func (field *field) mustBeUnharmed(t *testing.T) {
	t.Helper()
	if field.plugin.Exited() || !proc.Alive(field.plugin.PID) {
		t.Fatalf("the process has ended")
	}
	for sql, source := range map[string]host.DataSource{
		`SELECT x, current_setting('TimeZone') AS zone, current_database() AS name FROM t`: field.mine,
		`SELECT count(*)::INTEGER AS x, 'UTC' AS zone, 'mine' AS name FROM theirs`:         field.neighbor,
	} {
		response := askOne(t, field.plugin, source, host.Table(sql))
		if err := mustBeGood(response); err != nil {
			t.Errorf("afterwards, a good query failed: %v", err)
		} else if got := cells(response); got != "1 UTC mine" {
			t.Errorf("afterwards, a good query gave %q", got)
		}
	}
	if after := watched(t, field.folders...); after != field.before {
		t.Errorf("the folders held\n%s\nand hold\n%s", field.before, after)
	}
	if calls := field.calls.Load(); calls != 0 {
		t.Errorf("%d connections came to the listener", calls)
	}
}

// cells are an answer's values as text, with a blank between.
func cells(response backend.DataResponse) string {
	var all []string
	for _, frame := range response.Frames {
		for row := range frame.Rows() {
			for field := range frame.Fields {
				all = append(all, fmt.Sprint(cell(frame, field, row)))
			}
		}
	}
	return strings.Join(all, " ")
}

// listen counts who connects to a port of this machine.
func listen(t *testing.T) (port string, calls *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	calls = &atomic.Int64{}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			connection.Close()
		}
	}()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), calls
}
