package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

// corpusVersion changes with corpusSQL, so that what an older version made is not taken for it.
const corpusVersion = 1

// rowsPerSecond is how many rows share a timestamp: one of each host.
const rowsPerSecond = 100

// corpusStart is the first row's time.
var corpusStart = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// corpusSQL makes the same rows everywhere: n visits each number below their count once, scattered (2654435761 is prime), and msg has 41
// characters.
const corpusSQL = `
CREATE TABLE readings AS
SELECT TIMESTAMP '2024-01-01' + to_seconds(i // 100) AS ts,
	'host-' || lpad((i %% 100)::VARCHAR, 3, '0') AS host,
	['eu-north', 'eu-south', 'eu-east', 'eu-west', 'us-north', 'us-south', 'us-east', 'us-west', 'asia', 'africa'][i %% 10 + 1] AS region,
	round(50 + 40 * sin(i / 50000.0) + n %% 997 / 100.0, 3) AS value,
	n,
	'GET /api/v1/items/' || lpad(n::VARCHAR, 8, '0') || ' 200 ' || lpad((n %% 9973)::VARCHAR, 7, '0') || ' ms' AS msg
FROM (SELECT i, i * 2654435761 %% %[1]d AS n FROM range(%[1]d) r(i))`

// corpus is where the rows lie, the same ones in each file.
type corpus struct {
	directory, database, parquet string
	rows                         int
	engine                       string
}

// obtainCorpus makes the files below the folder, unless an earlier run has.
func obtainCorpus(folder string, rows int) (corpus, error) {
	engine, err := engineVersion()
	if err != nil {
		return corpus{}, err
	}
	directory := filepath.Join(folder, fmt.Sprintf("corpus-v%d-%d-rows-duckdb-%s", corpusVersion, rows, engine))
	made := corpus{
		directory: directory,
		database:  filepath.Join(directory, "readings.duckdb"),
		parquet:   filepath.Join(directory, "readings.parquet"),
		rows:      rows,
		engine:    engine,
	}
	if _, err := os.Stat(directory); err == nil {
		return made, nil
	}
	return made, made.write(directory + ".unfinished")
}

// write makes the files in another folder first: one that has its name is whole.
func (corpus corpus) write(unfinished string) error {
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.MkdirAll(unfinished, 0o755); err != nil {
		return err
	}
	if err := writeFiles(unfinished, corpus.rows); err != nil {
		return fmt.Errorf("make the corpus: %w", err)
	}
	return os.Rename(unfinished, corpus.directory)
}

func writeFiles(folder string, rows int) error {
	db, err := sql.Open("duckdb", filepath.Join(folder, "readings.duckdb"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(fmt.Sprintf(corpusSQL, rows)); err != nil {
		return err
	}
	_, err = db.Exec("COPY readings TO '" + filepath.Join(folder, "readings.parquet") + "' (FORMAT parquet)")
	return err
}

func engineVersion() (string, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return "", err
	}
	defer db.Close()
	var version string
	err = db.QueryRow("SELECT version()").Scan(&version)
	return version, err
}
