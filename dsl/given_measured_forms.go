package dsl

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/sla"
)

// Facts of a test about parts, and about what is counted or measured: numbers
// of events in slots, events one by one, values of a quantity.

type partGivenLine struct {
	ID   label       `parser:"'part' @@"`
	Kind name        `parser:"'is' @@"`
	Of   label       `parser:"'of' @@"`
	From *moment     `parser:"( 'from' @@ )?"`
	To   *moment     `parser:"( 'to' @@ )?"`
	Has  []attribute `parser:"( ',' @@ )*"`
}

// An attribute is what a part or an event has: a number, a word, or nothing
// more where it is a matter of yes or no.
type attribute struct {
	Name   name    `parser:"@@"`
	Number *number `parser:"( @@"`
	Value  *label  `parser:"| @@ )?"`
}

func (n *attribute) value() string {
	switch {
	case n.Number != nil:
		return n.Number.v.String()
	case n.Value != nil:
		return n.Value.text
	}
	return "yes"
}

func partGivenForm() *form[draft] {
	return say(`part ID is KIND of SERVICE|PART [from INSTANT] [to INSTANT] [, NAME VALUE …]`, `part eu-1 is zone of erp from 2026-04-21`,
		func(l *lowering, d *draft, n *partGivenLine) {
			d.givens = append(d.givens, func(w *record) {
				p := &sla.PartLife{Head: sla.Head{ID: n.ID.text, Occurred: observedFrom}, Type: n.Kind.text, Service: n.Of.text, Has: attributes(n.Has)}
				l.refer(n.Kind.text, n.Kind.at, "part", w.l.test.known.partKinds())
				if of := w.part(n.Of.text); of != nil {
					p.Service, p.Of = of.Service, of.ID
				} else {
					l.refer(n.Of.text, n.Of.at, "service", w.l.test.known.services)
				}
				if n.From != nil {
					p.Occurred, _ = l.resolve(n.From, itsStart)
				}
				if n.To != nil {
					p.Until, _ = l.resolve(n.To, itsEnd)
				}
				w.add(p, n.ID.at.through(n.Of.at))
			})
		}).again()
}

func attributes(given []attribute) map[string]string {
	if len(given) == 0 {
		return nil
	}
	has := map[string]string{}
	for i := range given {
		has[given[i].Name.text] = given[i].value()
	}
	return has
}

// part finds a part that the test has told of.
func (w *record) part(id string) *sla.PartLife {
	for _, f := range w.facts {
		if p, ok := f.fact.(*sla.PartLife); ok && p.ID == id {
			return p
		}
	}
	return nil
}

// whatPart is the service and the part of a line: a name of either, or none
// where the contract's own words leave no doubt; these name a service or a
// kind of part.
func (w *record) whatPart(said *label, of string) (string, string) {
	if said == nil {
		return w.l.test.known.serviceOf(of), ""
	}
	if p := w.part(said.text); p != nil {
		return p.Service, p.ID
	}
	w.l.refer(said.text, said.at, "service", append(slices.Clone(w.l.test.known.services), w.partIDs()...))
	return said.text, ""
}

func (w *record) partIDs() (out []string) {
	for _, f := range w.facts {
		if p, ok := f.fact.(*sla.PartLife); ok {
			out = append(out, p.ID)
		}
	}
	return out
}

// serviceOf is the service that a kind of part lies in, through all kinds
// between; a service is its own.
func (k *knownNames) serviceOf(of string) string {
	for range k.contract.Parts {
		i := slices.IndexFunc(k.contract.Parts, func(p sla.PartKind) bool { return p.Name == of })
		if i < 0 {
			break
		}
		of = k.contract.Parts[i].Of
	}
	return of
}

func (k *knownNames) partKinds() (out []string) {
	for _, p := range k.contract.Parts {
		out = append(out, p.Name)
	}
	return out
}

// A slotSpan is one slot of a source, or the slots from one instant to another.
type slotSpan struct {
	From moment  `parser:"'from' @@"`
	To   *ending `parser:"( 'to' @@ )?"`
}

// slots calls what it is given for each slot of a span.
func (w *record) slots(n *slotSpan, every time.Duration, each func(from, until time.Time)) {
	from, ok := w.l.resolve(&n.From, itsStart)
	if !ok || every <= 0 {
		return
	}
	until := from.Add(every)
	if n.To != nil {
		if until, ok = w.l.until(n.To, &n.From); !ok {
			return
		}
	}
	if until.Sub(from)/every > maxGivenSlots {
		w.l.report(codeTooManySlots, n.From.at, sla.Count("limit", maxGivenSlots))
		return
	}
	for ; from.Before(until); from = from.Add(every) {
		each(from, from.Add(every))
	}
}

// maxGivenSlots bounds what one line makes: a year of slots of a minute.
const maxGivenSlots = 530_000

type countsGivenLine struct {
	Of     name      `parser:"'counts' 'of' @@"`
	In     *label    `parser:"( 'of' @@ )?"`
	Rest   bool      `parser:"( @'otherwise'"`
	Span   *slotSpan `parser:"| @@ )"`
	Total  count     `parser:"',' 'total' @@"`
	Failed *count    `parser:"( ',' 'failed' @@ )?"`
	Cause  *name     `parser:"( ',' 'cause' @@ )?"`
}

func countsGivenForm() *form[draft] {
	return say(`counts of EVENTS [of SERVICE|PART] from INSTANT [to INSTANT] | otherwise, total NUMBER [, failed NUMBER] [, cause CAUSE]`,
		`counts of requests from 2026-04-10 08:00 to 09:00, total 1000, failed 60`, func(_ *lowering, d *draft, n *countsGivenLine) {
			d.givens = append(d.givens, func(w *record) {
				if n.Rest {
					w.rest = append(w.rest, n)
				} else {
					w.addCounts(n)
				}
			})
		}).again()
}

// addCounts gives the same numbers to each slot of a line's span; those of the
// rest go to the slots of the tested period that no other line speaks of.
func (w *record) addCounts(n *countsGivenLine) {
	s, kind := w.eventSource(sla.SourceCounts, &n.Of)
	if kind == nil {
		return
	}
	like := sla.Counter{Event: kind.Name, Total: int64(n.Total.n), Cause: nameText(n.Cause)}
	like.Service, like.Part = w.whatPart(n.In, kind.Of)
	if n.Failed != nil {
		like.Failed = int64(n.Failed.n)
	}
	span, taken := n.Span, map[time.Time]bool{}
	if n.Rest {
		if w.tested == nil {
			w.l.report(codePeriodNeeded, n.Of.at)
			return
		}
		span = &slotSpan{From: moment{day: w.tested.from, at: n.Of.at}, To: &ending{moment: moment{day: w.tested.to.AddDays(-1)}}}
		taken = w.counted(&like)
	}
	w.slots(span, s.Every.Duration(), func(from, until time.Time) {
		if !taken[from] {
			c := like
			c.Head, c.Until = sla.Head{ID: w.id("counts"), Occurred: from, Source: s.Name}, until
			w.add(&c, n.Of.at.through(n.Total.at))
		}
	})
}

// counted are the slots that the test gives numbers for.
func (w *record) counted(like *sla.Counter) map[time.Time]bool {
	out := map[time.Time]bool{}
	for _, f := range w.facts {
		if c, ok := f.fact.(*sla.Counter); ok && c.Event == like.Event && c.Service == like.Service && c.Part == like.Part {
			out[c.Occurred] = true
		}
	}
	return out
}

// eventSource finds the source of an objective that gives events of a kind.
func (w *record) eventSource(from sla.SourceKind, of *name) (*sla.Source, *sla.EventKind) {
	c := w.l.test.known.contract
	find := func(n string) int {
		return slices.IndexFunc(c.Events, func(e sla.EventKind) bool { return e.Name == n })
	}
	declared := func(n string) bool { return find(n) >= 0 }
	kind, ok := sla.SingularOf(of.text, declared)
	for i := range c.Objectives {
		for j := range c.Objectives[i].Sources {
			s := &c.Objectives[i].Sources[j]
			if named, _ := sla.SingularOf(s.Of, declared); ok && s.Kind == from && named == kind {
				return s, &c.Events[find(kind)]
			}
		}
	}
	var known []string
	for _, e := range c.Events {
		known = append(known, e.Name)
	}
	w.l.unknown(of.text, of.at, "event", known)
	return nil, nil
}

type itemsGivenLine struct {
	Of   name        `parser:"'items' 'of' @@"`
	In   *label      `parser:"( 'of' @@ )?"`
	From *moment     `parser:"( 'from' @@"`
	To   *ending     `parser:"( 'to' @@ )?"`
	Due  bool        `parser:"| @( 'as' 'scheduled' ) )"`
	More []itemGiven `parser:"( ',' @@ )*"`
}

type itemGiven struct {
	Count      *count     `parser:"'count' @@"`
	Failed     bool       `parser:"| @'failed'"`
	Unfinished bool       `parser:"| @'unfinished'"`
	Cause      *name      `parser:"| 'cause' @@"`
	Except     []moment   `parser:"| 'except' @@ ( 'and' @@ )*"`
	Has        *attribute `parser:"| @@"`
}

func itemsGivenForm() *form[draft] {
	return say(`items of EVENTS [of SERVICE|PART] from INSTANT [to INSTANT] | as scheduled [, except INSTANT and INSTANT …] [, count NUMBER] [, failed] [, unfinished] [, cause CAUSE] [, NAME VALUE …]`,
		`items of requests from 2026-04-10 08:00, count 990, latency 0.8`, func(_ *lowering, d *draft, n *itemsGivenLine) {
			d.givens = append(d.givens, func(w *record) { w.addItems(n) })
		}).again()
}

func (w *record) addItems(n *itemsGivenLine) {
	for _, q := range n.More {
		if q.Count != nil && q.Count.n > maxGivenSlots {
			w.l.report(codeTooManySlots, q.Count.at, sla.Count("limit", maxGivenSlots))
			return
		}
	}
	s, kind := w.eventSource(sla.SourceItems, &n.Of)
	if kind == nil {
		return
	}
	item, times := sla.Item{Event: kind.Name}, 1
	var has []attribute
	item.Service, item.Part = w.whatPart(n.In, kind.Of)
	item.Source = s.Name
	if n.Due {
		w.addScheduled(n, item)
		return
	}
	item.Occurred, _ = w.l.resolve(n.From, itsStart)
	item.Until = item.Occurred
	if n.To != nil {
		item.Until, _ = w.l.until(n.To, n.From)
	}
	for _, q := range n.More {
		switch {
		case len(q.Except) > 0:
			w.l.report(codeUnexpected, q.Except[0].at, sla.Prose("found", "except"), sla.Prose("reads", "items of "+n.Of.text+" as scheduled, except INSTANT"))
		case q.Count != nil:
			times = q.Count.n
		case q.Unfinished:
			item.Until = time.Time{}
		case q.Cause != nil:
			item.Cause = q.Cause.text
		case q.Has != nil:
			has = append(has, *q.Has)
		default:
			item.Failed = true
		}
	}
	for range times {
		one := item
		one.ID, one.Has = w.id("item"), attributes(has)
		w.add(&one, n.Of.at.through(n.From.at))
	}
}

type samplesGivenLine struct {
	Of    name     `parser:"'samples' 'of' @@"`
	In    *label   `parser:"( 'of' @@ )?"`
	Span  slotSpan `parser:"@@"`
	Value number   `parser:"',' 'value' @@"`
	Unit  *name    `parser:"@@?"`
	Cause *name    `parser:"( ',' 'cause' @@ )?"`
}

func samplesGivenForm() *form[draft] {
	return say(`samples of NAME [of SERVICE|PART] from INSTANT [to INSTANT], value NUMBER [UNIT] [, cause CAUSE]`,
		`samples of temperature from 2026-04-10 08:00 to 10:00, value 27.5`, func(_ *lowering, d *draft, n *samplesGivenLine) {
			d.givens = append(d.givens, func(w *record) { w.addSamples(n) })
		}).again()
}

func (w *record) addSamples(n *samplesGivenLine) {
	var known []string
	for i := range w.l.test.known.contract.Objectives {
		o := &w.l.test.known.contract.Objectives[i]
		for _, s := range o.Sources {
			if s.Kind != sla.SourceSamples {
				continue
			}
			if known = append(known, s.Of); s.Of != n.Of.text {
				continue
			}
			w.unit(n.Unit, s.Unit)
			service, part := w.whatPart(n.In, o.Scope.Service)
			every := time.Minute
			if s.Every != nil {
				every = s.Every.Duration()
			}
			w.slots(&n.Span, every, func(from, _ time.Time) {
				w.add(&sla.Sample{Head: sla.Head{ID: w.id("sample"), Occurred: from, Source: s.Name}, Service: service, Part: part, Of: s.Of,
					Value: n.Value.v, Cause: nameText(n.Cause)}, n.Of.at.through(n.Value.at))
			})
			return
		}
	}
	w.l.unknown(n.Of.text, n.Of.at, "quantity", known)
}

// unit checks a unit that a test writes against the one declared.
func (w *record) unit(said *name, declared string) {
	if said != nil {
		w.l.refer(said.text, said.at, "unit", []string{declared})
	}
}

// supplyLevel gives a figure the number, share or time that was supplied.
func (w *record) supplyLevel(m *sla.Measured, n *level) {
	switch {
	case n.share != nil:
		m.Share = n.share
	case n.number != nil:
		m.Value = &n.number.Value
		if o := w.l.test.known.objective(m.Objective); o != nil && len(o.Sources) > 0 && o.Sources[0].Unit != "" && n.number.Unit != "" {
			w.unit(&name{n.number.Unit, n.at}, o.Sources[0].Unit)
		}
	case !n.time.IsExact():
		w.l.report(codeExactNeeded, n.at, sla.Prose("found", n.time.String()))
	default:
		if o := w.l.test.known.objective(m.Objective); o != nil && o.Measure.Kind == sla.MeasureDowntime {
			m.Down = ptr(n.time.Duration())
			return
		}
		seconds := decimal.NewFromInt(int64(n.time.Duration())).Shift(-9)
		m.Value = &seconds
	}
}
