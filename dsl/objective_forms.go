package dsl

import "github.com/sla-lang/sla/sla"

// Objectives: what is promised of a service, over what, from which facts.

type objectiveHead struct {
	Name    name         `parser:"'objective' @@"`
	Each    bool         `parser:"'of' ( @( 'each' 'service' )"`
	Tier    *name        `parser:"| 'tier' @@"`
	Prio    []name       `parser:"( 'priority' @@ )?"`
	Service *name        `parser:"| @@ )"`
	Apart   *name        `parser:"( 'for' 'each' @@ )?"`
	More    []headerMore `parser:"( ',' @@ )*"`
}

type headerMore struct {
	ForEach *name `parser:"'for' 'each' @@"`
	Prio    *name `parser:"| @@"`
}

func objectiveForm() *form[sla.Contract] {
	return open(`objective NAME of SERVICE [for each PART|ATTRIBUTE, …] | each service | tier TIER [priority PRIORITY, …] [, for each service] { … }`, `objective erp-availability of erp {`,
		func(l *language) *scope[sla.Objective] { return l.objective },
		func(l *lowering, c *sla.Contract, n *objectiveHead) (string, *sla.Objective, func()) {
			o := &sla.Objective{Name: n.Name.text, Scope: sla.ObjectiveScope{Service: nameText(n.Service), Tier: nameText(n.Tier)}}
			if n.Each {
				o.ForEach = "service"
			}
			id := l.sub(o.Name)
			ok := l.declare(id, n.Name.at, "objective "+o.Name)
			for _, of := range []*name{n.Service, n.Tier} {
				if of != nil {
					l.at(id+"/of", of.at)
				}
			}
			prios := n.Prio
			if n.Apart != nil {
				o.ForEach = n.Apart.text
				l.at(id+"/for-each", n.Apart.at)
			}
			for _, m := range n.More {
				switch {
				case m.ForEach != nil:
					o.ForEach = m.ForEach.text
					l.at(id+"/for-each", m.ForEach.at)
				case m.Prio != nil && n.Apart != nil:
					if l.declare(id+"/by/"+m.Prio.text, m.Prio.at, "for each "+m.Prio.text) {
						o.By = append(o.By, m.Prio.text)
					}
				case m.Prio != nil:
					prios = append(prios, *m.Prio)
				}
			}
			for _, p := range prios {
				o.Scope.Priorities = append(o.Scope.Priorities, p.text)
				l.at(id+"/priority/"+p.text, p.at)
			}
			if !ok {
				return id, o, nil
			}
			return id, o, func() {
				if cr := o.Credit; cr != nil && len(cr.Bands) == 0 {
					cr.Bands = l.bandsOfRanges(id+"/credit", o)
				}
				l.targetUnit(o)
				c.Objectives = append(c.Objectives, *o)
			}
		}).again()
}

func objectiveScope() *scope[sla.Objective] {
	return &scope[sla.Objective]{key: "objective", forms: append(predicateForms(), []*form[sla.Objective]{
		say(`measure availability | downtime | number of outages|failed EVENTS|late MEASURE|tickets with MEASURE | share of good EVENTS | share of MEASURE in time | average survey score`+
			` | average score of EVENTS | average|median|maximum|minimum|total NAME | percentile NUMBER of NAME | value of NAME | verdict each PERIOD|in any LENGTH [during CALENDAR]`+
			` [, at least NUMBER EVENTS] [, averaged over LENGTH slots] [, pooled|averaged over PARTS] [, weighted by NAME over PARTS] [, lowest|highest among PARTS] [, counted when started] [, averaged with the month before] [, rounded to NUMBER decimals [half up|half even|up|down]] [, truncated to NUMBER decimals]`,
			`measure availability each calendar month during always`, lowerMeasure),
		say(`source outages|checks|answers|tickets "…" [every LENGTH] [one by one] | EVENTS ["…"] counted every LENGTH | EVENTS ["…"] one by one | samples|values of NAME in UNIT ["…"] [every LENGTH]`, `source outages "Centreon erp-https"`, lowerSource).again(),
		scheduledForm(),
		startedForm(),
		endedForm(),
		say(`down after NUMBER failed checks, counted from the first|last`, `down after 3 failed checks, counted from the first`, lowerDown),
		countForm(),
		say(`without data, the time is up|down|left out | EVENTS, a slot is up|down|left out | a PERIOD before, the first is alone|not measured`,
			`without requests, a slot is up`, lowerWithout).again(),
		say(`outside life, the time is up|left out`, `outside life, the time is up`, func(l *lowering, o *sla.Objective, n *outsideLine) {
			if l.choice(n.Life, "outside", "life") && n.Up {
				l.at(l.sub("without", "life"), n.Life.at)
				o.Without.Life = sla.AssumedUp
			}
		}),
		judgedIfForm(),
		targetForm(),
		limitTableForm(),
		say(`exclude CAUSE, CAUSE, … [, down or not]`, `exclude planned-maintenance, force-majeure`, lowerExclude).again(),
		say(`warn at SHARE of the allowed downtime`, `warn at 75% of the allowed downtime`, func(l *lowering, o *sla.Objective, n *warnLine) {
			if l.declare(l.sub("warn", n.At.v.String()), n.At.at, "warn at "+n.At.v.String()) {
				o.Warn = append(o.Warn, n.At.v)
			}
		}).again(),
		creditForm(),
		plusForm(),
		orForm(),
		choiceForm(),
		objectiveCapForm(),
		objectiveFloorForm(),
		repeatForm(),
		toleranceForm(),
		startUpForm(),
		ratchetForm(),
		missingDataForm(),
		lateReportForm(),
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
		if l.declare(l.sub("without", "before"), n.Before.Unit.at, "without a window before") && l.choice(n.Before.Unit, "without a window before", lastWord(string(o.Measure.Window))) {
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
	switch {
	case w.What.text == "data":
		if l.declare(l.sub("without", "data"), w.What.at, "without data") {
			o.Without.Data = as
		}
	case l.declare(l.sub("without", "events"), w.What.at, "without events"):
		o.Without.Events = as
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
