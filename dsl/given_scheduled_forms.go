package dsl

import (
	"time"

	"github.com/sla-lang/sla/sla"
)

// Facts of a test about runs that a schedule asks for.

// addScheduled gives a good run at each instant of the tested period at which
// one is due, but for those excepted.
func (w *record) addScheduled(n *itemsGivenLine, like sla.Item) {
	if w.tested == nil || w.l.test.zone == nil {
		w.l.report(codePeriodNeeded, n.Of.at)
		return
	}
	due := map[time.Time]bool{}
	all := w.due(like.Event)
	for _, at := range all {
		due[at.UTC()] = true
	}
	var has []attribute
	for _, q := range n.More {
		for i := range q.Except {
			at, ok := w.l.resolve(&q.Except[i], itsStart)
			if ok && !due[at.UTC()] {
				w.l.report(codeNotDue, q.Except[i].at, sla.Prose("found", at.In(w.l.test.zone.Location()).Format("2006-01-02 15:04")), sla.Name("event", n.Of.text))
			}
			delete(due, at.UTC())
		}
		if q.Has != nil {
			has = append(has, *q.Has)
		}
	}
	for _, at := range all {
		if due[at.UTC()] {
			run := like
			run.ID, run.Occurred, run.Until, run.Has = w.id("item"), at, at, attributes(has)
			w.add(&run, n.Of.at)
		}
	}
}

// due are the instants of the tested period at which a run of an event is due,
// by the first objective with a schedule of it.
func (w *record) due(event string) []time.Time {
	c := w.l.test.known.contract
	engine, err := sla.Prepare(c)
	if err != nil {
		return nil // the contract's own mistakes are told
	}
	for i := range c.Objectives {
		o := &c.Objectives[i]
		if named, _ := sla.SingularOf(o.Measure.Of, func(s string) bool { return s == event }); o.Scheduled != nil && named == event {
			from, to := w.l.test.zone.StartOf(w.tested.from), w.l.test.zone.StartOf(w.tested.to)
			due, _ := engine.DueRuns(o.Name, from.Time(), to.Time())
			return due
		}
	}
	return nil
}
