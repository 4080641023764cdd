// Package proc reads what Linux knows of a process from /proc.
package proc

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Alive tells whether the process runs; one that has ended and waits for its parent does not.
func Alive(pid int) bool {
	fields, err := stat(pid)
	return err == nil && fields[0] != "Z" && fields[0] != "X"
}

// CPU is the processor time of all threads since the start, user and system, those that have ended included. Unlike the sums in /proc, which
// go in steps of 10 ms, this is exact.
func CPU(pid int) (time.Duration, error) {
	var spent unix.Timespec
	if err := unix.ClockGettime(processClock(pid), &spent); err != nil {
		return 0, fmt.Errorf("cannot read the processor time of process %d: %w", pid, err)
	}
	return time.Duration(spent.Nano()), nil
}

// processClock is what clock_getcpuclockid(3) gives: the id of a process with its bits turned, above three bits that say which clock (2: as the
// scheduler counts it).
func processClock(pid int) int32 { return int32(^pid)<<3 | 2 }

// stat returns the fields after the program's name, which may itself hold blanks and parentheses.
func stat(pid int) ([]string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(fields) < 13 {
		return nil, fmt.Errorf("cannot read the state of process %d: %q", pid, text)
	}
	return fields, nil
}

// Memory is what the process holds now and the most that it has held, in bytes.
type Memory struct{ Resident, Peak int64 }

// MemoryOf reads VmRSS and VmHWM.
func MemoryOf(pid int) (Memory, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return Memory{}, err
	}
	var memory Memory
	for _, line := range strings.Split(string(text), "\n") {
		var kibibytes int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kibibytes); n == 1 {
			memory.Resident = kibibytes << 10
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kibibytes); n == 1 {
			memory.Peak = kibibytes << 10
		}
	}
	if memory.Resident == 0 || memory.Peak == 0 {
		return Memory{}, fmt.Errorf("process %d has no memory: has it ended?", pid)
	}
	return memory, nil
}

// Threads counts the threads of the process.
func Threads(pid int) (int, error) {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	return len(entries), err
}

// OpenFiles counts file descriptors.
func OpenFiles(pid int) (int, error) {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	return len(entries), err
}
