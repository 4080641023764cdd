package conformance

import (
	"context"
	"fmt"
	"testing"
	"time"
	// The names of zones, whatever this machine has.
	_ "time/tzdata"

	"quiver/test/conformance/go-host/internal/host"
)

// hoursOf2026 is every half hour around both changes of the clock in Europe and in North America.
const hoursOf2026 = `(SELECT unnest(generate_series(TIMESTAMPTZ '2026-03-07 00:00:00+00', TIMESTAMPTZ '2026-03-09 23:30:00+00', INTERVAL '30' MINUTE)
	|| generate_series(TIMESTAMPTZ '2026-03-28 00:00:00+00', TIMESTAMPTZ '2026-03-30 23:30:00+00', INTERVAL '30' MINUTE)
	|| generate_series(TIMESTAMPTZ '2026-10-24 00:00:00+00', TIMESTAMPTZ '2026-10-26 23:30:00+00', INTERVAL '30' MINUTE)
	|| generate_series(TIMESTAMPTZ '2026-10-31 00:00:00+00', TIMESTAMPTZ '2026-11-02 23:30:00+00', INTERVAL '30' MINUTE)) AS t)`

// zoned are expressions of a TIMESTAMPTZ t that the session's zone decides.
var zoned = map[string]string{
	"days":                  `date_trunc('day', t)`,
	"hours":                 `date_trunc('hour', t)`,
	"months":                `date_trunc('month', t)`,
	"buckets of a day":      `time_bucket(INTERVAL '1 day', t)`,
	"buckets of six hours":  `time_bucket(INTERVAL '6 hours', t)`,
	"a day later":           `t + INTERVAL '1' DAY`,
	"the clock on the wall": `t::TIMESTAMP`,
	"the date":              `t::DATE`,
	"the hour":              `hour(t)`,
	"another zone's clock":  `t AT TIME ZONE 'America/New_York'`,
	"and back":              `(t AT TIME ZONE 'America/New_York') AT TIME ZONE 'Asia/Kolkata'`,
	"text":                  `t::VARCHAR`,
	"text by a pattern":     `strftime(t, '%Y-%m-%d %H:%M:%S %Z')`,
	"time with its zone":    `t::TIMETZ`,
	"text in a list":        `[t]`,
	"text in a struct":      `{'at': t}`,
	"text that is parsed":   `'2026-07-01 12:00:00'::TIMESTAMPTZ`,
}

// TestTimeZones compares what the data source's zone and the dashboard's make of each expression with DuckDB in the hands of others.
func TestTimeZones(t *testing.T) {
	plugin := start(t)
	for _, zone := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"} {
		source := dataSource(settings(object{"timezone": zone}))
		other := dataSource(settings(object{"timezone": "Pacific/Auckland"}))
		for name, expression := range zoned {
			t.Run(fmt.Sprintf("%s in %s", name, zone), func(t *testing.T) {
				query := fmt.Sprintf(`SELECT %s AS v FROM %s ORDER BY t`, expression, hoursOf2026)
				want := referenceIn(t, zone, query)
				mustEqual(t, frame(t, plugin, source, host.Table(query)), want)
				ofDashboard := host.Table(query)
				ofDashboard.More = object{"timezone": zone}
				mustEqual(t, frame(t, plugin, other, ofDashboard), want)
			})
		}
	}
}

// TestTimeZoneInAnyCase: links of other zones too, which nobody but DuckDB can put right.
func TestTimeZoneInAnyCase(t *testing.T) {
	plugin, source := start(t), inMemory()
	query := host.Table(`SELECT TIMESTAMPTZ '2026-07-01 00:00:00+00'::VARCHAR AS v`)
	for zone, want := range map[string]string{"europe/berlin": "2026-07-01 02:00:00+02", "asia/kolkata": "2026-07-01 05:30:00+05:30"} {
		query.More = object{"timezone": zone}
		if got := cell(frame(t, plugin, source, query), 0, 0); got != want {
			t.Errorf("%s: got %v, want %v", zone, got, want)
		}
	}
}

// referenceIn runs the SQL with duckdb-go in a session of this zone.
func referenceIn(t *testing.T, zone, query string) []column {
	t.Helper()
	setZone := func(zone string) {
		// The pool has one connection for as long as nobody asks at the same time.
		if _, err := duck.ExecContext(context.Background(), fmt.Sprintf(`SET TimeZone = '%s'`, zone)); err != nil {
			t.Fatal(err)
		}
	}
	duck.SetMaxOpenConns(1)
	setZone(zone)
	defer duck.SetMaxOpenConns(0)
	defer setZone("UTC")
	return reference(t, query)
}

// TestDaysOfTheClock holds the days' lengths to Go's own knowledge of zones: 23 and 25 hours where the clock changes.
func TestDaysOfTheClock(t *testing.T) {
	plugin, source := start(t), inMemory()
	for _, zone := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"} {
		for name, bucket := range map[string]string{"date_trunc": `date_trunc('day', t)`, "$__timeGroup": `$__timeGroup(t, '1d')`} {
			t.Run(name+" in "+zone, func(t *testing.T) {
				location, err := time.LoadLocation(zone)
				if err != nil {
					t.Fatal(err)
				}
				query := host.Table(fmt.Sprintf(`SELECT %s AS day, count(*)::INTEGER AS n FROM %s GROUP BY 1 ORDER BY 1`, bucket, hoursOf2026))
				query.More = object{"timezone": zone}
				got := frame(t, plugin, source, query)
				want := halfHoursOfDays(location)
				if got.Fields[0].Len() != len(want) {
					t.Errorf("got %d days, want %d", got.Fields[0].Len(), len(want))
				}
				for row := range got.Fields[0].Len() {
					day := cell(got, 0, row).(time.Time)
					if n := cell(got, 1, row); n != want[day.Unix()] {
						t.Errorf("the day that begins at %v has %v half hours, want %v", day.In(location), n, want[day.Unix()])
					}
				}
			})
		}
	}
}

// halfHoursOfDays counts the half hours of hoursOf2026 by the day that each lies in, reckoned by Go.
func halfHoursOfDays(location *time.Location) map[int64]int32 {
	counts := map[int64]int32{}
	for _, first := range []time.Time{
		time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC),
	} {
		for i := range 3 * 48 {
			at := first.Add(time.Duration(i) * 30 * time.Minute).In(location)
			counts[time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, location).Unix()]++
		}
	}
	return counts
}
