package conformance

import (
	"encoding/json"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// TestEveryType asks for min, max and null of each type that DuckDB itself lists.
func TestEveryType(t *testing.T) {
	plugin, source := start(t), store()
	columns := describe(t, `SELECT * FROM store.all_types`)
	if len(columns) < 50 {
		t.Fatalf("DuckDB lists only %d types", len(columns))
	}
	for _, column := range columns {
		t.Run(column.name, func(t *testing.T) {
			sql := fmt.Sprintf(`SELECT %q FROM %%sall_types`, column.name)
			got := frame(t, plugin, source, host.Table(fmt.Sprintf(sql, "")))
			want := reference(t, fmt.Sprintf(sql, "store."))
			mustEqual(t, got, want)
			mustNoticeLosses(t, got, want)
		})
	}

	t.Run("all of them in one query", func(t *testing.T) {
		mustEqual(t, frame(t, plugin, source, host.Table(`SELECT * FROM all_types`)), reference(t, `SELECT * FROM store.all_types`))
	})

	t.Run("all of them without a row", func(t *testing.T) {
		mustEqual(t, frame(t, plugin, source, host.Table(`SELECT * FROM all_types WHERE false`)),
			reference(t, `SELECT * FROM store.all_types WHERE false`))
	})

	t.Run("all of them as nothing but nulls", func(t *testing.T) {
		where := `SELECT * FROM %sall_types WHERE bool IS NULL`
		mustEqual(t, frame(t, plugin, source, host.Table(fmt.Sprintf(where, ""))), reference(t, fmt.Sprintf(where, "store.")))
	})
}

// literals are what test_all_types() leaves out. Each is an SQL expression, or several that make rows.
var literals = map[string][]string{
	"floats that are no numbers":          {"'NaN'::FLOAT", "'Infinity'::FLOAT", "'-Infinity'::FLOAT", "NULL", "'-0.0'::FLOAT", "1.4e-45::FLOAT"},
	"doubles that are no numbers":         {"'NaN'::DOUBLE", "'Infinity'::DOUBLE", "'-Infinity'::DOUBLE", "NULL", "'-0.0'::DOUBLE", "5e-324::DOUBLE"},
	"integers beyond 2^53":                {"9007199254740993", "-9007199254740993", "NULL::BIGINT"},
	"unsigned integers beyond 2^63":       {"9223372036854775808::UBIGINT", "18446744073709551615::UBIGINT", "0::UBIGINT"},
	"huge integers of each size":          {"0::HUGEINT", "-1::HUGEINT", "9007199254740993::HUGEINT", "-18446744073709551617::HUGEINT", "NULL"},
	"decimals of 16 bits":                 {"0.1::DECIMAL(3,1)", "-0.1::DECIMAL(3,1)", "NULL", "99.9::DECIMAL(3,1)", "0::DECIMAL(3,1)"},
	"decimals of 32 bits":                 {"1234567.89::DECIMAL(9,2)", "-0.01::DECIMAL(9,2)", "NULL"},
	"decimals of 64 bits":                 {"0.3::DECIMAL(18,17)", "-9.99999999999999999::DECIMAL(18,17)", "NULL"},
	"decimals of 128 bits":                {"0.1::DECIMAL(38,19)", "-1.0000000000000000001::DECIMAL(38,19)", "1234567890123456789.123::DECIMAL(38,19)", "NULL"},
	"decimals without a fraction":         {"7::DECIMAL(38,0)", "-99999999999999999999999999999999999999::DECIMAL(38,0)", "NULL"},
	"strings around twelve bytes":         {"''", "'a'", "'abcdefghijk'", "'abcdefghijkl'", "'abcdefghijklm'", "NULL", "'ééééééé'", "repeat('x', 100000)"},
	"strings with zeros and controls":     {"chr(0)", "'a' || chr(0) || 'b'", "chr(1) || chr(31) || chr(127)", "'🦆'", "chr(65535)", "chr(1114111)"},
	"dates around the epoch":              {"DATE '1969-12-31'", "DATE '1970-01-01'", "DATE '0001-01-01'", "DATE '9999-12-31'", "NULL", "DATE '2024-02-29'"},
	"dates at the edges of nanoseconds":   {"DATE '1677-09-21'", "DATE '1677-09-22'", "DATE '2262-04-11'", "DATE '2262-04-12'"},
	"dates without an end":                {"'infinity'::DATE", "'-infinity'::DATE", "DATE '2024-01-01'"},
	"timestamps before the epoch":         {"TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP '1900-01-01 00:00:00.000001'", "NULL"},
	"timestamps at the edges":             {"TIMESTAMP '1677-09-21 00:12:43.145224'", "TIMESTAMP '1677-09-21 00:12:43.145225'", "TIMESTAMP '2262-04-11 23:47:16.854775'", "TIMESTAMP '2262-04-11 23:47:16.854776'"},
	"timestamps without an end":           {"'infinity'::TIMESTAMP", "'-infinity'::TIMESTAMP", "TIMESTAMP '2024-01-01'"},
	"timestamps of seconds":               {"'2024-01-01 00:00:01'::TIMESTAMP_S", "'1960-01-01 00:00:01'::TIMESTAMP_S", "'3000-01-01'::TIMESTAMP_S", "'infinity'::TIMESTAMP_S", "NULL"},
	"timestamps of milliseconds":          {"'2024-01-01 00:00:01.001'::TIMESTAMP_MS", "'1960-01-01 00:00:01.999'::TIMESTAMP_MS", "'3000-01-01'::TIMESTAMP_MS", "'-infinity'::TIMESTAMP_MS", "NULL"},
	"timestamps of nanoseconds":           {"'2024-01-01 00:00:01.000000001'::TIMESTAMP_NS", "'1960-01-01 00:00:00.999999999'::TIMESTAMP_NS", "'infinity'::TIMESTAMP_NS", "NULL"},
	"timestamps with a zone":              {"TIMESTAMPTZ '2024-07-01 12:00:00+02'", "TIMESTAMPTZ '1969-12-31 23:59:59.999999-11'", "'infinity'::TIMESTAMPTZ", "NULL"},
	"times of day":                        {"TIME '00:00:00'", "TIME '23:59:59.999999'", "TIME '24:00:00'", "NULL", "TIME '12:34:56.7'"},
	"times of day with a zone":            {"'12:34:56+02:30'::TIMETZ", "'23:59:59.999999-15:59:59'::TIMETZ", "NULL"},
	"intervals":                           {"INTERVAL '1' MONTH", "INTERVAL '-3 days 4 hours'", "INTERVAL '0' SECOND", "INTERVAL '1 year 2 months 3 days 04:05:06.000007'", "NULL"},
	"identifiers":                         {"'00112233-4455-6677-8899-aabbccddeeff'::UUID", "'80000000-0000-0000-0000-000000000000'::UUID", "NULL"},
	"bytes":                               {`''::BLOB`, `'\x00\xFF'::BLOB`, "'abc'::BLOB", "NULL", `'\x27\x5C'::BLOB`},
	"bits":                                {"'0'::BIT", "'1'::BIT", "'010101010101'::BIT", "NULL"},
	"lists":                               {"[]::INTEGER[]", "[1, NULL, 3]", "NULL"},
	"lists of strings that need quotes":   {"['a, b', '', 'it''s', NULL, 'null', '[x]']"},
	"lists of lists":                      {"[[1], [], NULL, [2, 3]]"},
	"structs":                             {"{'a': 1, 'b': 'x'}", "{'a': NULL, 'b': ''}", "NULL"},
	"structs with odd names":              {"{'a b': 1, 'c\"d': 2, 'é': 3}"},
	"structs of times":                    {"{'t': TIMESTAMP '2024-01-01 00:00:00.5', 'd': DATE '2024-01-01', 'z': TIMESTAMPTZ '2024-01-01 00:00:00+00'}"},
	"maps":                                {"MAP {'k': 1}", "MAP {}::MAP(VARCHAR, INTEGER)", "NULL"},
	"maps whose keys are numbers":         {"MAP {1: 'one', 2: NULL}"},
	"unions":                              {"union_value(n := 1)", "NULL"},
	"arrays":                              {"[1, 2, 3]::INTEGER[3]", "NULL", "[NULL, 2, 3]::INTEGER[3]"},
	"enums":                               {"'b'::ENUM('a', 'b', '')", "''::ENUM('a', 'b', '')", "NULL"},
	"JSON values":                         {`'{"a": [1, null, "x"]}'::JSON`, `'null'::JSON`, `'"text"'::JSON`, "NULL", `'123456789012345678901234567890'::JSON`},
	"big numbers without an end":          {"123456789012345678901234567890123456789012345678901234567890::BIGNUM", "0::BIGNUM", "-1::BIGNUM", "NULL"},
	"numbers in lists that are none":      {"['nan'::DOUBLE, 1.5]", "['inf'::DOUBLE, '-inf'::DOUBLE]", "[0.1::DOUBLE]", "NULL"},
	"integers in lists beyond 2^53":       {"[9007199254740993]", "[1]", "NULL"},
	"decimals in structs":                 {"{'d': 0.10::DECIMAL(38,30)}", "{'d': 12345678.1234567891::DECIMAL(38,30)}"},
	"doubles of many digits in lists":     {"[0.1::DOUBLE + 0.2::DOUBLE, 1e300::DOUBLE, 5e-324::DOUBLE, 1e-5::DOUBLE]"},
	"bytes in lists":                      {`['\xFF\x00"'::BLOB]`},
	"structs without names in maps":       {"MAP {'k': row(1, 2)}", "NULL"},
	"structs without names in unions":     {"union_value(n := row(1, 'x'))"},
	"times of day in nanoseconds":         {"'12:34:56.123456789'::TIME_NS", "'24:00:00'::TIME_NS", "NULL"},
	"shapes":                              {"'POINT (1 2)'::GEOMETRY", "'LINESTRING EMPTY'::GEOMETRY", "NULL"},
	"nested all through":                  {"{'l': [MAP {'m': [{'u': union_value(n := TIMESTAMP '2024-01-01')}]}], 'e': 'a'::ENUM('a')}"},
	"a null without a type":               {"NULL"},
	"aggregates of nothing":               {"(SELECT sum(i) FROM range(0) r(i))"},
	"sums of integers, which are hugeint": {"(SELECT sum(i) FROM range(1000) r(i))"},
}

func TestLiterals(t *testing.T) {
	plugin, source := start(t), inMemory()
	for name, expressions := range literals {
		t.Run(name, func(t *testing.T) {
			query := "SELECT " + strings.Join(expressions, " AS x UNION ALL SELECT ") + " AS x"
			got, want := frame(t, plugin, source, host.Table(query)), reference(t, query)
			mustEqual(t, got, want)
			mustNoticeLosses(t, got, want)
		})
	}
}

// mustNoticeLosses: where a time became null because Grafana cannot hold it, where JSON lost NaN or infinity, and where a browser will round,
// the person is told once for each of them; otherwise there is no such notice.
func mustNoticeLosses(t *testing.T, frame *data.Frame, columns []column) {
	t.Helper()
	expected := map[string]bool{}
	for _, column := range columns {
		for row, want := range column.values {
			if want == nil {
				continue
			}
			switch kindOf(column.typeName) {
			case kindTime:
				expected["times reach from 1677 to 2262"] = expected["times reach from 1677 to 2262"] || !representable(want)
			case kindInteger, kindWide:
				expected["more digits than a browser keeps"] = expected["more digits than a browser keeps"] || rounded(want)
			case kindText:
				if frame.Fields[fieldNamed(frame, column.name)].Type().NonNullableType() != data.FieldTypeJSON {
					continue
				}
				written := column.json[row].String
				expected["JSON has no such numbers"] = expected["JSON has no such numbers"] || !sameNumbers(written)
				expected["more digits than a browser keeps"] = expected["more digits than a browser keeps"] || roundedInside(written)
			}
		}
	}
	var texts []string
	if frame.Meta != nil {
		for _, notice := range frame.Meta.Notices {
			texts = append(texts, notice.Text)
		}
	}
	count := 0
	for part, lost := range expected {
		noticed := 0
		for _, text := range texts {
			if strings.Contains(text, part) {
				noticed++
			}
		}
		count += noticed
		if lost && noticed != 1 || !lost && noticed != 0 {
			t.Errorf("lost: %v, and the notices that say %q are %d of %q", lost, part, noticed, texts)
		}
	}
	if count != len(texts) {
		t.Errorf("there are other notices: %q", texts)
	}
}

func fieldNamed(frame *data.Frame, name string) int {
	_, index := frame.FieldByName(name)
	return index
}

// rounded tells whether the shortest text of the nearest double, which is what a browser shows, is another number. Integers beyond 2^53
// that a double holds by chance do not count: the person is told of the column.
func rounded(value any) bool {
	if number, ok := integer(value); ok {
		return new(big.Int).Abs(number).Cmp(big.NewInt(1<<53)) > 0
	}
	exact, _ := exactly(value)
	nearest, _ := exact.Float64()
	shown, ok := new(big.Rat).SetString(strconv.FormatFloat(nearest, 'g', -1, 64))
	return !ok || shown.Cmp(exact) != 0
}

// roundedInside looks at the numbers in JSON text.
func roundedInside(text string) bool {
	value, err := decodeJSON(notNumbers.ReplaceAllString(text, "null"))
	return err == nil && anyNumber(value, func(number json.Number) bool {
		exact, ok := new(big.Rat).SetString(number.String())
		nearest, _ := exact.Float64()
		shown, _ := new(big.Rat).SetString(strconv.FormatFloat(nearest, 'g', -1, 64))
		return ok && shown.Cmp(exact) != 0
	})
}

func anyNumber(value any, holds func(json.Number) bool) bool {
	switch value := value.(type) {
	case json.Number:
		return holds(value)
	case []any:
		return slices.ContainsFunc(value, func(item any) bool { return anyNumber(item, holds) })
	case map[string]any:
		for _, item := range value {
			if anyNumber(item, holds) {
				return true
			}
		}
	}
	return false
}

// sameNumbers tells whether DuckDB's JSON is everybody's.
func sameNumbers(text string) bool { return json.Valid([]byte(text)) }

// TestBigintAsText asks for every digit, and compares with DuckDB's own text.
func TestBigintAsText(t *testing.T) {
	plugin := start(t)
	exact := func() host.DataSource {
		return dataSource(object{"engine": "duckdb", "bigintAsText": true, "duckdb": object{"database": filepath.Join(files, "store.duckdb")}})
	}()
	columns := `SELECT bigint, ubigint, hugeint, uhugeint, "dec_18_6", "dec38_10", bignum FROM %sall_types`
	got := frame(t, plugin, exact, host.Table(fmt.Sprintf(columns, "")))
	want := fetch(t, fmt.Sprintf("SELECT COLUMNS(*)::VARCHAR FROM (%s)", fmt.Sprintf(columns, "store.")))
	for i, values := range want {
		for row, value := range values {
			if cell(got, i, row) != value {
				t.Errorf("%s row %d: got %v, want %v", got.Fields[i].Name, row, cell(got, i, row), value)
			}
		}
	}
	if got.Meta != nil && len(got.Meta.Notices) > 0 {
		t.Errorf("nothing is lost, and there are notices: %v", got.Meta.Notices)
	}

	t.Run("but a time series has values, no labels, of them", func(t *testing.T) {
		series := frame(t, plugin, exact, host.Query{SQL: `SELECT TIMESTAMP '2024-01-01' AS time, 9007199254740993 AS n`, Format: "time_series"})
		if got := cell(series, 1, 0); got != int64(9007199254740993) {
			t.Errorf("got %T %v", got, got)
		}
	})

	t.Run("an alert rule gets numbers", func(t *testing.T) {
		request := host.Request{Source: exact, Queries: []host.Query{host.Table(`SELECT 9007199254740993 AS n`)}, Headers: map[string]string{"FromAlert": "true"}}
		request.Queries[0].RefID = "A"
		response := ask(t, plugin, request)["A"]
		if err := mustBeGood(response); err != nil {
			t.Fatal(err)
		}
		if got := cell(response.Frames[0], 0, 0); got != int64(9007199254740993) {
			t.Errorf("got %T %v", got, got)
		}
	})

	t.Run("numbers that are times stay times", func(t *testing.T) {
		annotation := frame(t, plugin, exact, host.Table(`SELECT 1700000000000::BIGINT AS time, 1::BIGINT AS n`))
		if got, ok := cell(annotation, 0, 0).(time.Time); !ok || got.UnixMilli() != 1700000000000 {
			t.Errorf("got %v", cell(annotation, 0, 0))
		}
	})
}

// TestEnum asks for an ENUM in each place where panels, rules and annotations use one.
func TestEnum(t *testing.T) {
	plugin, source := start(t), inMemory()
	const states = `(VALUES (TIMESTAMP '2024-01-01 00:00:00', 'down', 1.0), ('2024-01-01 00:01:00', NULL, 2.0), ('2024-01-01 00:02:00', 'höher', 3.0)) AS v(time, name, n)`
	const alongTime = `SELECT time, name::ENUM('ok', 'höher', 'down') AS state, n FROM ` + states + ` ORDER BY time`
	const without = `SELECT name::ENUM('ok', 'höher', 'down') AS state, n FROM ` + states + ` ORDER BY n`

	mustBeTexts := func(t *testing.T, field *data.Field) {
		t.Helper()
		if field.Type() != data.FieldTypeNullableString || *field.At(0).(*string) != "down" || !field.NilAt(1) || *field.At(2).(*string) != "höher" {
			t.Errorf("got %v, want down, null and höher as text", field)
		}
	}

	t.Run("a table along the time has Grafana's enum", func(t *testing.T) {
		field := frame(t, plugin, source, host.Table(alongTime)).Fields[1]
		if field.Type() != data.FieldTypeNullableEnum || !slices.Equal(enumTexts(field), []string{"ok", "höher", "down"}) {
			t.Fatalf("got %v with the texts %q", field.Type(), enumTexts(field))
		}
		if *field.At(0).(*data.EnumItemIndex) != 2 || !field.NilAt(1) || *field.At(2).(*data.EnumItemIndex) != 1 {
			t.Errorf("got %v, %v, %v", field.At(0), field.At(1), field.At(2))
		}
		// What a browser gets: Grafana writes the frame anew.
		text, err := json.Marshal(frame(t, plugin, source, host.Table(alongTime)))
		if err != nil || !strings.Contains(string(text), `"type":"enum"`) || !strings.Contains(string(text), `[2,null,1]`) {
			t.Errorf("got %s, %v", text, err)
		}
	})

	t.Run("a table without a time has texts, from which pie charts take their names", func(t *testing.T) {
		mustBeTexts(t, frame(t, plugin, source, host.Table(without)).Fields[0])
	})

	t.Run("a time series has labels", func(t *testing.T) {
		series := frame(t, plugin, source, host.Query{SQL: alongTime, Format: "time_series"})
		var labels []string
		for _, field := range series.Fields[1:] {
			labels = append(labels, field.Labels["state"])
		}
		if !slices.Equal(labels, []string{"", "down", "höher"}) {
			t.Errorf("got the labels %q", labels)
		}
	})

	t.Run("a rule and an annotation have texts", func(t *testing.T) {
		request := host.Request{Source: source, Queries: []host.Query{host.Table(alongTime)}, Headers: map[string]string{"FromAlert": "true"}}
		request.Queries[0].RefID = "A"
		mustBeTexts(t, ask(t, plugin, request)["A"].Frames[0].Fields[1])
		annotation := host.Table(alongTime)
		annotation.QueryType = "annotation"
		mustBeTexts(t, frame(t, plugin, source, annotation).Fields[1])
	})

	for _, count := range []int{255, 256, 1000, 1001, 65535, 65536} {
		t.Run(fmt.Sprintf("of %d values", count), func(t *testing.T) {
			values := make([]string, count)
			for i := range values {
				values[i] = fmt.Sprintf("'value %d'", i)
			}
			query := fmt.Sprintf(`SELECT TIMESTAMP '2024-01-01' AS time, unnest(['value 0', 'value %d', NULL])::ENUM(%s) AS e`, count-1, strings.Join(values, ", "))
			got := frame(t, plugin, source, host.Table(query))
			mustEqual(t, got, reference(t, query))
			if isEnum := got.Fields[1].Type() == data.FieldTypeNullableEnum; isEnum != (count <= 1000) {
				t.Errorf("got %v", got.Fields[1].Type())
			}
		})
	}
}
