package measure

import "github.com/sla-lang/sla/calendar"

// OutageBounds are the fewest and the most outages that there may have been,
// with whatever was down of the time that nobody observed; bounded is false where
// nothing bounds the most: without a minimum run any time may hold any number.
//
// Fewest: all the time between outages may have been down as well and made them
// one, and the rest up. Most: what was seen, and of each stretch that may have been
// down as many runs of the minimum as fit, an instant apart.
func (a Availability) OutageBounds() (fewest, most int64, bounded bool) {
	seen := a.Outages(a.Compute())
	var b calendar.Builder
	for _, run := range seen {
		b.Add(run)
	}
	counted := b.Set()
	worst := a.Worst()
	all := worst.Compute().CountedSet()
	for run := range all.All() {
		if !counted.Within(run).IsEmpty() {
			fewest++
		}
	}
	most = int64(len(seen))
	if unseen := a.Unobserved.Intersect(all); unseen.IsEmpty() {
		return most, most, true
	}
	if a.Count.Run == 0 || a.Count.BeforeExclusions || a.Count.AcrossWindows {
		return fewest, most, false
	}
	least := int64(a.Count.Run)
	if a.Count.Longer {
		least++
	}
	for free := range all.Minus(counted).All() {
		if a.Unobserved.Within(free).IsEmpty() {
			continue
		}
		room := int64(free.Length()) + 1
		if counted.Contains(free.Start - 1) {
			room--
		}
		if counted.Contains(free.End) {
			room--
		}
		most += room / (least + 1)
	}
	return fewest, most, true
}
