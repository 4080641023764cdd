package conformance

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// TestFilesOfEachKind reads real files by a table's name, and compares with DuckDB reading the same files elsewhere.
func TestFilesOfEachKind(t *testing.T) {
	plugin := start(t)
	at := func(name string) string { return "'" + filepath.Join(files, name) + "'" }
	for _, test := range []struct{ name, file, from, orderBy string }{
		{"Parquet", "mixed.parquet", "read_parquet(" + at("mixed.parquet") + ")", "id"},
		{"CSV", "mixed.csv", "read_csv(" + at("mixed.csv") + ")", "id"},
		{"JSON by lines", "mixed.json", "read_json(" + at("mixed.json") + ")", "id"},
		{"JSON as an array", "mixed-array.json", "read_json(" + at("mixed-array.json") + ")", "id"},
		{"CSV through a link that stays inside", "staying.csv", "read_csv(" + at("mixed.csv") + ")", "id"},
		{"Parquet by a glob", "part-*.parquet", "read_parquet(" + at("part-*.parquet") + ")", "id"},
		{"CSV by a glob", "part-*.csv", "read_csv(" + at("part-*.csv") + ")", "id"},
		{"a million rows of Parquet", "big.parquet", "read_parquet(" + at("big.parquet") + ")", ""},
		{"a million rows of CSV", "big.csv", "read_csv(" + at("big.csv") + ")", ""},
		{"200,000 rows of JSON", "big.json", "read_json(" + at("big.json") + ")", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			query := `SELECT * FROM %s`
			if test.orderBy != "" {
				query += " ORDER BY " + test.orderBy
			}
			got := frame(t, plugin, withTables("t", test.file), host.Table(fmt.Sprintf(query, "t")))
			mustEqual(t, got, reference(t, fmt.Sprintf(query, test.from)))
			for _, notice := range got.Meta.Notices {
				if notice.Severity != data.NoticeSeverityInfo {
					t.Errorf("a whole result has the notice %q", notice.Text)
				}
			}
		})
	}

	t.Run("the format in the settings wins over the file's ending", func(t *testing.T) {
		list := tables("t", "secret.json")
		list[0]["path"], list[0]["format"] = filepath.Join(files, "two.csv"), "csv"
		got := frame(t, plugin, dataSource(settings(object{"tables": list})), host.Table(`SELECT id FROM t`))
		mustEqual(t, got, reference(t, "SELECT id FROM read_csv("+at("two.csv")+")"))
	})

	t.Run("several files in one query", func(t *testing.T) {
		got := frame(t, plugin, withTables("a", "mixed.parquet", "b", "mixed.csv"),
			host.Table(`SELECT a.id, b.word FROM a JOIN b USING (id) WHERE a.value > 0 ORDER BY ALL`))
		mustEqual(t, got, reference(t, "SELECT a.id, b.word FROM "+at("mixed.parquet")+" a JOIN "+at("mixed.csv")+" b USING (id) WHERE a.value > 0 ORDER BY ALL"))
	})

	t.Run("a path in SQL below the data source's directories", func(t *testing.T) {
		source := dataSource(settings(object{"directories": []string{files}}))
		for _, from := range []string{"read_parquet(" + at("part-*.parquet") + ")", at("part-1.parquet"), "read_csv(" + at("part-1.csv") + ")"} {
			query := "SELECT * FROM " + from + " ORDER BY id"
			mustEqual(t, frame(t, plugin, source, host.Table(query)), reference(t, query))
		}
	})
}

// TestDatabaseFile reads a DuckDB file that is also open elsewhere, for reading.
func TestDatabaseFile(t *testing.T) {
	plugin, source := start(t), store()
	for name, query := range map[string]string{
		"a table":                    `SELECT * FROM %smixed ORDER BY id`,
		"a million rows":             `SELECT * FROM %sbig`,
		"an aggregate":               `SELECT host, count(*) AS n, sum(id) AS total, min(value) AS least, max(time) AS newest FROM %sbig GROUP BY host ORDER BY host`,
		"a join":                     `SELECT m.id, b.trace FROM %[1]smixed m JOIN %[1]sbig b ON b.id = m.id WHERE m.flag ORDER BY m.id`,
		"a common table expression":  `WITH recent AS (SELECT * FROM %sbig ORDER BY id DESC LIMIT 500) SELECT avg(value) AS mean FROM recent`,
		"a window":                   `SELECT id, sum(value) OVER (ORDER BY id ROWS 10 PRECEDING) AS moving FROM %sbig WHERE id < 3000 ORDER BY id`,
		"a sorted limit":             `SELECT id, value FROM %sbig ORDER BY value DESC, id LIMIT 50`,
		"an unfiltered limit":        `SELECT id, trace FROM %sbig LIMIT 100000`,
		"a table in another schema":  `SELECT depth FROM %sdeep.sea`,
		"one row":                    `SELECT count(*) AS n FROM %sbig`,
		"no row":                     `SELECT * FROM %sbig WHERE id < 0`,
		"2,048 rows, a whole vector": `SELECT * FROM %sbig WHERE id < 2048 ORDER BY id`,
		"65,536 rows, a whole batch": `SELECT * FROM %sbig WHERE id < 65536 ORDER BY id`,
		"65,537 rows, one more":      `SELECT * FROM %sbig WHERE id < 65537 ORDER BY id`,
		"variants":                   `SELECT x FROM %svariants ORDER BY id`,
		"FROM first":                 `FROM %sbig SELECT id WHERE id BETWEEN 5 AND 9 ORDER BY id`,
		"VALUES":                     `SELECT * FROM (VALUES (1, 'a'), (2, NULL)) v(n, s) WHERE n > (SELECT count(*) FROM %sbig) OR true ORDER BY n`,
	} {
		t.Run(name, func(t *testing.T) {
			mustEqual(t, frame(t, plugin, source, host.Table(fmt.Sprintf(query, ""))), reference(t, fmt.Sprintf(query, "store.")))
		})
	}

	t.Run("a view of the file, which is its owner's and trusted", func(t *testing.T) {
		got := frame(t, plugin, source, host.Table(`SELECT * FROM calm ORDER BY id`))
		mustEqual(t, got, reference(t, `SELECT id, value FROM store.big WHERE abs(value) < 1 ORDER BY id`))
	})

	t.Run("together with a file beside it", func(t *testing.T) {
		both := dataSource(settings(object{"database": filepath.Join(files, "store.duckdb"), "tables": tables("parts", "part-*.parquet")}))
		got := frame(t, plugin, both, host.Table(`SELECT count(*) AS n FROM parts JOIN big USING (id)`))
		if n := cell(got, 0, 0); n != int64(3000) {
			t.Fatalf("got %v, want 3000", n)
		}
	})
}

func TestDataSourcesSeeOnlyTheirOwn(t *testing.T) {
	plugin := start(t)
	left, right := withTables("t", "left.parquet"), withTables("t", "right.parquet")
	for range 3 {
		for want, source := range map[string]host.DataSource{"left": left, "right": right} {
			if got := cell(frame(t, plugin, source, host.Table(`SELECT side FROM t`)), 0, 0); got != want {
				t.Fatalf("got %v, want %s", got, want)
			}
		}
	}
	mustFail(t, askOne(t, plugin, inMemory(), host.Table(`SELECT side FROM t`)), failure{status: 400, words: []string{"t"}})
}

func TestShapeOfATable(t *testing.T) {
	plugin, source := start(t), inMemory()

	t.Run("columns of the same name are told apart", func(t *testing.T) {
		got := frame(t, plugin, source, host.Table(`SELECT 1 AS a, 2 AS a, 3 AS b, 4 AS a`))
		for i, want := range []string{"a", "a_1", "b", "a_2"} {
			if got.Fields[i].Name != want || cell(got, i, 0) != int32(i+1) {
				t.Errorf("field %d is %s = %v, want %s = %d", i, got.Fields[i].Name, cell(got, i, 0), want, i+1)
			}
		}
	})

	t.Run("no rows are a good answer with its fields", func(t *testing.T) {
		got := frame(t, plugin, source, host.Table(`SELECT 1 AS a, 'x' AS b WHERE false`))
		if len(got.Fields) != 2 || got.Rows() != 0 {
			t.Fatalf("got %d fields and %d rows", len(got.Fields), got.Rows())
		}
	})

	t.Run("the frame carries its refId and the executed SQL", func(t *testing.T) {
		got := frame(t, plugin, source, host.Table(`SELECT $__interval_ms AS width`))
		if got.RefID != "A" || got.Meta == nil || got.Meta.ExecutedQueryString != `SELECT 60000 AS width` {
			t.Fatalf("refId %q, meta %+v", got.RefID, got.Meta)
		}
	})

	t.Run("comments and a semicolon at the end are harmless", func(t *testing.T) {
		for _, sql := range []string{"SELECT 1 AS a;", "SELECT 1 AS a -- the end", "/* x */ SELECT 1 AS a ; -- the end\n", "\n\nSELECT 1 AS a\n;\n"} {
			if got := cell(frame(t, plugin, source, host.Table(sql)), 0, 0); got != int32(1) {
				t.Errorf("%q gave %v", sql, got)
			}
		}
	})

	t.Run("every spelling of the format table works, and unknown keys are ignored", func(t *testing.T) {
		for _, format := range []any{"table", 1} {
			query := host.Query{SQL: `SELECT 'x' AS word`, Format: format, More: object{"someKey": object{"x": 1}, "builder": []int{1}}}
			if got := cell(frame(t, plugin, source, query), 0, 0); got != "x" {
				t.Errorf("format %v gave %v", format, got)
			}
		}
	})
}
