package dsl

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Runs that a schedule asks for: when they are due, and when one is in time.

type scheduledLine struct {
	Every *scheduledEvery `parser:"'scheduled' ( 'every' @@"`
	Other *otherSchedule  `parser:"| @@ )"`
}

// otherSchedule is when a run is due as programs write it, in quotes; it is not
// read.
type otherSchedule struct{}

// Parse teaches how it is written, and shows what the expression says in words.
func (*otherSchedule) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if kindOf(t) != tokText {
		return participle.NextMatch
	}
	p := (&problem{code: codeUnexpected, place: placeOf(t)}).with(sla.Prose("found", t.Value))
	if said, ok := fromCron(strings.Trim(t.Value, `"`)); ok {
		p.with(sla.Name("word", said)) // no fix: nobody knows whose clock a program goes by
	}
	return p.with(sla.Phrase("lesson", "lesson schedule"))
}

type scheduledEvery struct {
	Step *length      `parser:"( @@"`
	On   *scheduledOn `parser:"| @@ )"`
	Zone *name        `parser:"( 'in' @@ )?"`
}

type scheduledOn struct {
	Dates recurring   `parser:"@@"`
	At    clockTime   `parser:"'at' @@"`
	More  []clockTime `parser:"( ',' @@ )*"`
}

func (n *scheduledEvery) value() (t calendar.Timetable, at place) {
	t.Zone = nameText(n.Zone)
	if n.Step != nil {
		t.Every = &n.Step.v
		return t, n.Step.at
	}
	t.Recurrence, t.At = n.On.Dates.v, []calendar.TimeOfDay{n.On.At.v}
	for _, more := range n.On.More {
		t.At = append(t.At, more.v)
	}
	return t, n.On.Dates.at
}

func scheduledForm() *form[sla.Objective] {
	return say(`scheduled every DATES at TIME, TIME, … [in ZONE] | every LENGTH [in ZONE]`, `scheduled every Mon-Fri at 02:00`,
		func(l *lowering, o *sla.Objective, n *scheduledLine) {
			t, at := n.Every.value()
			id := l.sub("scheduled", sla.ScheduleName(t))
			if !l.declare(id, at, "scheduled "+t.String()) {
				return
			}
			l.at(id+"/dates", at)
			l.at(l.sub("scheduled"), at)
			if n.Every.Zone != nil {
				l.at(id+"/zone", n.Every.Zone.at)
			}
			schedule(o).Times = append(schedule(o).Times, t)
		}).again()
}

// schedule is the schedule of an objective, made with its first line.
func schedule(o *sla.Objective) *sla.RunSchedule {
	if o.Scheduled == nil {
		o.Scheduled = &sla.RunSchedule{}
	}
	return o.Scheduled
}

type startedLine struct {
	Within *length `parser:"'started' ( 'within' @@"`
	Next   *name   `parser:"| 'before' 'the' @@ )"`
}

func startedForm() *form[sla.Objective] {
	return say(`started within LENGTH | before the next`, `started within 30 min`, func(l *lowering, o *sla.Objective, n *startedLine) {
		if n.Next != nil {
			if l.choice(*n.Next, "started", "next") && l.declare(l.sub("started", "next"), n.Next.at, "started before the next") {
				schedule(o).BeforeNext = true
			}
			return
		}
		if l.declare(l.sub("started"), n.Within.at, "started within") {
			schedule(o).StartWithin = &n.Within.v
		}
	}).again()
}

type endedLine struct {
	Within length `parser:"'ended' 'within' @@"`
}

func endedForm() *form[sla.Objective] {
	return say(`ended within LENGTH`, `ended within 4 h`, func(l *lowering, o *sla.Objective, n *endedLine) {
		l.at(l.sub("ended"), n.Within.at)
		schedule(o).EndWithin = &n.Within.v
	})
}
