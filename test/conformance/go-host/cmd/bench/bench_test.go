package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"quiver/test/conformance/go-host/internal/host"
)

// smaller is by how much the corpus and every question to it shrink here.
const smaller = 100

// What the bench compares must be the same work: for each of its questions both executables give the same values, field by field.
func TestBothDataSourcesGiveTheSameFrames(t *testing.T) {
	folder := t.TempDir()
	corpus, err := obtainCorpus(folder, 10*million/smaller)
	if err != nil {
		t.Fatal(err)
	}
	quiver, baseline := startSubject(t, corpus, quiverExecutable(t)), startSubject(t, corpus, buildBaseline(t, folder))
	for _, scenario := range scenarios() {
		if scenario.query.sql == "" {
			continue
		}
		t.Run(scenario.Name, func(t *testing.T) {
			run := run{scenario: scenario, corpus: corpus, smaller: smaller}
			ours, theirs := fields(t, run, quiver), fields(t, run, baseline)
			if len(ours) != len(theirs) {
				t.Fatalf("got %d fields, want %d", len(ours), len(theirs))
			}
			for name, want := range theirs {
				if got := ours[name]; got == nil {
					t.Errorf("there is no field %s", name)
				} else if err := equalFields(got, want); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}

func TestASecondRunTakesTheCorpusOfTheFirst(t *testing.T) {
	folder := t.TempDir()
	first, err := obtainCorpus(folder, 1000)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(first.database)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := obtainCorpus(folder, 1000); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(first.database)
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("the corpus was made anew")
	}
}

// startSubject starts a process that all of a test's questions go to.
func startSubject(t *testing.T, corpus corpus, exe string) *host.Plugin {
	t.Helper()
	plugin, stop, err := run{subject: subject{exe: exe}, corpus: corpus}.open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return plugin
}

func quiverExecutable(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "..", "dist", fmt.Sprintf("gpx_quiver_%s_%s", runtime.GOOS, runtime.GOARCH)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func buildBaseline(t *testing.T, folder string) string {
	t.Helper()
	exe := filepath.Join(folder, "gpx_go_baseline")
	build := exec.Command("go", "build", "-o", exe, ".")
	build.Dir = filepath.Join("..", "..", "..", "..", "..", "bench", "go-baseline")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("cannot build the baseline: %v\n%s", err, output)
	}
	return exe
}

// fields are those of the answer by name and labels: their order is each one's own.
func fields(t *testing.T, run run, plugin *host.Plugin) map[string]*data.Field {
	t.Helper()
	id := int64(1)
	if run.scenario.query.parquet {
		id = 2
	}
	answer, err := run.answer(plugin, run.source(id))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*data.Field{}
	for _, field := range answer.Frames[0].Fields {
		byName[field.Name+field.Labels.String()] = field
	}
	return byName
}

func equalFields(got, want *data.Field) error {
	if got.Type().NonNullableType() != want.Type().NonNullableType() {
		return fmt.Errorf("is %v, want %v", got.Type(), want.Type())
	}
	for row := range want.Len() {
		left, _ := got.ConcreteAt(row)
		right, _ := want.ConcreteAt(row)
		if got.NilAt(row) != want.NilAt(row) || !equalValues(left, right) {
			return fmt.Errorf("row %d is %v, want %v", row, left, right)
		}
	}
	return nil
}

// equalValues forgives the last bits of a mean: threads add in any order.
func equalValues(got, want any) bool {
	switch want := want.(type) {
	case time.Time:
		return want.Equal(got.(time.Time))
	case float64:
		return math.Abs(got.(float64)-want) <= 1e-9*math.Abs(want)
	default:
		return got == want
	}
}
