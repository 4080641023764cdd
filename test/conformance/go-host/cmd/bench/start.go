package main

import (
	"time"

	"quiver/test/conformance/go-host/internal/proc"
)

// idle is how long a process that has answered one health check is left alone before its memory counts.
const idle = time.Second

// measureStart is from the start of the process to the good answer of the first health check, which opens the database. The first start of a
// pass does not count where there are more: it brings the executable into the page cache.
func measureStart(run run) (figures, error) {
	var walls, cpus, resident []float64
	for range run.times.calls + 1 {
		wall, cpu, memory, err := startOnce(run)
		if err != nil {
			return nil, err
		}
		walls, cpus, resident = append(walls, wall), append(cpus, cpu), append(resident, memory)
	}
	return figures{
		"startMs":    quantile(walls[1:], 0.5),
		"startCpuMs": quantile(cpus[1:], 0.5),
		"idleMB":     quantile(resident[1:], 0.5),
	}, nil
}

func startOnce(run run) (wallMs, cpuMs, residentMB float64, err error) {
	began := time.Now()
	plugin, stop, err := run.open()
	if err != nil {
		return 0, 0, 0, err
	}
	defer stop()
	if err := mustBeHealthy(plugin, run.source(1)); err != nil {
		return 0, 0, 0, err
	}
	wall := time.Since(began)
	cpu, err := proc.CPU(plugin.PID)
	if err != nil {
		return 0, 0, 0, err
	}
	time.Sleep(idle)
	memory, err := proc.MemoryOf(plugin.PID)
	return milliseconds(wall), milliseconds(cpu), float64(memory.Resident) / 1e6, err
}
