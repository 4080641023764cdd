package conformance

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

var (
	fromAlert      = map[string]string{"FromAlert": "true"}
	fromExpression = map[string]string{"http_X-Grafana-From-Expr": "true"}
)

func askWithHeaders(t testing.TB, plugin *host.Plugin, source host.DataSource, headers map[string]string, query host.Query) backend.DataResponse {
	t.Helper()
	return ask(t, plugin, host.Request{Source: source, Headers: headers, Queries: []host.Query{query}})["A"]
}

func TestLimits(t *testing.T) {
	plugin := start(t)
	tenRows := withLimits(settings(object{}), object{"rows": 10})
	fewBytes := withLimits(settings(object{}), object{"bytes": 100_000})
	for name, test := range map[string]struct {
		source host.DataSource
		code   string
		most   int
		word   string
	}{
		"rows":  {tenRows, "rows_exceeded", 10, "10"},
		"bytes": {fewBytes, "bytes_exceeded", 100_000 / 58, "100000"},
	} {
		sql := `SELECT i, repeat('x', 50) AS text FROM range(50000) r(i)`
		t.Run("over "+name+", a panel shows what fits, and a warning", func(t *testing.T) {
			got := frame(t, plugin, test.source, host.Table(sql))
			if got.Rows() == 0 || got.Rows() > test.most {
				t.Errorf("got %d rows, want 1 to %d", got.Rows(), test.most)
			}
			for row := range got.Rows() {
				if cell(got, 0, row) != int64(row) {
					t.Fatalf("row %d is %v", row, cell(got, 0, row))
				}
			}
			mustWarn(t, got, test.word)
		})
		for whose, headers := range map[string]map[string]string{"an alert": fromAlert, "an expression": fromExpression} {
			for format, query := range map[string]host.Query{
				"a table":       host.Table(sql),
				"a time series": host.Series(`SELECT TIMESTAMP '2024-01-01' + to_seconds(i) AS time, i AS value FROM range(50000) r(i)`),
			} {
				t.Run("over "+name+", "+whose+" that asks for "+format+" gets an error", func(t *testing.T) {
					mustFail(t, askWithHeaders(t, plugin, test.source, headers, query), failure{status: 400, code: test.code, words: []string{test.word}})
				})
			}
		}
	}

	t.Run("each query of a request may fill its limit", func(t *testing.T) {
		queries := []host.Query{host.Table(`SELECT i FROM range(10) r(i)`), host.Table(`SELECT i FROM range(10) r(i)`), host.Table(`SELECT i FROM range(11) r(i)`)}
		for i := range queries {
			queries[i].RefID = string(rune('A' + i))
		}
		answers := ask(t, plugin, host.Request{Source: tenRows, Queries: queries})
		for refID, notices := range map[string]int{"A": 0, "B": 0, "C": 1} {
			if err := mustBeGood(answers[refID]); err != nil {
				t.Fatalf("%s: %v", refID, err)
			}
			if got := answers[refID].Frames[0]; got.Rows() != 10 || len(got.Meta.Notices) != notices {
				t.Errorf("%s has %d rows and %d notices, want 10 and %d", refID, got.Rows(), len(got.Meta.Notices), notices)
			}
		}
	})

	t.Run("a result of exactly as many rows is whole", func(t *testing.T) {
		got := frame(t, plugin, tenRows, host.Table(`SELECT i FROM range(10) r(i)`))
		if got.Rows() != 10 || len(got.Meta.Notices) > 0 {
			t.Errorf("got %d rows and %d notices", got.Rows(), len(got.Meta.Notices))
		}
		if response := askWithHeaders(t, plugin, tenRows, fromAlert, host.Table(`SELECT i FROM range(10) r(i)`)); response.Error != nil {
			t.Error(response.Error)
		}
	})

	t.Run("without settings, a million rows are whole and one more is cut", func(t *testing.T) {
		if got := frame(t, plugin, inMemory(), host.Table(`SELECT i FROM range(1000000) r(i)`)); got.Rows() != 1_000_000 || len(got.Meta.Notices) > 0 {
			t.Errorf("got %d rows and %d notices", got.Rows(), len(got.Meta.Notices))
		}
		got := frame(t, plugin, inMemory(), host.Table(`SELECT i FROM range(1000001) r(i)`))
		if got.Rows() != 1_000_000 {
			t.Errorf("got %d rows", got.Rows())
		}
		mustWarn(t, got, "1000000")
	})

	t.Run("a query over its time is stopped", func(t *testing.T) {
		began := time.Now()
		response := askOne(t, plugin, withLimits(settings(object{}), object{"timeoutSeconds": 1}), host.Table(endlessSQL))
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("it took %v", took)
		}
		mustFail(t, response, failure{status: 504, code: "timeout", words: []string{"1 s"}})
		stillWorks(t, plugin)
		mustBeQuiet(t, plugin)
	})

	t.Run("a query over its memory is refused, and the plugin lives", func(t *testing.T) {
		source := dataSource(settings(object{"memoryLimit": "32MiB"}))
		response := askOne(t, plugin, source, host.Table(`SELECT count(*) AS n FROM (SELECT DISTINCT i || repeat('x', 200) FROM range(1000000) r(i))`))
		mustFail(t, response, failure{status: 400, code: "memory_exceeded", words: []string{"memory"}})
		stillWorks(t, plugin)
	})
}

// TestAlert sends what the alerting service sends: no user, no frontend that would have put anything into the SQL.
func TestAlert(t *testing.T) {
	plugin, source := start(t), withTables("big", "big.parquet")
	query := host.Series(`
		SELECT $__timeGroupAlias(time, '$__interval'), host, max(value) AS value, $__interval_ms AS width
		FROM big WHERE $__timeFilter(time) AND time >= $__timeFrom() GROUP BY ALL ORDER BY 1`)
	query.RefID = "A"
	request := host.Request{Source: source, Headers: fromAlert, Queries: []host.Query{query}}.Proto()
	request.PluginContext.User = nil
	answer, err := plugin.Data.QueryData(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		t.Fatal(err)
	}
	if err := mustBeGood(decoded.Responses["A"]); err != nil {
		t.Fatal(err)
	}
	want := wide(t, fmt.Sprintf(`
		SELECT time_bucket(INTERVAL 1 MINUTE, time) AS time, host, max(value) AS value, 60000 AS width
		FROM store.big WHERE time BETWEEN TIMESTAMP '2024-01-01 00:00:00' AND TIMESTAMP '2024-01-01 01:00:00' GROUP BY ALL ORDER BY 1`), &data.FillMissing{Mode: data.FillModeNull})
	got := decoded.Responses["A"].Frames[0]
	if len(got.Fields) != 21 || got.Rows() != 61 {
		t.Fatalf("got %d fields of %d rows", len(got.Fields), got.Rows())
	}
	mustEqualSeries(t, got, want)
}

func mustWarn(t testing.TB, frame *data.Frame, word string) {
	t.Helper()
	for _, notice := range frame.Meta.Notices {
		if notice.Severity == data.NoticeSeverityWarning && strings.Contains(strings.NewReplacer(",", "", "_", "", " ", "").Replace(notice.Text), word) {
			return
		}
	}
	t.Errorf("no warning names %s: %+v", word, frame.Meta.Notices)
}
