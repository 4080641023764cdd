package conformance

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

// The test binary, started with these, is a host that starts the plugin and waits to be killed.
const (
	helperVariable      = "QUIVER_HELPER_HOST_EXE"
	helperTempVariable  = "QUIVER_HELPER_HOST_TMPDIR"
	helperQueryVariable = "QUIVER_HELPER_HOST_QUERY"
)

// endlessSQL counts for hours, without memory, and stops when it is interrupted.
const endlessSQL = `SELECT count(*) AS n FROM range(10000000) a(x), range(10000000) b(y) WHERE (a.x * 31 + b.y) % 1000003 = 7`

func runHelperHost() {
	plugin, err := host.Start(host.Options{Exe: os.Getenv(helperVariable), TempDir: os.Getenv(helperTempVariable)})
	if err != nil {
		log.Fatal(err)
	}
	// Whatever the test forgets, this host ends, and its plugin with it.
	time.AfterFunc(time.Minute, func() {
		plugin.Stop()
		os.Exit(1)
	})
	if query := os.Getenv(helperQueryVariable); query != "" {
		go plugin.Query(context.Background(), host.Request{Source: inMemory(), Queries: []host.Query{host.Table(query)}})
	}
	fmt.Println(plugin.PID)
	select {}
}

type helperHost struct {
	cmd       *exec.Cmd
	pluginPID int
}

func startHelperHost(t *testing.T, directory, query string) *helperHost {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperVariable+"="+exe, helperTempVariable+"="+directory, helperQueryVariable+"="+query)
	cmd.Stderr = os.Stderr
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	helper := &helperHost{cmd: cmd}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if helper.pluginPID != 0 && proc.Alive(helper.pluginPID) {
			if orphan, err := os.FindProcess(helper.pluginPID); err == nil {
				orphan.Kill()
			}
		}
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("the helper host did not start the plugin: %v", err)
	}
	if helper.pluginPID, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		t.Fatal(err)
	}
	if !proc.Alive(helper.pluginPID) {
		t.Fatal("the plugin had ended before its host was killed")
	}
	return helper
}

func (helper *helperHost) kill(t *testing.T) {
	t.Helper()
	if err := helper.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}
