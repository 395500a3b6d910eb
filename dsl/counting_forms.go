package dsl

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// The lines `count …`: how time that was down becomes downtime.

func countForm() *form[sla.Objective] {
	return say(`count outages longer than LENGTH | of at least LENGTH [, before exclusions] [, even across windows] | caused by CAUSE, … | reported within LENGTH | not credited before`+
		` | each outage in whole|started LENGTH [of the clock] | each outage beyond LENGTH | each outage from its report|ticket [to its closing]`+
		` | each outage by the share of NAME affected [, the highest|sum when several] | at most LENGTH each day|outage | the total in whole|started LENGTH | the total beyond LENGTH`,
		`count outages of at least 5 min`, lowerCount).again()
}

type countLine struct {
	Outages *countOutages `parser:"'count' ( 'outages' @@"`
	Each    *countEach    `parser:"| 'each' 'outage' @@"`
	Most    *countMost    `parser:"| 'at' 'most' @@"`
	Total   *countTotal   `parser:"| 'the' 'total' @@ )"`
}

type countOutages struct {
	Longer   *length    `parser:"( 'longer' 'than' @@"`
	AtLeast  *length    `parser:"| 'of' 'at' 'least' @@"`
	CausedBy *name      `parser:"| 'caused' 'by' @@"`
	Reported *length    `parser:"| 'reported' 'within' @@"`
	Not      bool       `parser:"| @( 'not' 'credited' 'before' ) )"`
	More     []countRun `parser:"( ',' @@ )*"`
}

type countRun struct {
	Before *word `parser:"'before' @@"`
	Across *word `parser:"| 'even' 'across' @@"`
	Cause  *name `parser:"| @@"`
}

type countEach struct {
	Unit   *countUnit  `parser:"'in' @@"`
	Beyond *length     `parser:"| 'beyond' @@"`
	From   *countFrom  `parser:"| 'from' 'its' @@"`
	Share  *countShare `parser:"| 'by' 'the' 'share' 'of' @@"`
}

type countUnit struct {
	Started bool   `parser:"( @'started'"`
	Whole   bool   `parser:"| @'whole' )"`
	Unit    length `parser:"@@"`
	Clock   bool   `parser:"@( 'of' 'the' 'clock' )?"`
}

type countFrom struct {
	From   word `parser:"@@"`
	Closed bool `parser:"@( 'to' 'its' 'closing' )?"`
}

type countShare struct {
	Of  name  `parser:"@@ 'affected'"`
	How *name `parser:"( ',' 'the' @@ 'when' 'several' )?"`
}

type countMost struct {
	Length length `parser:"@@"`
	Each   word   `parser:"'each' @@"`
}

type countTotal struct {
	Unit   *countUnit `parser:"'in' @@"`
	Beyond *length    `parser:"| 'beyond' @@"`
}

func lowerCount(l *lowering, o *sla.Objective, n *countLine) {
	if o.Count == nil {
		o.Count = &sla.Counting{}
	}
	c := o.Count
	switch {
	case n.Outages != nil:
		n.Outages.into(l, c)
	case n.Each != nil:
		n.Each.into(l, c)
	case n.Most != nil && n.Most.Each.text == "day":
		l.step("each-day", n.Most.Length, &c.DayMost)
	case n.Most != nil && l.choice(n.Most.Each.name, "each", "day", "outage"):
		l.step("most", n.Most.Length, &c.OutageMost)
	case n.Total != nil && n.Total.Beyond != nil:
		l.step("spare", *n.Total.Beyond, &c.TotalBeyond)
	case n.Total != nil:
		l.unit("total", n.Total.Unit, &c.Total)
	}
}

// step sets a length of the counting, once.
func (l *lowering) step(name string, n length, into **calendar.Length) {
	if l.declare(l.sub("count", name), n.at, "count "+name) {
		*into = &n.v
	}
}

func (l *lowering) unit(name string, n *countUnit, into **sla.CountUnit) {
	if l.declare(l.sub("count", name), n.Unit.at, "count "+name) {
		*into = &sla.CountUnit{Unit: n.Unit.v, Started: n.Started, OfClock: n.Clock}
	}
}

func (n *countOutages) into(l *lowering, c *sla.Counting) {
	if n.Longer == nil && n.AtLeast == nil {
		n.noRun(l)
	}
	switch {
	case n.Longer != nil:
		n.run(l, c, *n.Longer, true)
	case n.AtLeast != nil:
		n.run(l, c, *n.AtLeast, false)
	case n.Reported != nil:
		l.step("reported", *n.Reported, &c.ReportedWithin)
	case n.Not:
		c.NotCredited = true
	default:
		causes := []name{*n.CausedBy}
		for _, m := range n.More {
			if m.Cause != nil {
				causes = append(causes, *m.Cause)
			}
		}
		for _, cause := range causes {
			if l.declare(l.sub("count", "caused-by", cause.text), cause.at, "count "+cause.text) {
				c.CausedBy = append(c.CausedBy, cause.text)
			}
		}
	}
}

// noRun reports words about the shortest run behind what is none.
func (n *countOutages) noRun(l *lowering) {
	for _, m := range n.More {
		for _, w := range []*word{m.Before, m.Across} {
			if w != nil {
				l.report(codeUnexpected, w.at, sla.Prose("found", w.text))
			}
		}
		if m.Cause != nil && n.CausedBy == nil {
			l.report(codeUnexpected, m.Cause.at, sla.Prose("found", m.Cause.text))
		}
	}
}

func (n *countOutages) run(l *lowering, c *sla.Counting, d length, longer bool) {
	if !l.declare(l.sub("count", "run"), d.at, "count outages") {
		return
	}
	c.Run = &sla.ShortestRun{Length: d.v, Longer: longer}
	for _, m := range n.More {
		c.Run.BeforeExclusions = c.Run.BeforeExclusions || m.Before != nil && l.choice(m.Before.name, "before", "exclusions")
		c.Run.AcrossWindows = c.Run.AcrossWindows || m.Across != nil && l.choice(m.Across.name, "even across", "windows")
		if m.Cause != nil {
			l.report(codeUnexpected, m.Cause.at, sla.Prose("found", m.Cause.text))
		}
	}
}

func (n *countEach) into(l *lowering, c *sla.Counting) {
	switch {
	case n.Unit != nil:
		l.unit("each", n.Unit, &c.Each)
	case n.Beyond != nil:
		l.step("beyond", *n.Beyond, &c.EachBeyond)
	case n.From != nil:
		if l.choice(n.From.From.name, "from its", "report", "ticket") && l.declare(l.sub("count", "from"), n.From.From.at, "count each outage from") {
			c.FromReport, c.ToClosed = true, n.From.Closed
		}
	default:
		share := &sla.AffectedShare{Of: n.Share.Of.text}
		if n.Share.How != nil && l.choice(*n.Share.How, "the", "highest", "sum") {
			share.Sum = n.Share.How.text == "sum"
		}
		if l.declare(l.sub("count", "share"), n.Share.Of.at, "count by the share") {
			c.Share = share
		}
	}
}
