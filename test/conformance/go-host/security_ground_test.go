package conformance

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// canary is a text that no answer may hold: it stands in every file, name, variable and statement that is nobody's business.
const canary = "canary-b5f1d9"

// ground is a tree of files to attack: one for the plugin, one for the controls.
type ground struct {
	root string
	// port is where a listener counts connections.
	port string
}

func (ground ground) admin() string   { return filepath.Join(ground.root, "admin") }
func (ground ground) mine() string    { return filepath.Join(ground.admin(), "mine") }
func (ground ground) open() string    { return filepath.Join(ground.mine(), "open") }
func (ground ground) other() string   { return filepath.Join(ground.admin(), "other") }
func (ground ground) outside() string { return filepath.Join(ground.root, "outside") }

// hidden is a table's file, in a folder whose name nobody is told.
func (ground ground) hidden() string { return filepath.Join(ground.mine(), canary, "hidden.csv") }

// expand puts the folders into a statement.
func (ground ground) expand(text string) string {
	return strings.NewReplacer("$OPEN", ground.open(), "$OUTSIDE", ground.outside(), "$OTHER", ground.other(), "$MINE", ground.mine(),
		"$ROOT", ground.root, "$PORT", ground.port).Replace(text)
}

// makeGround writes the files with duckdb-go. Whoever reads a secret one, by whatever format, finds the canary.
func makeGround(t *testing.T, port string) ground {
	t.Helper()
	directory, err := filepath.EvalSymlinks(tempDir(t))
	if err != nil {
		t.Fatal(err)
	}
	ground := ground{root: directory, port: port}
	for _, folder := range []string{ground.open(), ground.other(), ground.outside(), filepath.Dir(ground.hidden())} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, text := range map[string]string{
		filepath.Join(ground.open(), "data.csv"):      "x\n1\n",
		filepath.Join(ground.open(), "deep.json"):     `{"a": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}\n",
		filepath.Join(ground.outside(), "secret.csv"): "secret\n" + canary + "\n",
		filepath.Join(ground.other(), "secret.csv"):   "secret\n" + canary + "\n",
		ground.hidden(): "secret\nshown\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"link.csv": "secret.csv", "folder": ""} {
		if err := os.Symlink(filepath.Join(ground.outside(), target), filepath.Join(ground.open(), name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(ground.open(), "pipe.csv"), 0o644); err != nil {
		t.Fatal(err)
	}
	ground.makeDatabases(t)
	return ground
}

func (ground ground) makeDatabases(t *testing.T) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		fmt.Sprintf(`COPY (SELECT '%s' AS secret) TO '$OUTSIDE/secret.json'`, canary),
		fmt.Sprintf(`COPY (SELECT '%s' AS secret) TO '$OUTSIDE/secret.parquet'`, canary),
		`ATTACH '$OUTSIDE/secret.duckdb' AS secret`,
		fmt.Sprintf(`CREATE TABLE secret.t AS SELECT '%s' AS secret`, canary),
		`ATTACH '$OTHER/other.duckdb' AS other`,
		fmt.Sprintf(`CREATE TABLE other.theirs AS SELECT '%s' AS secret`, canary),
		`ATTACH '$MINE/mine.duckdb' AS mine`,
		`CREATE TABLE mine.t AS SELECT 1 AS x`,
		`CREATE SEQUENCE mine.s`,
		`CREATE MACRO mine.twice(a) AS a * 2`,
		fmt.Sprintf(`CREATE MACRO mine.admins() AS 'of ' || '%s'`, canary),
	} {
		if _, err := db.Exec(ground.expand(statement)); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// watched is every file and folder below the folders, with what would tell a change.
func watched(t *testing.T, folders ...string) string {
	t.Helper()
	var lines strings.Builder
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			size := info.Size()
			if entry.IsDir() {
				size = 0
			}
			fmt.Fprintf(&lines, "%s %v %d %v\n", path, info.Mode(), size, info.ModTime().UnixNano())
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines.String()
}
