package sla

import (
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// Counting says how time that was down becomes downtime that counts, in steps
// whose order the edition fixes (dsl/spec.md, "Counting downtime"). A step
// that is not written does nothing.
type Counting struct {
	// CausedBy counts only outages with these causes, ReportedWithin only
	// those reported so soon after their start, NotCredited only those of no
	// incident credited before (step 1).
	CausedBy       []string         `json:"causedBy,omitempty" sla:"set"`
	ReportedWithin *calendar.Length `json:"reportedWithin,omitempty"`
	NotCredited    bool             `json:"notCredited,omitempty"`
	// FromReport counts an outage from its report or ticket on, ToClosed up
	// to the closing of that (step 1).
	FromReport bool `json:"fromReport,omitempty"`
	ToClosed   bool `json:"toClosed,omitempty"`
	// Run is how long an outage must last (step 3).
	Run *ShortestRun `json:"run,omitempty"`
	// Each rounds each outage (step 4), EachBeyond leaves that much of each
	// out, Share counts each for the part of something that it affected
	// (step 5).
	Each       *CountUnit       `json:"each,omitempty"`
	EachBeyond *calendar.Length `json:"eachBeyond,omitempty"`
	Share      *AffectedShare   `json:"share,omitempty"`
	// DayMost and OutageMost are the most that counts of one local date and
	// of one outage (step 6).
	DayMost    *calendar.Length `json:"dayMost,omitempty"`
	OutageMost *calendar.Length `json:"outageMost,omitempty"`
	// Total rounds the sum, TotalBeyond leaves that much of it out (step 7).
	Total       *CountUnit       `json:"total,omitempty"`
	TotalBeyond *calendar.Length `json:"totalBeyond,omitempty"`
}

// A ShortestRun drops outages that are shorter; with Longer, also those of
// exactly that length.
type ShortestRun struct {
	Length calendar.Length `json:"length"`
	Longer bool            `json:"longer,omitempty"`
	// BeforeExclusions tests an outage before exclusions cut it, and
	// AcrossWindows before the ends of the window do.
	BeforeExclusions bool `json:"beforeExclusions,omitempty"`
	AcrossWindows    bool `json:"acrossWindows,omitempty"`
}

// A CountUnit rounds to whole units, or up to started ones; OfClock counts
// units of the local clock that are down from end to end, or touched.
type CountUnit struct {
	Unit    calendar.Length `json:"unit"`
	Started bool            `json:"started,omitempty"`
	OfClock bool            `json:"ofClock,omitempty"`
}

// An AffectedShare weighs an outage by the share of something it affected;
// where several are open, by the highest share or by their sum.
type AffectedShare struct {
	Of  string `json:"of"`
	Sum bool   `json:"sum,omitempty"`
}

// A countedLength is a length that a step of the counting is written with.
type countedLength struct {
	step   string
	length calendar.Length
}

func (k *Counting) lengths() (out []countedLength) {
	add := func(step string, l *calendar.Length) {
		if l != nil {
			out = append(out, countedLength{step, *l})
		}
	}
	if k.Run != nil {
		add("run", &k.Run.Length)
	}
	if k.Each != nil {
		add("each", &k.Each.Unit)
	}
	if k.Total != nil {
		add("total", &k.Total.Unit)
	}
	add("beyond", k.EachBeyond)
	add("each-day", k.DayMost)
	add("most", k.OutageMost)
	add("spare", k.TotalBeyond)
	return out
}

// counting compiles the steps 3 to 7 for the kernel.
func (e *Engine) counting(o *Objective) measure.Counting {
	k := o.Count
	if k == nil {
		return measure.Counting{}
	}
	c := measure.Counting{Day: e.dayAt}
	if k.Run != nil {
		c.Run, c.Longer = k.Run.Length.Duration(), k.Run.Longer
		c.BeforeExclusions, c.AcrossWindows = k.Run.BeforeExclusions, k.Run.AcrossWindows
	}
	if k.Each != nil {
		c.Each, c.Started = k.Each.Unit.Duration(), k.Each.Started
		if k.Each.OfClock {
			c.Slots = func(t calendar.Instant) calendar.Interval { return e.clockSlot(t, c.Each) }
		}
	}
	c.EachBeyond, c.DayMost, c.RunMost, c.TotalBeyond = exactOf(k.EachBeyond), exactOf(k.DayMost), exactOf(k.OutageMost), exactOf(k.TotalBeyond)
	if k.Total != nil {
		c.Total, c.TotalStarted = k.Total.Unit.Duration(), k.Total.Started
	}
	return c
}

func exactOf(l *calendar.Length) time.Duration {
	if l == nil {
		return 0
	}
	return l.Duration()
}

// dayAt is the local date that holds an instant, as an interval.
func (e *Engine) dayAt(t calendar.Instant) calendar.Interval { return e.zone.Day(e.zone.DateAt(t)) }

// clockSlot is the unit of the local clock that holds an instant: units are
// counted from local midnight, and begin anew where the clock is set.
func (e *Engine) clockSlot(t calendar.Instant, unit time.Duration) calendar.Interval {
	day := e.dayAt(t)
	_, clock := e.zone.Local(t)
	into := time.Duration(clock) % unit
	slot := calendar.Interval{Start: t.Add(-into), End: t.Add(unit - into)}
	// A change of the clocks inside the slot cuts it where it happens.
	if slot.Start < day.Start || !e.sameOffset(slot.Start, t) {
		slot.Start = e.changeBetween(slot.Start, t)
	}
	if last := slot.End - 1; !e.sameOffset(t, last) {
		slot.End = e.changeBetween(t, last)
	}
	return slot.Intersect(day)
}

func (e *Engine) sameOffset(a, b calendar.Instant) bool { return e.zone.Offset(a) == e.zone.Offset(b) }

// changeBetween is the first instant after a with the offset of b.
func (e *Engine) changeBetween(a, b calendar.Instant) calendar.Instant {
	if e.sameOffset(a, b) {
		return a
	}
	for a+1 < b {
		if mid := a + (b-a)/2; e.sameOffset(mid, b) {
			b = mid
		} else {
			a = mid
		}
	}
	return b
}

// sentence is the line that makes a step, as it is written; empty where the
// step is not written.
func (k *Counting) sentence(s measure.StageName) string {
	switch {
	case k == nil:
		return ""
	case s == measure.StageRun && k.Run != nil:
		return k.Run.sentence()
	case s == measure.StageEach && k.Each != nil:
		return "each outage in " + k.Each.sentence()
	case s == measure.StageBeyond && k.EachBeyond != nil:
		return "each outage beyond " + k.EachBeyond.String()
	case s == measure.StageWeight && k.Share != nil:
		return "each outage by the share of " + k.Share.Of + " affected"
	case s == measure.StageMost && k.DayMost != nil:
		return "at most " + k.DayMost.String() + " each day"
	case s == measure.StageMost && k.OutageMost != nil:
		return "at most " + k.OutageMost.String() + " each outage"
	case s == measure.StageTotal && k.Total != nil:
		return "the total in " + k.Total.sentence()
	case s == measure.StageSpare && k.TotalBeyond != nil:
		return "the total beyond " + k.TotalBeyond.String()
	}
	return ""
}

func (r *ShortestRun) sentence() string {
	words := []string{"outages of at least " + r.Length.String()}
	if r.Longer {
		words[0] = "outages longer than " + r.Length.String()
	}
	if r.BeforeExclusions {
		words = append(words, "before exclusions")
	}
	if r.AcrossWindows {
		words = append(words, "even across windows")
	}
	return strings.Join(words, ", ")
}

func (u *CountUnit) sentence() string {
	s := "whole " + u.Unit.String()
	if u.Started {
		s = "started " + u.Unit.String()
	}
	if u.OfClock {
		s += " of the clock"
	}
	return s
}
