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
	opened   map[shift]Instant
}

// A shift is hours of the date on which they open.
type shift struct {
	owner Date
	hours Hours
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
	var out []Date
	if b.def.Combine != nil {
		for _, opens := range b.shiftsAt(t) {
			owner, _ := b.wall(opens)
			out = append(out, owner)
		}
		return out
	}
	for _, owner := range []Date{d, d.AddDays(-1)} {
		if b.openFor(t, owner, d, tod) {
			out = append(out, owner)
		}
	}
	return out
}

// continuous reports whether a calendar is open around the clock but for what
// is closed, so that it has no shifts: each date is one.
func (b *brute) continuous() bool {
	c := b.def.Combine
	if c == nil {
		return b.def.Always
	}
	n := 0
	for _, name := range c.Of {
		if b.parts[name].continuous() {
			n++
		}
	}
	return n == len(c.Of) || n > 0 && !c.All
}

// shiftsAt are the shifts that keep an instant open, each by the instant at
// which it opens, closings aside. Shifts of any of several calendars are
// shifts; of all of them, what shifts of each share is one, which opens when
// the last of them does.
func (b *brute) shiftsAt(t Instant) []Instant {
	d, tod := b.wall(t)
	var out []Instant
	if b.def.Combine == nil {
		for _, owner := range []Date{d, d.AddDays(-1)} {
			if !b.openFor(t, owner, d, tod) {
				continue
			}
			for _, h := range append(b.hoursOf(owner, true), b.hoursOf(owner, false)...) {
				if b.hoursHold([]Hours{h}, owner, d, tod) {
					out = append(out, b.opens(shift{owner, h}))
				}
			}
		}
		return out
	}
	for _, opens := range b.combinedShifts(t) {
		owner, _ := b.wall(opens)
		if !b.closedDate(owner) && !(b.def.CutShifts && b.closedDate(d)) && !b.closedAt(t, d, tod) {
			out = append(out, opens)
		}
	}
	return out
}

// combinedShifts are those of a combination before its own closings.
func (b *brute) combinedShifts(t Instant) []Instant {
	if !b.combined(t) {
		return nil
	}
	if b.continuous() {
		d, _ := b.wall(t)
		return []Instant{b.opens(shift{d, Hours{From: 0, To: EndOfDay}})}
	}
	var out []Instant
	for _, name := range b.def.Combine.Of {
		p := b.parts[name]
		switch {
		case !b.def.Combine.All:
			out = append(out, p.shiftsAt(t)...)
		case p.continuous():
		case out == nil:
			out = p.shiftsAt(t)
		default:
			var both []Instant
			for _, x := range out {
				for _, y := range p.shiftsAt(t) {
					both = append(both, max(x, y))
				}
			}
			out = both
		}
	}
	return out
}

// opens is the first minute whose local reading the hours of a date hold.
func (b *brute) opens(s shift) Instant {
	if at, known := b.opened[s]; known {
		return at
	}
	if b.opened == nil {
		b.opened = map[shift]Instant{}
	}
	start := time.Date(s.owner.Year(), s.owner.Month(), s.owner.Day(), 0, 0, 0, 0, time.UTC).Add(-40 * time.Hour)
	for m := range 100 * 60 {
		at := Instant(start.Add(time.Duration(m) * time.Minute).UnixNano())
		if d, tod := b.wall(at); b.hoursHold([]Hours{s.hours}, s.owner, d, tod) {
			b.opened[s] = at
			return at
		}
	}
	panic("a shift that holds an instant opens")
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
