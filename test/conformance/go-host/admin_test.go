package conformance

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// TestTheAdminCapsWhatSettingsAsk gives each ceiling to the executable, and asks for more than it.
func TestTheAdminCapsWhatSettingsAsk(t *testing.T) {
	t.Run("rows", func(t *testing.T) {
		plugin := start(t, env("GF_PLUGIN_MAX_ROWS=5"))
		for name, source := range map[string]host.DataSource{
			"more":    withLimits(settings(object{}), object{"rows": 100}),
			"nothing": inMemory(),
		} {
			got := frame(t, plugin, source, host.Table(`SELECT i FROM range(50) r(i)`))
			if got.Rows() != 5 {
				t.Errorf("got %d rows where settings ask for %s, want 5", got.Rows(), name)
			}
			mustWarn(t, got, "5")
		}
	})

	t.Run("bytes", func(t *testing.T) {
		plugin := start(t, env("GF_PLUGIN_MAX_BYTES=8000"))
		got := frame(t, plugin, withLimits(settings(object{}), object{"bytes": 1_000_000}), host.Table(`SELECT i FROM range(5000) r(i)`))
		// Eight bytes for each number, and at most a bit for whether it is null.
		if got.Rows() > 1000 || got.Rows() < 980 {
			t.Errorf("got %d rows, want what fits into 8000 bytes", got.Rows())
		}
		mustWarn(t, got, "8000")
	})

	t.Run("seconds", func(t *testing.T) {
		plugin := start(t, env("GF_PLUGIN_MAX_SECONDS=1"))
		response := askOne(t, plugin, withLimits(settings(object{}), object{"timeoutSeconds": 30}), host.Table(endlessSQL))
		mustFail(t, response, failure{status: 504, code: "timeout", words: []string{"1 s"}})
	})

	t.Run("memory", func(t *testing.T) {
		plugin := start(t, env("GF_PLUGIN_MAX_MEMORY=32MiB"))
		source := dataSource(settings(object{"memoryLimit": "4GiB"}))
		hungry := host.Table(`SELECT count(*) AS n FROM (SELECT DISTINCT i || repeat('x', 200) FROM range(1000000) r(i))`)
		mustFail(t, askOne(t, plugin, source, hungry), failure{status: 400, code: "memory_exceeded", words: []string{"memory"}})
		stillWorks(t, plugin)
	})

	t.Run("queries at once, of all data sources together", func(t *testing.T) {
		plugin := start(t, env("GF_PLUGIN_MAX_QUERIES=1"))
		stop := startEndless(t, plugin, 3)
		eventually(t, 20*time.Second, "one of three runs and two wait", func() bool {
			return gauge(t, plugin, "quiver_queries_running") == 1 && gauge(t, plugin, "quiver_queries_waiting") == 2
		})
		stop()
		stillWorks(t, plugin)
	})

	t.Run("threads", func(t *testing.T) {
		for ceiling, want := range map[int]int{3: 2, 8: 7, 16: 7} {
			plugin := start(t, env(fmt.Sprintf("GF_PLUGIN_MAX_THREADS=%d", ceiling)))
			if got := threadsOfAnEngine(t, plugin, 8); got != want {
				t.Errorf("an engine that asks for 8 threads and may have %d started %d, want %d beside the caller's", ceiling, got, want)
			}
		}
	})
}

// TestWithoutCeilings shows that what TestTheAdminCapsWhatSettingsAsk sees is the admin's doing.
func TestWithoutCeilings(t *testing.T) {
	plugin := start(t)

	t.Run("queries of several data sources run beside one another", func(t *testing.T) {
		stop := startEndless(t, plugin, 3)
		eventually(t, 20*time.Second, "all three run", func() bool { return gauge(t, plugin, "quiver_queries_running") == 3 })
		stop()
		eventually(t, 5*time.Second, "none runs", func() bool { return gauge(t, plugin, "quiver_queries_running") == 0 })
	})

	t.Run("a query that needs much memory for a moment is answered", func(t *testing.T) {
		source := dataSource(settings(object{"memoryLimit": "4GiB"}))
		got := frame(t, plugin, source, host.Table(`SELECT count(*) AS n FROM (SELECT DISTINCT i || repeat('x', 200) FROM range(1000000) r(i))`))
		if n := cell(got, 0, 0); n != int64(1_000_000) {
			t.Errorf("it counted %v", n)
		}
	})
}

func TestDoesNotStartWithACeilingThatCannotBeRead(t *testing.T) {
	for variable, value := range map[string]string{
		"GF_PLUGIN_MAX_ROWS":            "many",
		"GF_PLUGIN_MAX_BYTES":           "1 furlong",
		"GF_PLUGIN_MAX_SECONDS":         "0.5",
		"GF_PLUGIN_MAX_QUERIES":         "0",
		"GF_PLUGIN_MAX_MEMORY":          "-1GiB",
		"GF_PLUGIN_MAX_THREADS":         "1e99",
		"GF_PLUGIN_ALLOWED_DIRECTORIES": "metrics",
		"GF_PLUGIN_TEMPORARY_DIRECTORY": "spill",
		"GF_PLUGIN_MAX_TEMPORARY":       "1 furlong",
	} {
		t.Run(variable+"="+value, func(t *testing.T) {
			directory := tempDir(t)
			plugin, err := host.Start(host.Options{Exe: exe, TempDir: directory, Env: []string{variable + "=" + value}})
			if err == nil {
				plugin.Stop()
				t.Fatal("it started")
			}
			_, stderr, _ := strings.Cut(err.Error(), "stderr:\n")
			mustMention(t, stderr, "Cannot use "+variable, value)
			mustBeEmpty(t, directory)
		})
	}
}

// startEndless asks several data sources for what takes hours; the function that it returns gives up on all of them and waits for that.
func startEndless(t *testing.T, plugin *host.Plugin, sources int) func() {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, sources)
	for range sources {
		request := host.Request{Source: inMemory(), Queries: []host.Query{host.Table(endlessSQL)}}
		go func() {
			_, err := plugin.Query(ctx, request)
			ended <- err
		}()
	}
	return func() {
		t.Helper()
		cancel()
		for range sources {
			if err := <-ended; err == nil {
				t.Error("a query without an end was answered")
			}
		}
	}
}

// gauge is a metric's only value, as CollectMetrics gives it.
func gauge(t *testing.T, plugin *host.Plugin, name string) float64 {
	t.Helper()
	answer, err := plugin.Diagnostics.CollectMetrics(t.Context(), &pluginv2.CollectMetricsRequest{PluginContext: &pluginv2.PluginContext{PluginId: host.PluginID}})
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(string(answer.Metrics.Prometheus)))
	if err != nil {
		t.Fatal(err)
	}
	family := families[name]
	if family == nil || len(family.Metric) != 1 {
		t.Fatalf("%s is not one metric: %v", name, family)
	}
	return family.Metric[0].GetGauge().GetValue()
}

// threadsOfAnEngine is how many threads a data source with this setting adds to the process. DuckDB starts its own when it opens, one fewer
// than it is allowed, since a query's own thread works too; a query cannot ask for the number, settings being closed to SQL.
func threadsOfAnEngine(t *testing.T, plugin *host.Plugin, asked int) int {
	t.Helper()
	// The process's other threads come with the first query.
	stillWorks(t, plugin)
	before := threads(t, plugin)
	got := frame(t, plugin, dataSource(settings(object{"threads": asked})), host.Table(fmt.Sprintf(`SELECT %d AS asked`, asked)))
	if cell(got, 0, 0) != int32(asked) {
		t.Fatalf("the engine does not work: %v", cell(got, 0, 0))
	}
	return threads(t, plugin) - before
}

func threads(t *testing.T, plugin *host.Plugin) int {
	t.Helper()
	count, err := proc.Threads(plugin.PID)
	if err != nil {
		t.Fatal(err)
	}
	return count
}
