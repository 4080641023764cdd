package proc

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// The kernel says the same in another place: what a process asks about itself.
func TestCPUIsUserAndSystemTime(t *testing.T) {
	before := spentBySelf(t)
	spent, err := CPU(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	// getrusage(2) has microseconds, and rounds user and system each.
	if after := spentBySelf(t); spent < before-2*time.Microsecond || spent > after+2*time.Microsecond {
		t.Errorf("got %v, want between %v and %v", spent, before, after)
	}
}

func TestCPUOfAProcessThatHasGone(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run=^$")
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	if spent, err := CPU(command.Process.Pid); err == nil {
		t.Errorf("got %v, want an error", spent)
	}
}

func spentBySelf(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
