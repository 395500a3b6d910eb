package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// receivedDuring: the calendars by which rows differ in when a ticket was
// received share no instant, and leave none out unless another row has those
// tickets (form T7). A year is looked at.
func (k *checker) receivedDuring(rows []Commitment, id string) {
	bound := k.bound()
	if bound == nil || !slices.ContainsFunc(rows, func(r Commitment) bool { return r.ReceivedDuring != "" }) {
		return
	}
	from, to := reference()
	year := calendar.Interval{Start: bound.zone.StartOf(from), End: bound.zone.StartOf(to)}
	open := map[string]calendar.Set{}
	for i := range rows {
		if c := bound.calendars[rows[i].ReceivedDuring]; c != nil && c.Check(year) == nil {
			open[rows[i].ReceivedDuring] = c.Open(year)
		}
	}
	told := map[string]bool{}
	for i := range rows {
		a := &rows[i]
		hours, known := open[a.ReceivedDuring]
		if !known {
			continue
		}
		for j := range rows[:i] {
			b := &rows[j]
			other, known := open[b.ReceivedDuring]
			if !known || a.ReceivedDuring == b.ReceivedDuring || a.keys() != b.keys() || a.Otherwise != b.Otherwise || !bothFit(hoursApart(*a), hoursApart(*b)) {
				continue
			}
			if both := hours.Intersect(other); !both.IsEmpty() {
				k.find(CodeWindowOverlap, id+"/"+a.Name(), Name("calendar", a.ReceivedDuring), Name("other", b.ReceivedDuring), localArg(bound.zone, both.At(0).Start)).
					related(id+"/"+b.Name(), "other-limit-here", Prose("otherWithin", b.Name()))
				break
			}
		}
		if group := hoursApart(*a).Name(); !told[group] && !covered(rows, a) {
			told[group] = true
			if hole := calendar.NewSet(year).Minus(receivedIn(rows, a, open)); !hole.IsEmpty() {
				k.find(CodeWindowHole, id+"/"+a.Name(), localArg(bound.zone, hole.At(0).Start))
			}
		}
	}
}

// hoursApart is a row but for when its tickets are received.
func hoursApart(c Commitment) *Commitment {
	c.ReceivedDuring = ""
	return &c
}

// covered says whether another row has the tickets of a row whenever they are
// received.
func covered(rows []Commitment, a *Commitment) bool {
	return slices.ContainsFunc(rows, func(b Commitment) bool {
		fits := func(key, of string) bool { return key == "" || key == of }
		return b.ReceivedDuring == "" && fits(b.Priority, a.Priority) && fits(b.Request, a.Request) && fits(b.Kind, a.Kind) &&
			fits(b.By, a.By) && fits(b.At, a.At) && len(b.When) == 0
	})
}

// receivedIn is when the tickets of a row may be received to have one of the
// rows that differ from it in that alone.
func receivedIn(rows []Commitment, a *Commitment, open map[string]calendar.Set) (all calendar.Set) {
	for i := range rows {
		if hoursApart(rows[i]).Name() == hoursApart(*a).Name() {
			all = all.Union(open[rows[i].ReceivedDuring])
		}
	}
	return all
}

func localArg(z *calendar.Zone, at calendar.Instant) Arg {
	return Arg{"at", ArgInstant, at.Time().In(z.Location()).Format(time.RFC3339)}
}
