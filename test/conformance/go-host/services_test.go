package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

func TestServicesThatAreNotServedYet(t *testing.T) {
	plugin, source := start(t), inMemory()
	context := source.Context()
	for name, call := range map[string]func() error{
		"QueryChunkedData": func() error {
			stream, err := plugin.Data.QueryChunkedData(t.Context(), &pluginv2.QueryChunkedDataRequest{PluginContext: context})
			return firstError(err, func() error { _, err := stream.Recv(); return err })
		},
		"SubscribeStream": func() error {
			_, err := plugin.Stream.SubscribeStream(t.Context(), &pluginv2.SubscribeStreamRequest{PluginContext: context, Path: "x"})
			return err
		},
		"RunStream": func() error {
			stream, err := plugin.Stream.RunStream(t.Context(), &pluginv2.RunStreamRequest{PluginContext: context, Path: "x"})
			return firstError(err, func() error { _, err := stream.Recv(); return err })
		},
		"PublishStream": func() error {
			_, err := plugin.Stream.PublishStream(t.Context(), &pluginv2.PublishStreamRequest{PluginContext: context, Path: "x"})
			return err
		},
		"ValidateAdmission": func() error {
			_, err := plugin.Admission.ValidateAdmission(t.Context(), &pluginv2.AdmissionRequest{PluginContext: context})
			return err
		},
		"MutateAdmission": func() error {
			_, err := plugin.Admission.MutateAdmission(t.Context(), &pluginv2.AdmissionRequest{PluginContext: context})
			return err
		},
		"ConvertObjects": func() error {
			_, err := plugin.Conversion.ConvertObjects(t.Context(), &pluginv2.ConversionRequest{PluginContext: context})
			return err
		},
		"a method that no service has": func() error {
			return plugin.Conn.Invoke(t.Context(), "/pluginv2.Data/Nothing", &pluginv2.CheckHealthRequest{}, &pluginv2.CheckHealthResponse{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := call(); status.Code(err) != codes.Unimplemented {
				t.Errorf("got %v", err)
			}
			stillWorks(t, plugin)
		})
	}
}

func firstError(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

func TestMetrics(t *testing.T) {
	plugin := start(t)
	stillWorks(t, plugin)
	askOne(t, plugin, inMemory(), host.Table(`SELEKT`))
	families := collectMetrics(t, plugin)
	if len(families) < 5 {
		t.Errorf("there are only %d families", len(families))
	}
	ours := 0
	for name := range families {
		if strings.Contains(strings.ToLower(name), "request") || strings.Contains(strings.ToLower(name), "quer") {
			ours++
		}
	}
	if ours == 0 {
		t.Errorf("none counts requests or queries: %v", families)
	}
}

// metric is what a gauge or counter without labels says now, or with labels the sum over them.
func metric(t testing.TB, plugin *host.Plugin, name string) float64 {
	t.Helper()
	family, ok := collectMetrics(t, plugin)[name]
	if !ok {
		t.Fatalf("there is no metric %s", name)
	}
	sum := 0.0
	for _, one := range family.Metric {
		sum += one.GetGauge().GetValue() + one.GetCounter().GetValue()
	}
	return sum
}

func collectMetrics(t testing.TB, plugin *host.Plugin) map[string]*dto.MetricFamily {
	t.Helper()
	answer, err := plugin.Diagnostics.CollectMetrics(t.Context(), &pluginv2.CollectMetricsRequest{PluginContext: &pluginv2.PluginContext{PluginId: host.PluginID}})
	if err != nil {
		t.Fatal(err)
	}
	text := string(answer.Metrics.Prometheus)
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatalf("Prometheus' own reader: %v\n%s", err, tail(text, 2000))
	}
	return families
}

func TestResources(t *testing.T) {
	plugin := start(t)
	code, headers, body := callResource(t, plugin, "GET", "macros", nil)
	if code != 200 {
		t.Fatalf("GET macros answered %d %s", code, body)
	}
	if kind := strings.Join(headers["content-type"], "") + strings.Join(headers["Content-Type"], ""); !strings.HasPrefix(kind, "application/json") {
		t.Errorf("the content type is %q", kind)
	}
	var macros []struct{ Name, Help string }
	if err := json.Unmarshal(body, &macros); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	for _, wanted := range []string{"timeFilter", "timeGroup", "interval", "unixEpochNanoFilter"} {
		found := false
		for _, macro := range macros {
			found = found || (strings.TrimPrefix(macro.Name, "$__") == wanted && macro.Help != "")
		}
		if !found {
			t.Errorf("%s is missing, or has no help", wanted)
		}
	}
}

// callResource asks a data source without files.
func callResource(t testing.TB, plugin *host.Plugin, method, path string, body []byte) (int, map[string][]string, []byte) {
	t.Helper()
	return callResourceOf(t, plugin, inMemory(), method, path, body)
}

// callResourceOf joins the parts of the answer as Grafana does. The address may have a query, which the path has not.
func callResourceOf(t testing.TB, plugin *host.Plugin, source host.DataSource, method, address string, body []byte) (int, map[string][]string, []byte) {
	t.Helper()
	path, _, _ := strings.Cut(address, "?")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	stream, err := plugin.Resource.CallResource(ctx, &pluginv2.CallResourceRequest{
		PluginContext: source.Context(), Method: method, Path: path, Url: address, Body: body,
	})
	if err != nil {
		t.Fatal(err)
	}
	code, headers, whole := 0, map[string][]string{}, []byte(nil)
	for first := true; ; first = false {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return code, headers, whole
		}
		if err != nil {
			t.Fatalf("%s %q failed as a call: %v", method, address, err)
		}
		if first {
			converted := backend.FromProto().CallResourceResponse(part)
			code, headers = converted.Status, converted.Headers
		}
		whole = append(whole, part.Body...)
	}
}

// TestNothingLeaks compares the process after a warm-up with itself much later.
func TestNothingLeaks(t *testing.T) {
	plugin, file, table := start(t), store(), withTables("t", "part-*.parquet")
	work := func(times int) {
		for i := range times {
			frame(t, plugin, file, host.Table(`SELECT id, value, trace FROM big WHERE id < 10000`))
			frame(t, plugin, table, host.Series(`SELECT time, host, value FROM t`))
			askOne(t, plugin, file, host.Table(`SELECT nothing FROM nowhere`))
			if i%2 == 0 {
				health(t, plugin, file)
			}
		}
	}
	work(40)
	files, memory := usage(t, plugin)
	work(100)
	filesLater, memoryLater := usage(t, plugin)
	t.Logf("%d open files and %d MiB, later %d and %d MiB", files, memory>>20, filesLater, memoryLater>>20)
	if filesLater > files+8 {
		t.Errorf("open files went from %d to %d", files, filesLater)
	}
	if memoryLater > memory+150<<20 {
		t.Errorf("memory went from %d MiB to %d MiB", memory>>20, memoryLater>>20)
	}
}

func usage(t *testing.T, plugin *host.Plugin) (int, int64) {
	t.Helper()
	// The collector has a moment to do its work before the memory counts.
	time.Sleep(300 * time.Millisecond)
	files, err := proc.OpenFiles(plugin.PID)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := proc.MemoryOf(plugin.PID)
	if err != nil {
		t.Fatal(err)
	}
	return files, memory.Resident
}

// rawCodec sends and receives bytes as they are, whatever message they should have been.
type rawCodec struct{}

func (rawCodec) Marshal(value any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(value.([]byte))}, nil
}

func (rawCodec) Unmarshal(data mem.BufferSlice, value any) error {
	*value.(*[]byte) = data.Materialize()
	return nil
}

func (rawCodec) Name() string { return "proto" }
