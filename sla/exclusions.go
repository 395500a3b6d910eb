package sla

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// What is taken out of downtime, and why what is not taken out is not
// (semantics 3.1 and 3.4, forms F13–F15).

// A ruling is what became of the exclusion asked for an outage.
type ruling struct {
	outage *Outage
	at     calendar.Interval
	// excused is the part that is excluded.
	excused calendar.Set
	// code says why it is excluded, or why not; args tell more.
	code string
	// clause says so; of one that begins with "/", the objective's.
	clause string
	args   []Arg
	// by is the activity that the outage is tagged with.
	by *answering
	// open says that the ruling may still change: a proof is still in time.
	open bool
	// ignored says that it is no outage of the objective at all (step 1 of
	// the counting).
	ignored bool
	// ofPart says that only a part was down: what comes of that, the
	// predicates of the objective say.
	ofPart bool
}

// clauseOf is the clause that says what becomes of the outage.
func (r *ruling) clauseOf(p *objectivePlan) string {
	if strings.HasPrefix(r.clause, "/") {
		return p.id + r.clause
	}
	return r.clause
}

// lasts says that the outage had not ended by an instant.
func (r *ruling) lasts(valid calendar.Instant) bool {
	return r.outage.Until.IsZero() || instant(r.outage.Until) > valid
}

// workTime is what a kind of maintenance asks to exclude of a service, and
// how far its limits let it.
type workTime struct{ asked, within calendar.Set }

// rule decides for one outage what an objective excludes of it.
func (v *view) rule(o *Outage, objective *Objective) ruling {
	r := ruling{outage: o, at: v.span(o), code: "counted"}
	if v.choose(&r, objective); r.ignored {
		return r
	}
	cause, by := v.e.causeOf(o.Cause)
	r.by = by
	switch {
	case cause == "" || cause == "provider":
		if by != nil {
			r.code, r.clause, r.args = "of-activity", "raci/"+Slug(by.activity), by.args()
		}
		return r
	case !v.e.names.has(causeName, cause):
		r.code, r.args = "unknown-cause", []Arg{Name("cause", cause)}
		return r
	case !slices.Contains(objective.Exclude, cause):
		r.code, r.args = "not-excluded", append([]Arg{Name("cause", cause)}, by.args()...)
		r.clause = "/exclude"
		return r
	}
	for i := range v.e.contract.Maintenance {
		if m := &v.e.contract.Maintenance[i]; m.Cause() == cause {
			return v.ruleWork(r, m)
		}
	}
	return v.ruleCause(r, cause)
}

// choose decides whether an outage is one of the objective, and from when to
// when (step 1 of the counting).
func (v *view) choose(r *ruling, objective *Objective) {
	k, o := objective.Count, r.outage
	if k == nil {
		return
	}
	ignore := func(code string, args ...Arg) {
		r.ignored, r.code, r.clause, r.args = true, code, "/count", args
	}
	cause, by := v.e.causeOf(o.Cause)
	switch {
	case len(k.CausedBy) > 0 && !slices.Contains(k.CausedBy, orDefault(cause, "provider")):
		ignore("other-cause", append([]Arg{Name("cause", orDefault(cause, "provider"))}, by.args()...)...)
		return
	case k.NotCredited && v.creditedBefore(objective.Name, incidentOf(o)):
		ignore("credited-before")
		return
	case (k.ReportedWithin != nil || k.FromReport) && (o.Reported.IsZero() || instant(o.Reported) >= v.valid):
		ignore("not-reported")
		r.open = k.ReportedWithin != nil && o.Reported.IsZero()
		return
	}
	if k.ReportedWithin != nil {
		deadline, err := calendar.Due(r.at.Start, *k.ReportedWithin, v.e.zone, nil, v.e.business)
		if err != nil || !v.timely(o.Reported, k.ReportedWithin, deadline) {
			ignore("reported-late", v.e.instantArg("reported", instant(o.Reported)), v.e.instantArg("deadline", deadline))
			return
		}
	}
	if k.FromReport {
		r.at.Start = max(r.at.Start, instant(o.Reported))
	}
	if k.ToClosed {
		r.at.End = v.valid
		if !o.Closed.IsZero() {
			r.at.End = min(v.valid, instant(o.Closed))
		}
	}
}

// creditedBefore says that an incident was credited under an objective in a
// settled period.
func (v *view) creditedBefore(objective, incident string) bool {
	if v.prior == nil {
		return false
	}
	return slices.ContainsFunc(v.prior.Posted, func(c PostedCredit) bool {
		return c.Objective == objective && slices.Contains(c.Incidents, incident)
	})
}

// ruleCause excludes a cause, if it must be proved only when it is in time.
func (v *view) ruleCause(r ruling, cause string) ruling {
	r.args = append([]Arg{Name("cause", cause)}, r.by.args()...)
	if x := v.e.contract.Exclusions; x != nil {
		for i := range x.Proofs {
			if slices.Contains(x.Proofs[i].Of, cause) {
				return v.ruleProof(r, cause, &x.Proofs[i])
			}
		}
	}
	r.code, r.clause = "excluded", "exclusions/"+cause
	r.excused = calendar.NewSet(r.at)
	return r
}

func (v *view) ruleProof(r ruling, cause string, p *ProofRule) ruling {
	r.clause = "exclusions/proof/" + cause
	deadline, err := calendar.Due(r.at.End, p.Within, v.e.zone, nil, v.e.business)
	if err != nil {
		r.code = "not-proved"
		return r
	}
	r.args = append(r.args, v.e.instantArg("deadline", deadline))
	var proof *Proof
	for _, f := range knownFacts[*Proof](v) {
		if f.By != "" && f.By != p.By {
			continue // who must prove it is written
		}
		if (f.Of == r.outage.ID || f.Of != "" && f.Of == r.outage.Incident) && (proof == nil || f.Occurred.Before(proof.Occurred)) {
			proof = f
		}
	}
	switch {
	case proof == nil:
		r.code = "not-proved"
		r.open = v.valid <= deadline || r.outage.Until.IsZero()
	case !v.timely(proof.Occurred, &p.Within, deadline):
		r.code = "proved-late"
		r.args = append(r.args, v.e.instantArg("proved", instant(proof.Occurred)))
	default:
		r.code = "excluded-proved"
		r.args = append(r.args, v.e.instantArg("proved", instant(proof.Occurred)))
		r.excused = calendar.NewSet(r.at)
	}
	return r
}

// ruleWork excludes maintenance: the part inside its windows, announced in
// time, within its limits.
func (v *view) ruleWork(r ruling, m *MaintenanceRule) ruling {
	r.clause = "maintenance/" + m.Kind
	r.args = []Arg{Name("cause", m.Cause())}
	if m.CountsAsDowntime {
		r.code = "counts-as-downtime"
		return r
	}
	announced, args, code := v.announced(r.outage, r.at, m)
	if announced.IsEmpty() {
		r.code, r.args, r.clause = code, append(r.args, args...), r.clause+"/notice"
		return r
	}
	inWindow := announced.Intersect(v.windows(m, r.at))
	if inWindow.IsEmpty() {
		r.code, r.clause = "outside-window", r.clause+"/window"
		return r
	}
	within := v.worked(v.e.own(r.outage.Service), m).within
	r.excused = inWindow.Intersect(within)
	r.args = append(r.args, args...)
	switch {
	case r.excused.IsEmpty():
		r.code, r.clause = "over-limit", r.clause+"/limit"
	case r.excused.Measure() < r.at.Length():
		r.code = "excluded-part"
	default:
		r.code = "excluded-work"
	}
	return r
}

// announced is the part of an outage that was announced in time: by its own
// notice, or by an announcement of work that covers it.
func (v *view) announced(o *Outage, at calendar.Interval, m *MaintenanceRule) (calendar.Set, []Arg, string) {
	notice := m.noticeFor(at)
	if notice == nil {
		return calendar.NewSet(at), nil, ""
	}
	args := []Arg{Length("notice", *notice)}
	var set calendar.Builder
	code := "not-announced"
	try := func(announced time.Time, work calendar.Interval) {
		if announced.IsZero() {
			return
		}
		own := m.noticeFor(work) // work that was announced for longer needs the notice of that
		if own == nil {
			set.Add(work.Intersect(at))
			code = ""
			return
		}
		args[0] = Length("notice", *own)
		needed, err := calendar.Due(instant(announced), *own, v.e.zone, nil, v.e.business)
		if err == nil && needed <= work.Start {
			set.Add(work.Intersect(at))
			code = ""
		} else if code == "not-announced" {
			code = "announced-late"
		}
		args = append(args, v.e.instantArg("announced", instant(announced)))
	}
	try(o.Announced, at)
	if o.Announced.IsZero() {
		for _, f := range v.recordOf(v.e.own(o.Service)).work {
			work := calendar.Interval{Start: instant(f.Occurred), End: instant(f.Until)}
			if v.e.own(f.Service) == v.e.own(o.Service) && (f.Work == m.Kind || f.Work == "") && !work.Intersect(at).IsEmpty() {
				try(f.Announced, work)
			}
		}
	}
	return set.Set(), args, code
}

// windows is when work of a kind may be excluded, around an interval; always
// where the contract writes no window.
func (v *view) windows(m *MaintenanceRule, around calendar.Interval) calendar.Set {
	if len(m.Windows) == 0 {
		return calendar.NewSet(around)
	}
	var b calendar.Builder
	for _, w := range v.e.workWindows[m.Kind] {
		b.AddSet(w.open(around))
	}
	return b.Set()
}

// worked is the time that work of a kind asks to exclude of a service, over
// all that is known, and the part of it within the limits: the first in time
// in each window of each limit. It is worked out once for a service, so that
// an instant is charged once whatever objectives exclude it.
func (v *view) worked(service string, m *MaintenanceRule) workTime {
	if w, ok := v.work[service][m.Kind]; ok {
		return w
	}
	var asked calendar.Builder
	for _, o := range v.recordOf(service).outages {
		if cause, _ := v.e.causeOf(o.Cause); v.e.own(o.Service) != service || cause != m.Cause() || instant(o.Occurred) >= v.valid {
			continue
		}
		at := v.span(o)
		set, _, _ := v.announced(o, at, m)
		asked.AddSet(set.Intersect(v.windows(m, at)))
	}
	if v.e.takesAnnounced(service, m.Cause()) {
		for _, f := range v.recordOf(service).work {
			if f.Work == m.Kind || f.Work == "" {
				asked.AddSet(v.announcedTime(f, m))
			}
		}
	}
	w := workTime{asked: asked.Set()}
	w.within = w.asked
	for _, l := range m.Limits {
		w.within = v.withinLimit(service, m.Kind, w.within, l)
	}
	if v.work[service] == nil {
		v.work[service] = map[string]workTime{}
	}
	v.work[service][m.Kind] = w
	return w
}

// announcedTime is the part of announced work that is inside its windows, if
// it was announced in time.
func (v *view) announcedTime(f *Maintenance, m *MaintenanceRule) calendar.Set {
	at := calendar.Interval{Start: instant(f.Occurred), End: instant(f.Until)}
	if n := m.noticeFor(at); n != nil {
		if f.Announced.IsZero() {
			return calendar.Set{}
		}
		if due, err := calendar.Due(instant(f.Announced), *n, v.e.zone, nil, v.e.business); err != nil || due > at.Start {
			return calendar.Set{}
		}
	}
	return v.windows(m, at)
}

// takesAnnounced says whether an objective of a service excludes announced
// work by its announcement: because it leaves the agreed time down or not, or
// because what finds downtime does not know its cause.
func (e *Engine) takesAnnounced(service, cause string) bool {
	for i := range e.plans {
		for _, p := range e.plans[i].ways() {
			o := p.written
			if o != nil && slices.Contains(p.services, service) && (slices.Contains(o.AwayDown, cause) || slices.Contains(o.Exclude, cause) && o.blind()) {
				return true
			}
		}
	}
	return false
}

// blind says that the objective finds downtime whose cause nobody says.
func (o *Objective) blind() bool {
	return len(o.DownWhen) > 0 || slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind != SourceOutages })
}

// announcedWork is the announced time that excuses downtime of unknown cause,
// and the announced time that leaves the agreed time down or not.
func (v *view) announcedWork(p *objectivePlan, s subject) (excused, away calendar.Set) {
	o := p.written
	for i := range v.e.contract.Maintenance {
		m := &v.e.contract.Maintenance[i]
		if m.CountsAsDowntime {
			continue
		}
		if slices.Contains(o.AwayDown, m.Cause()) {
			away = away.Union(v.worked(s.service, m).within)
		} else if slices.Contains(o.Exclude, m.Cause()) && o.blind() {
			excused = excused.Union(v.announcedOnly(s.service, m))
		}
	}
	return excused, away
}

// announcedOnly is the announced time of a kind of work, within its limits.
func (v *view) announcedOnly(service string, m *MaintenanceRule) calendar.Set {
	var b calendar.Builder
	for _, f := range v.recordOf(service).work {
		if f.Work == m.Kind || f.Work == "" {
			b.AddSet(v.announcedTime(f, m))
		}
	}
	return b.Set().Intersect(v.worked(service, m).within)
}

// withinLimit keeps, of each window, the first time up to what is left of the
// limit.
func (v *view) withinLimit(service, kind string, asked calendar.Set, l MaintenanceLimit) calendar.Set {
	if asked.IsEmpty() || !l.Length.IsExact() {
		return asked
	}
	bounds := asked.Bounds()
	from, _ := v.e.zone.Local(bounds.Start)
	to, _ := v.e.zone.Local(bounds.End)
	var b calendar.Builder
	for _, p := range periods(l.Each, from, to.AddDays(1), v.e.termFrom) {
		span := p.interval(v.e.zone)
		part := asked.Within(span)
		left := l.Length.Duration() - v.used(service, kind, span, asked)
		if left <= 0 {
			continue
		}
		if end, reached := part.Nth(span.Start, left); reached {
			part = part.Within(calendar.Interval{Start: span.Start, End: end})
		}
		b.AddSet(part)
	}
	return b.Set()
}

// byStart orders rulings by the start of their outages.
func byStart(a, b ruling) int {
	return cmp.Or(cmp.Compare(a.at.Start, b.at.Start), cmp.Compare(a.outage.ID, b.outage.ID))
}
