package conformance

import (
	"maps"
	"testing"
	"time"

	"quiver/test/conformance/go-host/internal/host"
)

// everySecond has the number of each second of the default time range.
const everySecond = `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS time, i::DOUBLE AS value FROM range(3600) r(i)`

// scrambled has each number once, far from its neighbours'.
const scrambled = `SELECT time, ((value * 7919) % 3600) AS value FROM (` + everySecond + `)`

func TestDownsample(t *testing.T) {
	plugin, source := start(t), inMemory()
	read := func(t *testing.T, mode, sql string) map[int64]float64 {
		query := host.Series(sql)
		query.MaxDataPoints = 12
		query.More = object{"downsample": mode}
		got := frame(t, plugin, source, query)
		values := map[int64]float64{}
		for i := 0; i < got.Rows(); i++ {
			at, _ := got.ConcreteAt(0, i)
			value, err := got.FloatAt(1, i)
			if err != nil {
				t.Fatal(err)
			}
			values[at.(time.Time).Unix()%3600] = value
		}
		if len(values) != got.Rows() {
			t.Errorf("%d rows have %d times", got.Rows(), len(values))
		}
		return values
	}

	t.Run("minmax", func(t *testing.T) {
		points := read(t, "minmax", scrambled)
		if len(points) != 20 {
			t.Errorf("got %d points, want two for each of the range's ten buckets", len(points))
		}
		least, greatest := 3600.0, -1.0
		for second, value := range points {
			if value != float64((second*7919)%3600) {
				t.Errorf("second %d has %v, which no row has", second, value)
			}
			least, greatest = min(least, value), max(greatest, value)
		}
		if least != 0 || greatest != 3599 {
			t.Errorf("the points go from %v to %v, want 0 to 3599", least, greatest)
		}
	})

	t.Run("lttb", func(t *testing.T) {
		points := read(t, "lttb", scrambled)
		if len(points) != 12 {
			t.Errorf("got %d points, want as many as the panel has", len(points))
		}
		for second, value := range points {
			if value != float64((second*7919)%3600) {
				t.Errorf("second %d has %v, which no row has", second, value)
			}
		}
		for _, end := range []int64{0, 3599} {
			if _, ok := points[end]; !ok {
				t.Errorf("second %d, an end of the series, is missing", end)
			}
		}
	})

	t.Run("average", func(t *testing.T) {
		// Ten minutes are the narrowest round width of which nine buckets, one cut at each end, hold an hour.
		want := map[int64]float64{0: 299.5, 600: 899.5, 1200: 1499.5, 1800: 2099.5, 2400: 2699.5, 3000: 3299.5}
		if got := read(t, "average", everySecond); !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
