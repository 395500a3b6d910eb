package calendar_test

import (
	"time"

	. "github.com/sla-lang/sla/calendar"
)

// brute decides for a single instant whether a definition is open, and which
// dates own the shifts that keep it open, word for word as semantics 1.3 says
// and with nothing of the package but its dates and definitions. The tests
// walk it minute by minute.
type brute struct {
	def      Definition
	loc      *time.Location
	holidays map[string]map[Date]bool
	parts    map[string]*brute
	exists   map[Date]bool
}

// wall is the local date and time of day at an instant.
func (b *brute) wall(t Instant) (Date, TimeOfDay) {
	at := t.Time().In(b.loc)
	d, err := NewDate(at.Year(), at.Month(), at.Day())
	if err != nil {
		panic(err)
	}
	return d, TimeOfDay(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second)
}

// dateExists looks for an instant with the local date.
func (b *brute) dateExists(d Date) bool {
	if known, ok := b.exists[d]; ok {
		return known
	}
	if b.exists == nil {
		b.exists = map[Date]bool{}
	}
	noon := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)
	for m := -40 * 60; m <= 40*60; m += 15 {
		at := noon.Add(time.Duration(m) * time.Minute).In(b.loc)
		if at.Year() == d.Year() && at.Month() == d.Month() && at.Day() == d.Day() {
			b.exists[d] = true
			return true
		}
	}
	b.exists[d] = false
	return false
}

func (b *brute) open(t Instant) bool { return len(b.owners(t)) > 0 }

// owners are the dates whose shifts keep t open.
func (b *brute) owners(t Instant) []Date {
	d, tod := b.wall(t)
	if b.def.Combine != nil {
		if b.combined(t) && !b.closedDate(d) && !b.closedAt(t, d, tod) {
			return []Date{d} // of a combination only whether it is open is compared
		}
		return nil
	}
	var out []Date
	for _, owner := range []Date{d, d.AddDays(-1)} {
		if b.openFor(t, owner, d, tod) {
			out = append(out, owner)
		}
	}
	return out
}

func (b *brute) combined(t Instant) bool {
	c := b.def.Combine
	n := 0
	for _, name := range c.Of {
		if b.parts[name].open(t) {
			n++
		}
	}
	in := n > 0
	if c.All {
		in = n == len(c.Of)
	}
	return in && (c.Except == "" || !b.parts[c.Except].open(t))
}

// openFor reports whether a shift of the date owner keeps an instant open
// whose local reading is d and tod.
func (b *brute) openFor(t Instant, owner, d Date, tod TimeOfDay) bool {
	if b.def.Always {
		return owner == d && !b.closedDate(d) && !b.closedAt(t, d, tod)
	}
	if b.hoursHold(b.hoursOf(owner, true), owner, d, tod) {
		return true
	}
	if !b.hoursHold(b.hoursOf(owner, false), owner, d, tod) || b.closedDate(owner) {
		return false
	}
	if b.def.CutShifts && owner != d && b.closedDate(d) {
		return false
	}
	return !b.closedAt(t, d, tod)
}

// hoursOf are the hours of a date: those of `open on` that date replace the
// others.
func (b *brute) hoursOf(owner Date, although bool) []Hours {
	var dated, weekly []Hours
	isDated := false
	for _, o := range b.def.Open {
		if !b.inEffect(&o, owner) {
			continue
		}
		switch {
		case o.On != nil && *o.On == owner:
			isDated = true
			if o.AlthoughClosed == although {
				dated = append(dated, o.Hours...)
			}
		case o.On == nil && !although && (o.Days.Has(owner.Weekday()) || b.holidays[o.Holidays][owner]):
			weekly = append(weekly, o.Hours...)
		}
	}
	if isDated {
		return dated
	}
	return weekly
}

func (b *brute) inEffect(o *Opening, d Date) bool {
	if o.From != nil && d.Before(*o.From) || o.To != nil && d.After(*o.To) {
		return false
	}
	if o.Season == nil {
		return true
	}
	return inSeason(MonthDay{Month: d.Month(), Day: d.Day()}, o.Season.From, o.Season.To)
}

// inSeason reports whether a day of the year is from one to another, over the
// turn of the year where the other comes before.
func inSeason(at, from, to MonthDay) bool {
	if from.Compare(to) <= 0 {
		return at.Compare(from) >= 0 && at.Compare(to) <= 0
	}
	return at.Compare(from) >= 0 || at.Compare(to) <= 0
}

// hoursHold reports whether the hours of the date owner hold a local reading.
func (b *brute) hoursHold(hours []Hours, owner, d Date, tod TimeOfDay) bool {
	for _, h := range hours {
		switch {
		case h.From < h.To:
			if owner == d && h.From <= tod && tod < h.To {
				return true
			}
		case h.From > h.To: // ends on the next date
			if !b.dateExists(owner) {
				continue
			}
			if owner == d && tod >= h.From || owner.AddDays(1) == d && tod < h.To {
				return true
			}
		}
	}
	return false
}

// closedDate reports whether a `closed` line without hours closes the date.
func (b *brute) closedDate(d Date) bool {
	for _, c := range b.def.Closed {
		if len(c.Hours) == 0 && c.Calendar == "" && c.Between == nil && b.closes(&c, d) {
			return true
		}
	}
	return false
}

// closes reports whether a `closed` line is about a date.
func (b *brute) closes(c *Closing, d Date) bool {
	if c.Since != nil && d.Before(*c.Since) || c.Until != nil && d.After(*c.Until) {
		return false
	}
	switch {
	case c.Calendar != "":
		return true
	case c.On != nil && c.To != nil:
		return !d.Before(*c.On) && !d.After(*c.To)
	case c.On != nil:
		return d == *c.On
	case c.Yearly != nil && c.YearlyTo != nil:
		return inSeason(MonthDay{Month: d.Month(), Day: d.Day()}, *c.Yearly, *c.YearlyTo)
	case c.Yearly != nil:
		return d.Month() == c.Yearly.Month && d.Day() == c.Yearly.Day
	}
	n := 0
	for _, h := range c.Holidays {
		if b.holidays[h][d] {
			n++
		}
	}
	return n > 0 && (!c.AllOf || n == len(c.Holidays))
}

// closedAt reports whether hours or another calendar close an instant.
func (b *brute) closedAt(t Instant, d Date, tod TimeOfDay) bool {
	for _, c := range b.def.Closed {
		if s := c.Between; s != nil && b.reached(s.From, t) && !b.reached(s.To, t) {
			return true
		}
		if c.Between != nil || len(c.Hours) == 0 && c.Calendar == "" {
			continue
		}
		in := len(c.Hours) == 0 && b.closes(&c, d)
		for _, owner := range []Date{d, d.AddDays(-1)} {
			in = in || b.closes(&c, owner) && b.hoursHold(c.Hours, owner, d, tod)
		}
		if in && (c.Calendar == "" || b.parts[c.Calendar].open(t)) {
			return true
		}
	}
	return false
}

// reached reports whether an instant is at or after a moment, which the tests
// write with its offset.
func (b *brute) reached(m Moment, t Instant) bool {
	at, err := time.Parse(time.RFC3339Nano, m.String())
	if err != nil {
		panic(err)
	}
	return !t.Time().Before(at)
}
