package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"quiver/test/conformance/go-host/internal/host"
)

// A sort that 30 MB do not hold.
const hungrySort = `SELECT sum(r)::DOUBLE AS n FROM (SELECT row_number() OVER (ORDER BY hash(i)) AS r FROM range(2000000) t(i))`

func TestInitSQL(t *testing.T) {
	plugin := start(t, env("GF_PLUGIN_MAX_MEMORY=30MB", "GF_PLUGIN_MAX_SECONDS=5"))
	with := func(initSQL string) host.DataSource {
		return dataSource(settings(object{"initSql": initSQL, "directories": []string{files}, "memoryLimit": "8GiB"}))
	}

	t.Run("makes what queries find, before and after a health check", func(t *testing.T) {
		source := with(`CREATE MACRO twice(x) AS x * 2; CREATE TABLE t AS SELECT twice(21)::BIGINT AS n;
			CREATE VIEW v AS FROM read_parquet('` + filepath.Join(files, "mixed.parquet") + `')`)
		for range 2 {
			if n := cell(frame(t, plugin, source, host.Table(`SELECT twice(n) AS n FROM t`)), 0, 0); n != int64(84) {
				t.Errorf("got %v", n)
			}
			if got := frame(t, plugin, source, host.Table(`FROM v`)); got.Rows() == 0 {
				t.Error("the view is empty")
			}
			result := health(t, plugin, source)
			if result.Status != backend.HealthStatusOk {
				t.Fatalf("health is %v: %s", result.Status, result.Message)
			}
			mustMention(t, result.Message, "t, v")
		}
	})

	written := filepath.Join(tempDir(t), "written.csv")
	for name, statement := range map[string]string{
		"writing":        `COPY (SELECT 1) TO '` + written + `'`,
		"other files":    `CREATE TABLE t AS FROM read_text('/etc/passwd')`,
		"stdout":         `CALL enable_logging(storage = 'stdout')`,
		"more memory":    `SET GLOBAL memory_limit = '8GiB'`,
		"the lock":       `SET lock_configuration = true`,
		"a secret":       `CREATE SECRET (TYPE http, BEARER_TOKEN 'x')`,
		"DuckDB's tools": `CREATE MACRO json_serialize_sql(x) AS '{"error":false,"statements":[{}]}'`,
	} {
		t.Run("is refused "+name, func(t *testing.T) {
			source := with("CREATE VIEW fine AS SELECT 1;\n" + statement)
			want := failure{status: 400, code: "settings_invalid", words: []string{"statement 2 of the init SQL"}}
			mustFail(t, askOne(t, plugin, source, host.Table(`SELECT 1`)), want)
			if result := health(t, plugin, source); result.Status != backend.HealthStatusError {
				t.Errorf("health is %v: %s", result.Status, result.Message)
			}
			if _, err := os.Stat(written); err == nil {
				t.Error("a file was written")
			}
		})
	}

	t.Run("leaves the admin's ceiling on memory where it is", func(t *testing.T) {
		mustFail(t, askOne(t, plugin, with(`CREATE VIEW v AS SELECT 1`), host.Table(hungrySort)), failure{status: 400, code: "memory_exceeded", words: []string{"memory"}})
	})

	t.Run("that takes for ever is stopped, and its neighbours answer", func(t *testing.T) {
		source := with(`CREATE TABLE t AS ` + endlessSQL)
		response := askOne(t, plugin, source, host.Table(`SELECT 1`))
		if response.Error == nil {
			t.Fatal("it was answered")
		}
		stillWorks(t, plugin)
	})
}

func TestExplain(t *testing.T) {
	plugin := start(t)
	source := withTables("readings", "mixed.parquet")
	for _, head := range []string{"EXPLAIN", "EXPLAIN ANALYZE", "EXPLAIN (ANALYZE, FORMAT json)"} {
		got := frame(t, plugin, source, host.Table(head+` SELECT * FROM readings`))
		plan, _ := cell(got, 1, 0).(string)
		mustMention(t, plan, "READ_PARQUET")
		if strings.Contains(plan, files) || strings.Contains(plan, "mixed.parquet") {
			t.Errorf("%s tells a path: %s", head, plan)
		}
	}
	mustFail(t, askOne(t, plugin, source, host.Query{SQL: `EXPLAIN SELECT 1`, Format: "time_series"}), failure{status: 400, code: "no_time_column", words: []string{"table"}})
}

func TestTemporarySpace(t *testing.T) {
	// Beside the files that data sources may read, since it must not lie below them.
	directory := tempDir(t)
	with := env("GF_PLUGIN_TEMPORARY_DIRECTORY=" + directory)
	source := dataSource(settings(object{"memoryLimit": "30MB"}))
	folders := func() int {
		entries, err := os.ReadDir(directory)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}

	t.Run("is none unless the admin gives it", func(t *testing.T) {
		want := failure{status: 400, code: "memory_exceeded", words: []string{"temporary_directory"}}
		mustFail(t, askOne(t, start(t), source, host.Table(hungrySort)), want)
	})

	t.Run("lets a query through, and is removed at exit", func(t *testing.T) {
		plugin := start(t, with)
		if n := cell(frame(t, plugin, source, host.Table(hungrySort)), 0, 0); n != 2_000_001_000_000.0 {
			t.Errorf("got %v", n)
		}
		if folders() != 1 {
			t.Errorf("there are %d folders while it runs", folders())
		}
		plugin.Stop()
		if folders() != 0 {
			t.Errorf("it left %d folders", folders())
		}
	})

	t.Run("has the admin's ceiling", func(t *testing.T) {
		plugin := start(t, with, env("GF_PLUGIN_MAX_TEMPORARY=1MB"))
		want := failure{status: 400, code: "memory_exceeded", words: []string{"max_temporary"}}
		mustFail(t, askOne(t, plugin, source, host.Table(hungrySort)), want)
	})

	t.Run("must not lie where data sources read", func(t *testing.T) {
		plugin, err := host.Start(host.Options{Exe: exe, TempDir: tempDir(t), AllowedDirectories: files, Env: []string{"GF_PLUGIN_TEMPORARY_DIRECTORY=" + files}})
		if err == nil {
			plugin.Stop()
			t.Fatal("it started")
		}
		mustMention(t, err.Error(), "Cannot use the directory for temporary files", "data sources may read")
	})
}
