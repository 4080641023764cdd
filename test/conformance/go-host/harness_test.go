package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// patience is how long any one call may take before a test gives up on it.
const patience = 60 * time.Second

// start starts the executable with a temporary folder of its own, and stops it when the test ends.
func start(t testing.TB, change ...func(*host.Options)) *host.Plugin {
	t.Helper()
	options := host.Options{Exe: exe, TempDir: tempDir(t), AllowedDirectories: files}
	for _, apply := range change {
		apply(&options)
	}
	plugin, err := host.Start(options)
	if err != nil {
		t.Fatalf("cannot start the plugin: %v", err)
	}
	t.Cleanup(func() {
		plugin.Stop()
		if t.Failed() {
			t.Logf("the plugin's stderr:\n%s", tail(plugin.Stderr.String(), 4000))
		}
	})
	return plugin
}

func env(variables ...string) func(*host.Options) {
	return func(options *host.Options) { options.Env = append(options.Env, variables...) }
}

// tempDir is a folder with a short name: a Unix socket's path has room for 107 bytes, and t.TempDir() carries the test's whole name.
func tempDir(t testing.TB) string {
	t.Helper()
	directory, err := os.MkdirTemp("", "q")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(directory) })
	return directory
}

func tail(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return "…" + text[len(text)-length:]
}

var lastID atomic.Int64

// dataSource is a new data source with these settings.
func dataSource(jsonData any) host.DataSource {
	text, err := json.Marshal(jsonData)
	if err != nil {
		panic(err)
	}
	id := lastID.Add(1)
	return host.DataSource{
		ID:       id,
		UID:      fmt.Sprintf("source-%d", id),
		Updated:  time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		JSONData: text,
	}
}

type object = map[string]any

// settings are a data source's jsonData; `more` adds to its duckdb part.
func settings(more object) object {
	return object{"engine": "duckdb", "duckdb": more, "limits": object{}}
}

// inMemory needs no file.
func inMemory() host.DataSource { return dataSource(settings(object{})) }

// withTables reads files by name: pairs of a table's name and a file's name.
func withTables(pairs ...string) host.DataSource {
	return dataSource(settings(object{"tables": tables(pairs...)}))
}

func tables(pairs ...string) []object {
	var list []object
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, object{"name": pairs[i], "path": filepath.Join(files, pairs[i+1])})
	}
	return list
}

// store reads the DuckDB file.
func store() host.DataSource {
	return dataSource(settings(object{"database": filepath.Join(files, "store.duckdb")}))
}

func withLimits(source object, limits object) host.DataSource {
	source["limits"] = limits
	return dataSource(source)
}

// ask runs the queries and returns the answers by refId; the call itself must succeed.
func ask(t testing.TB, plugin *host.Plugin, request host.Request) backend.Responses {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	answer, err := plugin.Query(ctx, request)
	if err != nil {
		t.Fatalf("QueryData failed as a whole: %v", err)
	}
	if len(answer.Responses) != len(request.Queries) {
		t.Fatalf("got %d responses for %d queries", len(answer.Responses), len(request.Queries))
	}
	return answer.Responses
}

// askOne runs one query, whatever comes of it.
func askOne(t testing.TB, plugin *host.Plugin, source host.DataSource, query host.Query) backend.DataResponse {
	t.Helper()
	query.RefID = "A"
	response, ok := ask(t, plugin, host.Request{Source: source, Queries: []host.Query{query}})["A"]
	if !ok {
		t.Fatal("there is no response for refId A")
	}
	return response
}

// frames runs one query that must succeed.
func frames(t testing.TB, plugin *host.Plugin, source host.DataSource, query host.Query) data.Frames {
	t.Helper()
	response := askOne(t, plugin, source, query)
	if err := mustBeGood(response); err != nil {
		t.Fatalf("%s: %v", query.SQL, err)
	}
	return response.Frames
}

// frame runs one query that must succeed with one frame.
func frame(t testing.TB, plugin *host.Plugin, source host.DataSource, query host.Query) *data.Frame {
	t.Helper()
	all := frames(t, plugin, source, query)
	if len(all) != 1 {
		t.Fatalf("%s: got %d frames, want one", query.SQL, len(all))
	}
	return all[0]
}

func mustBeGood(response backend.DataResponse) error {
	if response.Error != nil {
		return response.Error
	}
	if response.Status != backend.StatusOK {
		return errors.New("a good response must have status 200, got " + response.Status.String())
	}
	return nil
}

// cell is one value, nil where it is null.
func cell(frame *data.Frame, field, row int) any {
	value, ok := frame.Fields[field].ConcreteAt(row)
	if !ok {
		return nil
	}
	return value
}

// stillWorks shows that whatever came before has disturbed nothing.
func stillWorks(t testing.TB, plugin *host.Plugin) {
	t.Helper()
	answer := frame(t, plugin, inMemory(), host.Table(`SELECT 6 * 7 AS answer`))
	if got := cell(answer, 0, 0); got != int32(42) {
		t.Fatalf("6 * 7 is %v afterwards", got)
	}
}

func eventually(t testing.TB, within time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v: %s", within, what)
		}
		// Looking at /proc or a folder has no event to wait for.
		time.Sleep(20 * time.Millisecond)
	}
}
