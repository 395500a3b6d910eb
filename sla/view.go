package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// A view is the record as a report sees it: the facts known, at an instant.
type view struct {
	e            *Engine
	prior        *Ledger
	asOf         AsOf
	valid, known calendar.Instant
	// facts are those that count, without ticket events, by kind and id.
	facts []Fact
	gone  *withdrawn
	// authors says that people who recorded corrections are named.
	authors bool
	// begins is the first date that facts touch.
	begins *calendar.Date
	// told is the first date that is reported: what lies before it counts
	// and is not explained.
	told    calendar.Date
	tallies tallies
	tickets []TicketResult
	// steps is room for the levels of escalation of a clock.
	steps []escalationStep
	// unjudged are tickets that no promise holds, with the reason.
	findings []Finding
	// later counts the facts that are dated after the view's instant.
	later int
	// excused caches the excluded time of a service, which its objectives
	// share, and watches what probes saw.
	work    map[string]map[string]workTime
	watches map[watchKey]measure.Watch
	// figures are those supplied ready-made, by window.
	figures map[figureKey][]*Measured
	// judged is what was decided of facts one by one.
	judged judgedFacts
	// differing are the answers that contradict each other, by who gave them,
	// spanning how many counters of a window span several slots.
	differing map[probeKey]contradictions
	spanning  map[spanningKey]int
	// streams are the answers of probes that were folded.
	streams map[probeKey]*probeStream
	// tilings are windows listed before, fees those of services in windows.
	tilings map[tiled][]Period
	fees    feesKnown
	// records are what is known of each service, made when first asked for.
	records map[string]*record
	// dearest takes what costs most of remedies that may be chosen.
	dearest bool
	// ratchets are the targets in force, corrected the results of settled
	// windows that later facts changed.
	ratchets  map[judgedKey]*ratchetState
	corrected []LedgerResult
	// allSupplied: what was delivered is known by the facts, and the ledger adds nothing.
	allSupplied bool
	// recounted are the settled periods whose late tickets are counted anew.
	recounted []Period
	// outages are those that had begun, by service and start.
	outages map[string][]*Outage
}

// A watchKey is who is watched by whom, and how the answers are read: objectives
// that read them alike share what comes of it.
type watchKey struct {
	service, part, source string
	checks                measure.Checks
}

// look fixes the instant of a report and gathers what is known then.
func (r *Run) look(asOf AsOf) *view {
	v := &view{
		e: r.engine, prior: r.prior, asOf: asOf, valid: instant(asOf.Valid), known: instant(asOf.Known),
		work: map[string]map[string]workTime{}, watches: map[watchKey]measure.Watch{}, differing: map[probeKey]contradictions{}, spanning: map[spanningKey]int{}, streams: r.streams, tilings: map[tiled][]Period{}, fees: feesKnown{}, ratchets: map[judgedKey]*ratchetState{},
	}
	v.gone = r.withdrawnBy(v.known)
	type stored struct {
		key  factKey
		fact Fact
	}
	known := make([]stored, 0, len(r.store))
	for key, e := range r.store {
		if rev := e.current(v.known); rev != nil && !v.gone.has(rev.fact) {
			known = append(known, stored{key, rev.fact})
		}
	}
	slices.SortFunc(known, func(a, b stored) int {
		if c := cmp.Compare(a.key.kind, b.key.kind); c != 0 {
			return c
		}
		return cmp.Compare(a.key.id, b.key.id)
	})
	v.facts = make([]Fact, len(known))
	for i := range known {
		v.facts[i] = known[i].fact
	}
	v.sortOutages()
	v.allSupplied = r.suppliedWhole()
	return v
}

func (v *view) sortOutages() {
	v.outages = map[string][]*Outage{}
	for _, o := range knownFacts[*Outage](v) {
		if instant(o.Occurred) < v.valid {
			service := v.e.own(o.Service)
			v.outages[service] = append(v.outages[service], o)
		}
	}
	for _, of := range v.outages {
		byTime(of)
	}
}

// span is the time of an outage as known at the view's instant: one that
// lasts goes on until then.
func (v *view) span(o *Outage) calendar.Interval {
	end := v.valid
	if !o.Until.IsZero() {
		end = min(end, instant(o.Until))
	}
	return calendar.Interval{Start: instant(o.Occurred), End: end}
}

// covered is when a source was observing a subject.
func (v *view) covered(s subject, source string) calendar.Set {
	r := v.recordOf(s.service)
	var b calendar.Builder
	for _, c := range r.covers {
		if r.concerns(c.Part, s.part) && (c.Source == source || c.Source == "") {
			b.Add(calendar.Interval{Start: instant(c.Occurred), End: instant(c.Until)})
		}
	}
	return b.Set()
}

// watch is what the checks of a source saw of a subject.
func (v *view) watch(s subject, source Source, o *Objective) measure.Watch {
	checks := checksOf(source, o)
	key := watchKey{s.service, s.part, source.Name, checks}
	if w, ok := v.watches[key]; ok {
		return w
	}
	var answers []measure.Check
	for _, p := range v.recordOf(s.service).probes {
		if p.Part == s.part && (p.Source == "" || p.Source == source.Name) {
			answers = answersOf(answers, p)
		}
	}
	for key, stream := range v.streams {
		if v.e.own(key.service) == s.service && key.part == s.part && (key.source == "" || key.source == source.Name) {
			answers = append(answers, stream.runs...)
		}
	}
	answers, differ := measure.Agreeing(measure.Before(v.valid, answers))
	if len(differ) > 0 {
		v.differing[probeKey{source.Name, s.service, s.part}] = contradictions{len(differ), differ[0]}
	}
	w := checks.Read(answers)
	v.watches[key] = w
	return w
}

// checksOf is how an objective reads the checks of a source.
func checksOf(source Source, o *Objective) measure.Checks {
	checks := measure.Checks{Every: time.Minute, Failed: 1, FromFirst: true}
	if source.Every != nil {
		checks.Every = source.Every.Duration()
	}
	if o.Down != nil {
		checks.Failed, checks.FromFirst = o.Down.After, o.Down.FromFirst
	}
	if o.Up != nil {
		checks.Good, checks.UpFromFirst = o.Up.After, o.Up.FromFirst
	}
	return checks
}

// tells says whether a window is reported, and so explained.
func (v *view) tells(p Period) bool { return p.To.After(v.told) }

// answersOf adds the answers of a probe.
func answersOf(out []measure.Check, p *Probe) []measure.Check {
	at := instant(p.Occurred)
	if p.Series == "" {
		return append(out, measure.Check{At: at, OK: p.OK})
	}
	runs, _ := expandSeries(p.Series) // examined when it was added
	for _, run := range runs {
		if run.answer != '_' {
			out = append(out, measure.Check{At: at, OK: run.answer == '1', More: run.n - 1, Step: p.Every})
		}
		at = at.Add(time.Duration(run.n) * p.Every)
	}
	return out
}
