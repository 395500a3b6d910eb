package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// How long a service may be down while its availability target still holds,
// and what else in the contract takes longer than that.

// A budget is the downtime that an availability target allows in the shortest
// window of the term.
type budget struct {
	objective *Objective
	window    Period
	agreed    time.Duration
	allowed   time.Duration
}

// budgets checks each availability target against what it allows.
func (k *checker) budgets() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		b, ok := k.budgetOf(o)
		if !ok {
			continue
		}
		k.unrealistic(b)
		k.restoreInBudget(b)
	}
	for i := range k.c.Maintenance {
		k.maintenanceInBudget(&k.c.Maintenance[i])
	}
}

// budgetOf works out the budget of an availability objective.
func (k *checker) budgetOf(o *Objective) (b budget, ok bool) {
	if o.Measure.Kind != MeasureAvailability || o.Target == nil || o.Target.Share == nil || !o.Target.Op.Upward() || !inRange(*o.Target.Share) || !o.Measure.Window.Valid() {
		return b, false
	}
	p, agreed, ok := k.shortest(o.Measure.Window, o.Measure.During)
	if !ok {
		return b, false
	}
	allowed := measure.Available{Of: agreed}.Allowed(o.Target.Share.Ratio())
	return budget{o, p, agreed, allowed}, true
}

// reference is the year looked at where a contract has no term; it has no leap
// day, so that its February is as short as they come.
func reference() (from, to calendar.Date) { return firstOf(2026, 1), firstOf(2027, 1) }

// shortest finds the window with the least agreed time.
func (k *checker) shortest(w Window, during string) (p Period, agreed time.Duration, ok bool) {
	bound := k.bound()
	if bound == nil {
		return p, 0, false
	}
	hours := bound.calendars[during]
	if during != "" && hours == nil {
		return p, 0, false
	}
	key := string(w) + " " + during
	if s, done := k.shortestOf[key]; done {
		return s.period, s.agreed, true
	}
	from, to := reference()
	start := from
	if t := k.c.Term; t != nil {
		from, start = t.From, t.From
		if end, err := from.Add(calendar.NewLength(3, calendar.Years)); err == nil {
			to = end
		}
	}
	for _, candidate := range periods(w, from, to, start) {
		if candidate.From.Before(from) || candidate.To.After(to) {
			continue // cut by the term
		}
		span := candidate.interval(bound.zone)
		length := span.Length()
		if hours != nil {
			length = hours.Between(span.Start, span.End)
		}
		if !ok || length < agreed {
			p, agreed, ok = candidate, length, true
		}
	}
	if ok {
		k.shortestOf[key] = shortWindow{p, agreed}
	}
	return p, agreed, ok
}

// unrealistic: a target that nobody can keep without luck (R068): less than
// ten seconds of downtime a day of agreed time.
func (k *checker) unrealistic(b budget) {
	const least = 10 * time.Second
	days := b.agreed / (24 * time.Hour)
	if b.allowed >= max(days, 1)*least {
		return
	}
	f := k.find(CodeUnrealistic, b.objective.Name+"/target", ShareArg("target", *b.objective.Target.Share),
		Duration("allowed", b.allowed.Truncate(time.Second)), Arg{"period", ArgPeriod, b.window.Name}, Phrase("none", noneIf(b.allowed == 0)))
	if b.objective.Measure.During == "" || k.always(b.objective.Measure.During) {
		down := credits.Int(1).Sub(b.objective.Target.Share.Ratio())
		f.Args = append(f.Args, minutesOf(down, "year", 365), minutesOf(down, "month", 30))
	}
}

// always says whether a calendar never closes.
func (k *checker) always(name string) bool {
	bound := k.bound()
	if bound == nil || bound.calendars[name] == nil {
		return false
	}
	from, to := reference()
	year := calendar.Interval{Start: bound.zone.StartOf(from), End: bound.zone.StartOf(to)}
	return bound.calendars[name].Open(year).Measure() == year.Length()
}

// minutesOf shows a share of so many days in minutes with two decimals (R046).
func minutesOf(share credits.Ratio, name string, days int64) Arg {
	return Arg{name, ArgNumber, share.Mul(credits.Int(days*24*60)).Round(2, credits.HalfUp).StringFixed(2)}
}

func noneIf(none bool) string {
	if none {
		return "word nothing"
	}
	return ""
}

// restoreInBudget: restoring one ticket of the highest priority just in time
// must not by itself break the availability. Time on a clock is time of the
// hours measured where these hold all of the clock's.
func (k *checker) restoreInBudget(b budget) {
	for _, s := range k.index.in(b.objective.Scope) {
		if t := k.index.tiers[s.Tier]; t != nil && len(t.Rows) > 0 {
			k.restoreOfTier(b, s.Name, t)
		}
	}
}

func (k *checker) restoreOfTier(b budget, service string, t *Tier) {
	row := t.Rows[0]
	if p := k.c.Priorities; p != nil && len(p.Rows) > 0 {
		i := slices.IndexFunc(t.Rows, func(r Commitment) bool { return r.Priority == p.Rows[0].Name })
		if i < 0 {
			return
		}
		row = t.Rows[i]
	}
	for _, promise := range row.Promises {
		if promise.Measure != "restore" || !promise.Within.IsExact() || promise.Within.Duration() <= b.allowed || k.outside(orDefault(promise.During, k.c.clockOf(&row)), b.objective.Measure.During) > 0 {
			continue
		}
		f := k.find(CodeRestoreBudget, b.objective.Name+"/target", Duration("allowed", b.allowed.Truncate(time.Second)), Arg{"period", ArgPeriod, b.window.Name},
			Name("priority", row.Priority), Length("within", promise.Within), Name("tier", t.Name), Name("service", service)).
			related(t.Name+"/"+row.Name()+"/restore", "restore-here")
		if b.allowed >= time.Minute { // less is nothing to promise
			f.Args = append(f.Args, Length("feasible", calendar.ExactLength(b.allowed.Truncate(time.Minute))))
		}
	}
}

// maintenanceInBudget: maintenance that may take longer in a month than the
// target allows to be down is worth a second look, although it is excluded.
func (k *checker) maintenanceInBudget(m *MaintenanceRule) {
	if m.CountsAsDowntime {
		return
	}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		b, ok := k.budgetOf(o)
		if !ok || !slices.Contains(o.Exclude, m.Cause()) {
			continue
		}
		for _, limit := range m.Limits {
			if limit.Each == o.Measure.Window && limit.Length.IsExact() && limit.Length.Duration() > b.allowed {
				k.find(CodeMaintenanceBudget, "maintenance/"+m.Kind+"/limit/"+string(limit.Each), Length("limit", limit.Length), Name("each", string(limit.Each)),
					Duration("allowed", b.allowed.Truncate(time.Second)), Name("objective", o.Name), ShareArg("target", *o.Target.Share), Arg{"period", ArgPeriod, b.window.Name}).
					related(o.Name+"/target", "target-here")
			}
		}
	}
}

// A shortWindow is the window of a kind with the least agreed time.
type shortWindow struct {
	period Period
	agreed time.Duration
}

// bound compiles the zone and the calendars once; nil where there is no zone.
func (k *checker) bound() *binding {
	if !k.tried {
		k.tried = true
		k.binding, _ = bind(k.c) // what cannot be compiled is reported by calendars
	}
	return k.binding
}
