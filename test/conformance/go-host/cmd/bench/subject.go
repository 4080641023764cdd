package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"

	"quiver/test/conformance/go-host/internal/host"
)

// subject is one of the executables that are compared.
type subject struct{ name, exe string }

// run is one process of one subject for one scenario, started as Grafana starts it.
type run struct {
	subject  subject
	scenario scenario
	corpus   corpus
	times    repetition
	// smaller divides every number of rows; 1 but for tests.
	smaller int
}

// open starts the process; stop ends it and removes its folder.
func (run run) open() (plugin *host.Plugin, stop func(), err error) {
	temp, err := os.MkdirTemp("", "q")
	if err != nil {
		return nil, nil, err
	}
	plugin, err = host.Start(host.Options{Exe: run.subject.exe, TempDir: temp, AllowedDirectories: run.corpus.directory})
	if err != nil {
		os.RemoveAll(temp)
		return nil, nil, err
	}
	return plugin, func() {
		plugin.Stop()
		os.RemoveAll(temp)
	}, nil
}

// openWarm has the process answer the scenario's request, too, until it is as fast as it becomes.
func (run run) openWarm() (plugin *host.Plugin, request *pluginv2.QueryDataRequest, stop func(), err error) {
	plugin, stop, err = run.open()
	if err != nil {
		return nil, nil, nil, err
	}
	source := run.source(1)
	request = run.request(source).Proto()
	err = mustBeHealthy(plugin, source)
	if err == nil {
		_, _, err = ask(plugin, request, run.times.warmUp, run.scenario.atOnce)
	}
	if err != nil {
		stop()
		return nil, nil, nil, err
	}
	return plugin, request, stop, nil
}

// settings are the same for both: what they may take is what Quiver takes without settings, and no answer is too large.
func (run run) source(id int64) host.DataSource {
	duckdb := map[string]any{"threads": 2, "memoryLimit": "1GiB"}
	if run.scenario.query.parquet {
		duckdb["tables"] = []map[string]string{{"name": "readings", "path": run.corpus.parquet}}
	} else {
		duckdb["database"] = run.corpus.database
	}
	text, err := json.Marshal(map[string]any{
		"engine": "duckdb",
		"duckdb": duckdb,
		"limits": map[string]any{"rows": 20 * million, "bytes": 1 << 30, "timeoutSeconds": 600},
	})
	if err != nil {
		panic(err)
	}
	return host.DataSource{ID: id, UID: fmt.Sprintf("bench-%d", id), Updated: time.UnixMilli(1), JSONData: text}
}

// request asks for the scenario's rows. Both ends of a panel's range are in it.
func (run run) request(source host.DataSource) host.Request {
	query := run.scenario.query
	seconds := query.rows / rowsPerSecond / run.smaller
	return host.Request{Source: source, Queries: []host.Query{{
		SQL: query.text(run.smaller), Format: query.format,
		From: corpusStart, To: corpusStart.Add(time.Duration(seconds-1) * time.Second),
	}}}
}

// mustBeHealthy is what Grafana asks first; it opens the database.
func mustBeHealthy(plugin *host.Plugin, source host.DataSource) error {
	health, err := plugin.Health(context.Background(), source)
	if err != nil {
		return err
	}
	if health.Status != backend.HealthStatusOk {
		return fmt.Errorf("the health check says %s", health.Message)
	}
	return nil
}

// answer asks once and decodes: there must be one frame with as many rows as the scenario promises.
func (run run) answer(plugin *host.Plugin, source host.DataSource) (*backend.DataResponse, error) {
	answers, err := plugin.Query(context.Background(), run.request(source))
	if err != nil {
		return nil, err
	}
	answer := answers.Responses["A"]
	if answer.Error != nil {
		return nil, answer.Error
	}
	if len(answer.Frames) != 1 {
		return nil, fmt.Errorf("expected one frame, got %d", len(answer.Frames))
	}
	if rows := answer.Frames[0].Rows(); rows != run.answers() {
		return nil, fmt.Errorf("expected %d rows, got %d", run.answers(), rows)
	}
	return &answer, nil
}

// answers is how many rows the frame must have.
func (run run) answers() int {
	if run.scenario.query.fixed {
		return run.scenario.query.answers
	}
	return run.scenario.query.answers / run.smaller
}
