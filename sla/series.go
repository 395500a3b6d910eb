package sla

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A series of answers is written in the expanding notation of Prometheus
// tests: "1" is a good answer, "0" a failed one, "_" a missing one; "0x2" is a
// failed answer and two more like it, three in all, and "_x2" two missing ones.

// maxSeries bounds the answers of one series: a year of one a second.
const maxSeries = 32_000_000

// A seriesRun is one answer, n times: '1' good, '0' failed, '_' missing.
type seriesRun struct {
	answer byte
	n      int
}

// expandSeries reads the notation.
func expandSeries(s string) ([]seriesRun, error) {
	var runs []seriesRun
	total := 0
	for _, word := range strings.Fields(s) {
		answer, times, repeated := strings.Cut(word, "x")
		n := 1
		if repeated {
			v, err := strconv.Atoi(times)
			if err != nil || v < 1 || v > maxSeries {
				return nil, fmt.Errorf("%q is no run of answers", word)
			}
			n = v
			if answer != "_" {
				n++
			}
		}
		if answer != "0" && answer != "1" && answer != "_" {
			return nil, fmt.Errorf("%q is no answer", word)
		}
		if total += n; total > maxSeries {
			return nil, fmt.Errorf("more than %d answers", maxSeries)
		}
		runs = append(runs, seriesRun{answer[0], n})
	}
	if len(runs) == 0 {
		return nil, fmt.Errorf("a series without answers")
	}
	return runs, nil
}

// tooLong says that a series goes on for longer than a duration can hold.
func tooLong(runs []seriesRun, every time.Duration) bool {
	total := int64(0)
	for _, run := range runs {
		total += int64(run.n)
	}
	return int64(every) > math.MaxInt64/total
}
