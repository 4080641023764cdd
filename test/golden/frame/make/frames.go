package main

import (
	"encoding/json"
	"math"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func goldenFrames() map[string]*data.Frame {
	return map[string]*data.Frame{
		"no-fields": data.NewFrame(""),
		"no-rows":   noRows(),
		"types":     types(),
		"nullable":  nullableTypes(),
		"metadata":  metadata(),
		"long":      long(),
	}
}

var (
	earliest = time.Unix(0, math.MinInt64)
	latest   = time.Unix(0, math.MaxInt64)
	texts    = []string{"", "plain", "žluťoučký kůň 🐎", "a\x00b\nc"}
	jsons    = []json.RawMessage{json.RawMessage(`{"a":[1,2.5,null]}`), json.RawMessage(`"🐎"`), json.RawMessage(`null`), json.RawMessage(`[]`)}
)

func noRows() *data.Frame {
	return data.NewFrame("no rows",
		data.NewField("time", nil, []time.Time{}),
		data.NewField("value", nil, []*float64{}),
		data.NewField("text", nil, []string{}),
		data.NewField("flag", nil, []bool{}),
	)
}

func types() *data.Frame {
	return data.NewFrame("types",
		data.NewField("int8", nil, []int8{math.MinInt8, -1, 0, math.MaxInt8}),
		data.NewField("int16", nil, []int16{math.MinInt16, -1, 0, math.MaxInt16}),
		data.NewField("int32", nil, []int32{math.MinInt32, -1, 0, math.MaxInt32}),
		data.NewField("int64", nil, []int64{math.MinInt64, -1, 0, math.MaxInt64}),
		data.NewField("uint8", nil, []uint8{0, 1, 2, math.MaxUint8}),
		data.NewField("uint16", nil, []uint16{0, 1, 2, math.MaxUint16}),
		data.NewField("uint32", nil, []uint32{0, 1, 2, math.MaxUint32}),
		data.NewField("uint64", nil, []uint64{0, 1, 2, math.MaxUint64}),
		data.NewField("float32", nil, []float32{-math.MaxFloat32, math.SmallestNonzeroFloat32, float32(math.Inf(1)), float32(math.NaN())}),
		data.NewField("float64", nil, []float64{-math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(-1), math.NaN()}),
		data.NewField("bool", nil, []bool{true, false, false, true}),
		data.NewField("timestamp", nil, []time.Time{earliest, time.Unix(0, 0), time.Unix(1767323045, 678901234), latest}),
		data.NewField("utf8", nil, texts),
		data.NewField("json", nil, jsons),
	)
}

func nullableTypes() *data.Frame {
	return data.NewFrame("nullable",
		data.NewField("int8", nil, nullable[int8](math.MinInt8, math.MaxInt8)),
		data.NewField("int16", nil, nullable[int16](math.MinInt16, math.MaxInt16)),
		data.NewField("int32", nil, nullable[int32](math.MinInt32, math.MaxInt32)),
		data.NewField("int64", nil, nullable[int64](math.MinInt64, math.MaxInt64)),
		data.NewField("uint8", nil, nullable[uint8](0, math.MaxUint8)),
		data.NewField("uint16", nil, nullable[uint16](0, math.MaxUint16)),
		data.NewField("uint32", nil, nullable[uint32](0, math.MaxUint32)),
		data.NewField("uint64", nil, nullable[uint64](0, math.MaxUint64)),
		data.NewField("float32", nil, nullable[float32](-0.5, math.MaxFloat32)),
		data.NewField("float64", nil, nullable[float64](-0.1, math.MaxFloat64)),
		data.NewField("bool", nil, nullable(true, false)),
		data.NewField("timestamp", nil, nullable(earliest, latest)),
		data.NewField("utf8", nil, nullable("", texts[2])),
		data.NewField("json", nil, nullable(jsons[0], jsons[1])),
		data.NewField("all null", nil, make([]*string, 10)),
		data.NewField("none null", nil, []*bool{ptr(true), ptr(true), ptr(false), ptr(true), ptr(true), ptr(true), ptr(true), ptr(true), ptr(false), ptr(true)}),
	)
}

// nullable makes ten rows, so that a bitmap takes more than a byte: null, a, b, null, and so on.
func nullable[T any](a, b T) []*T {
	return []*T{nil, &a, &b, nil, &a, &b, nil, &a, &b, nil}
}

func ptr[T any](value T) *T {
	return &value
}

func metadata() *data.Frame {
	frame := data.NewFrame("řada 🐎",
		data.NewField("time", nil, []time.Time{time.Unix(0, 0)}).SetConfig(&data.FieldConfig{Interval: 60000}),
		data.NewField("value", data.Labels{"zone": "b", "host": `quoted " \ 🐎`}, []float64{1}).SetConfig(&data.FieldConfig{
			DisplayName: "name", DisplayNameFromDS: "from ds", Description: "what", Unit: "ms",
		}),
		data.NewField("value", data.Labels{"host": "same name"}, []float64{2}),
	)
	frame.RefID = "A"
	frame.Meta = &data.FrameMeta{
		Type:        data.FrameTypeTimeSeriesWide,
		TypeVersion: data.FrameTypeVersion{0, 1},
		Notices: []data.Notice{
			{Severity: data.NoticeSeverityInfo, Text: "info"},
			{Severity: data.NoticeSeverityWarning, Text: "warning", Link: "/there"},
			{Severity: data.NoticeSeverityError, Text: "error"},
		},
		ExecutedQueryString:    "SELECT '🐎' -- <&>",
		PreferredVisualization: data.VisTypeGraph,
		Custom:                 map[string]any{"code": "limit", "position": 3},
	}
	return frame
}

func long() *data.Frame {
	rows := 300
	times, values, names := make([]time.Time, rows), make([]*float64, rows), make([]string, rows)
	for row := range rows {
		times[row] = time.Unix(int64(row), 0)
		if row%7 != 0 {
			values[row] = ptr(float64(row) / 8)
		}
		names[row] = texts[row%len(texts)]
	}
	return data.NewFrame("long", data.NewField("time", nil, times), data.NewField("value", nil, values), data.NewField("name", nil, names))
}
