package host

import (
	"context"
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// PluginID is the id under which Grafana knows the data source.
const PluginID = "quiver-sql-datasource"

// DataSource is one configured data source, as Grafana keeps it.
type DataSource struct {
	ID      int64
	UID     string
	Updated time.Time
	// JSONData is sent as it is.
	JSONData []byte
	Secure   map[string]string
}

// Context is the plugin context of every call that concerns the data source.
func (source DataSource) Context() *pluginv2.PluginContext {
	return &pluginv2.PluginContext{
		OrgId:         1,
		PluginId:      PluginID,
		PluginVersion: "0.1.0",
		Namespace:     "default",
		UserAgent:     "Grafana/13.2.2 (linux; amd64)",
		User:          &pluginv2.User{Login: "ada", Name: "Ada", Email: "ada@example.org", Role: "Viewer"},
		GrafanaConfig: map[string]string{"GF_INSTANCE_FEATURE_TOGGLES_ENABLE": "transformations"},
		DataSourceInstanceSettings: &pluginv2.DataSourceInstanceSettings{
			Id:                      source.ID,
			Uid:                     source.UID,
			Name:                    "Quiver " + source.UID,
			JsonData:                source.JSONData,
			DecryptedSecureJsonData: source.Secure,
			LastUpdatedMS:           source.Updated.UnixMilli(),
		},
	}
}

// Query is one query of a panel. Zero values become what a panel would send.
type Query struct {
	// RefID defaults to A.
	RefID string
	SQL   string
	// Format is sent as it is, unless it is nil.
	Format any
	// QueryType is what Grafana reads from the key of the same name.
	QueryType string
	// More holds further keys of the query's JSON.
	More map[string]any
	// JSON replaces the whole query model.
	JSON []byte
	// From and To default to the hour before 2024-01-01T01:00:00Z.
	From, To time.Time
	// Interval defaults to a minute.
	Interval time.Duration
	// MaxDataPoints defaults to 1000.
	MaxDataPoints int64
}

// Table asks for a table.
func Table(sql string) Query { return Query{SQL: sql, Format: "table"} }

// Series asks for time series.
func Series(sql string) Query { return Query{SQL: sql, Format: "time_series"} }

// Proto is the query on the wire.
func (query Query) Proto() *pluginv2.DataQuery {
	if query.RefID == "" {
		query.RefID = "A"
	}
	if query.To.IsZero() {
		query.To = time.Date(2024, 1, 1, 1, 0, 0, 0, time.UTC)
	}
	if query.From.IsZero() {
		query.From = query.To.Add(-time.Hour)
	}
	if query.Interval == 0 {
		query.Interval = time.Minute
	}
	if query.MaxDataPoints == 0 {
		query.MaxDataPoints = 1000
	}
	return &pluginv2.DataQuery{
		RefId:         query.RefID,
		QueryType:     query.QueryType,
		Json:          query.model(),
		MaxDataPoints: query.MaxDataPoints,
		IntervalMS:    query.Interval.Milliseconds(),
		TimeRange:     &pluginv2.TimeRange{FromEpochMS: query.From.UnixMilli(), ToEpochMS: query.To.UnixMilli()},
	}
}

func (query Query) model() []byte {
	if query.JSON != nil {
		return query.JSON
	}
	model := map[string]any{"refId": query.RefID, "rawSql": query.SQL}
	if query.Format != nil {
		model["format"] = query.Format
	}
	for key, value := range query.More {
		model[key] = value
	}
	text, err := json.Marshal(model)
	if err != nil {
		panic(err)
	}
	return text
}

// Request is a whole call of QueryData.
type Request struct {
	Source  DataSource
	Headers map[string]string
	Queries []Query
}

// Proto is the request on the wire.
func (request Request) Proto() *pluginv2.QueryDataRequest {
	proto := &pluginv2.QueryDataRequest{PluginContext: request.Source.Context(), Headers: request.Headers}
	for _, query := range request.Queries {
		proto.Queries = append(proto.Queries, query.Proto())
	}
	return proto
}

// Query calls QueryData and decodes the answer with the SDK's own converter and Arrow reader.
func (plugin *Plugin) Query(ctx context.Context, request Request) (*backend.QueryDataResponse, error) {
	answer, err := plugin.Data.QueryData(ctx, request.Proto())
	if err != nil {
		return nil, err
	}
	return backend.FromProto().QueryDataResponse(answer)
}

// Health calls CheckHealth for the data source.
func (plugin *Plugin) Health(ctx context.Context, source DataSource) (*backend.CheckHealthResult, error) {
	answer, err := plugin.Diagnostics.CheckHealth(ctx, &pluginv2.CheckHealthRequest{PluginContext: source.Context()})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().CheckHealthResponse(answer), nil
}
