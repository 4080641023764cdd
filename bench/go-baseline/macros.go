package main

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"
	"github.com/grafana/grafana-plugin-sdk-go/data/sqlutil"
)

// macros are DuckDB's own; those that every SQL data source shares, $__timeFilter among them, are sqlutil's.
var macros = sqlutil.Macros{"timeGroup": timeGroup}

// timeGroup makes time_bucket(INTERVAL '60000 milliseconds', ts) of $__timeGroup(ts, '1m').
func timeGroup(_ *sqlutil.Query, arguments []string) (string, error) {
	if len(arguments) != 2 {
		return "", fmt.Errorf("%w: $__timeGroup takes a column and an interval, got %d arguments", sqlutil.ErrorBadArgumentCount, len(arguments))
	}
	interval, err := gtime.ParseInterval(strings.Trim(arguments[1], `'"`))
	if err != nil {
		return "", fmt.Errorf("$__timeGroup: %w", err)
	}
	return fmt.Sprintf("time_bucket(INTERVAL '%d milliseconds', %s)", interval.Milliseconds(), arguments[0]), nil
}
