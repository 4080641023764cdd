package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// floor is DuckDB with nothing around it: a program that runs the same SQL and takes the answer as Arrow from DuckDB's own export.
type floor struct{ python, script string }

func (floor floor) measure(run run) (figures, error) {
	query := run.scenario.query
	to := corpusStart.Add(time.Duration(query.rows/rowsPerSecond/run.smaller-1) * time.Second)
	filter := fmt.Sprintf("ts >= '%s' AND ts <= '%s'", corpusStart.Format(time.RFC3339), to.Format(time.RFC3339))
	request := map[string]any{
		"sql":      strings.ReplaceAll(query.text(run.smaller), "$__timeFilter(ts)", filter),
		"database": run.corpus.database,
		"warmUp":   run.times.warmUp,
		"calls":    run.times.calls,
		"atOnce":   max(run.scenario.atOnce, 1),
	}
	if query.parquet {
		request["database"], request["parquet"] = ":memory:", run.corpus.parquet
	}
	text, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	command := exec.Command(floor.python, floor.script)
	var said bytes.Buffer
	command.Stdin, command.Stderr = bytes.NewReader(text), &said
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, said.String())
	}
	var measured figures
	return measured, json.Unmarshal(output, &measured)
}

// has tells whether DuckDB alone can do it: $__timeGroup is no SQL, and starting is no query.
func (floor floor) has(scenario scenario) bool {
	return floor.python != "" && scenario.measure == nil && !strings.Contains(scenario.query.sql, "$__timeGroup")
}
