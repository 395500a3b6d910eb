package dsl

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

type clocksHead struct {
	Head name   `parser:"@@"`
	Of   []name `parser:"( 'of' @@ ( ',' @@ )* )?"`
}

func clocksForm() *form[sla.Contract] {
	return open(`clocks  [of MEASURE, …] { … }`, `clocks {`,
		func(l *language) *scope[sla.Clocks] { return l.clocks },
		func(l *lowering, c *sla.Contract, n *clocksHead) (string, *sla.Clocks, func()) {
			k := &sla.Clocks{}
			if len(n.Of) == 0 {
				if !l.declare("clocks", n.Head.at, "clocks") {
					return "clocks", k, nil
				}
				return "clocks", k, func() { c.Clocks = k }
			}
			for _, of := range n.Of {
				k.Of = append(k.Of, of.text)
			}
			id := "clocks/of/" + k.Of[0]
			if !l.declare(id, n.Of[0].at, "clocks of "+k.Of[0]) {
				return id, k, nil
			}
			return id, k, func() { c.ClocksOf = append(c.ClocksOf, *k) }
		}).again()
}

func clocksScope() *scope[sla.Clocks] {
	return &scope[sla.Clocks]{key: "clocks", forms: []*form[sla.Clocks]{
		say(`source tickets "…"`, `source tickets "GLPI"`, func(_ *lowering, k *sla.Clocks, n *clockSourceLine) { k.Source = n.Name.text }),
		say(`start when received [by CHANNEL, … or|and CHANNEL] [, at the latest when recorded by PARTY]|EVENT [by|to NAME]`,
			`start when received by phone, portal or monitoring, at the latest when recorded by provider`, lowerClockStart),
		say(`pause while STATE, … [, with a note] [, at most LENGTH in total|each time]`, `pause while waiting-on-customer, with a note, at most 165 h in total`, lowerPause).again(),
		say(`never pause  while STATE, …`, `never pause while waiting-on-supplier`, lowerNeverPause),
		say(`run only  while STATE, …`, `run only while waiting-on-provider`, lowerRunOnly),
		say(`cancel when EVENT, … or EVENT`, `cancel when duplicate or withdrawn`, lowerCancel),
		say(`reopen within LENGTH continues the same clock|restarts|starts a new clock [, the time while restored counts|does not count]`,
			`reopen within 5 business days continues the same clock, the time while restored does not count`, lowerReopen),
		say(`change of priority|tier|site|clock|amendment, … applies from receipt|from the change|the strictest|the first`, `change of priority, tier or site applies from receipt`, lowerChange).again(),
		say(`counted when decided|received|closed`, `counted when decided`, lowerCounted),
		say(`judged each PERIOD [, for each service]`, `judged each calendar month, for each service`, lowerJudged),
		say(`warn at SHARE of MEASURE|the target [to PARTY]`, `warn at 75% of restore to provider`, lowerTicketWarn).again(),
		acceptForm[sla.Clocks](),
	}, other: meansForm(), suits: func(t []token) bool { return len(t) > 1 && t[0].kind == tokWord && t[1].value == "means" }}
}

type clockSourceLine struct {
	Name text `parser:"'source' 'tickets' @@"`
}

type clockStartLine struct {
	Received bool             `parser:"'start' 'when' ( @'received'"`
	First    *name            `parser:"( 'by' @@"`
	More     []clockStartMore `parser:"@@* )?"`
	Event    *name            `parser:"| @@"`
	By       *name            `parser:"( ( 'by' | 'to' ) @@ )? )"`
}

type clockStartMore struct {
	Or   *name           `parser:"'or' @@"`
	And  *name           `parser:"| 'and' @@"`
	Then *clockStartThen `parser:"| ',' @@"`
}

type clockStartThen struct {
	Recorded *name `parser:"'at' 'the' 'latest' 'when' 'recorded' 'by' @@"`
	Channel  *name `parser:"| @@"`
}

func lowerClockStart(l *lowering, k *sla.Clocks, n *clockStartLine) {
	s := &sla.ClockStart{}
	l.places[l.sub("start")] = l.places[l.id]
	if n.Event != nil {
		s.Event = n.Event.text
		l.at(l.sub("start"), n.Event.at)
	}
	if n.By != nil {
		s.Party = n.By.text
		l.at(l.sub("start", "party"), n.By.at)
	}
	if n.First != nil {
		s.Channels = append(s.Channels, n.First.text)
		l.at(l.sub("start"), n.First.at)
	}
	for _, m := range n.More {
		switch {
		case m.Or != nil:
			s.Channels = append(s.Channels, m.Or.text)
		case m.And != nil:
			s.Channels, s.All = append(s.Channels, m.And.text), true
		case m.Then.Recorded != nil:
			s.RecordedBy = m.Then.Recorded.text
			l.at(l.sub("start", "recorded-by"), m.Then.Recorded.at)
		default:
			s.Channels = append(s.Channels, m.Then.Channel.text)
		}
	}
	k.Start = s
}

type runOnlyLine struct {
	States []name `parser:"'run' 'only' 'while' @@ ( ',' @@ )*"`
}

func lowerRunOnly(l *lowering, k *sla.Clocks, n *runOnlyLine) {
	for _, s := range n.States {
		if l.declare(l.sub("run-only", s.text), s.at, "run only while "+s.text) {
			k.RunOnly = append(k.RunOnly, s.text)
		}
	}
}

type cancelLine struct {
	Events []name `parser:"'cancel' 'when' @@ ( ( ',' | 'or' ) @@ )*"`
}

func lowerCancel(l *lowering, k *sla.Clocks, n *cancelLine) {
	for _, e := range n.Events {
		if l.declare(l.sub("cancel", e.text), e.at, "cancel when "+e.text) {
			k.CancelWhen = append(k.CancelWhen, e.text)
		}
	}
}

type pauseLine struct {
	State name             `parser:"'pause' 'while' @@"`
	Quals []pauseQualifier `parser:"( ',' @@ )*"`
}

type pauseQualifier struct {
	Note   bool        `parser:"@( 'with' 'a' 'note' )"`
	AtMost *pauseLimit `parser:"| 'at' 'most' @@"`
	State  *name       `parser:"| @@"`
}

type pauseLimit struct {
	Length   length `parser:"@@"`
	EachTime bool   `parser:"( 'in' 'total' | @( 'each' 'time' ) )?"`
}

func lowerPause(l *lowering, k *sla.Clocks, n *pauseLine) {
	p, id := sla.Pause{States: []string{n.State.text}}, l.sub("pause", n.State.text)
	for _, q := range n.Quals {
		switch {
		case q.Note:
			p.WithNote = true
		case q.AtMost != nil:
			p.AtMost, p.EachTime = &q.AtMost.Length.v, q.AtMost.EachTime
			l.at(id+"/at-most", q.AtMost.Length.at)
		default:
			p.States = append(p.States, q.State.text)
		}
	}
	if l.declare(id, n.State.at, "pause while "+n.State.text) {
		k.Pauses = append(k.Pauses, p)
	}
}

type neverPauseLine struct {
	First name   `parser:"'never' 'pause' 'while' @@"`
	More  []name `parser:"( ',' @@ )*"`
}

func lowerNeverPause(l *lowering, k *sla.Clocks, n *neverPauseLine) {
	for _, s := range append([]name{n.First}, n.More...) {
		if l.declare(l.sub("never-pause", s.text), s.at, "never pause while "+s.text) {
			k.NeverPause = append(k.NeverPause, s.text)
		}
	}
}

type reopenLine struct {
	Within   length          `parser:"'reopen' 'within' @@"`
	Same     bool            `parser:"( @( 'continues' 'the' 'same' 'clock' )"`
	Restarts bool            `parser:"| @'restarts'"`
	New      bool            `parser:"| @( 'starts' 'a' 'new' 'clock' ) )"`
	Restored *restoredCounts `parser:"( ',' 'the' 'time' 'while' 'restored' @@ )?"`
}

type restoredCounts struct {
	Counts bool `parser:"( @'counts' | 'does' 'not' 'count' )"`
}

func lowerReopen(l *lowering, k *sla.Clocks, n *reopenLine) {
	l.at(l.sub("reopen"), n.Within.at)
	k.Reopen = &sla.Reopen{Within: n.Within.v, Mode: sla.ReopenContinues}
	switch {
	case n.Restarts:
		k.Reopen.Mode = sla.ReopenRestarts
	case n.New:
		k.Reopen.Mode = sla.ReopenNew
	}
	k.Reopen.RestoredCounts = n.Restored != nil && n.Restored.Counts
}

type changeLine struct {
	First   name         `parser:"'change' 'of' @@"`
	More    []changeMore `parser:"@@*"`
	Receipt bool         `parser:"'applies' ( 'from' ( @'receipt'"`
	Change  bool         `parser:"| 'the' @'change' )"`
	Which   *name        `parser:"| 'the' @@ )"`
}

type changeMore struct {
	Comma *name `parser:"',' @@"`
	Or    *name `parser:"| 'or' @@"`
}

func lowerChange(l *lowering, k *sla.Clocks, n *changeLine) {
	r := sla.ChangeRule{Applies: calendar.FromReceipt}
	switch {
	case n.Change:
		r.Applies = calendar.FromChange
	case n.Which != nil:
		if !l.choice(*n.Which, "change", "strictest", "first") {
			return
		}
		r.Applies = calendar.ChangeRule("the " + n.Which.text)
	}
	all := []name{n.First}
	for _, m := range n.More {
		if m.Comma != nil {
			all = append(all, *m.Comma)
		} else {
			all = append(all, *m.Or)
		}
	}
	for _, of := range all {
		if l.choice(of, "change", "priority", "tier", "site", "clock", "amendment") && l.declare(l.sub("change", of.text), of.at, "change of "+of.text) {
			r.Of = append(r.Of, of.text)
		}
	}
	if len(r.Of) > 0 {
		k.Changes = append(k.Changes, r)
	}
}

type countedLine struct {
	When word `parser:"'counted' 'when' @@"`
}

func lowerCounted(l *lowering, k *sla.Clocks, n *countedLine) {
	if l.choice(n.When.name, "counted", "decided", "received", "closed") {
		k.Counted = sla.Counted(n.When.text)
	}
}

type judgedLine struct {
	Window  window `parser:"'judged' 'each' @@"`
	ForEach *name  `parser:"( ',' 'for' 'each' @@ )?"`
}

func lowerJudged(l *lowering, k *sla.Clocks, n *judgedLine) {
	l.at(l.sub("judged"), n.Window.at)
	k.Judged = &sla.Judged{Window: n.Window.v}
	if n.ForEach != nil && l.choice(*n.ForEach, "judged", "service") {
		k.Judged.ForEach = n.ForEach.text
	}
}

type ticketWarnLine struct {
	At     share `parser:"'warn' 'at' @@ 'of'"`
	Target bool  `parser:"( @( 'the' 'target' )"`
	Of     *name `parser:"| @@ )"`
	To     *name `parser:"( ','? 'to' @@ )?"`
}

func lowerTicketWarn(l *lowering, k *sla.Clocks, n *ticketWarnLine) {
	w := sla.TicketWarn{Share: n.At.v, Of: nameText(n.Of), To: nameText(n.To)}
	id := l.sub("warn", orElse(w.Of, "target"), n.At.v.String())
	if l.declare(id, n.At.at, "warn at "+n.At.v.String()) {
		l.at(id+"/of", n.At.at)
		k.Warn = append(k.Warn, w)
	}
}

type meansLine struct {
	Measure name             `parser:"@@ 'means'"`
	First   langText         `parser:"@@"`
	More    []meansQualifier `parser:"( ',' @@ )*"`
}

type langText struct {
	Lang *name `parser:"@@?"`
	Text text  `parser:"@@"`
}

type meansQualifier struct {
	Automatic  *countsOrNot `parser:"'an' 'automatic' ( 'reply' | 'action' ) @@"`
	Workaround *countsOrNot `parser:"| 'a' 'workaround' @@"`
	StopsAt    []name       `parser:"| 'stops' 'at' @@ ( 'or' @@ )*"`
	Text       *langText    `parser:"| @@"`
}

type countsOrNot struct {
	Counts bool `parser:"( @'counts' | 'does' 'not' 'count' )"`
}

func meansForm() *form[sla.Clocks] {
	return say(`MEASURE means [LANGUAGE] "…" [, an automatic reply counts|does not count] [, a workaround counts|does not count] [, stops at EVENT or EVENT]`,
		`respond means "a named engineer has answered", an automatic reply does not count`,
		func(l *lowering, k *sla.Clocks, n *meansLine) {
			m := sla.Means{Measure: n.Measure.text, Texts: []sla.Text{n.First.value()}}
			for _, q := range n.More {
				switch {
				case q.Automatic != nil:
					m.AutomaticCounts = q.Automatic.Counts
				case q.Workaround != nil:
					m.Workaround = &q.Workaround.Counts
				case len(q.StopsAt) > 0:
					for _, at := range q.StopsAt {
						m.StopsAt = append(m.StopsAt, at.text)
						l.at(l.sub("means", m.Measure, "stops-at", at.text), at.at)
					}
				default:
					m.Texts = append(m.Texts, q.Text.value())
				}
			}
			if l.declare(l.sub("means", m.Measure), n.Measure.at, m.Measure+" means") {
				k.Means = append(k.Means, m)
			}
		}).again()
}

func (t langText) value() sla.Text { return sla.Text{Lang: nameText(t.Lang), Text: t.Text.text} }
