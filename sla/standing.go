package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A standing is where a clock of a ticket stands: what a watch remembers of it,
// and tells when it changes.
type standing struct {
	clock string
	// life counts the lives of a clock that started anew, from 2 on.
	life              int
	service, priority string
	verdict           string
	due               calendar.Instant
	dueKnown          bool
	provisional       bool
	// level and warned are nil before the first.
	level  *EscalationLevel
	warned *TicketWarn
}

// standingOf says where a clock stands.
func (v *view) standingOf(j *judgement) standing {
	s := standing{service: j.attr.service, priority: j.attr.priority, verdict: "not covered"}
	if j.promise < 0 {
		return s
	}
	o, p := j.outcome, &v.e.promises[j.promise]
	s.clock = p.measure.Name
	if j.reopened > 0 {
		s.life = j.reopened + 1
	}
	if j.lost != "" {
		if !j.lost.decided() {
			s.verdict = "undecided"
		}
		return s
	}
	s.verdict = string(o.State)
	if o.State == clock.NotStarted || o.State == clock.CancelledAs {
		return s
	}
	s.due, s.dueKnown, s.provisional = o.Due, o.DueKnown, o.Provisional
	v.steps = v.e.escalationSteps(v.steps[:0], p, s.priority, o)
	if level, _ := v.e.escalationLevel(v.steps, o); level >= 0 {
		s.level = v.steps[level].level
	}
	s.warned = v.e.warned(s.clock, o)
	return s
}

// same says whether two standings are of one clock: a clock is known by its
// measure and by which life of it it is.
func (s *standing) same(o *standing) bool { return s.clock == o.clock && s.life == o.life }

// changed lists what differs from where the clock stood before; nil for a new
// clock.
func (s *standing) changed(before *standing) (what []string) {
	known := before != nil
	if !known {
		before = &standing{}
	}
	say := func(differs bool, name string) {
		if differs {
			what = append(what, name)
		}
	}
	say(before.verdict != s.verdict, "verdict")
	say(before.dueKnown != s.dueKnown || s.dueKnown && before.due != s.due, "due")
	say(before.levelName() != s.levelName(), "level")
	say(before.warnedAt() != s.warnedAt(), "warned")
	say(known && before.priority != s.priority, "priority")
	say(known && before.service != s.service, "service")
	say(before.provisional && !s.provisional && before.verdict == s.verdict, "final")
	say(known && !before.provisional && s.provisional && before.verdict == s.verdict, "provisional")
	return what
}

func (s *standing) levelName() string {
	if s.level == nil {
		return ""
	}
	return s.level.Level
}

func (s *standing) warnedAt() string {
	if s.warned == nil {
		return ""
	}
	return s.warned.Share.String()
}

// differences compares where the clocks of a ticket stand, which js are, with
// where they stood before.
func (v *view) differences(t *ticketView, js []judgement, before, after []standing, at time.Time) []Change {
	var out []Change
	left := before
	if !slices.EqualFunc(before, after, func(a, b standing) bool { return a.same(&b) }) {
		left = slices.Clone(before)
	}
	for i := range after {
		now := &after[i]
		var was *standing
		if len(left) > 0 && left[0].same(now) {
			was, left = &left[0], left[1:]
		} else if j := slices.IndexFunc(left, func(b standing) bool { return b.same(now) }); j >= 0 {
			found := left[j]
			was, left = &found, slices.Delete(left, j, j+1)
		}
		what := now.changed(was)
		if len(what) == 0 {
			continue
		}
		c := Change{At: at, What: what, TicketResult: v.shown(t, &js[i], now)}
		if was != nil && was.verdict != now.verdict {
			c.Was = was.verdict
		}
		out = append(out, c)
	}
	for i := range left {
		gone := &left[i]
		out = append(out, Change{At: at, What: []string{"withdrawn"}, Was: gone.verdict, TicketResult: TicketResult{Ticket: t.id, Clock: gone.clock, Life: gone.life, Verdict: "withdrawn"}})
	}
	return out
}
