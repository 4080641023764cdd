package conformance

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// scattered is out of order, has gaps, and several rows for one time and the same labels.
const scattered = `
SELECT TIMESTAMP '2024-01-01' + INTERVAL ((i * 7919) %% 400) MINUTE AS time, %s
FROM range(3000) r(i) ORDER BY (i * 31) %% 3001`

// TestLongToWide compares with the SDK's own conversion of the rows that DuckDB gives elsewhere.
func TestLongToWide(t *testing.T) {
	plugin, source := start(t), inMemory()
	for name, columns := range map[string]string{
		"one label":                          `'host-' || (i % 7) AS host, sin(i) AS value`,
		"two labels and two values":          `'host-' || (i % 5) AS host, CASE i % 3 WHEN 0 THEN 'eu' WHEN 1 THEN 'us' ELSE 'ap' END AS region, sin(i) AS low, cos(i) AS high`,
		"a boolean label":                    `i % 2 = 0 AS even, sqrt(i) AS value`,
		"a label that is null at times":      `CASE WHEN i % 3 > 0 THEN 'zone-' || (i % 3) END AS zone, i * 0.5::DOUBLE AS value`,
		"values that are null at times":      `'h' || (i % 4) AS host, CASE WHEN i % 5 > 0 THEN i * 1.5::DOUBLE END AS value`,
		"whole numbers":                      `'h' || (i % 4) AS host, i::INTEGER AS value, i::BIGINT AS count`,
		"label values with odd characters":   `CASE i % 3 WHEN 0 THEN 'a"b' WHEN 1 THEN 'c,d=e' ELSE 'ü 🦆' END AS "host name", i::DOUBLE AS "value of all"`,
		"a series for each row of one time":  `'row-' || (i // 400) AS host, i::DOUBLE AS value`,
		"a hundred series":                   `'host-' || (i % 100) AS host, sin(i) AS value`,
		"only null in one series":            `'h' || (i % 3) AS host, CASE WHEN i % 3 > 0 THEN i::DOUBLE END AS value`,
		"labels that only differ in the key": `CASE WHEN i % 2 = 0 THEN 'x' ELSE 'y' END AS a, CASE WHEN i % 2 = 0 THEN 'y' ELSE 'x' END AS b, i::DOUBLE AS value`,
	} {
		t.Run(name, func(t *testing.T) {
			sql := fmt.Sprintf(scattered, columns)
			got := frame(t, plugin, source, host.Series(sql))
			mustEqualSeries(t, got, wide(t, sql, &data.FillMissing{Mode: data.FillModeNull}))
			if got.Meta == nil || got.Meta.Type != data.FrameTypeTimeSeriesWide {
				t.Errorf("the frame's type is not timeseries-wide: %+v", got.Meta)
			}
		})
	}

	t.Run("a thousand series of a thousand points", func(t *testing.T) {
		sql := `SELECT TIMESTAMP '2024-01-01' + INTERVAL (id // 1000) SECOND AS time, 'series ' || (id %% 1000) AS name, value FROM %sbig ORDER BY id`
		mustEqualSeries(t, frame(t, plugin, store(), host.Series(fmt.Sprintf(sql, ""))), wide(t, fmt.Sprintf(sql, "store."), nil))
	})

	t.Run("every spelling of the format, a missing one among them", func(t *testing.T) {
		sql := fmt.Sprintf(scattered, `'h' || (i % 2) AS host, i::DOUBLE AS value`)
		want := wide(t, sql, &data.FillMissing{Mode: data.FillModeNull})
		for _, format := range []any{nil, "time_series", "timeseries", 0} {
			mustEqualSeries(t, frame(t, plugin, source, host.Query{SQL: sql, Format: format}), want)
		}
	})

	t.Run("one frame for each series in the format multi", func(t *testing.T) {
		sql := fmt.Sprintf(scattered, `'h' || (i % 3) AS host, i::DOUBLE AS value`)
		for _, format := range []any{"multi", 4} {
			all := frames(t, plugin, source, host.Query{SQL: sql, Format: format})
			if len(all) != 3 {
				t.Fatalf("got %d frames, want 3", len(all))
			}
			for _, one := range all {
				if one.Meta.Type != data.FrameTypeTimeSeriesMulti {
					t.Errorf("the frame's type is %q", one.Meta.Type)
				}
				mustEqualSeries(t, one, wide(t, `SELECT * FROM (`+sql+`) WHERE host = '`+one.Fields[1].Labels["host"]+`'`, nil))
			}
		}
	})
}

func TestSeriesWithoutLabels(t *testing.T) {
	plugin, source := start(t), inMemory()

	t.Run("rows are sorted, and of two with the same time the last wins", func(t *testing.T) {
		got := frame(t, plugin, source, host.Series(`
			SELECT * FROM (VALUES (TIMESTAMP '2024-01-01 00:03:00', 3.5::DOUBLE), (TIMESTAMP '2024-01-01 00:01:00', 1.5),
			(TIMESTAMP '2024-01-01 00:03:00', 30.5), (TIMESTAMP '2024-01-01 00:02:00', 2.5)) v(time, value)`))
		mustBeSeries(t, got, "2024-01-01T00:01:00Z=1.5 2024-01-01T00:02:00Z=2.5 2024-01-01T00:03:00Z=30.5")
	})

	t.Run("no rows are a good answer with its fields", func(t *testing.T) {
		got := frame(t, plugin, source, host.Series(`SELECT TIMESTAMP '2024-01-01' AS time, 1.0::DOUBLE AS value WHERE false`))
		if len(got.Fields) != 2 || got.Rows() != 0 || !got.Fields[0].Type().Time() {
			t.Fatalf("got %d fields of %d rows", len(got.Fields), got.Rows())
		}
	})

	t.Run("several value columns stay what they are", func(t *testing.T) {
		sql := `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS time, i::INTEGER AS a, sin(i) AS b, CASE WHEN i % 3 > 0 THEN i::BIGINT END AS c FROM range(5000) r(i) ORDER BY i`
		mustEqual(t, frame(t, plugin, source, host.Series(sql)), reference(t, sql))
	})

	t.Run("the column called time wins over an earlier date", func(t *testing.T) {
		got := frame(t, plugin, source, host.Series(`SELECT DATE '1999-01-01' AS born, TIMESTAMP '2024-01-01' AS time, 1.5::DOUBLE AS value`))
		if name := got.Fields[0].Name; name != "time" || !got.Fields[0].Type().Time() {
			t.Fatalf("the first field is %s", name)
		}
	})

	t.Run("without one, the first temporal column is the time", func(t *testing.T) {
		got := frame(t, plugin, source, host.Series(`SELECT 1.5::DOUBLE AS value, DATE '2024-01-02' AS day`))
		mustBeSeries(t, got, "2024-01-02T00:00:00Z=1.5")
	})

	for unit, number := range map[string]string{
		"seconds": "1704067261", "milliseconds": "1704067261000", "microseconds": "1704067261000000", "nanoseconds": "1704067261000000000",
	} {
		t.Run("a numeric time is an epoch of "+unit+", by its magnitude", func(t *testing.T) {
			got := frame(t, plugin, source, host.Series(`SELECT `+number+`::BIGINT AS time, 1.5::DOUBLE AS value`))
			mustBeSeries(t, got, "2024-01-01T00:01:01Z=1.5")
		})
	}

	t.Run("the only label, metric, names the series", func(t *testing.T) {
		got := frame(t, plugin, source, host.Series(`SELECT TIMESTAMP '2024-01-01' AS time, 'cpu ' || i AS metric, i::DOUBLE AS value FROM range(2) r(i)`))
		for i, want := range []string{"cpu 0", "cpu 1"} {
			field := got.Fields[i+1]
			if field.Name != want && (field.Config == nil || field.Config.DisplayNameFromDS != want) {
				t.Errorf("series %d is called %q with %+v, want %q", i, field.Name, field.Config, want)
			}
		}
	})

	t.Run("no value column is refused", func(t *testing.T) {
		mustFail(t, askOne(t, plugin, source, host.Series(`SELECT TIMESTAMP '2024-01-01' AS time, 'x' AS host`)),
			failure{status: 400, code: "no_value_column", words: []string{"number"}})
	})

	t.Run("no time column is refused", func(t *testing.T) {
		mustFail(t, askOne(t, plugin, source, host.Series(`SELECT 1.5 AS value, 'x' AS host`)),
			failure{status: 400, code: "no_time_column", words: []string{"time"}})
	})
}

// everyMinute has a row for each minute of the default time range, in one of two series.
const everyMinute = `
SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS time, CASE WHEN i < 5 OR i % 3 = 0 THEN 'a' ELSE 'b' END AS host, i::DOUBLE AS value
FROM range(61) r(i)`

func TestFillBetweenSeries(t *testing.T) {
	plugin, source := start(t), inMemory()
	for name, test := range map[string]struct {
		fill any
		sdk  data.FillMissing
	}{
		"null":     {object{"mode": "null"}, data.FillMissing{Mode: data.FillModeNull}},
		"previous": {object{"mode": "previous"}, data.FillMissing{Mode: data.FillModePrevious}},
		"value":    {object{"mode": "value", "value": -7.5}, data.FillMissing{Mode: data.FillModeValue, Value: -7.5}},
		"zero":     {object{"mode": "value", "value": 0}, data.FillMissing{Mode: data.FillModeValue, Value: 0}},
	} {
		t.Run(name, func(t *testing.T) {
			query := host.Series(everyMinute)
			query.More = object{"fill": test.fill}
			mustEqualSeries(t, frame(t, plugin, source, query), wide(t, everyMinute, &test.sdk))
		})
	}
}

func TestFillOfEmptyBuckets(t *testing.T) {
	plugin, source := start(t), inMemory()
	sql := `SELECT $__timeGroupAlias(time, '10m'%s), avg(value)::DOUBLE AS value
		FROM (VALUES (TIMESTAMP '2024-01-01 00:01:00', 1), (TIMESTAMP '2024-01-01 00:09:00', 3), (TIMESTAMP '2024-01-01 00:25:00', 5), (TIMESTAMP '2024-01-01 00:51:00', 9)) v(time, value)
		WHERE $__timeFilter(time) GROUP BY 1 ORDER BY 1`
	for fill, want := range map[string]string{
		"":           "00=2 20=5 50=9",
		", NULL":     "00=2 10=null 20=5 30=null 40=null 50=9",
		", previous": "00=2 10=2 20=5 30=5 40=5 50=9",
		", 0":        "00=2 10=0 20=5 30=0 40=0 50=9",
		", -1.5":     "00=2 10=-1.5 20=5 30=-1.5 40=-1.5 50=9",
	} {
		t.Run("by the macro"+fill, func(t *testing.T) {
			query := host.Series(fmt.Sprintf(sql, fill))
			query.To = time.Date(2024, 1, 1, 0, 59, 0, 0, time.UTC)
			query.From = query.To.Add(-59 * time.Minute)
			mustBeSeries(t, frame(t, plugin, source, query), minutes(want))
		})
	}

	t.Run("the macro's fill wins over the query's", func(t *testing.T) {
		query := host.Series(fmt.Sprintf(sql, ", 0"))
		query.To = time.Date(2024, 1, 1, 0, 59, 0, 0, time.UTC)
		query.From = query.To.Add(-59 * time.Minute)
		query.More = object{"fill": object{"mode": "previous"}}
		mustBeSeries(t, frame(t, plugin, source, query), minutes("00=2 10=0 20=5 30=0 40=0 50=9"))
	})
}

// minutes writes "05=1" as "2024-01-01T00:05:00Z=1".
func minutes(short string) string {
	parts := strings.Fields(short)
	for i, part := range parts {
		minute, value, _ := strings.Cut(part, "=")
		parts[i] = "2024-01-01T00:" + minute + ":00Z=" + value
	}
	return strings.Join(parts, " ")
}

// mustBeSeries compares a frame of one series with "time=value time=value …".
func mustBeSeries(t testing.TB, frame *data.Frame, want string) {
	t.Helper()
	times := frame.TypeIndices(data.FieldTypeTime)
	if len(frame.Fields) != 2 || len(times) != 1 {
		t.Fatalf("got %d fields, %d of them times without null; want 2 and 1", len(frame.Fields), len(times))
	}
	var points []string
	for row := range frame.Rows() {
		stamp := cell(frame, times[0], row).(time.Time)
		value := "null"
		if number := cell(frame, 1-times[0], row); number != nil {
			value = fmt.Sprint(number)
		}
		points = append(points, stamp.UTC().Format(time.RFC3339Nano)+"="+value)
	}
	if got := strings.Join(points, " "); got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

// wide is what the SDK makes of the rows that DuckDB gives elsewhere. The first column is the time.
func wide(t testing.TB, sql string, fill *data.FillMissing) *data.Frame {
	t.Helper()
	columns := describe(t, sql)
	values := fetch(t, sql)
	order := make([]int, len(values[0]))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return values[0][order[a]].(time.Time).Before(values[0][order[b]].(time.Time))
	})
	long := data.NewFrame("")
	for i, column := range columns {
		field := data.NewFieldFromFieldType(fieldTypes[column.typeName], len(order))
		field.Name = column.name
		for to, from := range order {
			if value := values[i][from]; value != nil {
				field.SetConcrete(to, value)
			}
		}
		long.Fields = append(long.Fields, field)
	}
	result, err := data.LongToWide(long, fill)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

var fieldTypes = map[string]data.FieldType{
	"TIMESTAMP": data.FieldTypeTime, "VARCHAR": data.FieldTypeNullableString, "BOOLEAN": data.FieldTypeBool,
	"DOUBLE": data.FieldTypeNullableFloat64, "INTEGER": data.FieldTypeNullableInt32, "BIGINT": data.FieldTypeNullableInt64,
}

// mustEqualSeries compares two wide frames; the order of the series does not count, and a label without a value is none.
func mustEqualSeries(t testing.TB, got, want *data.Frame) {
	t.Helper()
	if len(got.Fields) != len(want.Fields) || got.Rows() != want.Rows() {
		t.Fatalf("got %d fields of %d rows, want %d of %d", len(got.Fields), got.Rows(), len(want.Fields), want.Rows())
	}
	for row := range want.Rows() {
		if stamp, wanted := cell(got, 0, row).(time.Time), cell(want, 0, row).(time.Time); !stamp.Equal(wanted) {
			t.Fatalf("the time of row %d is %v, want %v", row, stamp, wanted)
		}
	}
	series := map[string]*data.Field{}
	for _, field := range got.Fields[1:] {
		series[seriesKey(field)] = field
	}
	for _, wanted := range want.Fields[1:] {
		field, ok := series[seriesKey(wanted)]
		if !ok {
			t.Fatalf("there is no series %s, but %v", seriesKey(wanted), keysOf(series))
		}
		for row := range want.Rows() {
			if !sameNumber(field, wanted, row) {
				t.Fatalf("%s at row %d is %v, want %v", seriesKey(wanted), row, field.At(row), wanted.At(row))
			}
		}
	}
}

func seriesKey(field *data.Field) string {
	labels := data.Labels{}
	for key, value := range field.Labels {
		if value != "" {
			labels[key] = value
		}
	}
	return fmt.Sprintf("%s{%s}", field.Name, labels)
}

func keysOf(series map[string]*data.Field) []string {
	var keys []string
	for key := range series {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func sameNumber(a, b *data.Field, row int) bool {
	if a.NilAt(row) || b.NilAt(row) {
		return a.NilAt(row) == b.NilAt(row)
	}
	left, leftErr := a.FloatAt(row)
	right, rightErr := b.FloatAt(row)
	return leftErr == nil && rightErr == nil && math.Float64bits(left) == math.Float64bits(right)
}
