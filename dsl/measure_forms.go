package dsl

import (
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// The line `measure …`: what is computed in each window.

type measureLine struct {
	Availability bool               `parser:"'measure' ( @'availability'"`
	Downtime     bool               `parser:"| @'downtime'"`
	Number       *measureNumber     `parser:"| 'number' 'of' @@"`
	Share        *measureShare      `parser:"| 'share' 'of' @@"`
	Average      *measureAverage    `parser:"| 'average' @@"`
	Median       *name              `parser:"| 'median' @@"`
	Maximum      *name              `parser:"| 'maximum' @@"`
	Minimum      *name              `parser:"| 'minimum' @@"`
	Total        *name              `parser:"| 'total' @@"`
	Percentile   *measurePercentile `parser:"| 'percentile' @@"`
	Verdict      bool               `parser:"| @'verdict'"`
	Value        *name              `parser:"| 'value' 'of' @@ )"`
	Window       per                `parser:"@@"`
	During       *name              `parser:"( 'during' @@ )?"`
	Quals        []measureQualifier `parser:"( ',' @@ )*"`
}

type measureNumber struct {
	Outages bool  `parser:"@'outages'"`
	Failed  *name `parser:"| 'failed' @@"`
	Late    *name `parser:"| 'late' @@"`
	Tickets *name `parser:"| 'tickets' 'with' @@"`
}

type measureShare struct {
	Good   *name `parser:"'good' @@"`
	InTime *name `parser:"| @@ 'in' 'time'"`
}

type measureAverage struct {
	Survey bool  `parser:"@( 'survey' 'score' )"`
	Score  *name `parser:"| 'score' 'of' @@"`
	Of     *name `parser:"| @@"`
}

type measurePercentile struct {
	Percent number `parser:"@@ 'of'"`
	Of      name   `parser:"@@"`
}

type measureSlots struct {
	Month *word   `parser:"'with' 'the' @@ 'before'"`
	Slots *length `parser:"| 'over' ( @@ ( 'slots' | 'slot' )"`
	Over  *name   `parser:"| @@ )"`
}

type measureQualifier struct {
	AtLeast   *measureAtMost  `parser:"@@"`
	Averaged  *measureSlots   `parser:"| 'averaged' @@"`
	Pooled    *name           `parser:"| 'pooled' 'over' @@"`
	Weighted  *measureWeight  `parser:"| 'weighted' @@"`
	Lowest    *name           `parser:"| 'lowest' 'among' @@"`
	Highest   *name           `parser:"| 'highest' 'among' @@"`
	Started   *measureStarted `parser:"| @@"`
	Rounded   *measureRounded `parser:"| @@"`
	Truncated *count          `parser:"| 'truncated' 'to' @@ ( 'decimals' | 'decimal' )"`
}

type measureStarted struct {
	Started word `parser:"'counted' 'when' @@"`
}

type measureWeight struct {
	By   name `parser:"'by' @@"`
	Over name `parser:"'over' @@"`
}

type measureAtMost struct {
	N  count `parser:"'at' 'least' @@"`
	Of name  `parser:"@@"`
}

type measureRounded struct {
	Places count `parser:"'rounded' 'to' @@ ( 'decimals' | 'decimal' )"`
	Half   *name `parser:"( 'half' @@"`
	Mode   *name `parser:"| @@ )?"`
}

func (n *measureRounded) value(l *lowering) *sla.Rounded {
	r := &sla.Rounded{Decimals: n.Places.n, Mode: credits.HalfUp}
	switch {
	case n.Half != nil && l.choice(*n.Half, "half", "up", "even", "down"):
		r.Mode = credits.Mode("half " + n.Half.text)
	case n.Mode != nil && l.choice(*n.Mode, "rounded", "up", "down"):
		r.Mode = credits.Mode(n.Mode.text)
	}
	return r
}

func lowerMeasure(l *lowering, o *sla.Objective, n *measureLine) {
	m := &o.Measure
	m.Window = n.Window.v
	l.at(l.sub("measure"), n.Window.at)
	switch {
	case n.Availability:
		m.Kind = sla.MeasureAvailability
	case n.Downtime:
		m.Kind = sla.MeasureDowntime
	case n.Verdict:
		m.Kind = sla.MeasureVerdict
	default:
		n.kind(l, m)
	}
	if n.During != nil {
		m.During = n.During.text
		l.at(l.sub("measure", "during"), n.During.at)
	}
	for _, q := range n.Quals {
		q.into(l, m)
	}
}

// kind reads the measures that name what they are of.
func (n *measureLine) kind(l *lowering, m *sla.Measure) {
	of := func(kind sla.MeasureKind, of *name) {
		m.Kind, m.Of = kind, of.text
		l.at(l.sub("measure", "of"), of.at)
	}
	switch {
	case n.Number != nil && n.Number.Outages:
		m.Kind = sla.MeasureOutages
	case n.Number != nil && n.Number.Late != nil:
		of(sla.MeasureLate, n.Number.Late)
	case n.Number != nil && n.Number.Tickets != nil:
		of(sla.MeasureTickets, n.Number.Tickets)
	case n.Number != nil:
		of(sla.MeasureFailed, n.Number.Failed)
	case n.Share != nil && n.Share.Good != nil:
		of(sla.MeasureGood, n.Share.Good)
	case n.Share != nil:
		of(sla.MeasureShareInTime, n.Share.InTime)
	case n.Average != nil && n.Average.Survey:
		m.Kind = sla.MeasureSurvey
	case n.Average != nil && n.Average.Score != nil:
		of(sla.MeasureScore, n.Average.Score)
	case n.Average != nil:
		of(sla.MeasureAverage, n.Average.Of)
	case n.Median != nil:
		of(sla.MeasureMedian, n.Median)
	case n.Maximum != nil:
		of(sla.MeasureMaximum, n.Maximum)
	case n.Minimum != nil:
		of(sla.MeasureMinimum, n.Minimum)
	case n.Total != nil:
		of(sla.MeasureSum, n.Total)
	case n.Percentile != nil:
		of(sla.MeasurePercentile, &n.Percentile.Of)
		share := credits.Percent(n.Percentile.Percent.v)
		m.Percentile = &share
	case n.Value != nil:
		of(sla.MeasureValue, n.Value)
	}
}

// into reads a qualifier. Each kind may be said once: of two the last would
// hold, and the other be read and forgotten.
func (q *measureQualifier) into(l *lowering, m *sla.Measure) {
	once := func(kind string, at place) bool { return l.declare(l.sub("measure", kind), at, "measure "+kind) }
	switch {
	case q.AtLeast != nil:
		if once("at-least", q.AtLeast.N.at) {
			m.AtLeast = q.AtLeast.N.n
		}
	case q.Averaged != nil && q.Averaged.Slots != nil:
		if once("slots", q.Averaged.Slots.at) {
			m.Slots = &q.Averaged.Slots.v
		}
	case q.Averaged != nil && q.Averaged.Month != nil:
		if l.choice(q.Averaged.Month.name, "averaged with", lastWord(string(m.Window))) && once("with-before", q.Averaged.Month.at) {
			m.WithBefore = true
		}
	case q.Averaged != nil:
		l.join(m, sla.JoinAverage, q.Averaged.Over)
	case q.Pooled != nil:
		l.join(m, sla.JoinPooled, q.Pooled)
	case q.Weighted != nil:
		if l.join(m, sla.JoinWeighted, &q.Weighted.Over) {
			m.Join.By = q.Weighted.By.text
			l.at(l.sub("measure", "by"), q.Weighted.By.at)
		}
	case q.Lowest != nil:
		l.join(m, sla.JoinLowest, q.Lowest)
	case q.Highest != nil:
		l.join(m, sla.JoinHighest, q.Highest)
	case q.Started != nil:
		m.ByStart = l.choice(q.Started.Started.name, "counted when", "started") && once("started", q.Started.Started.at)
	case q.Rounded != nil:
		if once("rounded", q.Rounded.Places.at) {
			m.Rounded = q.Rounded.value(l)
		}
	case q.Truncated != nil:
		if once("rounded", q.Truncated.at) {
			m.Rounded = &sla.Rounded{Decimals: q.Truncated.n, Mode: credits.Down}
		}
	}
}

func (l *lowering) join(m *sla.Measure, kind sla.JoinKind, over *name) bool {
	if !l.declare(l.sub("measure", "over"), over.at, "measure over parts") {
		return false
	}
	m.Join = &sla.Join{Kind: kind, Over: over.text}
	return true
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
