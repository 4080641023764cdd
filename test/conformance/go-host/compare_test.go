package conformance

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// kind is how a DuckDB type is compared.
type kind int

const (
	kindInteger kind = iota
	// kindWide has more digits than any of Grafana's types: the nearest double is right.
	kindWide
	kindFloat
	kindBool
	kindString
	kindTime
	// kindText is everything else: readable as DuckDB's own text or as JSON.
	kindText
)

var kinds = map[string]kind{
	"TINYINT": kindInteger, "SMALLINT": kindInteger, "INTEGER": kindInteger, "BIGINT": kindInteger,
	"UTINYINT": kindInteger, "USMALLINT": kindInteger, "UINTEGER": kindInteger, "UBIGINT": kindInteger,
	"HUGEINT": kindWide, "UHUGEINT": kindWide,
	"FLOAT": kindFloat, "DOUBLE": kindFloat,
	"BOOLEAN": kindBool, "VARCHAR": kindString,
	"DATE": kindTime, "TIMESTAMP": kindTime, "TIMESTAMP_S": kindTime, "TIMESTAMP_MS": kindTime, "TIMESTAMP_NS": kindTime,
	"TIMESTAMP WITH TIME ZONE": kindTime,
}

func kindOf(typeName string) kind {
	if strings.HasPrefix(typeName, "DECIMAL(") && strings.HasSuffix(typeName, ")") {
		return kindWide
	}
	if kind, known := kinds[typeName]; known {
		return kind
	}
	return kindText
}

// mustEqual compares a whole frame, cell by cell, and reports the first few differences.
func mustEqual(t testing.TB, frame *data.Frame, columns []column) {
	t.Helper()
	if len(frame.Fields) != len(columns) {
		t.Fatalf("got %d fields, want %d", len(frame.Fields), len(columns))
	}
	differences := 0
	for i, column := range columns {
		field := frame.Fields[i]
		if field.Name != column.name {
			t.Errorf("field %d is called %q, want %q", i, field.Name, column.name)
		}
		if field.Len() != len(column.values) {
			t.Fatalf("%s has %d rows, want %d", column.name, field.Len(), len(column.values))
		}
		for row := range column.values {
			if err := compareCell(field, row, column); err != nil {
				if differences++; differences > 10 {
					t.Fatal("and so on")
				}
				t.Errorf("%s (%.40s) row %d: %v", column.name, column.typeName, row, err)
			}
		}
		mustBeNullableOnlyWithNulls(t, field)
	}
}

func compareCell(field *data.Field, row int, column column) error {
	got, valid := field.ConcreteAt(row)
	if !valid {
		got = nil
	}
	if index, isEnum := got.(data.EnumItemIndex); isEnum {
		texts := enumTexts(field)
		if int(index) >= len(texts) {
			return fmt.Errorf("got the number %d of an enum with %d texts", index, len(texts))
		}
		got = texts[index]
	}
	want := column.values[row]
	switch kindOf(column.typeName) {
	case kindText:
		return compareText(got, column.text[row], column.json[row])
	case kindTime:
		return compareTime(got, want)
	}
	if want == nil || got == nil {
		if want != nil || got != nil {
			return fmt.Errorf("got %v, want %v", got, want)
		}
		return nil
	}
	switch kindOf(column.typeName) {
	case kindInteger:
		return compareInteger(got, want)
	case kindWide:
		return compareWide(got, want)
	case kindFloat:
		return compareFloat(got, want)
	}
	if got != want {
		return fmt.Errorf("got %T %q, want %T %q", got, got, want, want)
	}
	return nil
}

// enumTexts is where @grafana/data looks for what an enum's numbers stand for.
func enumTexts(field *data.Field) []string {
	if field.Config == nil || field.Config.TypeConfig == nil || field.Config.TypeConfig.Enum == nil {
		return nil
	}
	return field.Config.TypeConfig.Enum.Text
}

func compareInteger(got, want any) error {
	number, ok := integer(got)
	if !ok {
		return fmt.Errorf("got %T %v, which is no integer, want %v", got, got, want)
	}
	if wanted, _ := integer(want); number.Cmp(wanted) != 0 {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	return nil
}

func integer(value any) (*big.Int, bool) {
	switch reflected := reflect.ValueOf(value); {
	case reflected.CanInt():
		return big.NewInt(reflected.Int()), true
	case reflected.CanUint():
		return new(big.Int).SetUint64(reflected.Uint()), true
	}
	return nil, false
}

// compareWide lets a double be one step beside the nearest one where the exact value has more digits than a double.
func compareWide(got, want any) error {
	double, ok := got.(float64)
	if !ok {
		return fmt.Errorf("got %T %v, which is no double, want %v", got, got, want)
	}
	exact, digits := exactly(want)
	nearest, _ := exact.Float64()
	if double == nearest {
		return nil
	}
	if digits.BitLen() > 53 && (double == math.Nextafter(nearest, math.Inf(1)) || double == math.Nextafter(nearest, math.Inf(-1))) {
		return nil
	}
	return fmt.Errorf("got %v, want %v of %v", double, nearest, want)
}

// exactly returns the value and its digits without the decimal point.
func exactly(value any) (*big.Rat, *big.Int) {
	switch number := value.(type) {
	case *big.Int:
		return new(big.Rat).SetInt(number), number
	case duckdb.Decimal:
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(number.Scale)), nil)
		return new(big.Rat).SetFrac(number.Value, scale), number.Value
	}
	panic(fmt.Sprintf("%T is no wide number", value))
}

func compareFloat(got, want any) error {
	if single, ok := want.(float32); ok {
		want = float64(single)
	}
	if single, ok := got.(float32); ok {
		got = float64(single)
	}
	a, ok := got.(float64)
	b := want.(float64)
	if !ok || (math.Float64bits(a) != math.Float64bits(b) && !(math.IsNaN(a) && math.IsNaN(b))) {
		return fmt.Errorf("got %T %v, want %v", got, got, want)
	}
	return nil
}

// compareTime knows that int64 nanoseconds end in 1677 and 2262: what lies outside must be null.
func compareTime(got, want any) error {
	if !representable(want) {
		if got != nil {
			return fmt.Errorf("got %v for %v, which Grafana cannot hold, want null", got, want)
		}
		return nil
	}
	stamp, ok := got.(time.Time)
	if !ok || stamp.UnixNano() != want.(time.Time).UnixNano() {
		return fmt.Errorf("got %T %v, want %v", got, got, want)
	}
	return nil
}

// representable leaves out both ends as well: in a TIMESTAMP_NS, the largest number and its negative are infinity.
func representable(want any) bool {
	stamp, ok := want.(time.Time)
	return ok && stamp.After(time.Unix(0, -math.MaxInt64)) && stamp.Before(time.Unix(0, math.MaxInt64))
}

// compareText takes DuckDB's own text, or JSON that says the same as DuckDB's own JSON.
func compareText(got any, text, jsonText sql.NullString) error {
	if !text.Valid {
		if got != nil {
			return fmt.Errorf("got %v, want null", got)
		}
		return nil
	}
	switch value := got.(type) {
	case string:
		if value == text.String || sameJSON(value, jsonText.String) {
			return nil
		}
	case json.RawMessage:
		if sameJSON(string(value), jsonText.String) {
			return nil
		}
		got = string(value)
	}
	return fmt.Errorf("got %T %.200q, want %q or %s", got, fmt.Sprint(got), text.String, jsonText.String)
}

func sameJSON(got, want string) bool {
	left, leftErr := decodeJSON(got)
	right, rightErr := decodeJSON(notNumbers.ReplaceAllString(want, "null"))
	return leftErr == nil && rightErr == nil && reflect.DeepEqual(left, right)
}

// notNumbers are what DuckDB writes into JSON though JSON has no such numbers: null stands for them, as JavaScript does it.
var notNumbers = regexp.MustCompile(`-?\b(?:NaN|Infinity)\b`)

// decodeJSON keeps every digit of a number.
func decodeJSON(text string) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// mustBeNullableOnlyWithNulls: a nullable field costs Grafana a pointer for each value.
func mustBeNullableOnlyWithNulls(t testing.TB, field *data.Field) {
	t.Helper()
	nulls := 0
	for row := range field.Len() {
		if field.NilAt(row) {
			nulls++
		}
	}
	if field.Nullable() != (nulls > 0) {
		t.Errorf("%s has %d nulls, and nullable is %v", field.Name, nulls, field.Nullable())
	}
}
