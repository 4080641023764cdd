// Command measure prints what a closing note wants to know of the executable: start, idle memory, and the price of a million rows.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"text/tabwriter"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"google.golang.org/protobuf/proto"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// results come from a DuckDB file, made anew for each run.
var results = []struct{ name, table, sql string }{
	{"(timestamp, double)", "numbers", `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS time, sin(i / 1000.0) AS value FROM range(1000000) r(i)`},
	{"(timestamp, 40 characters)", "texts", `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS time, md5(i::VARCHAR) || lpad(i::VARCHAR, 8, '0') AS text FROM range(1000000) r(i)`},
}

func main() {
	exe := flag.String("exe", filepath.Join("..", "..", "..", "dist", fmt.Sprintf("gpx_quiver_%s_%s", runtime.GOOS, runtime.GOARCH)), "the executable to measure")
	starts := flag.Int("starts", 10, "how many starts")
	calls := flag.Int("calls", 7, "how many calls for each result; the first two warm up and do not count")
	flag.Parse()
	path, err := filepath.Abs(*exe)
	if err != nil {
		log.Fatal(err)
	}
	if err := measure(path, *starts, *calls); err != nil {
		log.Fatal(err)
	}
}

func measure(exe string, starts, calls int) error {
	directory, err := os.MkdirTemp("", "quiver-measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	source, err := makeSource(directory)
	if err != nil {
		return err
	}
	options := host.Options{Exe: exe, AllowedDirectories: directory}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer table.Flush()
	if err := measureStarts(table, options, source, starts); err != nil {
		return err
	}
	fmt.Fprintln(table, "\n1M rows of\tCPU of the plugin\twall with decoding\tof that until the answer\tbytes\tpeak memory")
	for _, result := range results {
		if err := measureResult(table, options, source, result.name, `SELECT * FROM `+result.table, calls); err != nil {
			return err
		}
	}
	return nil
}

func measureStarts(table *tabwriter.Writer, options host.Options, source host.DataSource, starts int) error {
	var walls, cpus []time.Duration
	var idle []int64
	for range starts {
		began := time.Now()
		plugin, err := host.Start(options)
		if err != nil {
			return err
		}
		_, err = plugin.Health(context.Background(), source)
		walls = append(walls, time.Since(began))
		cpu, memory := usage(plugin)
		cpus, idle = append(cpus, cpu), append(idle, memory.Resident)
		plugin.Stop()
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(table, "start to first health, p50 of %d\t%v, CPU %v\n", starts, median(walls).Round(time.Millisecond), median(cpus))
	fmt.Fprintf(table, "memory after it, p50\t%s\n", mebibytes(median(idle)))
	return nil
}

func measureResult(table *tabwriter.Writer, options host.Options, source host.DataSource, name, sql string, calls int) error {
	const warmUp = 2
	plugin, err := host.Start(options)
	if err != nil {
		return err
	}
	defer plugin.Stop()
	var walls, answers, cpus []time.Duration
	var bytes int
	request := host.Request{Source: source, Queries: []host.Query{host.Table(sql)}}.Proto()
	for call := range warmUp + calls {
		before, _ := usage(plugin)
		began := time.Now()
		answer, err := plugin.Data.QueryData(context.Background(), request)
		answered := time.Since(began)
		if err != nil {
			return err
		}
		frames, err := data.UnmarshalArrowFrames(answer.Responses["A"].Frames)
		if err != nil || len(frames) != 1 || frames[0].Rows() != 1_000_000 {
			return fmt.Errorf("%s: %d frames, error %q, %v", name, len(frames), answer.Responses["A"].Error, err)
		}
		wall := time.Since(began)
		// The processor's time has steps of 10 ms; what the plugin still frees belongs to the call.
		time.Sleep(100 * time.Millisecond)
		after, _ := usage(plugin)
		if call >= warmUp {
			walls, answers, cpus = append(walls, wall), append(answers, answered), append(cpus, after-before)
		}
		bytes = proto.Size(answer)
	}
	_, memory := usage(plugin)
	fmt.Fprintf(table, "%s\t%v (least %v)\t%v\t%v\t%.1f MB\t%s\n", name, median(cpus), least(cpus), median(walls).Round(time.Millisecond),
		median(answers).Round(time.Millisecond), float64(bytes)/1e6, mebibytes(memory.Peak))
	return nil
}

func makeSource(directory string) (host.DataSource, error) {
	path := filepath.Join(directory, "measure.duckdb")
	db, err := sql.Open("duckdb", path)
	if err != nil {
		return host.DataSource{}, err
	}
	defer db.Close()
	for _, result := range results {
		if _, err := db.Exec("CREATE TABLE " + result.table + " AS " + result.sql); err != nil {
			return host.DataSource{}, err
		}
	}
	settings := fmt.Sprintf(`{"engine":"duckdb","duckdb":{"database":%q},"limits":{}}`, path)
	return host.DataSource{ID: 1, UID: "measured", Updated: time.UnixMilli(1), JSONData: []byte(settings)}, nil
}

func usage(plugin *host.Plugin) (time.Duration, proc.Memory) {
	cpu, err := proc.CPU(plugin.PID)
	if err != nil {
		log.Fatal(err)
	}
	memory, err := proc.MemoryOf(plugin.PID)
	if err != nil {
		log.Fatal(err)
	}
	return cpu, memory
}

func median[T ~int64](values []T) T {
	sorted := append([]T(nil), values...)
	sort.Slice(sorted, func(a, b int) bool { return sorted[a] < sorted[b] })
	return sorted[len(sorted)/2]
}

func least[T ~int64](values []T) T {
	smallest := values[0]
	for _, value := range values {
		smallest = min(smallest, value)
	}
	return smallest
}

func mebibytes(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }
