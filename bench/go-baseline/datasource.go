package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/data/sqlutil"
)

// keptConnections is enough for each query that runs at once to find an open connection.
const keptConnections = 64

// dataSource is one configured data source; the SDK keeps it until its settings change.
type dataSource struct{ db *sql.DB }

var (
	_ backend.QueryDataHandler      = (*dataSource)(nil)
	_ backend.CheckHealthHandler    = (*dataSource)(nil)
	_ instancemgmt.InstanceDisposer = (*dataSource)(nil)
)

func newDataSource(ctx context.Context, instance backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	settings, err := parseSettings(instance.JSONData)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", settings.dsn())
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(keptConnections)
	if err := createViews(ctx, db, settings.DuckDB.Tables); err != nil {
		db.Close()
		return nil, err
	}
	return &dataSource{db: db}, nil
}

func createViews(ctx context.Context, db *sql.DB, tables []table) error {
	for _, table := range tables {
		name := `"` + strings.ReplaceAll(table.Name, `"`, `""`) + `"`
		path := `'` + strings.ReplaceAll(table.Path, `'`, `''`) + `'`
		if _, err := db.ExecContext(ctx, "CREATE VIEW "+name+" AS SELECT * FROM read_parquet("+path+")"); err != nil {
			return fmt.Errorf("cannot read the table %s: %w", table.Name, err)
		}
	}
	return nil
}

// Dispose closes the database after the settings have changed.
func (source *dataSource) Dispose() { source.db.Close() }

func (source *dataSource) CheckHealth(ctx context.Context, _ *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if err := source.db.PingContext(ctx); err != nil {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: err.Error()}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: "Data source is working"}, nil
}

func (source *dataSource) QueryData(ctx context.Context, request *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	response := backend.NewQueryDataResponse()
	for _, query := range request.Queries {
		frame, err := source.query(ctx, query)
		if err != nil {
			response.Responses[query.RefID] = backend.ErrDataResponse(backend.StatusBadRequest, err.Error())
			continue
		}
		response.Responses[query.RefID] = backend.DataResponse{Frames: data.Frames{frame}, Status: backend.StatusOK}
	}
	return response, nil
}

func (source *dataSource) query(ctx context.Context, query backend.DataQuery) (*data.Frame, error) {
	model, err := sqlutil.GetQuery(query)
	if err != nil {
		return nil, err
	}
	statement, err := sqlutil.Interpolate(model, macros)
	if err != nil {
		return nil, err
	}
	rows, err := source.db.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	frame, err := sqlutil.FrameFromRows(rows, -1)
	if err != nil {
		return nil, err
	}
	frame.RefID = query.RefID
	frame.Meta = &data.FrameMeta{ExecutedQueryString: statement}
	if model.Format != sqlutil.FormatOptionTimeSeries {
		return frame, nil
	}
	return timeSeries(frame, model.FillMissing)
}

// timeSeries makes one field of each series, unless they are so already.
func timeSeries(frame *data.Frame, fill *data.FillMissing) (*data.Frame, error) {
	if frame.TimeSeriesSchema().Type != data.TimeSeriesTypeLong {
		return frame, nil
	}
	return data.LongToWide(frame, fill)
}
