// Command bench drives Quiver's executable and a data source in Go as Grafana would, in turns, and prints what each needed as one line of JSON.
// The table of scenarios is scenarios.go; scripts/bench.ts makes bench/README.md of it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path"
	"strings"
	"time"
)

// report is what is printed.
type report struct {
	// Engine is DuckDB's version, the same in both.
	Engine    string     `json:"engine"`
	Rows      int        `json:"rows"`
	Passes    int        `json:"passes"`
	Scenarios []scenario `json:"scenarios"`
	Measured  []measured `json:"measured"`
}

// measured is one process of one pass.
type measured struct {
	Scenario string  `json:"scenario"`
	Subject  string  `json:"subject"`
	Pass     int     `json:"pass"`
	Calls    int     `json:"calls"`
	Figures  figures `json:"figures"`
}

// method is a way of measuring one process.
type method = func(run) (figures, error)

type options struct {
	quiver, baseline, cache string
	floor                   floor
	passes                  int
	names                   string
}

func main() {
	log.SetFlags(0)
	var options options
	flag.StringVar(&options.quiver, "quiver", "", "Quiver's executable")
	flag.StringVar(&options.baseline, "baseline", "", "the executable of bench/go-baseline")
	flag.StringVar(&options.cache, "cache", "", "the folder that keeps the corpus")
	flag.StringVar(&options.floor.python, "python", "", "a Python with duckdb and pyarrow; none leaves the floor out")
	flag.StringVar(&options.floor.script, "floor", "", "bench/floor/floor.py")
	flag.IntVar(&options.passes, "passes", 5, "how often each scenario is measured, with fresh processes")
	flag.StringVar(&options.names, "scenarios", "", "names with commas between, a * for any ending; none means all")
	flag.Parse()
	report, err := bench(options)
	if err != nil {
		log.Fatalf("Cannot measure: %v", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		log.Fatal(err)
	}
}

func bench(options options) (report, error) {
	chosen, err := choose(options.names)
	if err != nil {
		return report{}, err
	}
	corpus, err := obtainCorpus(options.cache, 10*million)
	if err != nil {
		return report{}, err
	}
	result := report{Engine: corpus.engine, Rows: corpus.rows, Passes: options.passes, Scenarios: chosen}
	for pass := range options.passes {
		for _, scenario := range chosen {
			began := time.Now()
			all, err := measure(options, run{scenario: scenario, corpus: corpus, smaller: 1}, pass+1)
			if err != nil {
				return report{}, fmt.Errorf("%s: %w", scenario.Name, err)
			}
			result.Measured = append(result.Measured, all...)
			log.Printf("pass %d of %d, %.0f s: %s", pass+1, options.passes, time.Since(began).Seconds(), summary(scenario, all))
		}
	}
	return result, nil
}

// measure drives Quiver, then the baseline, then DuckDB alone.
func measure(options options, run run, pass int) ([]measured, error) {
	scenario := run.scenario
	asked := scenario.measure
	if asked == nil {
		asked = measureCalls
	}
	var all []measured
	add := func(name string, times repetition, method method) error {
		if times.calls == 0 {
			return nil
		}
		run.times = times
		found, err := method(run)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, measured{Scenario: scenario.Name, Subject: name, Pass: pass, Calls: times.calls, Figures: found})
		return nil
	}
	run.subject = subject{"quiver", options.quiver}
	if err := add("quiver", scenario.quiver, asked); err != nil {
		return nil, err
	}
	run.subject = subject{"go", options.baseline}
	if err := add("go", scenario.baseline, asked); err != nil {
		return nil, err
	}
	if !options.floor.has(scenario) {
		return all, nil
	}
	return all, add("floor", scenario.quiver, options.floor.measure)
}

// choose takes scenarios by their names, or all of them; `1m*` is each one whose name begins so.
func choose(names string) ([]scenario, error) {
	if names == "" {
		return scenarios(), nil
	}
	var chosen []scenario
	for _, name := range strings.Split(names, ",") {
		before := len(chosen)
		for _, scenario := range scenarios() {
			if matched, _ := path.Match(name, scenario.Name); matched {
				chosen = append(chosen, scenario)
			}
		}
		if len(chosen) == before {
			return nil, fmt.Errorf("no scenario is called %s", name)
		}
	}
	return chosen, nil
}

func summary(scenario scenario, all []measured) string {
	parts := []string{scenario.Name}
	for _, one := range all {
		text, _ := json.Marshal(one.Figures)
		parts = append(parts, one.Subject+" "+string(text))
	}
	return strings.Join(parts, " ")
}
