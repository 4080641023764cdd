package conformance

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quiver/test/conformance/go-host/internal/host"
)

// named is what most entries of most lists have.
type named struct{ Name, SQL, Type, Kind, Label, Text string }

type page struct {
	Items []named
	Next  *string
}

type tagKeys struct {
	Data  []named
	Error *struct{ Code, Message string }
}

// resource asks for JSON, which must come with this status.
func resource[T any](t testing.TB, plugin *host.Plugin, source host.DataSource, status int, method, address string, body any) T {
	t.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	code, headers, received := callResourceOf(t, plugin, source, method, address, sent)
	if code != status {
		t.Fatalf("%s %s: got status %d, want %d: %s", method, address, code, status, tail(string(received), 500))
	}
	if got := headers["content-type"]; !slices.Equal(got, []string{"application/json"}) {
		t.Errorf("%s %s: the content type is %v", method, address, got)
	}
	var answer T
	if err := json.Unmarshal(received, &answer); err != nil {
		t.Fatalf("%s %s: %v in %s", method, address, err, tail(string(received), 500))
	}
	return answer
}

// resourceFailure is the code of an answer that has no other status than this.
func resourceFailure(t testing.TB, plugin *host.Plugin, source host.DataSource, status int, method, address string, body any) string {
	t.Helper()
	failure := resource[struct{ Code, Message string }](t, plugin, source, status, method, address, body)
	if failure.Message == "" {
		t.Errorf("%s %s: the error says nothing", method, address)
	}
	return failure.Code
}

func namesOf(items []named) []string {
	var names []string
	for _, item := range items {
		names = append(names, item.Name)
	}
	return names
}

const tableCount = 5000

// manyTables makes a database of 5,000 tables.
func manyTables(t testing.TB) host.DataSource {
	t.Helper()
	path := filepath.Join(files, fmt.Sprintf("many-%d.duckdb", time.Now().UnixNano()))
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var statements strings.Builder
	statements.WriteString("BEGIN;")
	for i := range tableCount {
		fmt.Fprintf(&statements, "CREATE TABLE t%04d(time TIMESTAMP, host TEXT, value DOUBLE);", i)
	}
	statements.WriteString("COMMIT")
	if _, err := db.Exec(statements.String()); err != nil {
		t.Fatal(err)
	}
	return dataSource(settings(object{"database": path}))
}

// TestCatalogOfManyTables goes through all pages, and looks into one table.
func TestCatalogOfManyTables(t *testing.T) {
	plugin, source := start(t), manyTables(t)
	var names []string
	for after := ""; ; {
		got := resource[page](t, plugin, source, 200, "GET", "catalog?schema=main&limit=700&after="+url.QueryEscape(after), nil)
		names = append(names, namesOf(got.Items)...)
		if got.Next == nil {
			break
		}
		if len(got.Items) != 700 {
			t.Fatalf("a page before the last has %d tables", len(got.Items))
		}
		after = *got.Next
	}
	if len(names) != tableCount || names[0] != "t0000" || names[tableCount-1] != "t4999" || !slices.IsSorted(names) {
		t.Fatalf("the pages have %d tables, from %s to %s", len(names), names[0], names[len(names)-1])
	}

	columns := resource[page](t, plugin, source, 200, "GET", "catalog?schema=main&table=t4999", nil)
	want := []named{
		{Name: "time", SQL: "time", Type: "TIMESTAMP", Kind: "time"},
		{Name: "host", SQL: "host", Type: "VARCHAR", Kind: "text"},
		{Name: "value", SQL: "value", Type: "DOUBLE", Kind: "number"},
	}
	if !slices.Equal(columns.Items, want) {
		t.Errorf("the columns are %v", columns.Items)
	}

	completions := resource[struct {
		Items      []named
		Incomplete bool
	}](t, plugin, source, 200, "POST", "completions", object{"rawSql": "SELECT * FROM t49", "position": 17})
	if len(completions.Items) == 0 || len(completions.Items) > 1000 || !completions.Incomplete {
		t.Errorf("of %d tables %d completions came, incomplete: %v", tableCount, len(completions.Items), completions.Incomplete)
	}
}

// TestResourcesBesideQueries asks for names while a query that never ends holds the only slot.
func TestResourcesBesideQueries(t *testing.T) {
	plugin, source := start(t, env("GF_PLUGIN_MAX_QUERIES=1")), store()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(endlessSQL)}})
		ended <- err
	}()
	eventually(t, 20*time.Second, "it runs", func() bool { return gauge(t, plugin, "quiver_queries_running") == 1 })

	for _, address := range []string{"catalog", "catalog?schema=main", "functions", "capabilities", "macros"} {
		resource[any](t, plugin, source, 200, "GET", address, nil)
	}
	// What only looks at a statement has slots of its own.
	resource[any](t, plugin, source, 200, "POST", "validate", object{"rawSql": "SELECT 1"})
	keys := resource[tagKeys](t, plugin, source, 200, "GET", "tag-keys", nil)
	if !slices.ContainsFunc(keys.Data, func(key named) bool { return key.Text == "word" }) {
		t.Errorf("the keys are %v", keys)
	}
	// Values are read by a query, which waits for the slot until its time is up.
	hasty := withLimits(settings(object{"database": filepath.Join(files, "store.duckdb")}), object{"timeoutSeconds": 0.3})
	if code := resourceFailure(t, plugin, hasty, 504, "GET", "tag-values?key=word", nil); code != "timeout" {
		t.Errorf("without a slot, the values of a column end with %s", code)
	}
	if running := gauge(t, plugin, "quiver_queries_running"); running != 1 {
		t.Errorf("%v queries run", running)
	}
	select {
	case err := <-ended:
		t.Errorf("the query has ended: %v", err)
	default:
	}
	cancel()
	<-ended
	eventually(t, 20*time.Second, "nothing runs or waits", func() bool {
		return gauge(t, plugin, "quiver_queries_running") == 0 && gauge(t, plugin, "quiver_queries_waiting") == 0
	})
	stillWorks(t, plugin)
}

// TestCatalogTakesTooLong asks for names of a data source that has less time than a file takes to open.
func TestCatalogTakesTooLong(t *testing.T) {
	plugin := start(t)
	hasty := withLimits(settings(object{"database": filepath.Join(files, "store.duckdb")}), object{"timeoutSeconds": 0.001})
	for _, address := range []string{"catalog", "tag-keys", "functions", "tag-values?key=word"} {
		failure := resource[struct{ Code, Hint string }](t, plugin, hasty, 504, "GET", address, nil)
		if failure.Code != "timeout" || !strings.Contains(failure.Hint, "raise the time limit") || strings.Contains(failure.Hint, "time range") {
			t.Errorf("%s: got %+v", address, failure)
		}
	}
	mustFail(t, askOne(t, plugin, hasty, host.Table(endlessSQL)), failure{status: 504, code: "timeout", words: []string{"Narrow the time range"}})
	stillWorks(t, plugin)
}

// TestResourcesOfEachKind asks for each thing once, of a file and of tables by name.
func TestResourcesOfEachKind(t *testing.T) {
	plugin, source := start(t), withTables("visits", "mixed.csv", "gone", "gone.csv")

	t.Run("validate", func(t *testing.T) {
		type answer struct {
			Valid bool
			SQL   string
			Error struct {
				Code     string
				Position *int
			}
		}
		good := resource[answer](t, plugin, source, 200, "POST", "validate", object{"rawSql": "SELECT id, $__interval_ms AS ms FROM visits", "intervalMs": 5000})
		if !good.Valid || good.SQL != "SELECT id, 5000 AS ms FROM visits" {
			t.Errorf("got %+v", good)
		}
		text := "SELECT $__interval_ms, nowhere FROM visits"
		bad := resource[answer](t, plugin, source, 200, "POST", "validate", object{"rawSql": text})
		if bad.Valid || bad.Error.Code != "sql_invalid" || bad.Error.Position == nil || *bad.Error.Position != strings.Index(text, "nowhere") {
			t.Errorf("got %+v", bad)
		}
	})

	t.Run("a table that there is none of", func(t *testing.T) {
		for sql, hint := range map[string]string{"SELECT * FROM visit": "The nearest is visits", "SELECT * FROM pg_enums": "The nearest is gone"} {
			got := resource[struct {
				Error struct{ Message, Hint string }
			}](t, plugin, source, 200, "POST", "validate", object{"rawSql": sql})
			if got.Error.Hint != hint || strings.Contains(got.Error.Message, "Did you mean") {
				t.Errorf("of %s it says %+v", sql, got.Error)
			}
			response := askOne(t, plugin, source, host.Table(sql))
			mustFail(t, response, failure{status: 400, code: "sql_invalid", words: []string{hint}})
			if strings.Contains(response.Error.Error(), "Did you mean") {
				t.Errorf("of %s it says %v", sql, response.Error)
			}
		}
	})

	t.Run("tables", func(t *testing.T) {
		tables := resource[[]struct {
			Name    string
			Files   int
			Columns []named
			Error   *struct{ Code, Hint string }
		}](t, plugin, source, 200, "GET", "tables", nil)
		if len(tables) != 2 || tables[0].Files != 1 || len(tables[0].Columns) == 0 || tables[0].Error != nil {
			t.Fatalf("got %+v", tables)
		}
		if tables[1].Error == nil || tables[1].Error.Code != "file_missing" || tables[1].Error.Hint == "" {
			t.Errorf("of a file that is gone it says %+v", tables[1].Error)
		}
	})

	t.Run("tags", func(t *testing.T) {
		keys := resource[tagKeys](t, plugin, source, 200, "GET", "tag-keys", nil)
		if !slices.ContainsFunc(keys.Data, func(key named) bool { return key.Text == "word" }) {
			t.Errorf("the keys are %v", keys)
		}
		if keys.Error == nil || keys.Error.Code != "file_missing" || !strings.Contains(keys.Error.Message, "gone.csv") {
			t.Errorf("of a table that cannot be read it says %+v", keys.Error)
		}
		want := reference(t, `SELECT DISTINCT word FROM read_csv('`+filepath.Join(files, "mixed.csv")+`') WHERE word IS NOT NULL ORDER BY word LIMIT 1000`)[0].values
		var values []any
		for _, value := range resource[[]named](t, plugin, source, 200, "GET", "tag-values?key=word", nil) {
			values = append(values, value.Text)
		}
		if len(values) == 0 || !slices.Equal(values, want) {
			t.Errorf("got the values %v, want %v", values, want)
		}
	})

	t.Run("capabilities and functions", func(t *testing.T) {
		capabilities := resource[struct{ Engine string }](t, plugin, source, 200, "GET", "capabilities", nil)
		if !strings.HasPrefix(capabilities.Engine, "DuckDB v") {
			t.Errorf("the engine is %q", capabilities.Engine)
		}
		functions := namesOf(resource[[]named](t, plugin, source, 200, "GET", "functions", nil))
		if !slices.Contains(functions, "date_trunc") || slices.Contains(functions, "duckdb_secrets") {
			t.Errorf("the functions are %v", functions)
		}
	})

	t.Run("what is wrong is told", func(t *testing.T) {
		for _, test := range []struct {
			status                int
			method, address, code string
			body                  any
		}{
			{404, "GET", "nothing", "resource_unknown", nil},
			{404, "GET", "validate", "resource_unknown", nil},
			{404, "GET", "catalog?table=nothing", "name_unknown", nil},
			{404, "GET", "catalog?table=" + url.QueryEscape(`x"; DROP TABLE visits; --`), "name_unknown", nil},
			{404, "GET", "catalog?table=" + url.QueryEscape(filepath.Join(files, "mixed.csv")), "name_unknown", nil},
			{404, "GET", "catalog?schema=information_schema", "name_unknown", nil},
			{404, "GET", "catalog?table=gone", "file_missing", nil},
			{404, "GET", "tag-values?key=" + url.QueryEscape(`id" FROM visits --`), "name_unknown", nil},
			{400, "GET", "catalog?limit=-1", "request_invalid", nil},
			{400, "POST", "validate", "request_invalid", nil},
			{400, "POST", "validate", "request_invalid", object{"rawSql": 1}},
			{400, "POST", "completions", "request_invalid", object{"rawSql": "", "position": "0"}},
			{400, "POST", "validate", "request_invalid", object{"rawSql": strings.Repeat(" ", 1<<20)}},
		} {
			if code := resourceFailure(t, plugin, source, test.status, test.method, test.address, test.body); code != test.code {
				t.Errorf("%s %s: got the code %s, want %s", test.method, test.address, code, test.code)
			}
		}
	})
	t.Run("a database that may not be read is no fault of the SQL", func(t *testing.T) {
		outside := dataSource(settings(object{"database": "/etc/hosts"}))
		for address, body := range map[string]any{"validate": object{"rawSql": "SELECT 1"}, "completions": object{"rawSql": "SELECT  FROM t", "position": 7}} {
			if code := resourceFailure(t, plugin, outside, 403, "POST", address, body); code != "file_not_allowed" {
				t.Errorf("%s: got the code %s", address, code)
			}
		}
	})
	stillWorks(t, plugin)
}

// TestResourcesOfNeighbours asks one data source for what another one has.
func TestResourcesOfNeighbours(t *testing.T) {
	plugin, file, other := start(t), store(), withTables("mine", "mixed.csv")
	for _, address := range []string{"catalog?schema=main&table=big", "catalog?schema=deep", "catalog?schema=store", "catalog?schema=store.deep"} {
		resource[page](t, plugin, file, 200, "GET", "catalog", nil)
		if code := resourceFailure(t, plugin, other, 404, "GET", address, nil); code != "name_unknown" {
			t.Errorf("%s: got the code %s", address, code)
		}
	}
	for _, address := range []string{"catalog?schema=main", "tag-keys", "functions"} {
		_, _, body := callResourceOf(t, plugin, other, "GET", address, nil)
		if strings.Contains(string(body), "store") || strings.Contains(string(body), files) || strings.Contains(string(body), `"depth"`) {
			t.Errorf("%s tells of another data source, or of a directory: %s", address, tail(string(body), 500))
		}
	}
}
