package expect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Describe puts a report into the sentences of tests, one a line: what a
// snapshot holds, and what may be put behind `expect` as it stands. Results
// that measured nothing, clocks that no promise holds, and sums of what is not
// known yet are left out.
func Describe(r *sla.Report, e *sla.Engine) string {
	var b strings.Builder
	w, z := &world{test: &Test{}, engine: e, report: r}, e.Zone()
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	for i := range r.Results {
		describeResult(line, &r.Results[i], creditLine(r, &r.Results[i]))
	}
	for i := range r.Tickets {
		describeClock(line, &r.Tickets[i], z)
	}
	for i := range r.Settlements {
		s := &r.Settlements[i]
		for j := range s.Lines {
			l := &s.Lines[j]
			line("posted credit of ", subject(l.Objective, l.For, l.Window), " is ", due(l, l.Posted))
		}
		w.describeSums(line, s)
	}
	for i := range r.Rights {
		right := &r.Rights[i]
		if right.State == sla.RightOpen {
			line(rightText(right, right.Triggers[:min(1, len(right.Triggers))], z))
		}
		if right.Refund != nil {
			line("refund to ", right.By, " is ", right.Refund.String())
		}
	}
	return b.String()
}

// describeSums tells what a settlement comes to, as far as that is known.
func (w *world) describeSums(line func(...string), s *sla.SettlementResult) {
	if w.unsettled(w.owes, s.Period) == nil {
		line("total credit before caps in ", s.Period.Name, " is ", s.BeforeCaps.String())
		line("total credit in ", s.Period.Name, " is ", s.Total.String())
	}
	w.describeEarnedBack(line, s)
	for _, b := range s.Bonuses {
		if w.unsettled(w.rewards(b.Bonus), windowOf(b, s.Period)) == nil {
			line(bonusText(b.Bonus, b.Window), " is ", b.Posted.String())
		}
	}
	if !s.Due.Equal(s.Total) && w.undecidedDue(s) == nil {
		line(dueText(s, s.Period.Name))
	}
}

// describeEarnedBack adds up what returns of the credits of an objective.
func (w *world) describeEarnedBack(line func(...string), s *sla.SettlementResult) {
	var told []string
	for i := range s.EarnedBack {
		e := &s.EarnedBack[i]
		name := subject(e.Objective, e.For, s.Period.Name)
		if slices.Contains(told, name) {
			continue
		}
		told = append(told, name)
		if w.undecidedEarnBack(e.Objective, s) != nil {
			continue
		}
		sum := e.Amount
		for _, more := range s.EarnedBack[i+1:] {
			if more.Objective == e.Objective && more.For == e.For {
				sum.Amount = sum.Amount.Add(more.Amount.Amount)
			}
		}
		line("earn back of ", name, " is ", sum.String())
	}
}

func describeResult(line func(...string), r *sla.Result, credit *sla.CreditLine) {
	if r.Verdict == sla.NotMeasured {
		return
	}
	name := subject(r.Objective, r.For, r.Period.Name)
	m := r.Measured
	if m == nil {
		line(name, " is ", string(r.Verdict))
		return
	}
	line(name, " is ", m.Shown, ", ", string(r.Verdict))
	for _, part := range []struct {
		name Part
		text string
	}{{AgreedTime, m.Agreed}, {ExcludedTime, m.Excluded}, {Downtime, m.Down}} {
		if d, ok := exact(part.text); ok {
			line(string(part.name), " of ", name, " is ", duration(d))
		}
	}
	if r.Credit != nil && r.Verdict != sla.Open {
		line("credit of ", name, " is ", due(credit, *r.Credit))
	}
}

func describeClock(line func(...string), t *sla.TicketResult, z *calendar.Zone) {
	if t.Clock == "" {
		return
	}
	name := t.Clock + " of " + t.Ticket
	elapsed, ok := exact(t.Elapsed)
	left, _ := exact(t.Left)
	switch {
	case t.Stopped != nil && ok && t.Verdict == "met":
		line(name, " took ", duration(elapsed), ", in time")
	case t.Stopped != nil && ok:
		line(name, " took ", duration(elapsed), ", late by ", duration(-left))
	case !ok:
		line(name, " is ", state(t.Verdict))
	case t.Due == nil:
		line(name, " is ", state(t.Verdict), ", ", leftOf(left, true), ", due unknown")
	default:
		line(name, " is ", state(t.Verdict), ", ", leftOf(left, true), ", due ", instant(*t.Due, z))
	}
	if t.Missed > 0 {
		line(name, " missed ", strconv.Itoa(t.Missed))
	}
	if paused, ok := exact(t.Paused); ok && paused > 0 {
		line("pauses of ", name, " are ", duration(paused))
	}
}
