package main

import (
	"cmp"
	"slices"
)

// quantile is the value below which this part of them lies, 0.5 for the median; of none, zero.
func quantile[T cmp.Ordered](values []T, part float64) T {
	var none T
	if len(values) == 0 {
		return none
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)]
}
