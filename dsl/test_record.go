package dsl

import (
	"fmt"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A record collects the facts of one test. What lines say first and cells
// complete later, tickets and outages, is made into facts at the end.
type record struct {
	l        *lowering
	d        *draft
	tickets  []*ticketGiven
	outages  []*outageGiven
	facts    []placedFact
	files    []string
	ledger   *sla.Ledger
	covered  map[string]bool
	sequence int
	// rest are the counts of all slots that no other line speaks of.
	rest []*countsGivenLine
	// tested is the period tested, nil where none is said.
	tested *stretch
}

// A placedFact knows which words of the test it was made of.
type placedFact struct {
	fact sla.Fact
	at   place
}

func (w *record) add(f sla.Fact, at place) { w.facts = append(w.facts, placedFact{f, at}) }

// id names a fact of the test that has no name of its own.
func (w *record) id(kind string) string {
	w.sequence++
	return fmt.Sprintf("%s-%d", kind, w.sequence)
}

func (w *record) head(kind string, at *moment) sla.Head {
	occurred, _ := w.l.resolve(at, itsStart)
	return sla.Head{ID: w.id(kind), Occurred: occurred}
}

// headOn is the head of a fact that is about a date.
func (w *record) headOn(kind string, d calendar.Date) sla.Head {
	return w.head(kind, &moment{day: d})
}

// service and objective check a name that a fact gives.
func (w *record) service(n name) { w.l.refer(n.text, n.at, "service", w.l.test.known.services) }

func (w *record) objective(n name) {
	w.l.refer(n.text, n.at, "objective", w.l.test.known.objectives)
}

// A ticketGiven is a ticket as a test tells of it.
type ticketGiven struct {
	id                          string
	at                          place
	service                     name
	priority, request, incident label
	site                        name
	acts                        []act
	// unread says that some of its lines could not be read.
	unread bool
}

func (t *ticketGiven) complete(q scopeQualities) {
	switch {
	case q.Of != nil:
		t.service = *q.Of
	case q.Priority != nil:
		t.priority = *q.Priority
	case q.Site != nil:
		t.site = *q.Site
	case q.Request != nil:
		t.request = *q.Request
	case q.Incident != nil:
		t.incident = *q.Incident
	}
}

func (w *record) addTicket(t *ticketGiven) {
	if w.ticket(t.id) != nil {
		w.l.report(codeSaidTwice, t.at, sla.Name("what", "ticket "+t.id))
		return
	}
	own := *t
	own.acts = slices.Clone(t.acts)
	w.tickets = append(w.tickets, &own)
}

func (w *record) ticket(id string) *ticketGiven {
	for _, t := range w.tickets {
		if t.id == id {
			return t
		}
	}
	return nil
}

func (w *record) ticketIDs() (out []string) {
	for _, t := range w.tickets {
		out = append(out, t.id)
	}
	return out
}

// tell makes the events of a ticket. Its scope stands in the first of them.
func (w *record) tell(t *ticketGiven) {
	l, k := w.l, &w.l.test.known
	w.service(t.service)
	l.refer(t.priority.text, t.priority.at, "priority", k.priorities)
	l.refer(t.request.text, t.request.at, "request", k.requests)
	l.refer(t.site.text, t.site.at, "site", k.sites)
	if len(t.acts) == 0 {
		if !t.unread {
			l.report(codeNothingHappened, t.at, sla.Name("ticket", t.id))
		}
		return
	}
	first := true
	for i := range t.acts {
		a := &t.acts[i]
		if a.Priority != nil {
			l.refer(a.Priority.Priority.text, a.Priority.Priority.at, "priority", k.priorities)
			at, _ := l.resolve(&a.Priority.At, itsStart)
			w.add(&sla.PriorityChange{Head: sla.Head{Occurred: at}, Ticket: t.id, Priority: a.Priority.Priority.text}, a.Priority.At.at)
			continue
		}
		ev := w.event(t.id, a.Event)
		if first {
			ev.Service, ev.Priority, ev.Request, ev.Site, ev.Incident = t.service.text, t.priority.text, t.request.text, t.site.text, t.incident.text
			first = false
		}
		w.add(ev, a.Event.Name.at.through(a.Event.At.at))
	}
}

func (w *record) event(ticket string, a *eventAct) *sla.TicketEvent {
	l := w.l
	if known := l.test.known.events; !slices.Contains(known, a.Name.text) && nearest(a.Name.text, known) != "" {
		l.unknown(a.Name.text, a.Name.at, "event", known)
	}
	ev := &sla.TicketEvent{Ticket: ticket, Event: a.Name.text}
	ev.Occurred, _ = l.resolve(&a.At, itsStart)
	if a.To != nil {
		ev.Until, _ = l.until(a.To, &a.At)
	}
	for _, q := range a.More {
		switch {
		case q.By != nil:
			ev.Channel = q.By.text
		case q.Note != nil:
			ev.Note = q.Note.text
		case q.Automatic:
			ev.Automatic = true
		case q.Workaround:
			ev.Workaround = true
		}
	}
	return ev
}

// An outageGiven is an outage as a test tells of it.
type outageGiven struct {
	line      *outageLine
	at        place
	service   name
	incident  string
	cause     *name
	announced *moment
	proofs    []proved
	part      *label
	affected  *credits.Share
	reported  *moment
	closed    *moment
}

func (o *outageGiven) complete(q outageQuality) {
	switch {
	case q.Incident != nil:
		o.incident = q.Incident.text
	case q.Cause != nil:
		o.cause = q.Cause
	case q.Announced != nil:
		o.announced = q.Announced
	case q.Proved != nil:
		o.proofs = append(o.proofs, *q.Proved)
	case q.Part != nil:
		o.part = q.Part
	case q.Affected != nil:
		o.affected = &q.Affected.v
	case q.Reported != nil:
		o.reported = q.Reported
	case q.Closed != nil:
		o.closed = q.Closed
	}
}

func (w *record) down(o *outageGiven) {
	l, k := w.l, &w.l.test.known
	w.service(o.service)
	out := &sla.Outage{Head: w.head("outage", &o.line.From), Service: o.service.text, Incident: o.incident, Affected: o.affected}
	if o.part != nil {
		out.Part = o.part.text
	}
	if o.reported != nil {
		out.Reported, _ = l.resolve(o.reported, itsStart)
	}
	if o.closed != nil {
		out.Closed, _ = l.resolve(o.closed, itsLast)
	}
	if o.incident != "" && !slices.ContainsFunc(w.facts, func(f placedFact) bool { return f.fact.Kind() == sla.FactOutage && f.fact.Header().ID == o.incident }) {
		out.ID = o.incident
	}
	if o.line.To != nil {
		out.Until, _ = l.until(o.line.To, &o.line.From)
	}
	if o.cause != nil {
		l.refer(o.cause.text, o.cause.at, "cause", k.causes)
		out.Cause = o.cause.text
	}
	if o.announced != nil {
		out.Announced, _ = l.resolve(o.announced, itsLast)
	}
	w.add(out, o.at)
	for _, p := range o.proofs {
		w.addProof(out.ID, p.At, p.By, p.At.at)
	}
}

func (w *record) addProof(of string, m moment, by *name, at place) {
	p := &sla.Proof{Head: w.head("proof", &m), Of: of, By: nameText(by)}
	p.Occurred, _ = w.l.resolve(&m, itsLast)
	if by != nil {
		w.l.refer(by.text, by.at, "party", w.l.test.known.parties)
	}
	w.add(p, at)
}

// countTickets makes counts of tickets, one for each measure named.
func (w *record) countTickets(n *ticketCountLine) {
	l, k := w.l, &w.l.test.known
	var scope ticketGiven
	for _, q := range n.Scope {
		scope.complete(q)
	}
	var incident string
	var in *periodName
	for _, q := range n.More {
		switch {
		case q.Incident != nil:
			incident = q.Incident.text
		case q.In != nil:
			in = q.In
		}
	}
	w.service(scope.service)
	l.refer(scope.priority.text, scope.priority.at, "priority", k.priorities)
	l.refer(scope.request.text, scope.request.at, "request", k.requests)
	period, ok := w.period(in, n.Total.at)
	if !ok {
		return
	}
	for _, q := range n.More {
		if q.Late == nil || !l.refer(q.Late.Measure.text, q.Late.Measure.at, "measure", k.measures) {
			continue
		}
		w.add(&sla.TicketCount{
			Head: w.headOn("count", period.from), Service: scope.service.text, Priority: scope.priority.text, Request: scope.request.text,
			Measure: q.Late.Measure.text, Period: period.text, Total: n.Total.n, Late: q.Late.Late.n, Incident: incident,
		}, n.Total.at.through(q.Late.Late.at))
	}
}

// period is the one that a line says, else the one tested.
func (w *record) period(said *periodName, at place) (periodName, bool) {
	switch {
	case said != nil:
		return *said, true
	case w.tested != nil && w.tested.text != "":
		return w.tested.periodName, true
	}
	w.l.report(codePeriodNeeded, at)
	return periodName{}, false
}

// addChecks gives the answers of a monitoring check to the services whose
// objectives read its source.
func (w *record) addChecks(n *checksLine) {
	l, k := w.l, &w.l.test.known
	if !l.refer(n.Source.text, n.Source.at, "source", k.sources) {
		return
	}
	done := map[string]bool{}
	for i := range k.contract.Objectives {
		o := &k.contract.Objectives[i]
		for _, s := range o.Sources {
			if s.Name != n.Source.text {
				continue
			}
			for j := range k.contract.Services {
				if service := &k.contract.Services[j]; k.judges(o, service) && !done[service.Name] {
					done[service.Name] = true
					w.series(n, s, service.Name)
				}
			}
		}
	}
}

func (w *record) series(n *checksLine, s sla.Source, service string) {
	p := &sla.Probe{Head: w.head("checks", &n.From), Service: service, Series: n.Series.text, Every: time.Minute}
	p.Source = s.Name
	if n.Of != nil {
		_, p.Part = w.whatPart(n.Of, service)
	}
	switch {
	case n.Every != nil:
		p.Every = n.Every.v.Duration()
	case s.Every != nil:
		p.Every = s.Every.Duration()
	}
	w.add(p, n.Source.at.through(n.Series.at))
}

// supply makes figures that stand in the place of raw facts.
func (w *record) supply(n *suppliedLine) {
	k := &w.l.test.known
	if service := k.service(n.Name.text); service != nil && n.Says.Down != nil {
		some := false
		for i := range k.contract.Objectives {
			if o := &k.contract.Objectives[i]; o.Measure.Kind == sla.MeasureAvailability && k.judges(o, service) {
				w.supplyFor(o.Name, service.Name, n)
				some = true
			}
		}
		if !some && w.l.test.subject != nil && w.l.test.subject.Engine != nil {
			w.l.unknown(n.Name.text, n.Name.at, "objective", k.objectives)
		}
		return
	}
	known := k.objectives
	if n.Says.Down != nil {
		known = append(slices.Clone(k.services), known...)
	}
	if w.l.refer(n.Name.text, n.Name.at, "objective", known) {
		if n.Of != nil {
			w.l.refer(n.Of.text, n.Of.at, "service", k.services)
		}
		w.supplyFor(n.Name.text, nameText(n.Of), n)
	}
}

func (w *record) supplyFor(objective, service string, n *suppliedLine) {
	periods := []periodName{}
	for i := range n.Says.In {
		periods = append(periods, n.Says.In[i].all()...)
	}
	if len(periods) == 0 {
		tested, ok := w.period(nil, n.Name.at)
		if !ok {
			return
		}
		periods = append(periods, tested)
	}
	for _, p := range periods {
		at := n.Name.at
		if len(n.Says.In) > 0 {
			at = at.through(p.at)
		}
		if o := w.l.test.known.objective(objective); o != nil && !sameWindow(o.Measure.Window, p.text) {
			w.l.report(codePeriodMismatch, at, sla.Name("objective", objective), sla.Name("window", string(o.Measure.Window)), sla.Prose("found", p.text))
			return
		}
		m := &sla.Measured{Head: w.headOn("given", p.from), Objective: objective, For: service, Period: p.text}
		switch {
		case n.Says.Down != nil:
			m.Down = ptr(n.Says.Down.v)
		case n.Says.Measured != nil:
			w.supplyLevel(m, n.Says.Measured)
		case n.Says.Met:
			m.Verdict = sla.Met
		case n.Says.Unknown:
			m.Verdict = sla.NotMeasured
		default:
			m.Verdict = sla.Missed
		}
		w.add(m, at)
	}
}

// sameWindow says whether a period's name is that of one window.
func sameWindow(w sla.Window, name string) bool {
	switch w {
	case sla.CalendarMonth:
		return len(name) == len("2026-03") && name[5] != 'Q' && name[5] != 'H'
	case sla.CalendarQuarter:
		return len(name) == len("2026-Q1") && name[5] == 'Q'
	case sla.CalendarHalf:
		return len(name) == len("2026-H1") && name[5] == 'H'
	case sla.CalendarYear:
		return len(name) == len("2026")
	case sla.Day:
		return len(name) == len("2026-03-10")
	}
	return true
}

// post remembers a credit of an earlier period, settled by the end of it.
func (w *record) post(c sla.PostedCredit, end calendar.Date) {
	if w.ledger == nil {
		w.ledger = &sla.Ledger{Schema: sla.LedgerSchema, Contract: w.l.test.known.contract.ID}
	}
	w.ledger.Posted = append(w.ledger.Posted, c)
	if w.ledger.SettledThrough == nil || w.ledger.SettledThrough.Before(end) {
		w.ledger.SettledThrough = &end
	}
}

// finish makes the facts of tickets and outages, and lets the sources that
// report outages observe everything.
func (w *record) finish() {
	for _, o := range w.outages {
		w.down(o)
	}
	for _, t := range w.tickets {
		w.tell(t)
	}
	for _, n := range w.rest {
		w.addCounts(n)
	}
	if len(w.files) > 0 || w.l.test.zone == nil {
		return
	}
	for i := range w.l.test.known.contract.Objectives {
		o := &w.l.test.known.contract.Objectives[i]
		source := sla.Source{}
		if len(o.Sources) > 0 {
			source = o.Sources[0]
		}
		if !fromOutages(o.Measure.Kind) && o.Scheduled == nil && !ofEvents(o) || source.Kind == sla.SourceChecks || w.covered[source.Name] {
			continue
		}
		w.covered[source.Name] = true
		w.add(&sla.Coverage{Head: sla.Head{ID: "observed " + source.Name, Occurred: observedFrom, Source: source.Name}, Until: observedTo}, place{})
	}
}

// fromOutages says whether a measure looks at times that were down.
func fromOutages(kind sla.MeasureKind) bool {
	return kind == sla.MeasureAvailability || kind == sla.MeasureDowntime || kind == sla.MeasureOutages
}

// ofEvents says whether a measure is of counts, items or samples over a whole
// window, of which a test gives those that matter to it.
func ofEvents(o *sla.Objective) bool {
	return o.Measure.Slots == nil && slices.ContainsFunc(o.Sources, func(s sla.Source) bool {
		return s.Kind == sla.SourceCounts || s.Kind == sla.SourceSamples || s.Kind == sla.SourceItems
	})
}

// What a test does not say did not happen: its sources observe all of time.
var (
	observedFrom = time.Unix(0, int64(calendar.MinInstant)).UTC()
	observedTo   = time.Unix(0, int64(calendar.MaxInstant)).UTC()
)
