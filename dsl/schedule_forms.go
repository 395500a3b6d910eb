package dsl

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Credit schedules: amount × base × count, by threshold or by table.

const creditPattern = `AMOUNT [of BASE] [for each THING] [OPERATOR LEVEL | when below the minimum | whether or not the target is missed] [, in proportion] [, then times QUANTITY] | ` +
	`share|times|days|money|UNIT [of BASE] [for each THING] { TABLE } | none ["…"]`

// creditForm is the credit line of an objective.
func creditForm() *form[sla.Objective] {
	return open(`credit `+creditPattern, `credit 10% of the fee of messaging below 97.50%`,
		func(l *language) *scope[sla.Credit] { return l.creditTable },
		func(l *lowering, o *sla.Objective, n *creditLine) (string, *sla.Credit, func()) {
			cr, id := &sla.Credit{}, l.sub("credit")
			n.lower(l, id, cr)
			return id, cr, func() { o.Credit = cr }
		}).bare()
}

// plusForm is a further component of the credit.
func plusForm() *form[sla.Objective] {
	return say(`plus AMOUNT [of BASE] [for each THING] [OPERATOR LEVEL]`, `plus 3% of the fee of erp for each whole 60 min of downtime`,
		func(l *lowering, o *sla.Objective, n *plusLine) {
			cr, id := &sla.Credit{}, l.sub("plus", strings.ReplaceAll(n.Rate.text(), " ", "-"))
			if l.declare(id, n.Rate.at, "plus "+n.Rate.text()) {
				n.creditBody.lower(l, id, cr)
				o.Plus = append(o.Plus, *cr)
			}
		}).again()
}

type creditLine struct {
	Head bool `parser:"@'credit'"`
	creditBody
}

type plusLine struct {
	Head bool `parser:"@'plus'"`
	creditBody
}

type creditBody struct {
	Rate  rate         `parser:"@@"`
	Why   *text        `parser:"( @@ )?"`
	Of    *base        `parser:"( 'of' @@ )?"`
	Each  *each        `parser:"( 'for' 'each' @@ )?"`
	When  *thresholdAt `parser:"( @@ )?"`
	Below bool         `parser:"( @( 'when' 'below' 'the' 'minimum' ) )?"`
	Met   *whatever    `parser:"( @@ )?"`
	Quals []creditQual `parser:"( ',' @@ )*"`
}

// whatever is `whether or not the target is missed`.
type whatever struct{ at place }

// Parse reads these words.
func (n *whatever) Parse(lx *lexer.PeekingLexer) error {
	if lx.Peek().Value != "whether" {
		return participle.NextMatch
	}
	n.at = placeOf(lx.Next())
	for _, word := range []string{"or", "not", "the", "target", "is", "missed"} {
		t := lx.Peek()
		if t.Value != word {
			return (&problem{code: codeUnfinished, place: placeOf(t)}).with(sla.Name("word", word))
		}
		n.at = n.at.through(placeOf(lx.Next()))
	}
	return nil
}

type creditQual struct {
	Proportion bool  `parser:"@( 'in' 'proportion' )"`
	Times      *name `parser:"| 'then' 'times' @@"`
}

func (n *creditBody) lower(l *lowering, id string, cr *sla.Credit) {
	if n.Rate.table == "" {
		l.at(id, n.Rate.at)
	}
	if n.Rate.pay.Kind == credits.PayNone {
		cr.None = orElse(textOf(n.Why), "none")
		return
	}
	if !n.Rate.pay.IsZero() {
		pay := n.Rate.pay
		cr.Pays = &pay
	}
	if n.Of != nil {
		if p := n.Rate.pay; !p.IsZero() && !p.Of() {
			l.add((&problem{code: codeUnitMismatch, place: n.Rate.at}).with(
				sla.Prose("found", p.String()), sla.Phrase("is", "kind "+string(p.Kind)), sla.Phrase("expected", "value share")))
		}
		cr.Base = n.Of.value()
		n.Of.places(l, id)
	} else if n.Rate.pay.Of() {
		l.report(codeUnfinished, n.Rate.at, sla.Name("word", "of"),
			sla.Prose("reads", "AMOUNT of BASE"), sla.Prose("example", n.Rate.text()+" of the fee of the service"))
	}
	if n.Each != nil {
		cr.Each = n.Each.value()
		l.at(id+"/each", n.Each.place(n.Rate.at))
		if than := n.Each.than(); than != nil {
			l.at(id+"/each/than", than.at)
		}
	}
	if n.When != nil {
		t := n.When.value()
		cr.When = &t
		l.at(id+"/when", n.When.Level.place())
	}
	cr.BelowMinimum = n.Below
	if n.Met != nil {
		cr.AlsoMet = true
		l.at(id+"/when", n.Met.at)
	}
	for _, q := range n.Quals {
		switch {
		case q.Times != nil:
			cr.Times = append(cr.Times, q.Times.text)
			l.at(id+"/times/"+q.Times.text, q.Times.at)
		case cr.Each != nil:
			cr.Each.Counted = credits.InProportion
		}
	}
}

// A rate is an amount, or the word for the amounts of a table.
type rate struct {
	pay   credits.Pay
	table string
	at    place
}

func (n *rate) text() string {
	if n.table != "" {
		return n.table
	}
	return n.pay.String()
}

// Parse reads 5%, 10 times, 3 days, 30.00 USD, 2 service-points, none,
// unstated; or share, times, days, money, or the name of a unit.
func (n *rate) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch kindOf(t) {
	case tokPercent, tokFraction:
		var v share
		err := v.Parse(lx)
		n.pay, n.at = credits.ShareOf(v.v), v.at
		return err
	case tokWord, tokOdd:
		if isCurrency(t.Value) || kindOf(t) == tokOdd {
			return moneyWord(lx)
		}
		n.at = placeOf(lx.Next())
		if t.Value == "none" || t.Value == "unstated" {
			n.pay = credits.MustPay(t.Value)
		} else {
			n.table = t.Value
		}
		return nil
	case tokNumber:
		return n.number(lx)
	}
	return participle.NextMatch
}

// number reads a number and what it is a number of.
func (n *rate) number(lx *lexer.PeekingLexer) error {
	ahead := *lx
	t := ahead.Next()
	unit := ahead.Peek()
	switch {
	case kindOf(unit) != tokWord || unit.Value == "of":
		return shareWithoutPercent(lx)
	case isCurrency(unit.Value), currencyNamed(unit.Value) != "":
		var v money
		err := v.Parse(lx)
		n.pay, n.at = credits.Pay{Kind: credits.PayMoney, Money: v.v}, v.at
		return err
	case len(t.Value) > maxDigits:
		return tooLong(lx.Next())
	}
	v, err := decimal.NewFromString(t.Value)
	if err != nil {
		return tooLong(lx.Next())
	}
	n.at = placeOf(lx.Next()).through(placeOf(lx.Next()))
	n.pay = credits.Pay{Kind: credits.PayUnits, Number: v, Unit: unit.Value}
	switch {
	case unit.Value == "times":
		n.pay = credits.Pay{Kind: credits.PayTimes, Number: v}
	case unit.Value == "days" || unit.Value == "day":
		n.pay = credits.Pay{Kind: credits.PayDays, Number: v}
	case isUnit(unit.Value) || unit.Value == "points":
		return (&problem{code: codeUnitMismatch, place: n.at}).with(
			sla.Prose("found", t.Value+" "+unit.Value), sla.Phrase("is", "kind "+unitKind(unit.Value)), sla.Phrase("expected", "value rate"))
	}
	return nil
}

// An each is what an amount is due for.
type each struct {
	Late    *eachLate   `parser:"'late' @@"`
	Outage  *eachOutage `parser:"| 'outage' @@"`
	Started *eachSize   `parser:"| 'started' @@"`
	Whole   *eachSize   `parser:"| 'whole' @@"`
	Size    *eachSize   `parser:"| @@"`
}

type eachLate struct {
	Ticket bool    `parser:"@'ticket'"`
	Beyond bool    `parser:"( @( 'beyond' 'the' 'allowance' ) )?"`
	Above  *length `parser:"( 'above' @@ )?"`
}

// eachOutage reads what may follow the word; nothing does not fail.
type eachOutage struct {
	Longer *length
}

// Parse reads `longer than 5 min`, or nothing.
func (n *eachOutage) Parse(lx *lexer.PeekingLexer) error {
	if lx.Peek().Value != "longer" {
		return nil
	}
	lx.Next()
	if than := lx.Peek(); than.Value != "than" {
		return (&problem{code: codeUnfinished, place: placeOf(than)}).with(sla.Name("word", "than"))
	}
	lx.Next()
	n.Longer = &length{}
	return n.Longer.Parse(lx)
}

type eachSize struct {
	Size     unitSize `parser:"@@"`
	Downtime bool     `parser:"( 'of' ( @'downtime'"`
	Outage   bool     `parser:"| @( 'each' 'outage' )"`
	Quantity *name    `parser:"| @@ )"`
	Late     bool     `parser:"| @'late'"`
	Below    bool     `parser:"| @( 'below' 'the' 'target' ) )"`
	Beyond   *beyond  `parser:"( 'beyond' @@ )?"`
}

type beyond struct {
	Allowance bool    `parser:"@( 'the' 'allowance' )"`
	Time      *length `parser:"| @@"`
}

// A unitSize is one unit of what can be divided: 1 h, 0.1 points, 2 days of a
// quantity, or its unit alone.
type unitSize struct {
	points *points
	length *length
	number *sla.Quantity
	at     place
}

// Parse reads a number and its unit, or a unit alone.
func (n *unitSize) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if kindOf(t) == tokWord {
		n.number, n.at = &sla.Quantity{Value: decimal.NewFromInt(1), Unit: t.Value}, placeOf(lx.Next())
		return nil
	}
	if kindOf(t) != tokNumber {
		return participle.NextMatch
	}
	ahead := *lx
	ahead.Next()
	unit := ahead.Next()
	of := ahead.Next()
	what := ahead.Peek().Value
	switch {
	case unit.Value == "points" || unit.Value == "point":
		n.points = &points{}
		err := n.points.Parse(lx)
		n.at = n.points.at
		return err
	case isUnit(unit.Value) && (of.Value != "of" || what == "downtime" || what == "each"):
		n.length = &length{}
		err := n.length.Parse(lx)
		n.at = n.length.at
		return err
	}
	v, err := decimal.NewFromString(t.Value)
	if err != nil || len(t.Value) > maxDigits {
		return tooLong(lx.Next())
	}
	n.at = placeOf(lx.Next()).through(placeOf(lx.Next()))
	n.number = &sla.Quantity{Value: v, Unit: unit.Value}
	return nil
}

// place is that of the size of a unit, or of the name of what is counted; the
// one given where nothing is divided.
func (n *each) place(amount place) place {
	for _, size := range []*eachSize{n.Started, n.Whole, n.Size} {
		switch {
		case size == nil:
		case size.Quantity != nil:
			return size.Quantity.at
		default:
			return size.Size.at
		}
	}
	return amount
}

// than is the length that something must exceed to be paid for, or that is left
// out of it; nil where there is none.
func (n *each) than() *length {
	switch {
	case n.Late != nil:
		return n.Late.Above
	case n.Outage != nil:
		return n.Outage.Longer
	}
	for _, size := range []*eachSize{n.Started, n.Whole, n.Size} {
		if size != nil && size.Beyond != nil {
			return size.Beyond.Time
		}
	}
	return nil
}

func (n *each) value() *sla.Each {
	switch {
	case n.Late != nil:
		e := &sla.Each{Thing: sla.ThingLateTicket, BeyondAllowance: n.Late.Beyond}
		if n.Late.Above != nil {
			e.LongerThan = &n.Late.Above.v
		}
		return e
	case n.Outage != nil:
		return &sla.Each{Thing: sla.ThingOutage, LongerThan: lengthPtr(n.Outage.Longer)}
	}
	size, counted := n.Size, credits.UnitCount("")
	switch {
	case n.Started != nil:
		size, counted = n.Started, credits.Started
	case n.Whole != nil:
		size, counted = n.Whole, credits.Whole
	}
	e := &sla.Each{Counted: counted, Time: lengthPtr(size.Size.length), Number: size.Size.number}
	if size.Size.points != nil {
		e.Points = &size.Size.points.v
	}
	switch {
	case size.Downtime:
		e.Thing = sla.ThingDowntime
	case size.Outage:
		e.Thing = sla.ThingOutages
	case size.Late:
		e.Thing = sla.ThingLateness
	case size.Below:
		e.Thing = sla.ThingPoints
	default:
		e.Thing, e.Quantity = sla.ThingQuantity, nameText(size.Quantity)
	}
	if size.Beyond != nil {
		e.BeyondAllowance = size.Beyond.Allowance
		e.Beyond = lengthPtr(size.Beyond.Time)
	}
	return e
}

// A threshold is an operator and a share, in conditions.
type threshold struct {
	Op    operator `parser:"@@"`
	Share share    `parser:"@@"`
}

// A thresholdAt is an operator and a level of any kind.
type thresholdAt struct {
	Op    thresholdOp    `parser:"@@"`
	Level thresholdLevel `parser:"@@"`
}

func (n *thresholdAt) value() sla.Threshold { return n.Level.value(n.Op) }

// A thresholdOp is one of the four operators, or a distance to the target.
type thresholdOp struct {
	operator
	missedBy bool
}

// Parse reads an operator, `missed by at least` or `missed by more than`.
func (n *thresholdOp) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if t.Value != "missed" {
		return n.operator.Parse(lx)
	}
	first := placeOf(lx.Next())
	words := []string{lx.Next().Value, lx.Next().Value}
	last := lx.Next()
	n.missedBy, n.at = true, first.through(placeOf(last))
	switch strings.Join(append(words, last.Value), " ") {
	case "by at least":
		n.v = credits.AtLeast
	case "by more than":
		n.v = credits.Above
	default:
		return (&problem{code: codeOperator, place: n.at}).with(sla.Prose("found", "missed "+strings.Join(append(words, last.Value), " ")))
	}
	return nil
}

type thresholdLevel struct {
	Points   *points `parser:"@@"`
	Level    *level  `parser:"| @@"`
	OfTarget bool    `parser:"( @( 'of' 'target' ) )?"`
}

func (n *thresholdLevel) place() place {
	if n.Points != nil {
		return n.Points.at
	}
	return n.Level.at
}

func (n *thresholdLevel) value(op thresholdOp) sla.Threshold {
	t := sla.Threshold{Op: op.v, MissedBy: op.missedBy, OfTarget: n.OfTarget}
	switch {
	case n.Points != nil:
		t.Points = &n.Points.v
	case n.Level.share != nil:
		t.Share = *n.Level.share
	default:
		t.Time, t.Number = n.Level.time, n.Level.number
	}
	return t
}

func creditTableScope() *scope[sla.Credit] {
	return &scope[sla.Credit]{key: "credit", forms: []*form[sla.Credit]{acceptForm[sla.Credit]()}, table: func(l *lowering, cr *sla.Credit, t *table) {
		cr.Bands = append(cr.Bands, lowerBands(l, t)...)
	}}
}

// lowerBands reads one threshold a row and what it pays. The heading is the
// operator of all rows, or `when` where each row has its own; ranges have two
// headings and are lowered with their objective.
func lowerBands(l *lowering, t *table) []sla.Band {
	pays, ok := l.required(t, "credit")
	if !ok {
		return nil
	}
	if isRanges(t) {
		l.readRanges(t, pays)
		return nil
	}
	at := 1 - pays
	if len(t.columns) != 2 {
		l.onlyColumns(t, "credit", "when", "below", "at most", "above", "at least")
		return nil
	}
	var op thresholdOp
	each := t.columns[at].heading == "when"
	if !each {
		heading, p := l.lang.thresholdOps.read(t.columns[at].tokens, t.columns[at].place.to)
		if p != nil {
			l.incomplete[l.id] = true
			l.add((&problem{code: codeOperator, place: t.columns[at].place, fix: p.fix}).with(sla.Prose("found", t.columns[at].heading)))
			return nil
		}
		op = heading.V
	}
	var out []sla.Band
	for _, row := range t.rows {
		band, where, ok := bandOf(l, t, row, at, op, each)
		if !ok {
			l.incomplete[l.id] = true
			continue
		}
		id := l.sub(sla.BandName(band.Threshold))
		if v, ok := readCell(l, l.lang.cells.rate, t, pays, row[pays], id+"/credit"); ok {
			if v.table != "" {
				l.report(codeUnitMissing, row[pays].place, sla.Prose("found", v.table), sla.Phrase("expected", "value rate"))
				continue
			}
			if band.Pays = v.pay; l.declare(id, where, strings.ReplaceAll(sla.BandName(band.Threshold), "-", " ")) {
				out = append(out, band)
			}
		}
	}
	return out
}

// bandOf reads the threshold of a row, and tells where its level stands.
func bandOf(l *lowering, t *table, row []cell, at int, op thresholdOp, each bool) (band sla.Band, where place, ok bool) {
	if each {
		v, ok := readCell(l, l.lang.cells.threshold, t, at, row[at], unnamed)
		if !ok {
			return sla.Band{}, place{}, false
		}
		return sla.Band{Threshold: v.value()}, v.Level.place(), true
	}
	v, ok := readCell(l, l.lang.cells.level, t, at, row[at], unnamed)
	if !ok {
		return sla.Band{}, place{}, false
	}
	return sla.Band{Threshold: v.value(op)}, v.place(), true
}
