package facts

import (
	"math/big"
	"strings"
	"time"
)

// A timeCount is a way to write times as numbers: so many units since an
// instant.
type timeCount struct {
	unit  time.Duration
	since time.Time
	// step is what the result is rounded to; 0 for none.
	step time.Duration
}

// timeCounts are the ways by their patterns. Seconds and milliseconds are
// counted from the first instant of 1970 in UTC; the days of spreadsheets are
// local time, and as a spreadsheet keeps about ten digits of a day they are
// rounded to the millisecond.
var timeCounts = map[string]*timeCount{
	"seconds since 1970":      {unit: time.Second, since: time.Unix(0, 0).UTC()},
	"milliseconds since 1970": {unit: time.Millisecond, since: time.Unix(0, 0).UTC()},
	daysOfSheets:              {unit: 24 * time.Hour, since: time.Unix(0, 0).UTC().AddDate(-70, 0, -2), step: time.Millisecond},
}

const daysOfSheets = "days since 1899-12-30"

// The years that a number may stand for: a number in another unit lies far
// outside.
const firstYear, lastYear = 1971, 2199

// parse reads a number, with a point or a comma before its decimals.
func (c *timeCount) parse(text string) (time.Time, bool) {
	text = strings.Replace(text, ",", ".", 1)
	if text == "" || len(text) > 40 || strings.Trim(text, "0123456789.") != "" {
		return time.Time{}, false
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return time.Time{}, false
	}
	n.Mul(n, new(big.Rat).SetInt64(int64(c.unit)))
	if c.step > 0 {
		n.Quo(n, new(big.Rat).SetInt64(int64(c.step)))
		n.Add(n, big.NewRat(1, 2))
	}
	whole := new(big.Int).Quo(n.Num(), n.Denom())
	whole.Mul(whole, big.NewInt(int64(max(c.step, 1))))
	if !whole.IsInt64() {
		return time.Time{}, false
	}
	at := c.since.Add(time.Duration(whole.Int64()))
	return at, at.Year() >= firstYear && at.Year() <= lastYear
}
