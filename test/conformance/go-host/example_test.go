package conformance

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"

	"quiver/test/conformance/go-host/internal/host"
)

// startExample starts examples/datasource as it lies in this checkout, by the Node that the build brings.
func startExample(t *testing.T) *host.Plugin {
	t.Helper()
	checkout, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return start(t, func(options *host.Options) {
		options.Exe = filepath.Join(checkout, "node_modules", ".bin", "node")
		options.Args = []string{filepath.Join(checkout, "examples", "datasource", "plugin.ts")}
	})
}

// wave asks for one; the panel has room for a point every ten seconds.
func wave(model string) host.Query {
	return host.Query{JSON: []byte(model), Interval: 10 * time.Second}
}

func TestTheExampleDataSourceDrawsWaves(t *testing.T) {
	plugin := startExample(t)
	got := frame(t, plugin, dataSource(object{"amplitude": 2}), wave(`{"periodSeconds": 60}`))
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	times, values := []time.Time{}, []float64{}
	for point := first; !point.After(first.Add(time.Hour)); point = point.Add(10 * time.Second) {
		times = append(times, point)
		values = append(values, 2*math.Sin(2*math.Pi*float64(point.UnixMilli())/60_000))
	}
	if rows, _ := got.RowLen(); rows != len(times) {
		t.Fatalf("there are %d points, want %d", rows, len(times))
	}
	for row := range times {
		if at := cell(got, 0, row); !times[row].Equal(at.(time.Time)) {
			t.Fatalf("point %d is at %v, want %v", row, at, times[row])
		}
		// Two libraries' sines may differ in the last bits.
		if value := cell(got, 1, row).(float64); math.Abs(value-values[row]) > 1e-6 {
			t.Fatalf("point %d is %v, want %v", row, value, values[row])
		}
	}
	if got.RefID != "A" || got.Meta.Type != data.FrameTypeTimeSeriesWide {
		t.Errorf("the frame is %q, a %q", got.RefID, got.Meta.Type)
	}
	if got.Fields[0].Name != "time" || got.Fields[1].Name != "value" || got.Fields[1].Labels["period"] != "60 s" {
		t.Errorf("the fields are %v and %v", got.Fields[0], got.Fields[1])
	}
}

func TestTheExampleDataSourceFailsOneQueryAlone(t *testing.T) {
	plugin := startExample(t)
	good, bad := wave(`{"periodSeconds": 60}`), wave(`{"periodSeconds": 0}`)
	good.RefID, bad.RefID = "G", "B"
	answers := ask(t, plugin, host.Request{Source: dataSource(object{}), Queries: []host.Query{bad, good}})
	if err := mustBeGood(answers["G"]); err != nil {
		t.Error(err)
	}
	failed := answers["B"]
	if failed.Status != backend.StatusBadRequest || failed.ErrorSource != backend.ErrorSourceDownstream {
		t.Errorf("the bad query has status %v and source %q", failed.Status, failed.ErrorSource)
	}
	if failed.Error == nil || failed.Error.Error() != "Cannot draw the wave: periodSeconds is 0, expected more than 0" {
		t.Errorf("the bad query says %v", failed.Error)
	}
}

func TestTheExampleDataSourceSaysHowItIs(t *testing.T) {
	plugin := startExample(t)
	health, err := plugin.Health(t.Context(), dataSource(object{"amplitude": 3}))
	if err != nil {
		t.Fatal(err)
	}
	if health.Status != backend.HealthStatusOk || health.Message != "Waves are 3 high" {
		t.Errorf("its health is %v, %q", health.Status, health.Message)
	}
	answer, err := plugin.Diagnostics.CollectMetrics(t.Context(), &pluginv2.CollectMetricsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(answer.Metrics.Prometheus); !strings.Contains(text, "\nprocess_cpu_seconds_total ") {
		t.Errorf("its metrics lack the process's time: %s", tail(text, 2000))
	}
}

func TestTheExampleDataSourceLogsWhatItDidNotForesee(t *testing.T) {
	plugin := startExample(t)
	_, err := plugin.Query(t.Context(), host.Request{Source: dataSource(object{}), Queries: []host.Query{wave(`{`)}})
	if err == nil {
		t.Fatal("a query that is no JSON has an answer")
	}
	if stopped := plugin.Stop(); stopped.ExitCode != 0 {
		t.Errorf("it ended with %s", stopped.State)
	}
	if said := plugin.Stderr.String(); !strings.Contains(said, "Unexpected failure") || !strings.Contains(said, "SyntaxError") {
		t.Errorf("its log does not name the failure: %s", said)
	}
}
