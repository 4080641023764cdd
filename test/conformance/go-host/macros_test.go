package conformance

import (
	"fmt"
	"testing"
	"time"

	"quiver/test/conformance/go-host/internal/host"
)

// The panel of every test here: 2026-01-02T03:04:05.678Z, a Friday, and six hours more.
var (
	panelFrom = time.Date(2026, 1, 2, 3, 4, 5, 678e6, time.UTC)
	panelTo   = panelFrom.Add(6 * time.Hour)
)

func panel(sql string) host.Query {
	query := host.Table(sql)
	query.From, query.To, query.Interval, query.MaxDataPoints = panelFrom, panelTo, 30*time.Second, 500
	return query
}

// TestMacrosAsValues needs no frontend: alerts reach the plugin without one. Each want is DuckDB's text of the result.
func TestMacrosAsValues(t *testing.T) {
	plugin, source := start(t), inMemory()
	for sql, want := range map[string]string{
		`'$__interval'`:                 "30s",
		`'${__interval}'`:               "30s",
		`epoch(INTERVAL '$__interval')`: "30.0",
		`$__interval_ms`:                "30000",
		`${__interval_ms}`:              "30000",
		`'$__interval_ms'`:              "30000",
		`$__interval_s`:                 "30",
		`epoch(INTERVAL '$__range')`:    "21600.0",
		`$__range_s`:                    "21600",
		`$__range_ms`:                   "21600000",
		`$__from`:                       "1767323045678",
		`$__to`:                         "1767344645678",
		`'${__from}'`:                   "1767323045678",
		`$__maxDataPoints`:              "500",
		`$__timeFrom()`:                 "2026-01-02T03:04:05.678Z",
		`$__timeTo()`:                   "2026-01-02T09:04:05.678Z",
		`$__timeFrom`:                   "2026-01-02T03:04:05.678Z",
		`$__timeTo`:                     "2026-01-02T09:04:05.678Z",
		`$__unixEpochFrom()`:            "1767323045",
		`$__unixEpochTo()`:              "1767344645",
		`$__unixEpochNanoFrom()`:        "1767323045678000000",
		`$__unixEpochNanoTo()`:          "1767344645678000000",
		`'$__timeFrom()'`:               "$__timeFrom()",
		`'it''s $__timeFilter(x)'`:      "it's $__timeFilter(x)",
		`'$__nothing'`:                  "$__nothing",
		`1 /* $__timeFilter( */`:        "1",
		"1 -- $__nothing(x)\n":          "1",
		`(SELECT x FROM (SELECT $__timeEpoch(t) FROM (SELECT TIMESTAMP '2026-01-02 03:04:05' AS t)) q(x))`: "1767323045.0",
		`(SELECT x FROM (SELECT $__time(t) FROM (SELECT TIMESTAMP '2026-01-02 03:04:05' AS t)) q(x))`:      "2026-01-02 03:04:05",
		`(SELECT time FROM (SELECT $__timeGroupAlias(TIMESTAMP '2026-01-02 03:04:05', '5m')))`:             "2026-01-02 03:00:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '5m')`:                                          "2026-01-02 03:00:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '90s')`:                                         "2026-01-02 03:03:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '7m')`:                                          "2026-01-02 03:04:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '250ms')`:                                       "2026-01-02 03:04:05.5",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '1h')`:                                          "2026-01-02 03:00:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '1d')`:                                          "2026-01-02 00:00:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '3d')`:                                          "2026-01-01 00:00:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '1w')`:                                          "2025-12-29 00:00:00",
		`$__timeGroup(TIMESTAMP '2026-02-14 03:04:05.678', '1M')`:                                          "2026-02-01 00:00:00",
		`$__timeGroup(TIMESTAMP '2026-08-14 03:04:05.678', '1y')`:                                          "2026-01-01 00:00:00",
		`$__timeGroup(TIMESTAMP '1969-12-31 23:58:59', '5m')`:                                              "1969-12-31 23:55:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', $__interval)`:                                   "2026-01-02 03:04:00",
		`$__timeGroup(TIMESTAMP '2026-01-02 03:04:05.678', '$__interval')`:                                 "2026-01-02 03:04:00",
		`$__timeInterval(TIMESTAMP '2026-01-02 03:04:35.678')`:                                             "2026-01-02 03:04:30",
		`$__unixEpochGroup(1767323045, '5m')::BIGINT`:                                                      "1767322800",
		`$__unixEpochGroup(-1, '5m')::BIGINT`:                                                              "-300",
		`$__timeGroup(greatest(TIMESTAMP '2026-01-02 03:04:05', TIMESTAMP '2025-01-01 00:00:00'), '5m')`:   "2026-01-02 03:00:00",
		`CASE WHEN $__timeFilter(TIMESTAMP '2026-01-02 04:00:00') THEN 'in' ELSE 'out' END`:                "in",
		`CASE WHEN NOT $__timeFilter(TIMESTAMP '2026-01-02 02:00:00') AND true THEN 'out' ELSE 'in' END`:   "out",
		`CASE WHEN $__timeFilter(TIMESTAMP '2026-01-02 02:00:00') OR false THEN 'in' ELSE 'out' END`:       "out",
	} {
		t.Run(sql, func(t *testing.T) {
			got := frame(t, plugin, source, panel(fmt.Sprintf("SELECT CAST(%s AS VARCHAR) AS x", sql)))
			if text := cell(got, 0, 0); text != want {
				t.Errorf("got %q, want %q; executed: %s", text, want, got.Meta.ExecutedQueryString)
			}
		})
	}
}

// TestTimeFilters counts rows just outside, at and just inside both ends. Both ends belong to the range.
func TestTimeFilters(t *testing.T) {
	plugin, source := start(t), inMemory()
	stamps := `(VALUES ('2026-01-02 03:04:05.677'), ('2026-01-02 03:04:05.678'), ('2026-01-02 06:00:00'), ('2026-01-02 09:04:05.678'), ('2026-01-02 09:04:05.679'), (NULL)) v(s)`
	for name, from := range map[string]string{
		"TIMESTAMP":              `SELECT s::TIMESTAMP AS t FROM ` + stamps,
		"TIMESTAMP_MS":           `SELECT s::TIMESTAMP_MS AS t FROM ` + stamps,
		"TIMESTAMP_NS":           `SELECT s::TIMESTAMP_NS AS t FROM ` + stamps,
		"TIMESTAMPTZ":            `SELECT (s || '+00')::TIMESTAMPTZ AS t FROM ` + stamps,
		"text of ISO 8601 times": `SELECT replace(s, ' ', 'T') || 'Z' AS t FROM ` + stamps,
	} {
		for _, zone := range []string{"", "Europe/Berlin", "America/New_York"} {
			t.Run(fmt.Sprintf("$__timeFilter of %s, time zone %q", name, zone), func(t *testing.T) {
				query := panel(fmt.Sprintf(`SELECT count(*) AS n FROM (%s) WHERE $__timeFilter(t) AND t >= $__timeFrom() AND t <= $__timeTo()`, from))
				query.More = object{"timezone": zone}
				if n := cell(frame(t, plugin, source, query), 0, 0); n != int64(3) {
					t.Errorf("got %v rows, want 3", n)
				}
			})
		}
	}

	t.Run("$__unixEpochFilter", func(t *testing.T) {
		query := panel(`SELECT count(*) AS n FROM (VALUES (1767323044), (1767323046), (1767344645), (1767344647)) v(s) WHERE $__unixEpochFilter(s)`)
		if n := cell(frame(t, plugin, source, query), 0, 0); n != int64(2) {
			t.Errorf("got %v rows, want 2", n)
		}
	})

	t.Run("$__unixEpochNanoFilter", func(t *testing.T) {
		query := panel(`SELECT count(*) AS n FROM (VALUES (1767323045677999999), (1767323045678000000), (1767344645678000000), (1767344645678000001)) v(s) WHERE $__unixEpochNanoFilter(s)`)
		if n := cell(frame(t, plugin, source, query), 0, 0); n != int64(2) {
			t.Errorf("got %v rows, want 2", n)
		}
	})

	t.Run("$__dateFilter", func(t *testing.T) {
		query := panel(`SELECT count(*) AS n FROM (VALUES (DATE '2026-01-01'), (DATE '2026-01-02'), (DATE '2026-01-03')) v(d) WHERE $__dateFilter(d)`)
		if n := cell(frame(t, plugin, source, query), 0, 0); n != int64(1) {
			t.Errorf("got %v rows, want 1", n)
		}
	})
}

func TestTimeZoneOfAQuery(t *testing.T) {
	plugin, source := start(t), inMemory()
	ask := func(sql, zone string) any {
		query := panel(`SELECT CAST(` + sql + ` AS VARCHAR) AS x`)
		query.More = object{"timezone": zone}
		return cell(frame(t, plugin, source, query), 0, 0)
	}
	zoned := `TIMESTAMPTZ '2026-01-01 23:30:00+00'`
	for range 3 {
		if got := ask(zoned, "Europe/Berlin"); got != "2026-01-02 00:30:00+01" {
			t.Errorf("the session's zone was not Berlin: %v", got)
		}
		for _, none := range []string{"", "utc", "browser"} {
			if got := ask(zoned, none); got != "2026-01-01 23:30:00+00" {
				t.Errorf("a zone was left behind for %q: %v", none, got)
			}
		}
	}
	// Midnight in Berlin is 23:00 in UTC.
	if got := ask(`epoch($__timeGroup(`+zoned+`, '1d'))::BIGINT`, "Europe/Berlin"); got != "1767308400" {
		t.Errorf("the day's bucket does not begin at midnight in Berlin: %v", got)
	}
	if got := ask(`epoch($__timeGroup(`+zoned+`, '1h'))::BIGINT`, "Asia/Kolkata"); got != "1767308400" {
		t.Errorf("an hour's bucket is counted from the epoch in UTC: %v", got)
	}
}
