package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quiver/test/conformance/go-host/internal/host"
)

// raceRows tells the versions of a file apart: every value of x is the version, and the versions have as many thousand rows and other columns.
func raceRows(version int) string {
	if version%2 == 0 {
		return fmt.Sprintf("SELECT %d AS x, 'row ' || i AS s FROM range(%d) r(i)", version, version*1000)
	}
	return fmt.Sprintf("SELECT i, [i] AS l, %d AS x FROM range(%d) r(i)", version, version*1000)
}

// makeRace writes both versions of a file with DuckDB as other people embed it, and puts the first in place.
func makeRace(t *testing.T, name string) (path string, versions []string) {
	t.Helper()
	path = filepath.Join(files, name)
	for version := 1; version <= 2; version++ {
		made := filepath.Join(tempDir(t), name)
		statements := []string{fmt.Sprintf("COPY (%s) TO '%s'", raceRows(version), made)}
		if filepath.Ext(name) == ".duckdb" {
			statements = []string{
				fmt.Sprintf("ATTACH '%s' AS race", made),
				"CREATE TABLE race.t AS " + raceRows(version),
				"DETACH race",
			}
		}
		for _, statement := range statements {
			if _, err := duck.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		versions = append(versions, made)
	}
	publish(t, versions[0], path)
	return path, versions
}

// publish writes a new file beside the old one, and renames it.
func publish(t testing.TB, from, to string) {
	t.Helper()
	bytes, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to+".new", bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(to+".new", to); err != nil {
		t.Fatal(err)
	}
}

func raceSource(path string) host.DataSource {
	if filepath.Ext(path) == ".duckdb" {
		return dataSource(settings(object{"database": path}))
	}
	return dataSource(settings(object{"tables": []object{{"name": "t", "path": path}}}))
}

func TestReplacedFilesAreReadWhole(t *testing.T) {
	for _, name := range []string{"race.duckdb", "race.parquet", "race.csv", "race.json"} {
		t.Run(name, func(t *testing.T) {
			path, versions := makeRace(t, name)
			plugin := start(t)
			source := raceSource(path)
			done := make(chan struct{})
			var readers sync.WaitGroup
			for range 4 {
				readers.Go(func() {
					for {
						select {
						case <-done:
							return
						default:
						}
						response := askOne(t, plugin, source, host.Table("SELECT * FROM t"))
						if err := mustBeGood(response); err != nil {
							t.Errorf("a query failed while the file was replaced: %v", err)
							return
						}
						answer := response.Frames[0]
						field, _ := answer.FieldByName("x")
						version, _ := field.FloatAt(0)
						if want := int(version) * 1000; answer.Rows() != want {
							t.Errorf("version %v has %d rows, want %d", version, answer.Rows(), want)
						}
						for row := range answer.Rows() {
							if value, _ := field.FloatAt(row); value != version {
								t.Errorf("row %d is of version %v, the first of %v", row, value, version)
								return
							}
						}
					}
				})
			}
			for i := range 50 {
				publish(t, versions[(i+1)%2], path)
				// Long enough for some queries to see each version.
				time.Sleep(20 * time.Millisecond)
			}
			close(done)
			readers.Wait()
			stillWorks(t, plugin)
		})
	}
}

func TestADatabaseWrittenInPlaceIsAnErrorUntilItIsLeftAlone(t *testing.T) {
	path, versions := makeRace(t, "overwritten.duckdb")
	plugin := start(t)
	source := raceSource(path)
	count := host.Table("SELECT count(*), max(x) FROM t")
	if got := cell(frame(t, plugin, source, count), 0, 0); got != int64(1000) {
		t.Fatalf("got %v rows of the first version", got)
	}
	bytes, err := os.ReadFile(versions[1])
	if err != nil {
		t.Fatal(err)
	}
	// Truncates, and writes into the same file.
	if err := os.WriteFile(path, bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	response := askOne(t, plugin, source, count)
	if response.Error == nil || !strings.Contains(response.Error.Error(), "was written in place") || !strings.Contains(response.Error.Error(), "rename") {
		t.Fatalf("got %v, want an error that says how to publish", response.Error)
	}
	eventually(t, 10*time.Second, "the new rows are read", func() bool {
		response := askOne(t, plugin, source, count)
		return response.Error == nil && cell(response.Frames[0], 0, 0) == int64(2000)
	})
	stillWorks(t, plugin)
}
