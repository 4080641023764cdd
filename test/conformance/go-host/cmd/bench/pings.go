package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"

	"quiver/test/conformance/go-host/internal/host"
)

// pingEvery is short beside what is looked for: a loop that is held for 50 ms misses twenty pings.
const pingEvery = 2 * time.Millisecond

// measurePings asks go-plugin's health service every few milliseconds while large answers are made, over a connection of its own, so that a ping
// does not wait behind an answer's bytes. What it takes is how long the process held everybody else, and a little more.
func measurePings(run run) (figures, error) {
	plugin, request, stop, err := run.openWarm()
	if err != nil {
		return nil, err
	}
	defer stop()
	alone, err := pingWhile(plugin, func() error {
		time.Sleep(time.Second)
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Looking begins a new maximum.
	if _, err := loopDelayMax(plugin); err != nil {
		return nil, err
	}
	busy, err := pingWhile(plugin, func() error {
		_, _, err := ask(plugin, request, run.times.calls, 1)
		return err
	})
	if err != nil {
		return nil, err
	}
	found := figures{
		"pingAloneMaxMs": milliseconds(quantile(alone, 1)),
		"pingP50Ms":      milliseconds(quantile(busy, 0.5)),
		"pingP99Ms":      milliseconds(quantile(busy, 0.99)),
		"pingMaxMs":      milliseconds(quantile(busy, 1)),
	}
	if delay, err := loopDelayMax(plugin); err != nil {
		return nil, err
	} else if delay != nil {
		found["loopMaxMs"] = *delay
	}
	return found, nil
}

// loopDelayMax is the longest time between two looks of Node at its own event loop since the last call, in milliseconds. Node looks every 10 ms,
// so that much of it is no delay. Nil of a process that has no such loop.
func loopDelayMax(plugin *host.Plugin) (*float64, error) {
	metrics, err := plugin.Diagnostics.CollectMetrics(context.Background(), &pluginv2.CollectMetricsRequest{})
	if err != nil {
		return nil, err
	}
	const name = "nodejs_eventloop_lag_max_seconds "
	for line := range strings.Lines(string(metrics.GetMetrics().GetPrometheus())) {
		if text, found := strings.CutPrefix(line, name); found {
			seconds, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			delay := seconds * 1000
			return &delay, err
		}
	}
	return nil, nil
}

// pingWhile pings until the work is done.
func pingWhile(plugin *host.Plugin, work func() error) ([]time.Duration, error) {
	connection, err := grpc.NewClient(fmt.Sprintf("%s:%s", plugin.Network, plugin.Address), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	client := grpc_health_v1.NewHealthClient(connection)
	// The first one connects.
	if _, err := ping(client); err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() { done <- work() }()
	var pings []time.Duration
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case err := <-done:
			return pings, err
		case <-ticker.C:
			took, err := ping(client)
			if err != nil {
				return nil, err
			}
			pings = append(pings, took)
		}
	}
}

func ping(client grpc_health_v1.HealthClient) (time.Duration, error) {
	began := time.Now()
	_, err := client.Check(context.Background(), &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
	return time.Since(began), err
}
