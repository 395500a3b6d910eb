package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/clock"
	"github.com/sla-lang/sla/internal/spelling"
)

// Words about the clocks of tickets of which nothing would come: they would be
// read, and whoever wrote them believes that they count.

// clocks checks the blocks of clocks and what leans on them.
func (k *checker) clocks() {
	k.unjudged()
	for _, block := range k.blocksOfClocks() {
		id := block.id()
		for _, of := range block.Of {
			k.promised(of, id)
		}
		for _, w := range block.Warn {
			warn := "clocks/warn/" + orDefault(w.Of, "target") + "/" + w.Share.String()
			if r := w.Share.Ratio(); r.Sign() <= 0 || r.Cmp(credits.Int(1)) > 0 {
				k.find(CodeTargetRange, warn, ShareArg("found", w.Share), Phrase("range", "range warn"))
			}
			k.promised(w.Of, warn)
		}
		if r := block.Reopen; r != nil && r.RestoredCounts && r.Mode != ReopenContinues {
			k.find(CodeRestoredIdle, id+"/reopen", Prose("mode", string(r.Mode)))
		}
		k.statesOf(block)
		k.eventsOf(block)
	}
	if e := k.c.Escalation; e != nil {
		counted := "escalation"
		if e.CountedOn != "" {
			counted += "/counted"
		}
		k.promised(orDefault(e.CountedOn, "restore"), counted)
		for _, l := range e.Levels {
			for _, a := range l.After {
				k.promised(a.Of, "escalation/"+l.Level+"/"+a.Priority)
			}
		}
	}
}

// blocksOfClocks are the common rules and those of single measures.
func (k *checker) blocksOfClocks() (out []Clocks) {
	if k.c.Clocks != nil {
		out = append(out, *k.c.Clocks)
	}
	return append(out, k.c.ClocksOf...)
}

// unjudged: a share of tickets in time is one of a period, and lies between 0%
// and 100%. An objective about the share of a tier judges it as well.
func (k *checker) unjudged() {
	judged := k.c.Clocks != nil && k.c.Clocks.Judged != nil
	told := false
	rows := func(rows []Commitment, id string, elsewhere bool) {
		for i := range rows {
			cell := id + "/" + rows[i].Name() + "/in-time"
			switch share := rows[i].InTime; {
			case share == nil:
			case !inRange(*share):
				k.find(CodeTargetRange, cell, ShareArg("found", *share), Phrase("range", "range share"))
			case !judged && !elsewhere && !told:
				told = true
				k.find(CodeUnjudged, cell).Unused = true
			}
		}
	}
	for _, t := range k.c.allTiers() {
		rows(t.Rows, t.Name, slices.ContainsFunc(k.c.allObjectives(), func(o *Objective) bool {
			return o.Scope.Tier == t.Name && k.c.overTickets(o) || o.Target != nil && o.Target.AsInTier == t.Name
		}))
	}
	for _, t := range k.c.allRequests() {
		rows(t.Rows, "requests/"+t.Service, false)
	}
}

// promised: rules about a measure are of use where something promises it a time.
func (k *checker) promised(measure, clause string) {
	if measure == "" || measure == "deliver" || !k.declared.has(measureName, measure) {
		return // duties and requests deliver; an unknown name is told as such
	}
	owes := func(rows []Commitment) bool {
		return slices.ContainsFunc(rows, func(c Commitment) bool {
			return slices.ContainsFunc(c.Promises, func(p Promise) bool { return p.Measure == measure })
		})
	}
	if slices.ContainsFunc(k.c.allTiers(), func(t Tier) bool { return owes(t.Rows) }) ||
		slices.ContainsFunc(k.c.allRequests(), func(t Requests) bool { return owes(t.Rows) }) || len(k.c.allTiers())+len(k.c.allRequests()) == 0 {
		return
	}
	k.find(CodeMeasureUnpromised, clause, Name("measure", measure)).Unused = true
}

// statesOf: what holds a clock lasts; what only happens holds none.
func (k *checker) statesOf(block Clocks) {
	for _, p := range block.Pauses {
		for _, state := range p.States {
			k.lasts(state, block.id()+"/pause/"+state)
		}
	}
	for _, state := range block.RunOnly {
		k.lasts(state, block.id()+"/run-only/"+state)
	}
}

func (k *checker) lasts(state, clause string) {
	if slices.Contains(ticketEvents(), state) {
		k.find(CodeEventNoState, clause, Name("event", state))
	}
}

// eventsOf: the name of an event that is a slip away from one that tickets have
// is most likely meant as that one; no fact would ever tell it.
func (k *checker) eventsOf(block Clocks) {
	id := block.id()
	if block.Start != nil {
		k.slip(block.Start.Event, id+"/start")
	}
	for _, event := range block.CancelWhen {
		k.slip(event, id+"/cancel/"+event)
	}
	for _, m := range block.Means {
		for _, event := range m.StopsAt {
			k.slip(event, id+"/means/"+m.Measure+"/stops-at/"+event)
		}
	}
}

func (k *checker) slip(event, clause string) {
	known := ticketEvents()
	if event == "" || slices.Contains(known, event) || k.declared.has(milestoneName, event) {
		return
	}
	if meant := spelling.Slip(event, known); meant != "" {
		k.find(CodeEventMisspelt, clause, Name("found", event), Name("suggestion", meant)).Replace = meant
	}
}

// ticketEvents are those of the language, and what stops and keeps up the
// measures that it has.
func ticketEvents() []string {
	out := []string{clock.Received, clock.Recorded, clock.Reopened, clock.Cancelled, clock.Resumed, clock.Closed, clock.Message, "assigned", "changed", "detected", "done", "duplicate", "merged"}
	for _, m := range builtinMeasures() {
		out = append(append(out, stopsOf(m)...), actsOf(m)...)
	}
	return out
}
