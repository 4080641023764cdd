package main

import (
	"fmt"
	"strings"
)

// scenario is one row of the table: what is asked, how often, and what Quiver wants to need for it.
type scenario struct {
	// Name is for SCENARIOS=…
	Name  string `json:"name"`
	Title string `json:"title"`
	Goals []goal `json:"goals,omitempty"`

	// measure drives one fresh process; nil asks for the query again and again.
	measure method
	query   query
	// atOnce calls are under way at a time.
	atOnce int
	// quiver and baseline say how often: the baseline is slow where rows are many, and a call of 15 s needs no repetition.
	quiver, baseline repetition
}

// repetition is a number of calls that count, after some that do not.
type repetition struct{ warmUp, calls int }

// query is a statement over the first rows of the corpus, all of them within the panel's time range.
type query struct {
	sql    string
	format string
	rows   int
	// answers is how many rows the frame has; fixed ones stay as many when the corpus is smaller.
	answers int
	fixed   bool
	// bucketSeconds is the width of {bucket}.
	bucketSeconds int
	parquet       bool
}

// goal is an upper bound: for Quiver's figure as a part of the baseline's, or for Quiver's figure alone.
type goal struct {
	Figure string  `json:"figure"`
	Ratio  float64 `json:"ratio,omitempty"`
	Quiver float64 `json:"quiver,omitempty"`
}

const million = 1_000_000

// The forms are those that both know: the SDK's sqlutil has no time_series.
const (
	table      = "table"
	timeSeries = "timeseries"
)

const (
	tenColumns = `ts, host, region, value, n, msg, n::INTEGER AS small, value::FLOAT AS single, value > 50 AS high,
	CASE WHEN n % 10 <> 0 THEN value END AS gaps`
	sameBucket = `time_bucket(INTERVAL '{bucket} seconds', ts)`
	ownBucket  = `$__timeGroup(ts, '{bucket}s')`
)

func ratio(most float64) goal { return goal{Figure: "cpuMs", Ratio: most} }

func peak(most float64) goal { return goal{Figure: "peakMB", Quiver: most} }

// scenarios are in the order of the table.
func scenarios() []scenario {
	twelve, few := repetition{warmUp: 1, calls: 12}, repetition{warmUp: 1, calls: 2}
	small, often := repetition{warmUp: 5, calls: 30}, repetition{warmUp: 1500, calls: 6000}
	list := []scenario{
		{
			Name: "1m", Title: "1,000,000 rows (ts, value)",
			query: raw("ts, value", million), quiver: twelve, baseline: few,
			Goals: []goal{ratio(0.10), peak(220)},
		},
		{
			Name: "1m-host", Title: "1,000,000 rows (ts, host, value)",
			query: raw("ts, host, value", million), quiver: twelve, baseline: few,
			Goals: []goal{ratio(0.10), peak(260)},
		},
		{
			Name: "1m-msg", Title: "1,000,000 rows (ts, msg)",
			query: raw("ts, msg", million), quiver: twelve, baseline: few,
			Goals: []goal{ratio(0.20), peak(330)},
		},
		{
			Name: "1m-ten", Title: "1,000,000 rows, ten mixed columns",
			query: raw(tenColumns, million), quiver: repetition{warmUp: 1, calls: 4}, baseline: repetition{calls: 1},
			Goals: []goal{ratio(0.12)},
		},
		{
			Name: "100k", Title: "100,000 rows (ts, value)",
			query: raw("ts, value", 100_000), quiver: small, baseline: repetition{warmUp: 1, calls: 8},
			Goals: []goal{ratio(0.12)},
		},
		{
			Name: "10m", Title: "10,000,000 rows (ts, value)",
			query: raw("ts, value", 10*million), quiver: repetition{warmUp: 1, calls: 2},
		},
		{
			Name: "wide", Title: "long → wide, 100 series × 1,000",
			query: wide(), quiver: small, baseline: repetition{warmUp: 1, calls: 5},
			Goals: []goal{ratio(0.12)},
		},
		{
			Name: "filter", Title: "1,000 rows by a filter over 10,000,000",
			query: filter(), quiver: small, baseline: small,
			Goals: []goal{ratio(1.0)},
		},
		{
			Name: "parquet-1m-host", Title: "Parquet: 1,000,000 rows (ts, host, value)",
			query: parquet(raw("ts, host, value", million)), quiver: repetition{warmUp: 1, calls: 6}, baseline: repetition{warmUp: 1, calls: 1},
		},
		{
			Name: "parquet-aggregate", Title: "Parquet: 1,000,000 rows to 100 points",
			query: parquet(aggregate(sameBucket, million, 100, 100)), quiver: small, baseline: small,
		},
	}
	list = append(list, aggregates()...)
	return append(list,
		scenario{
			Name: "select1", Title: "`select 1`",
			query: selectOne(), quiver: often, baseline: often,
			Goals: []goal{ratio(1.2)},
		},
		scenario{
			Name: "select1-16", Title: "`select 1`, 16 at once",
			query: selectOne(), atOnce: 16, quiver: often, baseline: often,
			Goals: []goal{ratio(1.0)},
		},
		scenario{
			Name: "start", Title: "start to first good health",
			measure: measureStart, quiver: repetition{calls: 3}, baseline: repetition{calls: 3},
			Goals: []goal{{Figure: "startMs", Ratio: 2.2}, {Figure: "idleMB", Quiver: 95}},
		},
		scenario{
			Name: "event-loop", Title: "pings while 1,000,000 rows (ts, value) are answered",
			measure: measurePings, query: raw("ts, value", million), quiver: twelve, baseline: few,
			Goals: []goal{{Figure: "pingMaxMs", Quiver: 50}},
		},
		scenario{
			Name: "fairness", Title: "`select 1` beside 64 slow queries of another data source",
			measure: measureFairness, query: slow(), quiver: repetition{calls: 20}, baseline: repetition{calls: 20},
		},
	)
}

// aggregates are the same statement for both, and then what people write: $__timeGroup, which each one expands in its own way.
func aggregates() []scenario {
	var list []scenario
	for _, bucket := range []struct {
		name, title, sql string
		most             float64
	}{
		{"aggregate", "1,000,000 rows to 100 points, the same SQL", sameBucket, 1.2},
		{"macro", "1,000,000 rows to 100 points, each one's $__timeGroup", ownBucket, 0.9},
	} {
		one := scenario{Name: bucket.name, Title: bucket.title, query: aggregate(bucket.sql, million, 100, 100), Goals: []goal{ratio(bucket.most)}}
		list = append(list, one.at(1, repetition{5, 30}), one.at(16, repetition{16, 64}), one.at(64, repetition{16, 128}))
	}
	all := repetition{warmUp: 1, calls: 3}
	return append(list, scenario{Name: "aggregate-10m", Title: "10,000,000 rows to 84 points, the same SQL", query: aggregate(sameBucket, 10*million, 1200, 84), quiver: all, baseline: all})
}

func (scenario scenario) at(once int, calls repetition) scenario {
	if once > 1 {
		scenario.Name += fmt.Sprintf("-%d", once)
		scenario.Title += fmt.Sprintf(", %d at once", once)
	}
	scenario.atOnce, scenario.quiver, scenario.baseline = once, calls, calls
	return scenario
}

// raw has a WHERE like every panel: DuckDB plans a bare SELECT … LIMIT in another way.
func raw(columns string, rows int) query {
	return query{sql: "SELECT " + columns + " FROM readings WHERE $__timeFilter(ts)", format: table, rows: rows, answers: rows}
}

func wide() query {
	const series, points = rowsPerSecond, 1000
	return query{sql: "SELECT ts, host, value FROM readings WHERE $__timeFilter(ts) ORDER BY ts", format: timeSeries, rows: series * points, answers: points}
}

// filter finds one row in 10,000, and none of the file can be skipped: n is scattered.
func filter() query {
	return query{sql: "SELECT ts, host, value FROM readings WHERE n < {found}", format: table, rows: 10 * million, answers: 1000}
}

func aggregate(bucket string, rows, bucketSeconds, points int) query {
	return query{
		sql:    "SELECT " + bucket + " AS time, avg(value) AS value FROM readings WHERE $__timeFilter(ts) GROUP BY 1 ORDER BY 1",
		format: timeSeries, rows: rows, bucketSeconds: bucketSeconds, answers: points, fixed: true,
	}
}

func selectOne() query {
	return query{sql: "SELECT 1 AS one", format: table, rows: rowsPerSecond, answers: 1, fixed: true}
}

func slow() query {
	return query{sql: "SELECT max(md5(msg)) AS greatest FROM readings WHERE $__timeFilter(ts)", format: table, rows: 10 * million, answers: 1, fixed: true}
}

func parquet(query query) query {
	query.parquet = true
	return query
}

// text is the statement for a corpus that is smaller by a factor, as tests have it.
func (query query) text(smaller int) string {
	return strings.NewReplacer(
		"{bucket}", fmt.Sprint(query.bucketSeconds/smaller),
		"{found}", fmt.Sprint(1000/smaller),
	).Replace(query.sql)
}
