// Package conformance does to the built executable what Grafana does, and compares what it answers with what other people's code says.
package conformance

import (
	"database/sql"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

var exeFlag = flag.String("exe", "", "the executable under test; default dist/gpx_quiver_<os>_<arch> of this checkout")

var (
	// exe is the absolute path of the executable under test.
	exe string
	// root is what this run makes and removes again; anybody may read in it.
	root string
	// files is the directory below it with every data file: the one that the admin allows.
	files string
	// duck is DuckDB as other people embed it, with the same session zone as a data source without settings.
	duck *sql.DB
)

func TestMain(m *testing.M) {
	if os.Getenv(helperVariable) != "" {
		runHelperHost()
		return
	}
	if os.Getenv(controlVariable) != "" {
		runControls()
		return
	}
	flag.Parse()
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	var err error
	if exe, err = executable(); err != nil {
		log.Print(err)
		return 1
	}
	if err = makeFolders(); err != nil {
		log.Print(err)
		return 1
	}
	defer removeFolders()
	if duck, err = makeFiles(files); err != nil {
		log.Printf("make the data files: %v", err)
		return 1
	}
	defer duck.Close()
	return m.Run()
}

func executable() (string, error) {
	path := *exeFlag
	if path == "" {
		path = filepath.Join("..", "..", "..", "dist", fmt.Sprintf("gpx_quiver_%s_%s", runtime.GOOS, runtime.GOARCH))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("there is no executable to test, build it first: %w", err)
	}
	return path, nil
}

func makeFolders() error {
	made, err := os.MkdirTemp("", "quiver-")
	if err != nil {
		return err
	}
	if root, err = filepath.EvalSymlinks(made); err != nil {
		return err
	}
	files = filepath.Join(root, "files")
	// Somebody else than us must be able to read it, too.
	if err := os.Chmod(root, 0o755); err != nil {
		return err
	}
	return os.Mkdir(files, 0o755)
}

func removeFolders() {
	// The copy of the plugin cannot be written, and so not be removed either.
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			os.Chmod(path, 0o755)
		}
		return nil
	})
	os.RemoveAll(root)
}
