// Command go-baseline is a DuckDB data source for Grafana as people write one in Go: the SDK, database/sql and the SDK's own helpers for
// frames and macros. `make bench` compares Quiver with it. It reads Quiver's settings and queries as far as it needs them.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
)

func main() {
	if err := datasource.Manage("quiver-sql-datasource", newDataSource, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error(err.Error())
		os.Exit(1)
	}
}
