// Package proc reads what Linux knows of a process from /proc.
package proc

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// clockTicks is USER_HZ, which Linux fixes at 100 for everybody outside the kernel.
const clockTicks = 100

// Alive tells whether the process runs; one that has ended and waits for its parent does not.
func Alive(pid int) bool {
	fields, err := stat(pid)
	return err == nil && fields[0] != "Z" && fields[0] != "X"
}

// CPU is the processor time of all threads since the start, user and system, to 10 ms.
func CPU(pid int) (time.Duration, error) {
	fields, err := stat(pid)
	if err != nil {
		return 0, err
	}
	// proc(5): utime and stime are fields 14 and 15; ours begin with the third.
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / clockTicks, err
}

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
