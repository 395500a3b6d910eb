package clock

import (
	"errors"
	"sort"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A cadence is when an act is owed again and again in a stretch of a rhythm: one
// length after its beginning, two, and so on. Dates and business days are all
// counted from the beginning, so that what is owed every month stays on its date;
// each is the open time until then (semantics 1.5, 2.2).
type cadence struct {
	fresh *calendar.Clock // from the beginning of the stretch, never held
	terms *calendar.Terms
}

func newCadence(t *calendar.Terms, from calendar.Instant) (*cadence, error) {
	fresh, err := calendar.NewClock(t.Calendar, from)
	return &cadence{fresh, t}, err
}

// owed is the time on the clock after which the k-th act is owed, k from 1.
func (c *cadence) owed(k int) (time.Duration, error) {
	every := c.terms.Target
	switch every.Unit() {
	case calendar.Exact:
		return time.Duration(k) * max(1, every.Duration()), nil
	case calendar.MonthBusinessDay:
		return c.owedInMonth(k)
	}
	all := calendar.NewLength(k*every.Count(), every.Unit())
	if every.LastDay() {
		all = all.OrLastDay()
	}
	towards, err := c.fresh.Target(all, c.terms.Zone, c.terms.Business)
	return towards.Time, err
}

// owedInMonth is owed for "the 5th business day of the month", of one month after
// the other.
func (c *cadence) owedInMonth(k int) (time.Duration, error) {
	at := c.fresh.Start()
	for i := range k {
		if i > 0 {
			at = at.Add(24 * time.Hour) // the day is over
		}
		var err error
		if at, err = calendar.Due(at, c.terms.Target, c.terms.Zone, c.terms.Calendar, c.terms.Business); err != nil {
			return 0, err
		}
	}
	return c.fresh.Elapsed(at)
}

// missed counts the acts that were owed by the time that so much had counted. What
// is owed beyond the tables of holidays was not.
func (c *cadence) missed(counted time.Duration) (int, error) {
	switch every := c.terms.Target; every.Unit() {
	case calendar.Exact:
		return int(counted / max(1, every.Duration())), nil
	case calendar.Months, calendar.Years, calendar.MonthBusinessDay:
		return c.missedDates(counted)
	}
	later := func(k int) bool {
		owed, err := c.owed(k)
		return err != nil || owed > counted
	}
	some := 1
	for !later(some) {
		some *= 2
	}
	return sort.Search(some-1, func(i int) bool { return later(i + 1) }), nil
}

// missedDates is missed for dates of months, each of which must exist.
func (c *cadence) missedDates(counted time.Duration) (int, error) {
	for k := 1; ; k++ {
		owed, err := c.owed(k)
		var missing *calendar.MissingDateError
		if errors.As(err, &missing) {
			return 0, err
		}
		if err != nil || owed > counted {
			return k - 1, nil
		}
	}
}
