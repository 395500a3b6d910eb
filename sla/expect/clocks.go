package expect

import (
	"slices"
	"strconv"
	"time"

	"github.com/sla-lang/sla/sla"
)

// Which names a clock of a ticket.
type Which struct{ Measure, Ticket string }

func (c Which) String() string { return c.Measure + " of " + c.Ticket }

// clock gives the clock that is meant; of a ticket with a new clock after its
// reopening, the last.
func (w *world) clock(c Which) (*sla.TicketResult, *judgement) {
	var last *sla.TicketResult
	var have []string
	for i := range w.report.Tickets {
		t := &w.report.Tickets[i]
		if t.Ticket != c.Ticket {
			continue
		}
		if t.Clock == c.Measure || t.Clock == "" {
			last = t
		}
		have = append(have, t.Clock)
	}
	if last != nil {
		return last, nil
	}
	slices.Sort(have)
	j := undecided("no-clock", sla.Name("subject", c.String()), sla.List("choices", slices.Compact(have)))
	return nil, &j
}

// A Took claims how long a clock ran until it stopped.
type Took struct {
	Which
	Time time.Duration
	// Verdict is "in time", "late" or "", which claims none; By is how late,
	// nil where that is not claimed.
	Verdict string
	By      *time.Duration
}

func (c Took) judge(w *world) judgement {
	t, no := w.clock(c.Which)
	if no != nil {
		return *no
	}
	elapsed, ok := exact(t.Elapsed)
	if t.Stopped == nil || !ok {
		j := undecided("not-stopped", sla.Name("subject", c.String()), sla.Prose("state", state(t.Verdict)))
		j.got, j.why = c.String()+" is "+state(t.Verdict), t.Why
		return j
	}
	left, _ := exact(t.Left)
	verdict := map[bool]string{true: "in time", false: "late"}[t.Verdict == "met"]
	holds := elapsed == c.Time && (c.Verdict == "" || c.Verdict == verdict) && (c.By == nil || *c.By == -left)
	if t.Verdict != "met" {
		verdict = "late by " + duration(-left)
	}
	return differs(holds, c.String()+" took "+joined(duration(elapsed), verdict), t.Why)
}

// A Clock claims how a clock stands.
type Clock struct {
	Which
	// State is running, paused, met, late, cancelled, not started or not
	// covered; "" claims none.
	State string
	// Left is what is left of the limit, Over how much it is exceeded.
	Left, Over *time.Duration
	// Due is when it falls due; DueUnknown claims that this is not known.
	Due        *time.Time
	DueUnknown bool
}

func (c Clock) judge(w *world) judgement {
	t, no := w.clock(c.Which)
	if no != nil {
		return *no
	}
	left, ok := exact(t.Left)
	got := ""
	if c.State != "" {
		got = state(t.Verdict)
	}
	holds := c.State == "" || c.State == state(t.Verdict)
	switch {
	case c.Left != nil || c.Over != nil:
		holds = holds && ok && (c.Left == nil || *c.Left == left) && (c.Over == nil || *c.Over == -left)
		got = joined(got, leftOf(left, ok))
	}
	if c.Due != nil || c.DueUnknown {
		holds = holds && c.DueUnknown == (t.Due == nil) && (c.Due == nil || t.Due != nil && t.Due.Equal(*c.Due))
		got = joined(got, "due "+w.instant(t.Due))
	}
	return differs(holds, c.String()+" is "+got, t.Why)
}

func leftOf(left time.Duration, ok bool) string {
	switch {
	case !ok:
		return "without a limit"
	case left < 0:
		return duration(-left) + " over"
	}
	return duration(left) + " left"
}

// An Omission claims how often what is owed again and again did not come.
type Omission struct {
	Which
	Times int
}

func (c Omission) judge(w *world) judgement {
	t, no := w.clock(c.Which)
	if no != nil {
		return *no
	}
	return differs(t.Missed == c.Times, c.String()+" missed "+strconv.Itoa(t.Missed), t.Why)
}

// A Pause claims how much time the pauses of a clock took.
type Pause struct {
	Which
	Time time.Duration
}

func (c Pause) judge(w *world) judgement {
	t, no := w.clock(c.Which)
	if no != nil {
		return *no
	}
	paused, ok := exact(t.Paused)
	return differs(ok && paused == c.Time, "pauses of "+c.String()+" are "+duration(paused), t.Why)
}

// A Level claims the escalation level that a ticket has reached.
type Level struct{ Ticket, Level string }

func (c Level) judge(w *world) judgement {
	var got string
	var why []sla.Step
	known := false
	for i := range w.report.Tickets {
		t := &w.report.Tickets[i]
		if t.Ticket != c.Ticket {
			continue
		}
		known = true
		if t.Level != "" {
			got, why = t.Level, t.Why
		}
	}
	if !known {
		return undecided("no-clock", sla.Name("subject", "level of "+c.Ticket))
	}
	shown := got
	if shown == "" {
		shown = "none"
	}
	return differs(got == c.Level || c.Level == "none" && got == "", "level of "+c.Ticket+" is "+shown, why)
}
