package sla

import (
	"cmp"
	"maps"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// tiers checks the tables of times: their order over the priorities, and that
// no priority is forgotten.
func (k *checker) tiers() {
	for i := range k.c.Tiers {
		t := &k.c.Tiers[i]
		k.priorityOrder(t)
		k.respondBeforeRestore(t)
		k.prioritiesOf(t)
		k.ambiguousRows(t.Rows, t.Name)
		k.receivedDuring(t.Rows, t.Name)
		k.clockSaid(t.Rows, t.Name)
	}
	for i := range k.c.Requests {
		k.ambiguousRows(k.c.Requests[i].Rows, "requests/"+k.c.Requests[i].Service)
		k.receivedDuring(k.c.Requests[i].Rows, "requests/"+k.c.Requests[i].Service)
		k.clockSaid(k.c.Requests[i].Rows, "requests/"+k.c.Requests[i].Service)
	}
	if c := k.c.Clocks; c != nil {
		never := setOf(c.NeverPause)
		for _, p := range c.Pauses {
			for _, state := range p.States {
				if never[state] {
					k.find(CodePauseAndNever, "clocks/never-pause/"+state, Name("state", state)).related("clocks/pause/"+state, "pauses-here")
				}
			}
		}
	}
}

// compare orders two lengths of one unit; ok is false where the units differ
// and no order is certain.
func compareLengths(a, b calendar.Length) (order int, ok bool) {
	switch {
	case a.IsExact() && b.IsExact():
		return int(min(1, max(-1, a.Duration()-b.Duration()))), true
	case !a.IsExact() && a.Unit() == b.Unit():
		return min(1, max(-1, a.Count()-b.Count())), true
	}
	return 0, false
}

// clockSaid: where there are several calendars, a row says by which its hours count.
func (k *checker) clockSaid(rows []Commitment, id string) {
	if len(k.c.Calendars) < 2 {
		return
	}
	for i := range rows {
		unsaid := func(p Promise) bool { return p.During == "" && p.Within.IsExact() }
		if rows[i].Clock == "" && slices.ContainsFunc(rows[i].Promises, unsaid) {
			names := make([]string, len(k.c.Calendars))
			for n := range k.c.Calendars {
				names[n] = k.c.Calendars[n].Name
			}
			k.find(CodeClockMissing, id+"/"+rows[i].Name(), Name("row", rows[i].Name()), List("calendars", names))
			return // the others most likely lack it too
		}
	}
}

// ambiguousRows: for every ticket there is one row that says more about it than
// the others, or none. A row is told of once, with the first that rivals it.
func (k *checker) ambiguousRows(rows []Commitment, id string) {
	before := map[string][]*Commitment{} // the rows above, by what they are about; "" is anything
	for i := range rows {
		a := &rows[i]
		about := a.Priority + a.Request // one of them is empty
		if b := rivalOf(a, about, before); b != nil {
			k.find(CodeAmbiguousRow, id+"/"+a.Name(), Name("row", a.Name()), Name("other", b.Name())).related(id+"/"+b.Name(), "other-limit-here", Prose("otherWithin", b.Name()))
		}
		before[about] = append(before[about], a)
	}
}

// rivalOf finds a row above that some ticket fits as well and that says as much.
func rivalOf(a *Commitment, about string, before map[string][]*Commitment) *Commitment {
	rivals := func(rows []*Commitment) *Commitment {
		for _, b := range rows {
			if a.keys() == b.keys() && a.Otherwise == b.Otherwise && bothFit(a, b) && a.Name() != b.Name() {
				return b
			}
		}
		return nil
	}
	if about != "" {
		return cmp.Or(rivals(before[about]), rivals(before[""]))
	}
	for _, of := range slices.Sorted(maps.Keys(before)) {
		if b := rivals(before[of]); b != nil {
			return b
		}
	}
	return nil
}

// bothFit says whether some ticket fits two rows.
func bothFit(a, b *Commitment) bool {
	for _, keys := range [][2]string{{a.Priority, b.Priority}, {a.Request, b.Request}, {a.Kind, b.Kind}, {a.By, b.By}, {a.At, b.At}, {a.ReceivedDuring, b.ReceivedDuring}} {
		if keys[0] != "" && keys[1] != "" && keys[0] != keys[1] {
			return false
		}
	}
	return true
}

// priorityOrder: what is more urgent has no longer limit, on the same clock.
func (k *checker) priorityOrder(t *Tier) {
	if k.c.Priorities == nil {
		return
	}
	rank := map[string]int{}
	for i, p := range k.c.Priorities.Rows {
		rank[p.Name] = i + 1
	}
	rows := map[int][]*Commitment{}
	for i := range t.Rows {
		if !t.Rows[i].keyed() {
			n := rank[t.Rows[i].Priority]
			rows[n] = append(rows[n], &t.Rows[i])
		}
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		if rank[row.Priority] == 0 || row.keyed() {
			continue
		}
		for _, other := range rows[rank[row.Priority]+1] {
			for _, p := range row.Promises {
				for _, q := range other.Promises {
					if orDefault(p.During, row.Clock) != orDefault(q.During, other.Clock) {
						continue
					}
					if order, ok := compareLengths(p.Within, q.Within); p.Measure == q.Measure && ok && order > 0 {
						k.find(CodePriorityOrder, t.Name+"/"+row.Priority+"/"+p.Measure, Name("priority", row.Priority), Name("other", other.Priority),
							Length("within", p.Within), Length("otherWithin", q.Within), Name("measure", p.Measure)).
							related(t.Name+"/"+other.Priority+"/"+q.Measure, "other-limit-here")
					}
				}
			}
		}
	}
}

// respondBeforeRestore: the answer comes before the restoration.
func (k *checker) respondBeforeRestore(t *Tier) {
	for _, row := range t.Rows {
		var respond, restore *Promise
		for i := range row.Promises {
			switch row.Promises[i].Measure {
			case "respond":
				respond = &row.Promises[i]
			case "restore":
				restore = &row.Promises[i]
			}
		}
		if respond == nil || restore == nil {
			continue
		}
		if order, ok := compareLengths(respond.Within, restore.Within); ok && order > 0 {
			k.find(CodeRespondLate, t.Name+"/"+row.Name()+"/respond", Name("priority", row.Priority), Length("respond", respond.Within), Length("restore", restore.Within)).
				related(t.Name+"/"+row.Name()+"/restore", "restore-here")
		}
	}
}

// prioritiesOf: a tier says something about every priority.
func (k *checker) prioritiesOf(t *Tier) {
	if k.c.Priorities == nil || len(t.Rows) == 0 {
		return
	}
	said := map[string]bool{}
	for _, r := range t.Rows {
		said[r.Priority] = true
	}
	for _, p := range k.c.Priorities.Rows {
		if !said[p.Name] && !said[""] {
			f := k.find(CodePriorityMissing, t.Name, Name("priority", p.Name), Name("tier", t.Name)).related("priorities/"+p.Name, "declared")
			f.Absent = true
		}
	}
}

// escalation: a level is called no later than the one above it.
func (k *checker) escalation() {
	if k.c.Escalation == nil {
		return
	}
	levels := k.c.Escalation.Levels
	for i := 1; i < len(levels); i++ {
		for _, after := range levels[i].After {
			for _, before := range levels[i-1].After {
				if after.Share != nil || before.Share != nil || after.Due != before.Due || after.Due == BeforeDue {
					continue // no order is certain before the target is known
				}
				if order, ok := compareLengths(after.Length, before.Length); after.Priority == before.Priority && ok && order < 0 {
					k.find(CodeEscalationOrder, "escalation/"+levels[i].Level+"/"+after.Priority, Name("level", levels[i].Level), Name("other", levels[i-1].Level),
						Length("after", after.Length), Length("otherAfter", before.Length), Name("priority", after.Priority)).
						related("escalation/"+levels[i-1].Level+"/"+before.Priority, "other-level-here")
				}
			}
		}
	}
}
