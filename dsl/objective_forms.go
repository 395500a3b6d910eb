package dsl

import (
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Objectives, and what their time leaves out: maintenance and exclusions.

type maintenanceHead struct {
	Kind   name `parser:"'maintenance' @@"`
	Counts bool `parser:"@( 'counts' 'as' 'downtime' )?"`
}

func maintenanceForm() *form[sla.Contract] {
	return open(`maintenance KIND { … } | KIND counts as downtime`, `maintenance planned {`,
		func(l *language) *scope[sla.MaintenanceRule] { return l.maintenance },
		func(l *lowering, c *sla.Contract, n *maintenanceHead) (string, *sla.MaintenanceRule, func()) {
			m, id := &sla.MaintenanceRule{Kind: n.Kind.text, CountsAsDowntime: n.Counts}, "maintenance/"+n.Kind.text
			if !l.declare(id, n.Kind.at, "maintenance "+m.Kind) {
				return id, m, nil
			}
			return id, m, func() { c.Maintenance = append(c.Maintenance, *m) }
		}).bare().again()
}

func maintenanceScope() *scope[sla.MaintenanceRule] {
	return &scope[sla.MaintenanceRule]{key: "maintenance", forms: []*form[sla.MaintenanceRule]{
		say(`window every DAYS HOURS [in ZONE]`, `window every Sunday 02:00-06:00`, func(l *lowering, m *sla.MaintenanceRule, n *windowLine) {
			w := sla.MaintenanceWindow{Days: n.Days.v, Hours: n.Hours.v, Zone: nameText(n.Zone)}
			for _, d := range n.More {
				w.Days |= d.v
			}
			if l.declare(l.sub("window", w.Days.String()+"-"+n.Hours.v.From.String()), n.Hours.at, "window") {
				m.Windows = append(m.Windows, w)
			}
		}).again(),
		say(`notice at least LENGTH [, when longer than LENGTH | , when at most LENGTH]`, `notice at least 5 business days`, lowerNotice).again(),
		say(`limit LENGTH each PERIOD, the excess is downtime`, `limit 8 h each calendar month, the excess is downtime`,
			func(l *lowering, m *sla.MaintenanceRule, n *limitLine) {
				if l.declare(l.sub("limit", string(n.Each.v)), n.Length.at, "limit each "+string(n.Each.v)) {
					m.Limits = append(m.Limits, sla.MaintenanceLimit{Length: n.Length.v, Each: n.Each.v})
				}
			}).again(),
		acceptForm[sla.MaintenanceRule](),
	}}
}

type windowLine struct {
	Days  days   `parser:"'window' 'every' @@"`
	More  []days `parser:"( ',' @@ )*"`
	Hours hours  `parser:"@@"`
	Zone  *name  `parser:"( 'in' @@ )?"`
}

type noticeLine struct {
	Length length  `parser:"'notice' 'at' 'least' @@"`
	Beyond *length `parser:"( ',' 'when' ( 'longer' 'than' @@"`
	Upto   *length `parser:"| 'at' 'most' @@ ) )?"`
}

func lowerNotice(l *lowering, m *sla.MaintenanceRule, n *noticeLine) {
	if n.Beyond == nil && n.Upto == nil {
		if l.declare(l.sub("notice"), n.Length.at, "notice") {
			m.Notice = &n.Length.v
		}
		return
	}
	when := "upto"
	if n.Beyond != nil {
		when = "beyond"
	}
	if l.declare(l.sub("notice", when), n.Length.at, "notice") {
		m.Notices = append(m.Notices, sla.DependentNotice{Notice: n.Length.v, Beyond: lengthPtr(n.Beyond), Upto: lengthPtr(n.Upto)})
	}
}

type limitLine struct {
	Length length `parser:"'limit' @@"`
	Each   window `parser:"'each' @@ ',' 'the' 'excess' 'is' 'downtime'"`
}

type exclusionsHead struct {
	Head bool `parser:"@'exclusions'"`
}

func exclusionsForm() *form[sla.Contract] {
	return open(`exclusions { … }`, `exclusions {`,
		func(l *language) *scope[sla.Exclusions] { return l.exclusions },
		func(_ *lowering, c *sla.Contract, _ *exclusionsHead) (string, *sla.Exclusions, func()) {
			e := &sla.Exclusions{}
			return "exclusions", e, func() { c.Exclusions = e }
		})
}

func exclusionsScope() *scope[sla.Exclusions] {
	return &scope[sla.Exclusions]{key: "exclusions", forms: []*form[sla.Exclusions]{
		say(`proof of CAUSE, … by PARTY within LENGTH of the end of the outage, otherwise the time counts`,
			`proof of customer-cause by provider within 5 business days of the end of the outage, otherwise the time counts`, lowerProof).again(),
		say(`effect leaves both | leaves downtime only`, `effect leaves both`, func(_ *lowering, e *sla.Exclusions, n *effectLine) {
			e.Effect = sla.LeavesBoth
			if n.DowntimeOnly {
				e.Effect = sla.LeavesDowntime
			}
		}),
		say(`judged only if at least LENGTH of agreed time remain`, `judged only if at least 100 h of agreed time remain`,
			func(_ *lowering, e *sla.Exclusions, n *judgedOnlyLine) { e.JudgedOnlyIf = &n.Length.v }),
		acceptForm[sla.Exclusions](),
	}, other: say(`CAUSE "…"`, `force-majeure "Article 1218 du Code civil"`, func(l *lowering, e *sla.Exclusions, n *causeLine) {
		if l.declare(l.sub(n.Name.text), n.Name.at, n.Name.text) {
			e.Causes = append(e.Causes, sla.Cause{Name: n.Name.text, Text: n.Text.text})
		}
	}).again(), suits: func(t []token) bool { return len(t) > 1 && t[0].kind == tokWord && t[1].kind == tokText }}
}

type causeLine struct {
	Name name `parser:"@@"`
	Text text `parser:"@@"`
}

type proofLine struct {
	First  name   `parser:"'proof' 'of' @@"`
	More   []name `parser:"( ',' @@ )*"`
	By     name   `parser:"'by' @@"`
	Within length `parser:"'within' @@ 'of' 'the' 'end' 'of' 'the' 'outage' ',' 'otherwise' 'the' 'time' 'counts'"`
}

func lowerProof(l *lowering, e *sla.Exclusions, n *proofLine) {
	p := sla.ProofRule{By: n.By.text, Within: n.Within.v}
	l.at(l.sub("proof-by", n.By.text), n.By.at)
	for _, of := range append([]name{n.First}, n.More...) {
		if l.declare(l.sub("proof", of.text), of.at, "proof of "+of.text) {
			p.Of = append(p.Of, of.text)
		}
	}
	e.Proofs = append(e.Proofs, p)
}

type effectLine struct {
	Both         bool `parser:"'effect' 'leaves' ( @'both'"`
	DowntimeOnly bool `parser:"| @( 'downtime' 'only' ) )"`
}

type judgedOnlyLine struct {
	Length length `parser:"'judged' 'only' 'if' 'at' 'least' @@ 'of' 'agreed' 'time' 'remain'"`
}

type objectiveHead struct {
	Name    name         `parser:"'objective' @@"`
	Each    bool         `parser:"'of' ( @( 'each' 'service' )"`
	Tier    *name        `parser:"| 'tier' @@"`
	Prio    []name       `parser:"( 'priority' @@ )?"`
	Service *name        `parser:"| @@ )"`
	Parts   *name        `parser:"( 'for' 'each' @@ )?"`
	More    []headerMore `parser:"( ',' @@ )*"`
}

type headerMore struct {
	ForEach *name `parser:"'for' 'each' @@"`
	Prio    *name `parser:"| @@"`
}

func objectiveForm() *form[sla.Contract] {
	return open(`objective NAME of SERVICE [for each PART] | each service | tier TIER [priority PRIORITY, …] [, for each service] { … }`, `objective erp-availability of erp {`,
		func(l *language) *scope[sla.Objective] { return l.objective },
		func(l *lowering, c *sla.Contract, n *objectiveHead) (string, *sla.Objective, func()) {
			o := &sla.Objective{Name: n.Name.text, Scope: sla.ObjectiveScope{Service: nameText(n.Service), Tier: nameText(n.Tier)}}
			if n.Each {
				o.ForEach = "service"
			}
			ok := l.declare(o.Name, n.Name.at, "objective "+o.Name)
			for _, of := range []*name{n.Service, n.Tier} {
				if of != nil {
					l.at(o.Name+"/of", of.at)
				}
			}
			prios := n.Prio
			if n.Parts != nil {
				n.More = append(n.More, headerMore{ForEach: n.Parts})
			}
			for _, m := range n.More {
				switch {
				case m.ForEach != nil:
					o.ForEach = m.ForEach.text
					l.at(o.Name+"/for-each", m.ForEach.at)
				case m.Prio != nil:
					prios = append(prios, *m.Prio)
				}
			}
			for _, p := range prios {
				o.Scope.Priorities = append(o.Scope.Priorities, p.text)
				l.at(o.Name+"/priority/"+p.text, p.at)
			}
			if !ok {
				return o.Name, o, nil
			}
			return o.Name, o, func() {
				l.targetUnit(o)
				c.Objectives = append(c.Objectives, *o)
			}
		}).again()
}

func objectiveScope() *scope[sla.Objective] {
	return &scope[sla.Objective]{key: "objective", forms: append(predicateForms(), []*form[sla.Objective]{
		say(`measure availability | downtime | number of outages|failed EVENTS|late MEASURE|tickets with MEASURE | share of good EVENTS | share of MEASURE in time | average survey score`+
			` | average score of EVENTS | average|median|maximum|minimum|total NAME | percentile NUMBER of NAME | value of NAME | verdict each PERIOD [during CALENDAR]`+
			` [, at least NUMBER EVENTS] [, averaged over LENGTH slots] [, pooled|averaged over PARTS] [, lowest|highest among PARTS] [, counted when started] [, averaged with the month before] [, rounded to NUMBER decimals [half up|half even|up|down]] [, truncated to NUMBER decimals]`,
			`measure availability each calendar month during always`, lowerMeasure),
		say(`source outages|checks|answers|tickets "…" [every LENGTH] [one by one] | EVENTS ["…"] counted every LENGTH | EVENTS ["…"] one by one | samples|values of NAME in UNIT ["…"] [every LENGTH]`, `source outages "Centreon erp-https"`, lowerSource).again(),
		say(`down after NUMBER failed checks, counted from the first|last`, `down after 3 failed checks, counted from the first`, lowerDown),
		countForm(),
		say(`without data, the time is up|down|left out | EVENTS, a slot is up|down|left out | a PERIOD before, the first is alone|not measured`,
			`without requests, a slot is up`, lowerWithout).again(),
		say(`outside life, the time is up|left out`, `outside life, the time is up`, func(l *lowering, o *sla.Objective, n *outsideLine) {
			if l.choice(n.Life, "outside", "life") && n.Up {
				o.Without.Life = sla.AssumedUp
			}
		}),
		say(`target OPERATOR SHARE|LENGTH|NUMBER | OPERATOR NUMBER out of NUMBER | as in tier TIER [, or at most NUMBER late when fewer than NUMBER tickets]`,
			`target at least 99.50%`, lowerTarget),
		say(`exclude CAUSE, CAUSE, … [, down or not]`, `exclude planned-maintenance, force-majeure`, lowerExclude).again(),
		say(`warn at SHARE of the allowed downtime`, `warn at 75% of the allowed downtime`, func(l *lowering, o *sla.Objective, n *warnLine) {
			if l.declare(l.sub("warn", n.At.v.String()), n.At.at, "warn at "+n.At.v.String()) {
				o.Warn = append(o.Warn, n.At.v)
			}
		}).again(),
		creditForm(),
		plusForm(),
		objectiveCapForm(),
		objectiveFloorForm(),
		repeatForm(),
		toleranceForm(),
		startUpForm(),
		missingDataForm(),
		minimumForm(),

		say(`report only  `, `report only`, func(_ *lowering, o *sla.Objective, _ *reportOnlyLine) { o.ReportOnly = true }),
		say(`so that  [LANGUAGE] "…"`, `so that fr "La production ne s'arrête pas"`, func(l *lowering, o *sla.Objective, n *soThatLine) {
			if l.declare(l.sub("so-that", nameText(n.Text.Lang)), n.Text.Text.at, "so that") {
				o.SoThat = append(o.SoThat, n.Text.value())
			}
		}).again(),
		acceptForm[sla.Objective](),
	}...)}
}

type reportOnlyLine struct {
	Only bool `parser:"'report' @'only'"`
}

type soThatLine struct {
	Text langText `parser:"'so' 'that' @@"`
}

type warnLine struct {
	At share `parser:"'warn' 'at' @@ 'of' 'the' 'allowed' 'downtime'"`
}

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
	Window       window             `parser:"'each' @@"`
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
	Lowest    *name           `parser:"| 'lowest' 'among' @@"`
	Highest   *name           `parser:"| 'highest' 'among' @@"`
	Started   bool            `parser:"| @( 'counted' 'when' 'started' )"`
	Rounded   *measureRounded `parser:"| @@"`
	Truncated *count          `parser:"| 'truncated' 'to' @@ ( 'decimals' | 'decimal' )"`
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

func (q *measureQualifier) into(l *lowering, m *sla.Measure) {
	switch {
	case q.AtLeast != nil:
		m.AtLeast = q.AtLeast.N.n
	case q.Averaged != nil && q.Averaged.Slots != nil:
		m.Slots = &q.Averaged.Slots.v
	case q.Averaged != nil && q.Averaged.Month != nil:
		if l.choice(q.Averaged.Month.name, "averaged with", lastWord(string(m.Window))) {
			m.WithBefore = true
			l.at(l.sub("measure", "with-before"), q.Averaged.Month.at)
		}
	case q.Averaged != nil:
		l.join(m, sla.JoinAverage, q.Averaged.Over)
	case q.Pooled != nil:
		l.join(m, sla.JoinPooled, q.Pooled)
	case q.Lowest != nil:
		l.join(m, sla.JoinLowest, q.Lowest)
	case q.Highest != nil:
		l.join(m, sla.JoinHighest, q.Highest)
	case q.Started:
		m.ByStart = true
	case q.Rounded != nil:
		m.Rounded = q.Rounded.value(l)
		l.at(l.sub("measure", "rounded"), q.Rounded.Places.at)
	case q.Truncated != nil:
		m.Rounded = &sla.Rounded{Decimals: q.Truncated.n, Mode: credits.Down}
		l.at(l.sub("measure", "rounded"), q.Truncated.at)
	}
}

func (l *lowering) join(m *sla.Measure, kind sla.JoinKind, over *name) {
	l.at(l.sub("measure", "over"), over.at)
	m.Join = &sla.Join{Kind: kind, Over: over.text}
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

type withoutLine struct {
	Before *withoutBefore `parser:"'without' ( 'a' @@"`
	What   *withoutWhat   `parser:"| @@ )"`
}

type withoutBefore struct {
	Unit  name `parser:"@@ 'before'"`
	Alone bool `parser:"',' 'the' 'first' 'is' ( @'alone'"`
	Not   bool `parser:"| @( 'not' 'measured' ) )"`
}

type withoutWhat struct {
	What    name `parser:"@@ ','"`
	Time    bool `parser:"( 'the' @'time' | 'a' 'slot' ) 'is'"`
	Assumed name `parser:"@@"`
	Out     bool `parser:"@'out'?"`
}

// lowerWithout reads what is assumed: without data, without events, without a
// window before.
func lowerWithout(l *lowering, o *sla.Objective, n *withoutLine) {
	if n.Before != nil {
		if l.declare(l.sub("without", "before"), n.Before.Unit.at, "without a window before") {
			o.Measure.Alone = n.Before.Alone
		}
		return
	}
	w := n.What
	if !l.choice(w.Assumed, "assumed", "up", "down", "left") {
		return
	}
	as := sla.Assumed(w.Assumed.text)
	if w.Assumed.text == "left" {
		as = sla.AssumedLeftOut
	}
	if w.What.text == "data" {
		o.Without.Data = as
	} else {
		o.Without.Events = as
		l.at(l.sub("without", "events"), w.What.at)
	}
}

type outsideLine struct {
	Life name `parser:"'outside' @@ ',' 'the' 'time' 'is'"`
	Up   bool `parser:"( @'up'"`
	Out  bool `parser:"| @( 'left' 'out' ) )"`
}

type downLine struct {
	After count `parser:"'down' 'after' @@ 'failed' 'checks' ',' 'counted' 'from' 'the'"`
	From  name  `parser:"@@"`
}

func lowerDown(l *lowering, o *sla.Objective, n *downLine) {
	l.at(l.sub("down"), n.After.at)
	if l.choice(n.From, "down", "first", "last") {
		o.Down = &sla.DownRule{After: n.After.n, FromFirst: n.From.text == "first"}
	}
}

type targetLine struct {
	AsIn  *name        `parser:"'target' ( 'as' 'in' 'tier' @@"`
	Level *targetLevel `parser:"| @@ )"`
	Small *smallVolume `parser:"( ',' @@ )?"`
}

type targetLevel struct {
	Op    targetOp     `parser:"@@"`
	Score *scoreTarget `parser:"( @@"`
	Level *level       `parser:"| @@ )"`
}

// scoreTarget reads `4.2 out of 5`.
type scoreTarget struct {
	Value scoreValue `parser:"@@ 'out' 'of'"`
	OutOf number     `parser:"@@"`
}

type smallVolume struct {
	Late  count `parser:"'or' 'at' 'most' @@ 'late'"`
	Fewer count `parser:"'when' 'fewer' 'than' @@ 'tickets'"`
}

func lowerTarget(l *lowering, o *sla.Objective, n *targetLine) {
	t := &sla.Target{}
	switch {
	case n.AsIn != nil:
		t.AsInTier = n.AsIn.text
		l.at(l.sub("target"), n.AsIn.at)
	case n.Level.Score != nil:
		t.Op, t.Score = n.Level.Op.v, &sla.Score{Value: n.Level.Score.Value.v, OutOf: n.Level.Score.OutOf.v}
		l.at(l.sub("target"), n.Level.Score.Value.at)
	default:
		v := n.Level.Level
		t.Op, t.Share, t.Time, t.Number = n.Level.Op.v, v.share, v.time, v.number
		l.at(l.sub("target"), v.at)
	}
	if n.Small != nil {
		t.SmallVolume = &sla.SmallVolume{AtMostLate: n.Small.Late.n, FewerThan: n.Small.Fewer.n}
	}
	o.Target = t
}

// targetUnit reports a time, or a number without a unit, where a share is
// measured: then the percent sign was forgotten.
func (l *lowering) targetUnit(o *sla.Objective) {
	t := o.Target
	if t == nil || t.Number == nil && t.Time == nil || o.Measure.Kind != sla.MeasureAvailability && o.Measure.Kind != sla.MeasureShareInTime {
		return
	}
	at := l.places[o.Name+"/target"]
	found := l.src.text[at.from:at.to]
	p := (&problem{code: codeUnitMismatch, place: at, clause: o.Name}).with(
		sla.Prose("found", found), sla.Phrase("is", "kind length"), sla.Phrase("expected", "value share"))
	if t.Number != nil {
		found, _, _ = strings.Cut(found, " ")
		number := place{at.from, at.from + len(found)}
		p = (&problem{code: codeUnitMissing, place: number, clause: o.Name}).with(
			sla.Prose("found", found), sla.Phrase("expected", "value share")).fixed(number, found+"%")
	}
	l.add(p)
	l.broken[o.Name+"/target"] = true
	o.Target = nil
}

type excludeLine struct {
	First name          `parser:"'exclude' @@"`
	More  []excludeMore `parser:"( ',' @@ )*"`
}

type excludeMore struct {
	DownOrNot bool  `parser:"@( 'down' 'or' 'not' )"`
	Cause     *name `parser:"| @@"`
}

func lowerExclude(l *lowering, o *sla.Objective, n *excludeLine) {
	causes, downOrNot := []name{n.First}, false
	for _, m := range n.More {
		downOrNot = downOrNot || m.DownOrNot
		if m.Cause != nil {
			causes = append(causes, *m.Cause)
		}
	}
	for _, c := range causes {
		if l.declare(l.sub("exclude", c.text), c.at, "exclude "+c.text) {
			o.Exclude = append(o.Exclude, c.text)
			if downOrNot {
				o.AwayDown = append(o.AwayDown, c.text)
			}
		}
	}
}
