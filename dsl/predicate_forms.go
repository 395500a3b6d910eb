package dsl

import (
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Predicates: when something is down, when an item has failed, what time and
// which items matter. One token tells the kind of a condition.

type predicate struct {
	First atom          `parser:"@@"`
	More  []atom        `parser:"( 'and' @@ )*"`
	For   *predicateRun `parser:"( ',' 'for' @@ )?"`
}

type predicateRun struct {
	Least bool    `parser:"( @( 'at' 'least' )"`
	More  bool    `parser:"| @( 'more' 'than' ) )"`
	Time  runTime `parser:"@@"`
}

// runTime is a number of slots or a length.
type runTime struct {
	slots  int
	length *calendar.Length
}

// Parse reads `2 slots` or `60 s`.
func (n *runTime) Parse(lx *lexer.PeekingLexer) error {
	ahead := *lx
	if kindOf(ahead.Next()) == tokNumber && (ahead.Peek().Value == "slots" || ahead.Peek().Value == "slot") {
		var c count
		if err := c.Parse(lx); err != nil {
			return err
		}
		lx.Next()
		n.slots = c.n
		return nil
	}
	var v length
	err := v.Parse(lx)
	n.length = &v.v
	return err
}

type atom struct {
	Rate       *levelTest  `parser:"'error' 'rate' @@"`
	Failed     *failedAtom `parser:"| 'failed' @@"`
	Every      *partsAtom  `parser:"| 'all' @@"`
	Any        *partsAtom  `parser:"| 'any' @@"`
	More       *countAtom  `parser:"| 'more' 'than' @@"`
	Least      *countAtom  `parser:"| 'at' 'least' @@"`
	Unfinished bool        `parser:"| @'unfinished'"`
	Not        *name       `parser:"| 'not' @@"`
	Named      *namedAtom  `parser:"| @@"`
}

type levelTest struct {
	Op    operator `parser:"@@"`
	Level level    `parser:"@@"`
}

// A namedTest compares an attribute with a level, with a word among some that
// are in order, or with the limit set for the item.
type namedTest struct {
	Op    operator `parser:"@@"`
	Limit bool     `parser:"( @( 'its' 'limit' )"`
	Level *level   `parser:"| @@"`
	Word  *name    `parser:"| @@ )"`
}

func (t *namedTest) into(a *sla.Atom) {
	a.Op, a.ItsLimit, a.Word = t.Op.v, t.Limit, nameText(t.Word)
	if t.Level != nil {
		a.Share, a.Time, a.Number = t.Level.share, t.Level.time, t.Level.number
	}
}

type failedAtom struct {
	Event name      `parser:"@@"`
	Level levelTest `parser:"@@"`
}

type partsAtom struct {
	Parts name `parser:"@@"`
	State word `parser:"@@"`
}

type countAtom struct {
	N     *count    `parser:"( @@"`
	Share *share    `parser:"| @@ 'of' )"`
	Parts partsAtom `parser:"@@"`
}

type namedAtom struct {
	Name  name       `parser:"@@"`
	Is    *isAtom    `parser:"( 'is' @@"`
	Level *namedTest `parser:"| @@ )?"`
}

type isAtom struct {
	Below  bool   `parser:"( @( 'below' 'minimum' )"`
	Not    bool   `parser:"| @'not'?"`
	First  name   `parser:"( @@"`
	Number *count `parser:"| @@ )"`
	More   []or   `parser:"( 'or' @@ )* )"`
}

type or struct {
	Name   *name  `parser:"@@"`
	Number *count `parser:"| @@"`
}

// at is where a predicate begins to say something of its own.
func (n *predicate) at() place {
	a := &n.First
	switch {
	case a.Rate != nil:
		return a.Rate.Level.at
	case a.Failed != nil:
		return a.Failed.Event.at
	case a.Every != nil:
		return a.Every.Parts.at
	case a.Any != nil:
		return a.Any.Parts.at
	case a.More != nil:
		return a.More.Parts.Parts.at
	case a.Least != nil:
		return a.Least.Parts.Parts.at
	case a.Not != nil:
		return a.Not.at
	case a.Named != nil:
		return a.Named.Name.at
	}
	return place{}
}

func (n *predicate) value(l *lowering) sla.Predicate {
	p := sla.Predicate{All: []sla.Atom{n.First.value(l)}}
	for i := range n.More {
		p.All = append(p.All, n.More[i].value(l))
	}
	if f := n.For; f != nil {
		p.For = &sla.PredicateRun{Longer: f.More, Slots: f.Time.slots, Length: f.Time.length}
	}
	return p
}

func (t *levelTest) into(a *sla.Atom) {
	a.Op, a.Share, a.Time, a.Number = t.Op.v, t.Level.share, t.Level.time, t.Level.number
}

func (n *atom) value(l *lowering) sla.Atom {
	a := sla.Atom{}
	switch {
	case n.Rate != nil:
		a.Kind = sla.AtomErrorRate
		n.Rate.into(&a)
	case n.Failed != nil:
		a.Kind, a.Name = sla.AtomFailed, n.Failed.Event.text
		n.Failed.Level.into(&a)
	case n.Every != nil:
		a.Every = true
		n.Every.into(l, &a)
	case n.Any != nil:
		a.Any = true
		n.Any.into(l, &a)
	case n.More != nil:
		a.Op = credits.Above
		n.More.into(l, &a)
	case n.Least != nil:
		a.Op = credits.AtLeast
		n.Least.into(l, &a)
	case n.Unfinished:
		a.Kind = sla.AtomUnfinished
	case n.Not != nil:
		a.Kind, a.Name, a.Not = sla.AtomFlag, n.Not.text, true
	case n.Named != nil:
		n.Named.into(&a)
	}
	return a
}

func (n *partsAtom) into(l *lowering, a *sla.Atom) {
	a.Kind, a.Name = sla.AtomParts, n.Parts.text
	if l.choice(n.State.name, "parts", "down", "run") {
		a.State = sla.PartState(n.State.text)
	}
}

func (n *countAtom) into(l *lowering, a *sla.Atom) {
	if n.Share != nil {
		a.Share = &n.Share.v
	} else {
		a.Count = n.N.n
	}
	n.Parts.into(l, a)
}

func (n *namedAtom) into(a *sla.Atom) {
	a.Name = n.Name.text
	switch {
	case n.Level != nil:
		a.Kind = sla.AtomQuantity
		n.Level.into(a)
	case n.Is == nil:
		a.Kind = sla.AtomFlag
	case n.Is.Below:
		a.Kind = sla.AtomBelowMinimum
	case n.Is.First.text == "missed" && len(n.Is.More) == 0:
		a.Kind = sla.AtomMissed
	default:
		a.Kind, a.Not = sla.AtomIs, n.Is.Not
		a.Values = n.Is.values()
	}
}

func (n *isAtom) values() []string {
	out := []string{n.First.text}
	if n.Number != nil {
		out[0] = strconv.Itoa(n.Number.n)
	}
	for _, m := range n.More {
		if m.Number != nil {
			out = append(out, strconv.Itoa(m.Number.n))
		} else {
			out = append(out, m.Name.text)
		}
	}
	return out
}

type downWhenLine struct {
	Predicate predicate `parser:"'down' 'when' @@"`
}

type failedWhenLine struct {
	Predicate predicate `parser:"'failed' 'when' @@"`
}

type scoreLine struct {
	Score number    `parser:"'score' @@"`
	When  predicate `parser:"'when' @@"`
}

type onlyLine struct {
	While *predicate `parser:"'only' ( 'while' @@"`
	When  *predicate `parser:"| 'when' @@ )"`
}

type missedWhenLine struct {
	Objective name   `parser:"'missed' 'when' @@ 'is' 'missed'"`
	And       []name `parser:"( 'and' @@ 'is' 'missed' )*"`
}

type upLine struct {
	After count `parser:"'up' 'after' @@ 'good' 'checks' ',' 'counted' 'from' 'the'"`
	From  name  `parser:"@@"`
}

// predicateForms are the lines of an objective that hold conditions.
func predicateForms() []*form[sla.Objective] {
	const conditions = `error rate OPERATOR SHARE | [failed] EVENTS OPERATOR NUMBER | NAME OPERATOR LEVEL|WORD|its limit | all|any|more than N|at least N PARTS down|run | NAME is WORD or … | OBJECTIVE is missed|below minimum [and …]`
	return []*form[sla.Objective]{
		say(`down when  `+conditions+` [, for at least|more than N slots|LENGTH]`, `down when error rate above 5% and requests at least 20`,
			func(l *lowering, o *sla.Objective, n *downWhenLine) {
				p := n.Predicate.value(l)
				if l.declare(l.sub("down-when", sla.Slug(p.String())), n.Predicate.at(), "down when") {
					o.DownWhen = append(o.DownWhen, p)
				}
			}).again(),
		say(`up after  NUMBER good checks, counted from the first|last`, `up after 5 good checks, counted from the first`,
			func(l *lowering, o *sla.Objective, n *upLine) {
				l.at(l.sub("up"), n.After.at)
				if l.choice(n.From, "up", "first", "last") {
					o.Up = &sla.DownRule{After: n.After.n, FromFirst: n.From.text == "first"}
				}
			}),
		say(`failed when  `+conditions, `failed when latency above 2 s`, func(l *lowering, o *sla.Objective, n *failedWhenLine) {
			p := n.Predicate.value(l)
			if l.declare(l.sub("failed-when", sla.Slug(p.String())), n.Predicate.at(), "failed when") {
				o.FailedWhen = append(o.FailedWhen, p)
			}
		}).again(),
		say(`score NUMBER when CONDITION`, `score 0.5 when latency at most 10 s`, func(l *lowering, o *sla.Objective, n *scoreLine) {
			if l.declare(l.sub("score", n.Score.v.String()), n.Score.at, "score "+n.Score.v.String()) {
				when := n.When.value(l)
				l.at(l.sub("score", sla.Slug(when.String())), n.When.at())
				o.Scores = append(o.Scores, sla.ScoreRule{Score: n.Score.v, When: when})
			}
		}).again(),
		say(`only while CONDITION | when CONDITION`, `only while at least 2 zones run`, func(l *lowering, o *sla.Objective, n *onlyLine) {
			line, list, kind := n.While, &o.OnlyWhile, "only-while"
			if line == nil {
				line, list, kind = n.When, &o.OnlyWhen, "only-when"
			}
			p := line.value(l)
			if l.declare(l.sub(kind, sla.Slug(p.String())), line.at(), "only") {
				*list = append(*list, p)
			}
		}).again(),
		say(`missed when  OBJECTIVE is missed [and OBJECTIVE is missed …]`, `missed when erp-availability is missed`, lowerMissedWhen).again(),
	}
}

func lowerMissedWhen(l *lowering, o *sla.Objective, n *missedWhenLine) {
	all := []string{n.Objective.text}
	for _, more := range n.And {
		all = append(all, more.text)
		l.at(l.sub("missed", more.text), more.at)
	}
	if !l.declare(l.sub("missed", strings.Join(all, "-and-")), n.Objective.at, "missed when "+strings.Join(all, " and ")) {
		return
	}
	l.at(l.sub("missed", n.Objective.text), n.Objective.at)
	if len(all) == 1 {
		o.MissedWhen = append(o.MissedWhen, all[0])
		return
	}
	o.MissedTogether = append(o.MissedTogether, all)
}
