package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// TestWorkbenchJSON gives the very same Arrow files to the SDK, whose JSON is what Grafana sends to browsers, and to the workbench's server.
func TestWorkbenchJSON(t *testing.T) {
	plugin, source := start(t), store()
	queries := map[string]host.Query{
		"every type":            host.Table(`SELECT * FROM all_types`),
		"every type, no row":    host.Table(`SELECT * FROM all_types WHERE false`),
		"every type, all nulls": host.Table(`SELECT * FROM all_types WHERE bool IS NULL`),
		"an enum along time":    host.Table(`SELECT TIMESTAMP '2024-01-01' AS time, unnest(['a', 'b', NULL])::ENUM('b', 'a') AS e`),
		"series with labels":    host.Series(`SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS time, 'h' || i % 2 AS host, i / 3 AS x, i AS n FROM range(5) r(i)`),
		"series without a row":  host.Series(`SELECT TIMESTAMP '2024-01-01' AS time, 1 AS x WHERE false`),
		"several frames":        {SQL: `SELECT TIMESTAMP '2024-01-01' AS time, 'h' || i AS host, i AS x FROM range(3) r(i)`, Format: 4},
		"log lines":             {SQL: logSQL, Format: "logs"},
		"spans":                 {SQL: spanSQL, Format: "traces"},
		"a notice":              host.Table(`SELECT DATE '9999-12-31' AS d`),
		"names that need care":  host.Table(`SELECT '</script>' AS "a""b", '<&>' AS "<&>", chr(8232) AS "気温"`),
		"an error":              host.Table(`SELECT nothing`),
	}
	for name, expressions := range literals {
		queries[name] = host.Table("SELECT " + strings.Join(expressions, " AS x UNION ALL SELECT ") + " AS x")
	}

	var names, paths []string
	folder := tempDir(t)
	for name, query := range queries {
		for i, frame := range arrowFiles(t, plugin, source, query) {
			path := filepath.Join(folder, fmt.Sprintf("%d.arrow", len(paths)))
			if err := os.WriteFile(path, frame, 0o600); err != nil {
				t.Fatal(err)
			}
			names, paths = append(names, fmt.Sprintf("%s, frame %d", name, i)), append(paths, path)
		}
	}
	written := workbenchJSON(t, paths)
	if len(written) != len(paths) {
		t.Fatalf("the workbench has written %d frames of %d", len(written), len(paths))
	}
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			want := parseNumbers(t, sdkJSON(t, paths[i]))
			mustBeSameJSON(t, "frame", parseNumbers(t, []byte(written[i])), want)
		})
	}
}

// arrowFiles are the frames as they arrive.
func arrowFiles(t *testing.T, plugin *host.Plugin, source host.DataSource, query host.Query) [][]byte {
	t.Helper()
	query.RefID = "A"
	request := host.Request{Source: source, Queries: []host.Query{query}}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	answer, err := plugin.Data.QueryData(ctx, request.Proto())
	if err != nil {
		t.Fatal(err)
	}
	frames := answer.Responses["A"].Frames
	if len(frames) == 0 {
		t.Fatalf("%s has no frame", query.SQL)
	}
	return frames
}

// Runs in the project's folder.
const workbenchScript = `import { readFileSync } from 'node:fs';
import { decodeFrame } from './src/frame/index.ts';
import { frameToJson } from './workbench/server/frame-json.ts';
for (const path of process.argv.slice(1)) console.log(frameToJson(decodeFrame(readFileSync(path))));`

// workbenchJSON is a line for each file.
func workbenchJSON(t *testing.T, paths []string) []string {
	t.Helper()
	project, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	arguments := append([]string{"--input-type=module", "--eval", workbenchScript}, paths...)
	cmd := exec.Command(filepath.Join(project, "node_modules", ".bin", "node"), arguments...)
	cmd.Dir, cmd.Stderr = project, os.Stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(output), "\n"), "\n")
}

func sdkJSON(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	frame, err := data.UnmarshalArrowFrame(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := data.FrameToJSON(frame, data.IncludeAll)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func parseNumbers(t *testing.T, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return value
}

// mustBeSameJSON compares all but the order of keys and the way in which a number is written.
func mustBeSameJSON(t *testing.T, path string, got, want any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s is %v, want an object", path, got)
			return
		}
		for _, key := range keysOfEither(object, want) {
			mustBeSameJSON(t, path+"."+key, object[key], want[key])
		}
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			t.Errorf("%s is %.200v, want a list of %d", path, got, len(want))
			return
		}
		for i := range want {
			mustBeSameJSON(t, path+"."+strconv.Itoa(i), list[i], want[i])
		}
	case json.Number:
		if number, ok := got.(json.Number); !ok || !sameWrittenNumber(number, want) {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s is %.200v, want %.200v", path, got, want)
		}
	}
}

// keysOfEither are all keys of two objects: one that is missing is compared as nil.
func keysOfEither(a, b map[string]any) []string {
	keys := slices.Collect(maps.Keys(a))
	for key := range b {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// sameWrittenNumber looks at every digit, and at the sign of a zero.
func sameWrittenNumber(a, b json.Number) bool {
	x, _ := new(big.Rat).SetString(a.String())
	y, _ := new(big.Rat).SetString(b.String())
	return x != nil && y != nil && x.Cmp(y) == 0 && strings.HasPrefix(a.String(), "-") == strings.HasPrefix(b.String(), "-")
}
