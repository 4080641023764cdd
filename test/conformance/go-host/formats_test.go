package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// logSQL has a line each minute of the default range, in odd minutes a warning.
const logSQL = `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS ts, CASE WHEN i % 2 = 1 THEN 'WARN' ELSE 'info' END AS level,
'line ' || i AS message, 'id-' || i AS id, 'host-' || (i % 3) AS host, CASE WHEN i > 0 THEN {'n': i} END AS detail
FROM range(60) r(i) WHERE $__timeFilter(TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE) ORDER BY ts LIMIT 5`

// spanSQL is a root and its child.
const spanSQL = `SELECT 'trace' AS trace_id, 'span-' || i AS span_id, CASE WHEN i > 0 THEN 'span-0' END AS parent_span_id, 'get' AS name,
'shop' AS service_name, MAP {'host': 'a'} AS resource_attributes, TIMESTAMP '2024-01-01 00:00:00.0005' AS start_time,
INTERVAL '1.5 seconds' AS duration, {'n': i} AS attributes, [{'time': TIMESTAMP '2024-01-01', 'name': 'retry'}] AS events,
[{'trace_id': 't', 'span_id': 's'}] AS links, 2 AS kind, 'STATUS_CODE_ERROR' AS status_code, 'no' AS status_message FROM range(2) r(i)`

const annotationSQL = `SELECT 1704067200 AS time, TIMESTAMP '2024-01-01 00:01:00' AS time_end, 'deployed' AS title, 'v1' AS text,
['a', 'b'] AS tags, 7 AS id`

// mustHaveFields wants these fields, each as `name type`, nullable or not.
func mustHaveFields(t *testing.T, frame *data.Frame, want ...string) {
	t.Helper()
	var got []string
	for _, field := range frame.Fields {
		got = append(got, field.Name+" "+strings.TrimPrefix(strings.TrimPrefix(field.Type().ItemTypeString(), "[]"), "*"))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the fields are %v, want %v", got, want)
	}
}

func mustBeJSON(t *testing.T, frame *data.Frame, field, row int, want string) {
	t.Helper()
	got, ok := cell(frame, field, row).(json.RawMessage)
	if !ok || string(got) != want {
		t.Errorf("%s of row %d is %s, want %s", frame.Fields[field].Name, row, got, want)
	}
}

func TestLogLines(t *testing.T) {
	plugin, source := start(t), inMemory()
	names := []string{"timestamp time.Time", "body string", "severity string", "id string", "labels json.RawMessage"}

	t.Run("are the frame of the data plane contract", func(t *testing.T) {
		for _, format := range []any{"logs", 2} {
			got := frame(t, plugin, source, host.Query{SQL: logSQL, Format: format})
			mustHaveFields(t, got, names...)
			if got.Meta.Type != data.FrameTypeLogLines || got.Meta.TypeVersion != (data.FrameTypeVersion{0, 0}) {
				t.Errorf("the frame's type is %s %v", got.Meta.Type, got.Meta.TypeVersion)
			}
			if got.Meta.PreferredVisualization != data.VisTypeLogs {
				t.Errorf("it prefers %q", got.Meta.PreferredVisualization)
			}
			if got.Rows() != 5 {
				t.Fatalf("got %d lines", got.Rows())
			}
			if at := cell(got, 0, 1).(time.Time); !at.Equal(time.Date(2024, 1, 1, 0, 1, 0, 0, time.UTC)) {
				t.Errorf("the second line is of %v", at)
			}
			if cell(got, 1, 1) != "line 1" || cell(got, 2, 1) != "WARN" || cell(got, 3, 1) != "id-1" {
				t.Errorf("the second line is %v, %v, %v", cell(got, 1, 1), cell(got, 2, 1), cell(got, 3, 1))
			}
			mustBeJSON(t, got, 4, 0, `{"host":"host-0"}`)
			mustBeJSON(t, got, 4, 1, `{"host":"host-1","detail":"{\"n\":1}"}`)
		}
	})

	t.Run("without rows keep their fields", func(t *testing.T) {
		got := frame(t, plugin, source, host.Query{SQL: `SELECT * FROM (` + logSQL + `) WHERE false`, Format: "logs"})
		mustHaveFields(t, got, names...)
	})

	t.Run("are counted by level, a frame for each", func(t *testing.T) {
		all := frames(t, plugin, source, host.Query{SQL: logSQL, Format: "logs", QueryType: "logs-volume", Interval: 20 * time.Minute})
		if len(all) != 2 {
			t.Fatalf("got %d frames, want one for each level", len(all))
		}
		for i, level := range []string{"info", "warning"} {
			mustHaveFields(t, all[i], "time time.Time", "value int64")
			if all[i].Meta.Type != data.FrameTypeTimeSeriesMulti {
				t.Errorf("the frame's type is %s", all[i].Meta.Type)
			}
			if labels := all[i].Fields[1].Labels; len(labels) != 1 || labels["level"] != level {
				t.Errorf("the labels are %v, want the level %s", labels, level)
			}
			if all[i].Rows() != 3 || cell(all[i], 1, 0) != int64(10) {
				t.Errorf("%s has %d buckets, the first of %v lines", level, all[i].Rows(), cell(all[i], 1, 0))
			}
		}
	})

	t.Run("have neighbours", func(t *testing.T) {
		for direction, want := range map[string][]string{"backward": {"line 30", "line 29"}, "forward": {"line 30", "line 31"}} {
			at := fmt.Sprint(time.Date(2024, 1, 1, 0, 30, 0, 0, time.UTC).UnixNano())
			query := host.Query{SQL: logSQL, Format: "logs", QueryType: "logs-context"}
			query.More = object{"logsContext": object{"direction": direction, "timeNs": at, "limit": 2}}
			got := frame(t, plugin, source, query)
			mustHaveFields(t, got, names...)
			if got.Rows() != 2 || cell(got, 1, 0) != want[0] || cell(got, 1, 1) != want[1] {
				t.Errorf("%s are %d lines: %v, %v", direction, got.Rows(), cell(got, 1, 0), cell(got, 1, 1))
			}
		}
	})

	t.Run("of several statements are refused", func(t *testing.T) {
		for _, kind := range []string{"", "logs-volume", "logs-context"} {
			query := host.Query{SQL: logSQL + "; SELECT 2", Format: "logs", QueryType: kind}
			query.More = object{"logsContext": object{"direction": "forward", "timeNs": "0", "limit": 2}}
			mustFail(t, askOne(t, plugin, source, query), failure{status: 400, code: "sql_multiple_statements"})
		}
	})

	t.Run("need a time", func(t *testing.T) {
		response := askOne(t, plugin, source, host.Query{SQL: `SELECT 'x' AS body`, Format: "logs"})
		if response.Status != backend.StatusBadRequest || !strings.Contains(response.Error.Error(), "no column of times") {
			t.Errorf("got %v: %v", response.Status, response.Error)
		}
	})
}

func TestTraces(t *testing.T) {
	plugin, source := start(t), inMemory()
	names := []string{"traceID string", "spanID string", "parentSpanID string", "operationName string", "serviceName string",
		"serviceTags json.RawMessage", "startTime float64", "duration float64", "tags json.RawMessage", "logs json.RawMessage",
		"references json.RawMessage", "kind string", "statusCode int64", "statusMessage string"}

	t.Run("are the frame of the trace view", func(t *testing.T) {
		for _, format := range []any{"traces", 3} {
			got := frame(t, plugin, source, host.Query{SQL: spanSQL, Format: format})
			mustHaveFields(t, got, names...)
			if got.Meta.PreferredVisualization != data.VisTypeTrace {
				t.Errorf("it prefers %q", got.Meta.PreferredVisualization)
			}
			want := []any{"trace", "span-1", "span-0", "get", "shop", nil, 1704067200000.5, 1500.0, nil, nil, nil, "server", int64(2), "no"}
			for i, value := range want {
				if value != nil && cell(got, i, 1) != value {
					t.Errorf("%s is %v, want %v", got.Fields[i].Name, cell(got, i, 1), value)
				}
			}
			if cell(got, 2, 0) != nil {
				t.Errorf("the root has the parent %v", cell(got, 2, 0))
			}
			mustBeJSON(t, got, 5, 1, `[{"key":"host","value":"a"}]`)
			mustBeJSON(t, got, 8, 1, `[{"key":"n","value":1}]`)
			mustBeJSON(t, got, 9, 1, `[{"timestamp":1704067200000,"fields":[],"name":"retry"}]`)
			mustBeJSON(t, got, 10, 1, `[{"traceID":"t","spanID":"s","tags":[]}]`)
		}
	})

	t.Run("without rows keep their fields", func(t *testing.T) {
		mustHaveFields(t, frame(t, plugin, source, host.Query{SQL: spanSQL + ` LIMIT 0`, Format: "traces"}), names...)
	})
}

func TestAnnotations(t *testing.T) {
	plugin, source := start(t), inMemory()
	names := []string{"time time.Time", "timeEnd time.Time", "title string", "text string", "tags string", "id string"}
	query := host.Query{SQL: annotationSQL, Format: "table", QueryType: "annotation"}
	got := frame(t, plugin, source, query)
	mustHaveFields(t, got, names...)
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if !cell(got, 0, 0).(time.Time).Equal(start) || !cell(got, 1, 0).(time.Time).Equal(start.Add(time.Minute)) {
		t.Errorf("it goes from %v to %v", cell(got, 0, 0), cell(got, 1, 0))
	}
	if cell(got, 4, 0) != "a,b" || cell(got, 5, 0) != "7" {
		t.Errorf("its tags are %v, its id %v", cell(got, 4, 0), cell(got, 5, 0))
	}
	query.SQL += ` WHERE false`
	mustHaveFields(t, frame(t, plugin, source, query), names...)
}

func TestAdHocFilters(t *testing.T) {
	plugin, source := start(t), inMemory()
	query := host.Query{SQL: logSQL, Format: "logs"}
	query.More = object{"adHocFilters": []object{{"key": "host", "operator": "=|", "value": "host-0", "values": []string{"host-0", "it's"}}}}
	got := frame(t, plugin, source, query)
	if got.Rows() != 2 || cell(got, 1, 0) != "line 0" || cell(got, 1, 1) != "line 3" {
		t.Errorf("got %d lines", got.Rows())
	}

	labelled := host.Query{SQL: `SELECT TIMESTAMP '2024-01-01' AS ts, 'x' AS body, MAP {'host': 'a'} AS labels`, Format: "logs"}
	labelled.More = object{"adHocFilters": []object{{"key": "hots", "operator": "=", "value": "a"}}}
	empty := frame(t, plugin, source, labelled)
	want := data.Notice{Severity: data.NoticeSeverityInfo, Text: "No lines are left: the filter on hots is on a label, since there is no such column"}
	if empty.Rows() != 0 || !slices.Equal(empty.Meta.Notices, []data.Notice{want}) {
		t.Errorf("%d lines come with the notices %v", empty.Rows(), empty.Meta.Notices)
	}

	query.More = object{"adHocFilters": []object{{"key": "ts", "operator": ">", "value": "soon"}}}
	response := askOne(t, plugin, source, query)
	if response.Status != backend.StatusBadRequest || !strings.Contains(response.Error.Error(), "Cannot apply the filter ts > soon") {
		t.Errorf("got %v: %v", response.Status, response.Error)
	}
}
