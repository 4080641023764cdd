package conformance

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/go-host/internal/host"
	"quiver/test/conformance/go-host/internal/proc"
)

func TestBadBesideGood(t *testing.T) {
	plugin := start(t)
	answers := ask(t, plugin, host.Request{Source: store(), Queries: []host.Query{
		{RefID: "A", SQL: `SELECT count(*) AS n FROM big`, Format: "table"},
		{RefID: "B", SQL: `SELEKT 1`, Format: "table"},
		{RefID: "C", SQL: `SELECT * FROM nowhere`, Format: "table"},
		{RefID: "D", SQL: `SELECT 'fine' AS word`, Format: "table"},
		{RefID: "E", JSON: []byte(`[]`)},
		{RefID: "F", SQL: `SELECT max(id) AS newest FROM big`, Format: "table"},
	}})
	for refID, want := range map[string]any{"A": int64(bigRows), "D": "fine", "F": int64(bigRows - 1)} {
		if err := mustBeGood(answers[refID]); err != nil {
			t.Errorf("%s: %v", refID, err)
			continue
		}
		if got := cell(answers[refID].Frames[0], 0, 0); got != want {
			t.Errorf("%s is %v, want %v", refID, got, want)
		}
	}
	mustFail(t, answers["B"], failure{status: 400, code: "sql_syntax", words: []string{"selekt"}})
	mustFail(t, answers["C"], failure{status: 400, code: "sql_invalid", words: []string{"nowhere"}})
	mustFail(t, answers["E"], failure{status: 400, code: "query_invalid"})
}

// TestManyAtOnce sends as many queries as there is room for (16 run, the others wait), and asks for health all the while.
func TestManyAtOnce(t *testing.T) {
	const queries = 64
	plugin, source := start(t), store()
	frame(t, plugin, source, host.Table(`SELECT 1 AS warm`))

	sql := func(i int) string {
		return fmt.Sprintf(`SELECT count(*) AS n FROM %%sbig WHERE id %%%% %d = 0 AND trace LIKE '%%%%a%%%%'`, i+1)
	}
	var wants [queries]any
	for i := range wants {
		wants[i] = fetch(t, fmt.Sprintf(sql(i), "store."))[0][0]
	}

	stop := make(chan struct{})
	var watching sync.WaitGroup
	var slowest time.Duration
	checks := 0
	watching.Go(func() {
		every := time.NewTicker(50 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-stop:
				return
			case <-every.C:
			}
			began := time.Now()
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			result, err := plugin.Health(ctx, source)
			cancel()
			if err != nil {
				t.Errorf("health failed as a call: %v", err)
			} else if result.Status != backend.HealthStatusOk {
				t.Errorf("health is %v: %s", result.Status, result.Message)
			}
			slowest = max(slowest, time.Since(began))
			checks++
		}
	})

	var asking sync.WaitGroup
	for i := range queries {
		asking.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			answer, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(fmt.Sprintf(sql(i), ""))}})
			if err != nil {
				t.Errorf("query %d failed as a call: %v", i, err)
				return
			}
			if err := mustBeGood(answer.Responses["A"]); err != nil {
				t.Errorf("query %d: %v", i, err)
				return
			}
			if got := cell(answer.Responses["A"].Frames[0], 0, 0); got != wants[i] {
				t.Errorf("query %d counted %v, want %v", i, got, wants[i])
			}
		})
	}
	asking.Wait()
	close(stop)
	watching.Wait()
	t.Logf("%d health checks, the slowest took %v", checks, slowest)
	if checks == 0 {
		t.Error("there was no time for a health check")
	}
}

func TestSixtyFourQueriesInOneRequest(t *testing.T) {
	plugin, request := start(t), host.Request{Source: store()}
	for i := range 64 {
		request.Queries = append(request.Queries, host.Query{RefID: fmt.Sprintf("Q%d", i), SQL: fmt.Sprintf(`SELECT %d AS i, count(*) AS n FROM big`, i), Format: "table"})
	}
	for refID, response := range ask(t, plugin, request) {
		if err := mustBeGood(response); err != nil {
			t.Errorf("%s: %v", refID, err)
		} else if got := fmt.Sprintf("Q%v", cell(response.Frames[0], 0, 0)); got != refID {
			t.Errorf("%s has the answer of %s", refID, got)
		}
	}
}

// TestFullWaitingRoom fills one data source's 8 slots and its 64 places, then asks more.
func TestFullWaitingRoom(t *testing.T) {
	const running, waiting, tooMany = 8, 64, 10
	plugin, source := start(t), inMemory()
	frame(t, plugin, source, host.Table(`SELECT 1 AS warm`))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	refused := make(chan backend.DataResponse, running+waiting+tooMany)
	var asking sync.WaitGroup
	for range running + waiting + tooMany {
		asking.Go(func() {
			answer, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(endlessSQL)}})
			if err == nil {
				refused <- answer.Responses["A"]
			} else if status.Code(err) != codes.Canceled {
				t.Errorf("a query failed as a call: %v", err)
			}
		})
	}
	for i := range tooMany {
		select {
		case response := <-refused:
			mustFail(t, response, failure{status: 429, source: backend.ErrorSourcePlugin, code: "too_many_queries", words: []string{"64"}})
		case <-time.After(20 * time.Second):
			t.Fatalf("only %d queries were refused", i)
		}
	}
	if result := health(t, plugin, source); result.Status != backend.HealthStatusOk {
		t.Errorf("health is %v when the room is full: %s", result.Status, result.Message)
	}
	// Another data source finds its own slots free.
	stillWorks(t, plugin)
	cancel()
	asking.Wait()
	if len(refused) > 0 {
		t.Errorf("%d more were refused", len(refused))
	}
	eventually(t, 5*time.Second, "a query runs again", func() bool {
		return askOne(t, plugin, source, host.Table(`SELECT 1 AS one`)).Error == nil
	})
}

// TestGreedyNeighbours lets two data sources ask 64 slow queries each; a third must start at once, whatever they hold.
func TestGreedyNeighbours(t *testing.T) {
	const queries = 64
	plugin, third := start(t), inMemory()
	greedy := []host.DataSource{inMemory(), inMemory()}
	for _, source := range append(greedy, third) {
		frame(t, plugin, source, host.Table(`SELECT 1 AS warm`))
	}
	began := time.Now()
	frame(t, plugin, third, host.Table(`SELECT 1 AS one`))
	alone := time.Since(began)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var asking sync.WaitGroup
	for range queries {
		for _, source := range greedy {
			asking.Go(func() {
				answer, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(endlessSQL)}})
				if status.Code(err) != codes.Canceled {
					t.Errorf("a slow query ended before it was cancelled: %v, %v", answer, err)
				}
			})
		}
	}
	eventually(t, 10*time.Second, "every slow query runs or waits", func() bool {
		return metric(t, plugin, "quiver_queries_running")+metric(t, plugin, "quiver_queries_waiting") == 2*queries
	})
	began = time.Now()
	// It ends while all of theirs are still there: that is the order.
	frame(t, plugin, third, host.Table(`SELECT 1 AS one`))
	t.Logf("SELECT 1 took %v alone, %v beside %d slow queries", alone, time.Since(began), 2*queries)
	if left := metric(t, plugin, "quiver_queries_running") + metric(t, plugin, "quiver_queries_waiting"); left != 2*queries {
		t.Errorf("%v slow queries are left", left)
	}

	cancel()
	asking.Wait()
	eventually(t, 5*time.Second, "nothing runs and nothing waits", func() bool {
		return metric(t, plugin, "quiver_queries_running") == 0 && metric(t, plugin, "quiver_queries_waiting") == 0
	})
	mustBeQuiet(t, plugin)
}

func TestCancel(t *testing.T) {
	plugin, source := start(t), inMemory()
	frame(t, plugin, source, host.Table(`SELECT 1 AS warm`))

	t.Run("stops the engine's work, and the next query works at once", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() {
			_, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(endlessSQL)}})
			ended <- err
		}()
		busy(t, plugin)
		cancel()
		if err := <-ended; status.Code(err) != codes.Canceled {
			t.Errorf("the call ended with %v", err)
		}
		began := time.Now()
		stillWorks(t, plugin)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("the next query took %v", took)
		}
		mustBeQuiet(t, plugin)
	})

	t.Run("of more queries than there are slots gives every slot back", func(t *testing.T) {
		for range 3 {
			ctx, cancel := context.WithTimeout(context.Background(), 700*time.Millisecond)
			var asking sync.WaitGroup
			for range 24 {
				asking.Go(func() {
					_, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(endlessSQL)}})
					if code := status.Code(err); code != codes.DeadlineExceeded {
						t.Errorf("the call ended with %v", err)
					}
				})
			}
			asking.Wait()
			cancel()
		}
		began := time.Now()
		frame(t, plugin, source, host.Table(`SELECT 1 AS one`))
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("the next query took %v", took)
		}
		mustBeQuiet(t, plugin)
	})

	t.Run("while a large answer is on its way leaves the plugin well", func(t *testing.T) {
		big := store()
		for _, after := range []time.Duration{5, 20, 50, 100, 200} {
			ctx, cancel := context.WithTimeout(context.Background(), after*time.Millisecond)
			plugin.Query(ctx, host.Request{Source: big, Queries: []host.Query{host.Table(`SELECT * FROM big`)}})
			cancel()
		}
		if n := cell(frame(t, plugin, big, host.Table(`SELECT count(*) AS n FROM big`)), 0, 0); n != int64(bigRows) {
			t.Errorf("got %v", n)
		}
		mustBeQuiet(t, plugin)
	})
}

// mustBeQuiet: within a few seconds the process takes less than a fifth of one processor.
func mustBeQuiet(t *testing.T, plugin *host.Plugin) {
	t.Helper()
	const window = 500 * time.Millisecond
	eventually(t, 5*time.Second, "the processor is left alone", func() bool {
		before, err := proc.CPU(plugin.PID)
		if err != nil {
			t.Fatal(err)
		}
		// What is measured here is the absence of work during a time.
		time.Sleep(window)
		after, err := proc.CPU(plugin.PID)
		return err == nil && after-before < window/5
	})
}

func TestSettingsChangedUnderLoad(t *testing.T) {
	plugin := start(t)
	old := withTables("t", "left.parquet")
	old.Updated = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	changed := old
	changed.Updated = old.Updated.Add(time.Hour)
	changed.JSONData = withTables("t", "right.parquet").JSONData
	side := func(source host.DataSource) (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		answer, err := plugin.Query(ctx, host.Request{Source: source, Queries: []host.Query{host.Table(
			`SELECT min(side) AS side, count(*) AS n FROM t, range(40000000) r(i) WHERE (i * 7) % 11 > 2`)}})
		if err != nil {
			return nil, err
		}
		if err := mustBeGood(answer.Responses["A"]); err != nil {
			return nil, err
		}
		return cell(answer.Responses["A"].Frames[0], 0, 0), nil
	}

	var asking sync.WaitGroup
	began := make(chan struct{}, 6)
	for range 6 {
		asking.Go(func() {
			began <- struct{}{}
			if got, err := side(old); err != nil || got != "left" {
				t.Errorf("a query of the old settings ended with %v, %v", got, err)
			}
		})
	}
	for range 6 {
		<-began
	}
	busy(t, plugin)
	for range 3 {
		asking.Go(func() {
			if got, err := side(changed); err != nil || got != "right" {
				t.Errorf("a query of the new settings ended with %v, %v", got, err)
			}
		})
	}
	asking.Wait()

	t.Run("an older version never replaces a newer", func(t *testing.T) {
		// Another Grafana that has not heard of the change yet: whatever it gets, the newer stays.
		if _, err := side(old); err != nil {
			t.Errorf("an old request failed: %v", err)
		}
		for range 3 {
			if got, err := side(changed); err != nil || got != "right" {
				t.Errorf("a query of the new settings ended with %v, %v", got, err)
			}
		}
	})

	t.Run("the same time with other settings is a change, too", func(t *testing.T) {
		again := changed
		again.JSONData = withTables("t", "left.parquet").JSONData
		if got, err := side(again); err != nil || got != "left" {
			t.Errorf("got %v, %v", got, err)
		}
	})

	t.Run("many changes in a row leave no files open", func(t *testing.T) {
		frame(t, plugin, changed, host.Table(`SELECT side FROM t`))
		before, err := proc.OpenFiles(plugin.PID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			changed.Updated = changed.Updated.Add(time.Duration(i+1) * time.Minute)
			changed.JSONData = store().JSONData
			frame(t, plugin, changed, host.Table(`SELECT 1 AS one FROM big LIMIT 1`))
		}
		changed.Updated = changed.Updated.Add(time.Hour)
		changed.JSONData = inMemory().JSONData
		frame(t, plugin, changed, host.Table(`SELECT 1 AS one`))
		eventually(t, 5*time.Second, "the old instances are closed", func() bool {
			after, err := proc.OpenFiles(plugin.PID)
			return err == nil && after <= before+4
		})
	})
}
