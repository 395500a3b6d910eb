package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// Most tickets go one of a few ways: of a service and a priority, received,
// answered, closed. Which promises hold them, and what starts and stops which
// clock, is then the same for all of them; what differs is when. A way is
// looked into once, by the rules for any ticket, and of those that go it only the
// instants are looked at. A ticket that goes any other way is judged by all that
// is known of it.

// A ticketWay is what happened to some tickets so far: the service and priority
// that their first event told, and their events, in their order and telling no
// more.
type ticketWay struct {
	service, priority string
	word              clock.Word // of the last event
	further           []*ticketWay
	looked            bool
	// clocks are those of the tickets, where all of them have run; charged is
	// then the service by the contract's name.
	clocks  []wayClock
	charged string
	// forms are those of the events without their instants, length is that of
	// all with them.
	forms  [][]byte
	length int
}

// A wayClock is a clock of such tickets.
type wayClock struct {
	held  *heldClock
	route clock.Route
	// counts is the event by whose date it counts; -1 where its decision does.
	counts int
	// number is that of the clock among those of all ways.
	number int
}

// A wayTally is where the last clock of a way was counted, and what that tally
// counts: a date.
type wayTally struct {
	of     *tally
	within calendar.Interval
}

// ticketWays are the ways of the tickets of a run.
type ticketWays struct {
	// none says that what holds a ticket also depends on when things happen to it.
	none   bool
	begun  map[[2]string]*ticketWay
	recent [16]*ticketWay // those begun, where they were last looked for
	// n is how many there are, clocks how many they have.
	n, clocks int
}

// maxWays bounds the ways that are remembered, maxWay their length.
const (
	maxWays = 4096
	maxWay  = 8
)

// beginning is the way of tickets of a service and a priority before anything
// happened to them, if it was begun.
func (w *ticketWays) beginning(service, priority string) *ticketWay {
	at := len(service)
	if service != "" {
		at += int(service[len(service)-1])
	}
	if priority != "" {
		at += int(priority[len(priority)-1]) << 2
	}
	recent := &w.recent[at%len(w.recent)]
	if way := *recent; way != nil && way.priority == priority && way.service == service {
		return way
	}
	way := w.begun[[2]string{service, priority}]
	if way != nil {
		*recent = way
	}
	return way
}

// begin remembers a service and a priority that the contract has.
func (w *ticketWays) begin(service, priority string) *ticketWay {
	way := w.add(&ticketWay{service: service, priority: priority})
	if way != nil {
		if w.begun == nil {
			w.begun = map[[2]string]*ticketWay{}
		}
		w.begun[[2]string{service, priority}] = way
	}
	return way
}

// add counts a way; nil where there are too many.
func (w *ticketWays) add(way *ticketWay) *ticketWay {
	if w.none || w.n == maxWays {
		return nil
	}
	w.n++
	return way
}

// on is a way with one event more.
func (w *ticketWays) on(way *ticketWay, word clock.Word) *ticketWay {
	for _, f := range way.further {
		if f.word == word {
			return f
		}
	}
	f := w.add(&ticketWay{word: word})
	if f != nil {
		way.further = append(way.further, f)
	}
	return f
}

// follow moves a ticket on along its way by the last of its facts.
func (w *ticketWays) follow(log *ticketLog, begun *ticketWay) {
	tf := &log.facts[len(log.facts)-1]
	way := log.way
	if len(log.facts) == 1 && tf.bare && tf.word.Opens() {
		way = begun
	} else if !tf.mute {
		way = nil
	}
	if way == nil || tf.word == 0 || tf.refused || log.disordered || log.tangled || len(log.facts) > maxWay {
		log.way = nil
		return
	}
	log.way = w.on(way, tf.word)
}

// look finds out what the tickets of a way have in common, by one of them.
func (w *ticketWays) look(way *ticketWay, e *Engine, v *ticketView) {
	way.looked = true
	scopes := e.scopesOf(nil, v)
	clocks := e.clocksOf(v, scopes)
	if e.notPromised(v, clocks) != "" || len(v.events) > 1 && e.orderMatters(&v.events[0], &v.events[1]) {
		return
	}
	var out []wayClock
	for i := range clocks {
		c, p := &clocks[i], clocks[i].promises[0]
		route, ok := c.rules.Route(c.measure, v.events)
		if !ok || len(out) == maxWay || len(e.timed[p]) > 0 || len(e.lateness[p]) > 0 {
			return
		}
		counts := -1
		if k := e.contract.Clocks; k != nil && k.Counted == CountedReceived {
			counts = route.Start
		} else if k != nil && k.Counted == CountedClosed {
			counts = len(v.events) - 1
			for counts >= 0 && v.events[counts].Name != clock.Closed {
				counts--
			}
			if counts < 0 {
				return
			}
		}
		out = append(out, wayClock{c, route, counts, w.clocks + len(out)})
	}
	w.clocks += len(out)
	way.clocks, way.charged = out, v.changes[0].service
}

// judgeOnWay judges the clocks of a ticket by its way, as they stand at an
// instant; nil where all that is known of it must be looked at. What it gives
// is room of the run.
func (r *Run) judgeOnWay(log *ticketLog, asOf calendar.Instant) []clock.Outcome {
	way, facts := log.way, log.facts
	if !way.looked {
		log.view(&r.folding.view, r.engine, log.id, calendar.MaxInstant, nil)
		r.ways.look(way, r.engine, &r.folding.view)
	}
	if len(way.clocks) == 0 || facts[len(facts)-1].at > asOf || !r.engine.term.Contains(facts[0].at) {
		return nil
	}
	out := r.folding.outcomes[:len(way.clocks)]
	for i := range out {
		c := &way.clocks[i]
		err := c.held.rules.JudgeRoute(&out[i], c.held.measure, &c.held.terms[0], facts[c.route.Start].at, facts[c.route.Stop].at, asOf)
		if err != nil {
			return nil
		}
	}
	return out
}

// countOnWay counts what judgeOnWay gave.
func (t *tallies) countOnWay(e *Engine, log *ticketLog, outcomes []clock.Outcome) {
	for i := range outcomes {
		c, o := &log.way.clocks[i], &outcomes[i]
		at := o.Decided
		if c.counts >= 0 {
			at = log.facts[c.counts].at
		}
		t.onWay(e, log.way, c, at).add(o)
		if o.IsLate() {
			t.addLate(c.held.promises[0], log.way.charged, log.id, log.id, o, at, t.dateOf(e.zone, at))
		}
	}
}

// onWay is the tally of a clock that counts at an instant.
func (t *tallies) onWay(e *Engine, way *ticketWay, c *wayClock, at calendar.Instant) *tally {
	for c.number >= len(t.ways) {
		t.ways = append(t.ways, wayTally{})
	}
	last := &t.ways[c.number]
	if !last.within.Contains(at) {
		date := t.dateOf(e.zone, at)
		*last = wayTally{t.at(tallyKey{c.held.promises[0], way.charged, date}), t.within}
	}
	return last.of
}
