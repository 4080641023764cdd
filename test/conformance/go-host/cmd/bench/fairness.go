package main

import (
	"context"
	"sync"
	"time"

	"quiver/test/conformance/go-host/internal/host"
)

const (
	slowAtOnce = 64
	// head is what the slow ones get before the first quick one is asked.
	head = 500 * time.Millisecond
)

// measureFairness asks one data source 64 slow queries at once, and meanwhile another for `select 1`, one after another. The slow ones are
// cancelled when that has been answered often enough.
func measureFairness(run run) (figures, error) {
	plugin, stop, err := run.open()
	if err != nil {
		return nil, err
	}
	defer stop()
	slow, quick := run.source(1), run.source(2)
	for _, source := range []host.DataSource{slow, quick} {
		if err := mustBeHealthy(plugin, source); err != nil {
			return nil, err
		}
	}
	selectOne := host.Request{Source: quick, Queries: []host.Query{host.Table("SELECT 1 AS one")}}.Proto()
	alone, _, err := ask(plugin, selectOne, 200+run.times.calls, 1)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var callers sync.WaitGroup
	for range slowAtOnce {
		callers.Go(func() { plugin.Data.QueryData(ctx, run.request(slow).Proto()) })
	}
	time.Sleep(head)
	beside, _, err := ask(plugin, selectOne, run.times.calls, 1)
	cancel()
	callers.Wait()
	return figures{
		"aloneMs":     milliseconds(quantile(alone[200:], 0.5)),
		"besideP50Ms": milliseconds(quantile(beside, 0.5)),
		"besideMaxMs": milliseconds(quantile(beside, 1)),
	}, err
}
