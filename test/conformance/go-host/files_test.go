package conformance

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	_ "github.com/duckdb/duckdb-go/v2"
)

const bigRows = 1_000_000

// mixedRows are every plain type with nulls, empty strings, strings around DuckDB's inline length of 12, quotes, line ends and emoji.
const mixedRows = `
SELECT
  i::INTEGER AS id,
  CASE WHEN i % 7 = 0 THEN NULL ELSE TIMESTAMP '2024-01-01' + INTERVAL (i * 61) SECOND END AS time,
  CASE WHEN i % 11 = 0 THEN NULL ELSE (i * 7919) % 1000003 / 1000.0 - 250.5 END::DOUBLE AS value,
  CASE WHEN i % 13 = 0 THEN NULL ELSE 9007199254740993 + i * 1000000007 END::BIGINT AS large,
  CASE WHEN i % 17 = 0 THEN NULL ELSE i % 2 = 0 END AS flag,
  CASE WHEN i % 19 = 0 THEN NULL ELSE DATE '1969-12-01' + (i % 100)::INTEGER END AS day,
  CASE WHEN i % 23 = 0 THEN NULL ELSE repeat(chr((97 + i % 26)::INTEGER), (i % 41)::INTEGER) END AS word,
  CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN 'say "hi", please' WHEN 2 THEN E'two\nlines' WHEN 3 THEN 'ünïcödé 🦆 ' || i WHEN 4 THEN 'plain' ELSE 'semi;colon''s' END AS phrase,
  CASE WHEN i % 5 = 0 THEN NULL ELSE (i % 1000)::DECIMAL(9, 2) / 8 END::DECIMAL(9, 3) AS price,
  -- A column that begins with more than one vector of nulls, and one that is nothing else.
  CASE WHEN i > 4000 THEN i END::BIGINT AS late,
  NULL::DOUBLE AS never
FROM range(5000) r(i) ORDER BY i`

const bigSQL = `
SELECT
  i::BIGINT AS id,
  TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS time,
  sin(i / 1000.0) * 100 AS value,
  'host-' || (i %% 10) AS host,
  md5(i::VARCHAR) || '-' || lpad(i::VARCHAR, 7, '0') AS trace
FROM range(%d) r(i) ORDER BY i`

// makeFiles writes every data file with DuckDB as other people embed it, and returns that DuckDB.
func makeFiles(directory string) (*sql.DB, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	at := func(name string) string { return "'" + filepath.Join(directory, name) + "'" }
	statements := []string{
		`SET GLOBAL TimeZone = 'UTC'`,
		`CREATE TABLE mixed AS ` + mixedRows,
		`COPY mixed TO ` + at("mixed.parquet") + ` (ROW_GROUP_SIZE 2048)`,
		`COPY mixed TO ` + at("mixed.csv") + ` (HEADER)`,
		`COPY mixed TO ` + at("mixed.json"),
		`COPY mixed TO ` + at("mixed-array.json") + ` (ARRAY)`,
		`CREATE TABLE big AS ` + fmt.Sprintf(bigSQL, bigRows),
		`COPY big TO ` + at("big.parquet"),
		`COPY big TO ` + at("big.csv") + ` (HEADER)`,
		`COPY (FROM big LIMIT 200000) TO ` + at("big.json"),
		`COPY (FROM big WHERE id < 1000) TO ` + at("part-1.parquet"),
		`COPY (FROM big WHERE id >= 1000 AND id < 3000) TO ` + at("part-2.parquet"),
		`COPY (FROM big WHERE id < 1000) TO ` + at("part-1.csv") + ` (HEADER)`,
		`COPY (FROM big WHERE id >= 1000 AND id < 3000) TO ` + at("part-2.csv") + ` (HEADER)`,
		`COPY (SELECT 'left' AS side) TO ` + at("left.parquet"),
		`COPY (SELECT 'right' AS side) TO ` + at("right.parquet"),
		`COPY (SELECT 1 AS id) TO ` + at("two.csv") + ` (HEADER)`,
		`ATTACH ` + at("store.duckdb") + ` AS store`,
		`CREATE TABLE store.all_types AS FROM test_all_types()`,
		`CREATE TABLE store.mixed AS FROM mixed`,
		`CREATE TABLE store.big AS FROM big`,
		`CREATE VIEW store.variants AS SELECT * FROM (VALUES (1, 1::VARIANT), (2, 'x'::VARIANT), (3, [1, 2]::VARIANT), (4, NULL)) v(id, x)`,
		`CREATE VIEW store.calm AS SELECT id, value FROM big WHERE abs(value) < 1`,
		`CREATE SCHEMA store.deep`,
		`CREATE TABLE store.deep.sea AS SELECT 42 AS depth`,
		`CHECKPOINT store`,
		`DETACH store`,
		`DROP TABLE big`,
		`DROP TABLE mixed`,
		`ATTACH ` + at("store.duckdb") + ` AS store (READ_ONLY)`,
	}
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			return nil, fmt.Errorf("%s: %w", statement, err)
		}
	}
	return db, damagedFiles(directory)
}

// damagedFiles are those that are not what their names say, and links that lead out.
func damagedFiles(directory string) error {
	for name, text := range map[string]string{
		"liar.parquet":  "this,is\nnot,parquet\n",
		"liar.duckdb":   "this is not a database, though it is long enough to look like one: " + string(make([]byte, 16384)),
		"liar.json":     `{"id": 1, "broken": `,
		"empty.parquet": "",
		"secret.csv":    "id\n1\n",
	} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	whole, err := os.ReadFile(filepath.Join(directory, "mixed.parquet"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(directory, "half.parquet"), whole[:len(whole)/2], 0o644); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Join(directory, "secret.csv"), 0); err != nil {
		return err
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(directory, "leaving.csv")); err != nil {
		return err
	}
	return os.Symlink("mixed.csv", filepath.Join(directory, "staying.csv"))
}
