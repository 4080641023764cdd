package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/protobuf/proto"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// figures are what one process had to say: the unit is in the name, MB are 1,000,000 bytes.
type figures map[string]float64

// settle is how long a process may go on freeing what a call has left; that belongs to the call.
const settle = 200 * time.Millisecond

// measureCalls asks for the scenario's query again and again.
func measureCalls(run run) (figures, error) {
	plugin, request, stop, err := run.openWarm()
	if err != nil {
		return nil, err
	}
	defer stop()
	time.Sleep(settle)
	before, err := proc.CPU(plugin.PID)
	if err != nil {
		return nil, err
	}
	walls, bytes, err := ask(plugin, request, run.times.calls, run.scenario.atOnce)
	if err != nil {
		return nil, err
	}
	time.Sleep(settle)
	after, err := proc.CPU(plugin.PID)
	if err != nil {
		return nil, err
	}
	memory, err := proc.MemoryOf(plugin.PID)
	cpu := milliseconds(after-before) / float64(run.times.calls)
	return figures{
		"cpuMs":   cpu,
		"rowNs":   cpu * 1e6 / float64(run.answers()),
		"p50Ms":   milliseconds(quantile(walls, 0.5)),
		"bytes":   float64(bytes),
		"peakMB":  float64(memory.Peak) / 1e6,
		"afterMB": float64(memory.Resident) / 1e6,
	}, err
}

// ask makes the calls, some at a time, and returns how long each took and how large the last answer was. The answers' frames stay encoded: that is
// the host's work, the same for everybody.
func ask(plugin *host.Plugin, request *pluginv2.QueryDataRequest, calls, atOnce int) ([]time.Duration, int, error) {
	walls := make([]time.Duration, calls)
	failures := make([]error, max(atOnce, 1))
	var next, bytes atomic.Int64
	var callers sync.WaitGroup
	for caller := range failures {
		callers.Go(func() {
			for call := next.Add(1) - 1; int(call) < calls && failures[caller] == nil; call = next.Add(1) - 1 {
				began := time.Now()
				answer, err := askOnce(context.Background(), plugin, request)
				walls[call] = time.Since(began)
				bytes.Store(int64(proto.Size(answer)))
				failures[caller] = err
			}
		})
	}
	callers.Wait()
	return walls, int(bytes.Load()), errors.Join(failures...)
}

func askOnce(ctx context.Context, plugin *host.Plugin, request *pluginv2.QueryDataRequest) (*pluginv2.QueryDataResponse, error) {
	answer, err := plugin.Data.QueryData(ctx, request)
	if err != nil {
		return nil, err
	}
	response := answer.GetResponses()["A"]
	if response.GetError() != "" || len(response.GetFrames()) != 1 {
		return nil, fmt.Errorf("expected one frame, got %d and the error %q", len(response.GetFrames()), response.GetError())
	}
	return answer, nil
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration) / float64(time.Millisecond)
}
