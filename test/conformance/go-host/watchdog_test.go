package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// stuckSQL is one call of a scalar function that takes minutes, and that no interrupt reaches.
const stuckSQL = `SELECT levenshtein(repeat('ab', 60000), repeat('ba', 60000)) AS distance`

// statementHash is how logs and health name a statement.
func statementHash(sql string) string {
	sum := sha256.Sum256([]byte(sql))
	return hex.EncodeToString(sum[:])[:12]
}

func TestMemoryPastItsCeilingEndsTheQuery(t *testing.T) {
	const sql = `SELECT count(*) AS n FROM (SELECT DISTINCT i FROM range(200000000) r(i))`
	plugin := start(t, env("GF_PLUGIN_MAX_PROCESS_MEMORY=300MiB"))
	response := askOne(t, plugin, dataSource(settings(object{"memoryLimit": "8GiB"})), host.Table(sql))
	mustFail(t, response, failure{status: 400, code: "memory_exceeded", words: []string{"ceiling", "300 MiB"}})
	mustLog(t, plugin, "A query is stopped: memory is past its ceiling", statementHash(sql))
	stillWorks(t, plugin)
	if stopped := metric(t, plugin, "quiver_queries_stopped_total"); stopped != 1 {
		t.Errorf("%v queries were stopped", stopped)
	}
}

func TestMemoryThatNothingFreesEndsTheProcess(t *testing.T) {
	const sql = `SELECT len(range(200000000)) AS n`
	plugin := start(t, env("GF_PLUGIN_MAX_PROCESS_MEMORY=300MiB"))
	response := askOne(t, plugin, inMemory(), host.Table(sql))
	mustFail(t, response, failure{status: 400, code: "memory_exceeded", words: []string{"ceiling", "300 MiB"}})
	eventually(t, 10*time.Second, "the process ends", func() bool { return !proc.Alive(plugin.PID) })
	mustLog(t, plugin, "Memory stays past its ceiling: the process ends", statementHash(sql))
}

// mustLog waits for the words in the plugin's log: stderr has a pipe of its own, beside which an answer may arrive first.
func mustLog(t *testing.T, plugin *host.Plugin, words ...string) {
	t.Helper()
	for _, word := range words {
		eventually(t, 10*time.Second, "the log says "+word, func() bool { return strings.Contains(plugin.Stderr.String(), word) })
	}
}

// TestStatementsThatNothingStops takes the only slots of two data sources, one after the other.
func TestStatementsThatNothingStops(t *testing.T) {
	plugin := start(t, env("GF_PLUGIN_MAX_QUERIES=2"))
	sources := [2]host.DataSource{}
	for i := range sources {
		sources[i] = withLimits(settings(object{}), object{"timeoutSeconds": 1})
	}
	first, second := sources[0], sources[1]

	mustFail(t, askOne(t, plugin, first, host.Table(stuckSQL)), failure{status: 504, code: "timeout", words: []string{"1 s"}})
	if result := health(t, plugin, first); result.Status != backend.HealthStatusOk {
		t.Errorf("health is %v at once: %s", result.Status, result.Message)
	}
	eventually(t, 30*time.Second, "the statement counts as stuck", func() bool { return metric(t, plugin, "quiver_queries_stuck") == 1 })
	ofSource := health(t, plugin, first)
	if ofSource.Status != backend.HealthStatusError {
		t.Errorf("the data source is %v", ofSource.Status)
	}
	mustMention(t, ofSource.Message, "nothing can stop", statementHash(stuckSQL))
	ofPlugin, err := plugin.Diagnostics.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{PluginContext: &pluginv2.PluginContext{PluginId: host.PluginID}})
	if err != nil {
		t.Fatal(err)
	}
	if ofPlugin.Status != pluginv2.CheckHealthResponse_ERROR {
		t.Errorf("the plugin is %v", ofPlugin.Status)
	}
	mustMention(t, ofPlugin.Message, "nothing can stop", statementHash(stuckSQL))
	mustFail(t, askOne(t, plugin, first, host.Table(`SELECT 1 AS one`)), failure{
		status: 503, code: "engine_stuck", source: backend.ErrorSourcePlugin, words: []string{"nothing can stop"},
	})

	// The neighbour is well.
	if result := health(t, plugin, second); result.Status != backend.HealthStatusOk {
		t.Errorf("a neighbour's health is %v: %s", result.Status, result.Message)
	}
	frame(t, plugin, second, host.Table(`SELECT 1 AS one`))

	// Until it does the same, and nobody has a slot.
	mustFail(t, askOne(t, plugin, second, host.Table(stuckSQL)), failure{status: 504, code: "timeout", words: []string{"1 s"}})
	eventually(t, 30*time.Second, "the process ends", func() bool { return !proc.Alive(plugin.PID) })
	mustLog(t, plugin, "A statement was told to end, and nothing stops it", "Statements that nothing stops hold every slot")
	if strings.Contains(plugin.Stderr.String(), "levenshtein") {
		t.Error("the log shows the SQL")
	}
}

func TestSlowQueriesAreLogged(t *testing.T) {
	plugin := start(t)
	source := withLimits(settings(object{}), object{"timeoutSeconds": 6})
	mustFail(t, askOne(t, plugin, source, host.Table(endlessSQL)), failure{status: 504, code: "timeout"})
	mustLog(t, plugin, "A query takes long", statementHash(endlessSQL), source.UID, "A slow query has ended")
	if strings.Contains(plugin.Stderr.String(), "range(") {
		t.Error("the log shows the SQL")
	}
}
