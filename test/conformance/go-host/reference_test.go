package conformance

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// column is one column of what DuckDB answers when other people embed it.
type column struct {
	name, typeName string
	// values are duckdb-go's own Go values; nil is null. For a type whose text is compared, they are that text.
	values []any
	// text is CAST(x AS VARCHAR), json is to_json(x); both only for a type whose text is compared.
	text, json []sql.NullString
}

// reference runs the SQL with duckdb-go.
func reference(t testing.TB, query string) []column {
	t.Helper()
	columns := describe(t, query)
	selected := make([]string, len(columns))
	for i := range columns {
		selected[i] = fmt.Sprintf("#%d", i+1)
		if kindOf(columns[i].typeName) == kindText {
			selected[i] = fmt.Sprintf("CAST(#%d AS VARCHAR)", i+1)
		}
	}
	for i, values := range fetch(t, fmt.Sprintf("SELECT %s FROM (%s\n) AS q", strings.Join(selected, ", "), query)) {
		columns[i].values = values
		if kindOf(columns[i].typeName) == kindText {
			columns[i].text = asStrings(values)
			columns[i].json = texts(t, fmt.Sprintf("to_json(#%d)::VARCHAR", i+1), query, len(values))
		}
	}
	return columns
}

func describe(t testing.TB, query string) []column {
	t.Helper()
	described := fetch(t, fmt.Sprintf("SELECT column_name, column_type FROM (DESCRIBE %s\n)", query))
	columns := make([]column, len(described[0]))
	for i := range columns {
		columns[i] = column{name: described[0][i].(string), typeName: described[1][i].(string)}
	}
	return columns
}

// texts runs one expression over the query. An expression that DuckDB does not know for this type yields nothing but nulls.
func texts(t testing.TB, expression, query string, rows int) []sql.NullString {
	t.Helper()
	wrapped := fmt.Sprintf("SELECT %s FROM (%s\n) AS q", expression, query)
	statement, err := duck.Prepare(wrapped)
	if err != nil {
		return make([]sql.NullString, rows)
	}
	statement.Close()
	return asStrings(fetch(t, wrapped)[0])
}

// fetch returns the values column by column.
func fetch(t testing.TB, query string) [][]any {
	t.Helper()
	rows, err := duck.Query(query)
	if err != nil {
		t.Fatalf("DuckDB itself: %s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	columns := make([][]any, len(names))
	row := make([]any, len(names))
	pointers := make([]any, len(names))
	for i := range row {
		pointers[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			t.Fatalf("DuckDB itself: %s: %v", query, err)
		}
		for i, value := range row {
			columns[i] = append(columns[i], value)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("DuckDB itself: %s: %v", query, err)
	}
	return columns
}

func asStrings(values []any) []sql.NullString {
	list := make([]sql.NullString, len(values))
	for i, value := range values {
		if text, ok := value.(string); ok {
			list[i] = sql.NullString{String: text, Valid: true}
		}
	}
	return list
}
