package conformance

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The test binary, started with this, runs the statements of its orders in a DuckDB that nobody has locked.
const controlVariable = "QUIVER_CONTROL"

// hangsAfter is how long a statement may run until it counts as hanging, where it should.
const hangsAfter = time.Second

// order is a line to the control's process, and outcome a line back.
type order struct{ Database, SQL, Then string }
type outcome struct{ Error, Cells, Then string }

// TestControls runs each attack on an unlocked DuckDB, where it must do what makes it dangerous: else its refusal would show nothing.
func TestControls(t *testing.T) {
	for name, group := range loadAttacks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			controls := &controls{ground: makeGround(t, "1")}
			t.Cleanup(controls.stop)
			for _, attack := range group.Attacks {
				if attack.Control.None == "" {
					t.Run(attack.Name, func(t *testing.T) { controls.run(t, attack) })
				}
			}
		})
	}
}

// controls are the control's process, started anew when an attack has ended it.
type controls struct {
	ground ground
	cmd    *exec.Cmd
	input  io.WriteCloser
	lines  chan string
}

func (controls *controls) run(t *testing.T, attack attack) {
	database := filepath.Join(tempDir(t), "mine.duckdb")
	whole, err := os.ReadFile(filepath.Join(controls.ground.mine(), "mine.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(database, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	expand, control, within := controls.ground.expand, attack.Control, patience
	if control.Hangs {
		within = hangsAfter
	}
	got, err := controls.ask(t, order{Database: database, SQL: expand(attack.SQL), Then: control.Then}, within)
	switch {
	case control.Dies:
		if !errors.Is(err, errDied) {
			t.Errorf("the process should have ended: %v, %+v", err, got)
		}
	case control.Hangs:
		if !errors.Is(err, errHangs) {
			t.Errorf("the statement should not have ended: %v, %+v", err, got)
		}
	case err != nil:
		t.Errorf("the control has failed: %v", err)
	case control.Breaks:
		if !strings.Contains(got.Then, "database has been invalidated") {
			t.Errorf("the engine should have failed for good: %+v", got)
		}
	case control.File != "":
		path := expand(control.File)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the file should be there: %v, %+v", err, got)
		}
		os.RemoveAll(path)
	case control.Then != "":
		if got.Error != "" || !strings.Contains(got.Then, control.Gives) {
			t.Errorf("afterwards, %s should give %q: %+v", control.Then, control.Gives, got)
		}
	case control.Answer == "canary":
		if !strings.Contains(got.Cells, canary) {
			t.Errorf("the answer should hold the canary: %+v", got)
		}
	case control.Answer == "none":
		if got.Error != "" {
			t.Errorf("it should run: %+v", got)
		}
	case control.Answer == "any":
		if got.Error != "" || got.Cells == "" {
			t.Errorf("there should be an answer: %+v", got)
		}
	default:
		t.Errorf("the control is none that is known: %+v", control)
	}
}

var (
	errDied  = errors.New("the process has ended")
	errHangs = errors.New("the statement does not end")
)

func (controls *controls) ask(t *testing.T, order order, within time.Duration) (outcome, error) {
	t.Helper()
	if controls.cmd == nil {
		controls.start(t)
	}
	line, err := json.Marshal(order)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := controls.input.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	select {
	case line, ok := <-controls.lines:
		if !ok {
			controls.stop()
			return outcome{}, errDied
		}
		var got outcome
		err := json.Unmarshal([]byte(line), &got)
		return got, err
	case <-time.After(within):
		controls.stop()
		return outcome{}, errHangs
	}
}

func (controls *controls) start(t *testing.T) {
	t.Helper()
	controls.cmd = exec.Command(os.Args[0])
	controls.cmd.Dir = controls.ground.root
	controls.cmd.Env = []string{controlVariable + "=1", "CANARY=" + canary}
	var err error
	if controls.input, err = controls.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := controls.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := controls.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string)
	controls.lines = lines
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(output)
		scanner.Buffer(nil, 64<<20)
		for scanner.Scan() {
			// DuckDB may print by itself.
			if strings.HasPrefix(scanner.Text(), "{") {
				lines <- scanner.Text()
			}
		}
	}()
	// Opening DuckDB for the first time is not the attack's time.
	if got, err := controls.ask(t, order{SQL: "SELECT 1"}, patience); err != nil || got.Cells != "1 " {
		t.Fatalf("the control does not work: %v, %+v", err, got)
	}
}

func (controls *controls) stop() {
	if controls.cmd == nil {
		return
	}
	controls.cmd.Process.Kill()
	controls.cmd.Wait()
	controls.cmd = nil
}

// runControls is the control's process: a line of order in, a line of outcome out.
func runControls() {
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadString('\n')
		if err != nil {
			return
		}
		var order order
		if err := json.Unmarshal([]byte(line), &order); err != nil {
			panic(err)
		}
		text, err := json.Marshal(carryOut(order))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n", text)
	}
}

func carryOut(order order) outcome {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return outcome{Error: err.Error()}
	}
	defer db.Close()
	// SET, USE and temporary tables belong to a connection.
	connection, err := db.Conn(context.Background())
	if err != nil {
		return outcome{Error: err.Error()}
	}
	defer connection.Close()
	if order.Database != "" {
		hidden := filepath.Join("admin", "mine", canary, "hidden.csv")
		for _, statement := range []string{
			`ATTACH '` + order.Database + `' AS mine`, `CREATE VIEW memory.main.hidden AS FROM '` + hidden + `'`, `USE mine`,
		} {
			if _, err := connection.ExecContext(context.Background(), statement); err != nil {
				return outcome{Error: err.Error()}
			}
		}
	}
	got := outcome{}
	if got.Cells, err = cellsOf(connection, order.SQL); err != nil {
		got.Error = err.Error()
		// What an error leaves behind shows in the next one.
		if _, err := cellsOf(connection, `SELECT 1`); err != nil {
			got.Then = err.Error()
		}
		return got
	}
	if order.Then != "" {
		if got.Then, err = cellsOf(connection, order.Then); err != nil {
			got.Error = err.Error()
		}
	}
	return got
}

// cellsOf are the values of an answer as text, with a blank behind each.
func cellsOf(connection *sql.Conn, query string) (string, error) {
	rows, err := connection.QueryContext(context.Background(), query)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return "", err
		}
		for _, value := range values {
			switch value := (*value.(*any)).(type) {
			case []byte:
				text.Write(value)
			default:
				fmt.Fprint(&text, value)
			}
			text.WriteByte(' ')
		}
	}
	return text.String(), rows.Err()
}
