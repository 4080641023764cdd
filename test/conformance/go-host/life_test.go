package conformance

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

func TestStartAndHealth(t *testing.T) {
	began := time.Now()
	plugin := start(t)
	t.Logf("start to dispensed: %v", time.Since(began))

	t.Run("the handshake names a Unix socket in the temporary folder", func(t *testing.T) {
		if plugin.Network != "unix" {
			t.Fatalf("the network is %q", plugin.Network)
		}
		if info, err := os.Stat(plugin.Address); err != nil || info.Mode().Type() != os.ModeSocket {
			t.Fatalf("%s is no socket: %v %v", plugin.Address, info, err)
		}
	})

	t.Run("go-plugin's own ping answers", func(t *testing.T) {
		if err := plugin.Protocol.Ping(); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("health comes before any query and names the version and the tables", func(t *testing.T) {
		result := health(t, plugin, withTables("readings", "mixed.parquet", "notes", "mixed.csv"))
		if result.Status != backend.HealthStatusOk {
			t.Fatalf("health is %v: %s", result.Status, result.Message)
		}
		mustMention(t, result.Message+string(result.JSONDetails), "1.5.5", "readings", "notes")
		if time.Since(began) > 60*time.Second {
			t.Fatal("Grafana would have given up")
		}
	})

	t.Run("health names the tables of a database file", func(t *testing.T) {
		result := health(t, plugin, store())
		if result.Status != backend.HealthStatusOk {
			t.Fatalf("health is %v: %s", result.Status, result.Message)
		}
		mustMention(t, result.Message+string(result.JSONDetails), "all_types", "mixed", "big", "calm", "sea")
	})

	t.Run("health without any file is good", func(t *testing.T) {
		if result := health(t, plugin, inMemory()); result.Status != backend.HealthStatusOk {
			t.Fatalf("health is %v: %s", result.Status, result.Message)
		}
	})

	t.Run("health of a missing file says which, and is a health result rather than a failed call", func(t *testing.T) {
		result := health(t, plugin, withTables("gone", "no-such-file.parquet"))
		if result.Status != backend.HealthStatusError {
			t.Fatalf("health is %v: %s", result.Status, result.Message)
		}
		mustMention(t, result.Message, "no-such-file.parquet")
	})

	t.Run("health details are a JSON object or nothing", func(t *testing.T) {
		result := health(t, plugin, inMemory())
		var details map[string]any
		if len(result.JSONDetails) > 0 && json.Unmarshal(result.JSONDetails, &details) != nil {
			t.Fatalf("details are %q", result.JSONDetails)
		}
	})
}

func TestShutdown(t *testing.T) {
	for name, before := range map[string]func(*testing.T, *host.Plugin){
		"when nothing was ever asked": func(*testing.T, *host.Plugin) {},
		"after queries of files": func(t *testing.T, plugin *host.Plugin) {
			frame(t, plugin, withTables("big", "big.parquet"), host.Table(`SELECT id, trace FROM big LIMIT 200000`))
			frame(t, plugin, store(), host.Table(`SELECT count(*) AS n FROM big`))
		},
		"while a long query runs": func(t *testing.T, plugin *host.Plugin) {
			go plugin.Data.QueryData(context.Background(), host.Request{Source: inMemory(), Queries: []host.Query{host.Table(endlessSQL)}}.Proto())
			busy(t, plugin)
		},
	} {
		t.Run("takes under two seconds, needs no kill and leaves nothing "+name, func(t *testing.T) {
			directory := tempDir(t)
			plugin := start(t, func(options *host.Options) { options.TempDir = directory })
			before(t, plugin)
			stopped := plugin.Stop()
			if stopped.ExitCode != 0 {
				t.Errorf("the process ended with %s", stopped.State)
			}
			if strings.Contains(plugin.HostLog.String(), "failed to exit gracefully") {
				t.Error("go-plugin had to kill it")
			}
			if stopped.Took >= 2*time.Second {
				t.Errorf("it took %v", stopped.Took)
			}
			mustBeEmpty(t, directory)
		})
	}

	t.Run("leaves no socket in the system's own folder when there is no TMPDIR", func(t *testing.T) {
		plugin := start(t, func(options *host.Options) { options.TempDir = "" })
		if plugin.Network != "unix" {
			t.Fatalf("the network is %q", plugin.Network)
		}
		address := plugin.Address
		plugin.Stop()
		if _, err := os.Lstat(address); !os.IsNotExist(err) {
			t.Fatalf("%s is still there: %v", address, err)
		}
		if directory := filepath.Dir(address); directory != "/tmp" {
			if _, err := os.Lstat(directory); !os.IsNotExist(err) {
				t.Fatalf("%s is still there: %v", directory, err)
			}
		}
	})
}

func TestInterruptOfTheTerminalIsIgnored(t *testing.T) {
	plugin := start(t)
	for range 3 {
		if err := plugin.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		stillWorks(t, plugin)
	}
	if stopped := plugin.Stop(); stopped.ExitCode != 0 {
		t.Fatalf("the process ended with %s", stopped.State)
	}
}

func TestListensOnLoopbackWhereNoSocketCanBe(t *testing.T) {
	long := filepath.Join(tempDir(t), strings.Repeat("long/", 25))
	if err := os.MkdirAll(long, 0o755); err != nil {
		t.Fatal(err)
	}
	readOnly := tempDir(t)
	if err := os.Chmod(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	unprivileged := withoutPrivileges(t)
	for name, change := range map[string]func(*host.Options){
		"the temporary folder's path is too long for a socket": func(o *host.Options) { o.TempDir = long },
		"the temporary folder does not exist":                  func(o *host.Options) { o.TempDir = "/nonexistent/folder" },
		"the temporary folder takes no files, even from root":  func(o *host.Options) { o.TempDir = "/proc/self" },
		"the temporary folder may not be written": func(o *host.Options) {
			unprivileged(o)
			o.TempDir = readOnly
		},
	} {
		t.Run(name, func(t *testing.T) {
			plugin := start(t, change)
			if plugin.Network != "tcp" {
				t.Fatalf("the network is %q at %q", plugin.Network, plugin.Address)
			}
			address, err := net.ResolveTCPAddr("tcp", plugin.Address)
			if err != nil {
				t.Fatal(err)
			}
			if !address.IP.IsLoopback() {
				t.Errorf("%v can be reached from outside", address)
			}
			// What go-plugin's host asks for when it sets no ports.
			if address.Port < 10000 || address.Port > 25000 {
				t.Errorf("port %d is not between 10000 and 25000", address.Port)
			}
			stillWorks(t, plugin)
			frame(t, plugin, withTables("mixed", "mixed.parquet"), host.Table(`SELECT * FROM mixed`))
			if stopped := plugin.Stop(); stopped.ExitCode != 0 || stopped.Took >= 2*time.Second {
				t.Errorf("it ended after %v with %s", stopped.Took, stopped.State)
			}
		})
	}
}

func TestRunsFromAFolderThatCannotBeWritten(t *testing.T) {
	temporary := tempDir(t)
	plugin := start(t, func(options *host.Options) { options.TempDir = temporary }, withoutPrivileges(t))
	if plugin.Network != "unix" {
		t.Errorf("the network is %q", plugin.Network)
	}
	frame(t, plugin, withTables("mixed", "mixed.parquet"), host.Table(`SELECT * FROM mixed`))
	if stopped := plugin.Stop(); stopped.ExitCode != 0 {
		t.Errorf("the process ended with %s", stopped.State)
	}
	mustBeEmpty(t, temporary)
}

func TestWritesNothingButStructuredLogLinesToStderr(t *testing.T) {
	plugin := start(t)
	frame(t, plugin, withTables("mixed", "mixed.parquet"), host.Table(`SELECT * FROM mixed`))
	askOne(t, plugin, inMemory(), host.Table(`SELECT nothing FROM nowhere`))
	plugin.Stop()
	// go-plugin's host reads the time with exactly six decimals, and panics on fields that are not strings.
	sixDecimals := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$`)
	for _, line := range plugin.Stderr.All() {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Errorf("not JSON: %s", line)
			continue
		}
		for _, key := range []string{"@level", "@message", "@timestamp"} {
			if _, ok := record[key].(string); !ok {
				t.Errorf("%s is no string: %s", key, line)
			}
		}
		if stamp, _ := record["@timestamp"].(string); !sixDecimals.MatchString(stamp) {
			t.Errorf("@timestamp %q has not six decimals", stamp)
		}
	}
}

func TestWhenTheHostIsKilled(t *testing.T) {
	for name, query := range map[string]string{"": "", ", a long query running,": endlessSQL} {
		t.Run("the plugin"+name+" is gone within two seconds and leaves nothing", func(t *testing.T) {
			directory := tempDir(t)
			helper := startHelperHost(t, directory, query)
			if query != "" {
				busyProcess(t, helper.pluginPID)
			}
			helper.kill(t)
			eventually(t, 2*time.Second, "the plugin has ended", func() bool { return !proc.Alive(helper.pluginPID) })
			mustBeEmpty(t, directory)
		})
	}
}

func health(t testing.TB, plugin *host.Plugin, source host.DataSource) *backend.CheckHealthResult {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	result, err := plugin.Health(ctx, source)
	if err != nil {
		t.Fatalf("CheckHealth failed as a call: %v", err)
	}
	return result
}

func mustMention(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			t.Errorf("%q does not mention %q", text, word)
		}
	}
}

func mustBeEmpty(t testing.TB, directory string) {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Errorf("%s was left behind", filepath.Join(directory, entry.Name()))
	}
}

// busy waits until the plugin visibly works.
func busy(t testing.TB, plugin *host.Plugin) {
	t.Helper()
	busyProcess(t, plugin.PID)
}

func busyProcess(t testing.TB, pid int) {
	t.Helper()
	before, err := proc.CPU(pid)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, 20*time.Second, "the plugin works", func() bool {
		now, err := proc.CPU(pid)
		return err == nil && now-before > 300*time.Millisecond
	})
}
