package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// Sentences of what must come out.

// A sentence is one expectation as it is read.
type sentence struct {
	at      place
	text    string
	because string
	// claim makes the claim, once it is known what the test gives; nil where
	// a name is not known.
	claim func(w *record) expect.Claim
}

func expectsScope() *scope[draft] {
	s := &scope[draft]{key: "expects", forms: []*form[draft]{
		claimForm(`agreed service time of  OBJECTIVE [of SERVICE] [in PERIOD] is LENGTH`, `agreed service time of erp-availability is 44430 min`,
			func(l *lowering, w *record, n *agreedLine) expect.Claim {
				return l.timeClaim(expect.AgreedTime, &n.Of, n.Is)
			}),
		claimForm(`excluded time of  OBJECTIVE [of SERVICE] [in PERIOD] is LENGTH`, `excluded time of erp-availability is 150 min`,
			func(l *lowering, w *record, n *excludedLine) expect.Claim {
				return l.timeClaim(expect.ExcludedTime, &n.Of, n.Is)
			}),
		claimForm(`downtime of  OBJECTIVE [of SERVICE] [in PERIOD] is LENGTH`, `downtime of vpn-availability is 3 min`,
			func(l *lowering, w *record, n *downtimeLine) expect.Claim {
				return l.timeClaim(expect.Downtime, &n.Of, n.Is)
			}),
		claimForm(`credit of  OBJECTIVE [of SERVICE] [in PERIOD] is MONEY | not determined`, `credit of erp-availability is 300.00 EUR`,
			func(l *lowering, w *record, n *creditIs) expect.Claim {
				return l.creditClaim(expect.Credited, &n.Of, n.Is)
			}),
		claimForm(`posted credit of  OBJECTIVE [of SERVICE] [in PERIOD] is MONEY | not determined`, `posted credit of erp-availability is 300.00 EUR`,
			func(l *lowering, w *record, n *postedIs) expect.Claim {
				return l.creditClaim(expect.Posted, &n.Of, n.Is)
			}),
		claimForm(`total credit  [before caps] [in PERIOD] is MONEY [, cut by cap NAME] [, on the invoice issued in YYYY-MM]`, `total credit is 300.00 EUR`, totalClaim),
		claimForm(`target of  OBJECTIVE [of SERVICE] [in PERIOD] is OPERATOR LEVEL`, `target of erp-availability is at least 99.50%`,
			func(l *lowering, w *record, n *targetIs) expect.Claim {
				return expect.Target{Whose: l.whose(&n.Of), Op: n.Is.v, Level: n.Level.threshold().Text()}
			}),
		claimForm(`pauses of  MEASURE of TICKET are LENGTH`, `pauses of restore of T-4 are 14 h`, func(l *lowering, w *record, n *pausesLine) expect.Claim {
			return expect.Pause{Which: l.which(w, &n.Measure, &n.Ticket), Time: n.Are.v}
		}),
		claimForm(`level of  TICKET is LEVEL`, `level of T-1 is L2`, func(l *lowering, w *record, n *levelLine) expect.Claim {
			l.refer(n.Ticket.text, n.Ticket.at, "ticket", w.knownTickets())
			l.refer(n.Level.text, n.Level.at, "level", append(slices.Clone(l.test.known.levels), "none"))
			return expect.Level{Ticket: n.Ticket.text, Level: n.Level.text}
		}),
		claimForm(`bonus  NAME [in PERIOD] is MONEY`, `bonus erp-excellence in 2026-Q2 is 180.00 EUR`, func(l *lowering, _ *record, n *bonusIs) expect.Claim {
			l.refer(n.Name.text, n.Name.at, "bonus", l.test.known.bonuses)
			return expect.Bonus{Name: n.Name.text, Period: periodText(n.In), Amount: n.Is.v}
		}),
		claimForm(`due to  provider|customer [in PERIOD] is MONEY`, `due to provider in 2026-06 is 330.00 EUR`, func(l *lowering, _ *record, n *dueIs) expect.Claim {
			l.choice(n.To, "due to", "provider", "customer")
			return expect.Due{Provider: n.To.text == "provider", Period: periodText(n.In), Amount: n.Is.v}
		}),
		claimForm(`earn back of  OBJECTIVE [of SERVICE] [in PERIOD] is MONEY`, `earn back of erp-availability is 150.00 EUR`,
			func(l *lowering, w *record, n *earnBackIs) expect.Claim {
				return expect.EarnBack{Whose: l.whose(&n.Of), Amount: n.Is.v}
			}),
		claimForm(`termination by  PARTY is open|not open [from INSTANT] [to DATE] [, by NAME]`,
			`termination by customer is open from 2026-04-08 17:00 to 2026-06-07, by three-in-a-row`, terminationClaim),
		claimForm(`refund to  PARTY is MONEY`, `refund to customer is 6000.00 EUR`, func(l *lowering, _ *record, n *refundIs) expect.Claim {
			l.refer(n.To.text, n.To.at, "party", l.test.known.parties)
			return expect.Refund{To: n.To.text, Amount: n.Is.v}
		}),
		claimForm(`error CODE ["…"]`, `error supplier-margin "30 min of margin"`, func(l *lowering, w *record, n *errorLine) expect.Claim {
			return w.foundClaim(sla.Error, &n.Code, n.Text)
		}),
		claimForm(`warning CODE ["…"]`, `warning unrealistic-availability`, func(l *lowering, w *record, n *warningLine) expect.Claim {
			return w.foundClaim(sla.Warning, &n.Code, n.Text)
		}),
		claimForm(`info CODE ["…"]`, `info hours-overlap`, func(l *lowering, w *record, n *infoLine) expect.Claim {
			return w.foundClaim(sla.Info, &n.Code, n.Text)
		}),
		claimForm(`no error|warning|info`, `no error`, func(l *lowering, w *record, n *noLine) expect.Claim {
			w.onlyInTests(n.Severity.at, "a check of the contract itself")
			l.choice(n.Severity, "no", "error", "warning", "info")
			return expect.None{Severity: sla.Severity(n.Severity.text)}
		}),
		claimForm(`refused FACT ["…"]`, `refused INC-1 "ends"`, func(l *lowering, w *record, n *refusedLine) expect.Claim {
			return expect.Refused{Fact: n.Fact.text, Text: textOf(n.Text)}
		}),
		claimForm(`snapshot "…"`, `snapshot "march.txt"`, func(l *lowering, w *record, n *snapshotLine) expect.Claim {
			w.onlyInTests(n.File.at, "a snapshot")
			return expect.Snapshot{File: n.File.text}
		}),
	}}
	s.other = claimForm(`OBJECTIVE [of SERVICE] [in PERIOD] is VALUE, VERDICT | MEASURE of TICKET took LENGTH, in time|late by LENGTH | MEASURE of TICKET missed NUMBER | MEASURE of TICKET is due INSTANT`,
		`erp-availability is 99.4823%, missed`, isClaim)
	s.suits = func(t []token) bool {
		return t[0].kind == tokWord && len(t) > 1 && (t[1].kind == tokWord || t[1].kind == tokOdd)
	}
	return s
}

// claimForm is a sentence: its words, and what they claim.
func claimForm[N any](reads, example string, claim func(l *lowering, w *record, n *N) expect.Claim) *form[draft] {
	g := newGrammar[claimed[N]]()
	head, shown := patternOf(reads)
	f := &form[draft]{formInfo: formInfo{head: head, reads: shown + ` [because "…"]`, example: example, many: true}}
	f.lower = func(l *lowering, d *draft, it *item) {
		if it.block != nil {
			l.report(codeBlockUnexpected, it.block.open.place(), sla.Name("head", strings.Join(f.head, " ")))
		}
		if len(it.tokens) > 1 && it.tokens[1].kind == tokOdd { // erp-availability = 99.50%
			sign := it.tokens[1]
			p := (&problem{code: codeUnexpected, place: sign.place()}).with(sla.Prose("found", sign.value), sla.Name("word", "is")).with(f.hints(it.tokens)...)
			if strings.Trim(sign.value, "=:") == "" {
				p.fixed(sign.place(), "is")
			}
			l.add(p)
			return
		}
		n, ok := parseLine(l, g, f.formInfo, it)
		if !ok {
			return
		}
		s := sentence{at: it.place, text: written(it.tokens), claim: func(w *record) expect.Claim { return claim(l, w, &n.Says) }}
		if n.Because != nil {
			s.because = n.Because.Text.text
		}
		d.expected = append(d.expected, s)
	}
	return f
}

// claimed is a sentence with its reason.
type claimed[N any] struct {
	Says    N            `parser:"@@"`
	Because *becauseTail `parser:"@@?"`
}

type becauseTail struct {
	Text text `parser:"'because' @@"`
}

// written is a sentence without its reason, with single blanks.
func written(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if t.value == "because" {
			break
		}
		if i > 0 && t.kind != tokComma {
			b.WriteByte(' ')
		}
		b.WriteString(t.value)
	}
	return b.String()
}

// ofLine is whose value is meant.
type ofLine struct {
	Objective name        `parser:"@@"`
	For       *name       `parser:"( 'of' @@ )?"`
	In        *periodName `parser:"( 'in' @@ )?"`
}

type agreedLine struct {
	Of ofLine    `parser:"'agreed' 'service' 'time' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type excludedLine struct {
	Of ofLine    `parser:"'excluded' 'time' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type downtimeLine struct {
	Of ofLine    `parser:"'downtime' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type creditIs struct {
	Of ofLine       `parser:"'credit' 'of' @@"`
	Is amountOrNone `parser:"'is' @@"`
}

type postedIs struct {
	Of ofLine       `parser:"'posted' 'credit' 'of' @@"`
	Is amountOrNone `parser:"'is' @@"`
}

// An amountOrNone is an amount, or that the contract says none.
type amountOrNone struct {
	Amount *money `parser:"@@"`
	None   bool   `parser:"| @( 'not' 'determined' )"`
}

type targetIs struct {
	Of    ofLine   `parser:"'target' 'of' @@ 'is'"`
	Is    operator `parser:"@@"`
	Level level    `parser:"@@"`
}

type earnBackIs struct {
	Of ofLine `parser:"'earn' 'back' 'of' @@"`
	Is money  `parser:"'is' @@"`
}

type bonusIs struct {
	Name name        `parser:"'bonus' @@"`
	In   *periodName `parser:"( 'in' @@ )?"`
	Is   money       `parser:"'is' @@"`
}

type dueIs struct {
	To name        `parser:"'due' 'to' @@"`
	In *periodName `parser:"( 'in' @@ )?"`
	Is money       `parser:"'is' @@"`
}

func periodText(n *periodName) string {
	if n == nil {
		return ""
	}
	return n.text
}

type totalLine struct {
	BeforeCaps bool           `parser:"'total' 'credit' @( 'before' 'caps' )?"`
	In         *periodName    `parser:"( 'in' @@ )?"`
	Is         money          `parser:"'is' @@"`
	More       []totalQuality `parser:"( ',' @@ )*"`
}

type totalQuality struct {
	Cap     *name       `parser:"'cut' 'by' 'cap' @@"`
	Invoice *issuedWhen `parser:"| 'on' 'the' 'invoice' 'issued' @@"`
}

type issuedWhen struct {
	In *periodName `parser:"'in' @@"`
	On *day        `parser:"| 'on' @@"`
}

func totalClaim(l *lowering, _ *record, n *totalLine) expect.Claim {
	c := expect.Total{BeforeCaps: n.BeforeCaps, Amount: n.Is.v}
	if n.In != nil {
		c.Period = n.In.text
	}
	for _, q := range n.More {
		switch {
		case q.Cap != nil:
			l.refer(q.Cap.text, q.Cap.at, "cap", l.test.known.caps)
			c.CutBy = q.Cap.text
		case q.Invoice.In != nil:
			c.Invoice = q.Invoice.In.text
		default:
			c.Invoice = q.Invoice.On.v.String()
		}
	}
	return c
}

type pausesLine struct {
	Measure name      `parser:"'pauses' 'of' @@"`
	Ticket  label     `parser:"'of' @@"`
	Are     exactTime `parser:"( 'are' | 'is' ) @@"`
}

type levelLine struct {
	Ticket label `parser:"'level' 'of' @@"`
	Level  label `parser:"'is' @@"`
}

type terminationLine struct {
	By      name    `parser:"'termination' 'by' @@ 'is'"`
	Not     bool    `parser:"@'not'?"`
	From    *moment `parser:"'open' ( 'from' @@ )?"`
	To      *day    `parser:"( 'to' @@ )?"`
	Trigger *name   `parser:"( ',' 'by' @@ )?"`
}

func terminationClaim(l *lowering, _ *record, n *terminationLine) expect.Claim {
	l.refer(n.By.text, n.By.at, "party", l.test.known.parties)
	c := expect.Termination{By: n.By.text, Open: !n.Not, Trigger: nameText(n.Trigger), To: datePtr(n.To)}
	if n.From != nil {
		if at, ok := l.resolve(n.From, itsStart); ok {
			c.From = &at
		}
	}
	return c
}

type refundIs struct {
	To name  `parser:"'refund' 'to' @@"`
	Is money `parser:"'is' @@"`
}

type errorLine struct {
	Code name  `parser:"'error' @@"`
	Text *text `parser:"@@?"`
}

type warningLine struct {
	Code name  `parser:"'warning' @@"`
	Text *text `parser:"@@?"`
}

type infoLine struct {
	Code name  `parser:"'info' @@"`
	Text *text `parser:"@@?"`
}

type noLine struct {
	Severity name `parser:"'no' @@"`
}

type refusedLine struct {
	Fact label `parser:"'refused' @@"`
	Text *text `parser:"@@?"`
}

type snapshotLine struct {
	File text `parser:"'snapshot' @@"`
}

func (w *record) foundClaim(s sla.Severity, code *name, t *text) expect.Claim {
	w.onlyInTests(code.at, "a check of the contract itself")
	var known []string
	for _, c := range Codes() {
		known = append(known, string(c))
	}
	if !words.English().Has("finding " + code.text + " title") {
		w.l.refer(code.text, code.at, "code", known)
	}
	return expect.Found{Severity: s, Code: sla.Code(code.text), Text: textOf(t)}
}

// whose checks the names of whose value is meant.
func (l *lowering) whose(n *ofLine) expect.Whose {
	l.refer(n.Objective.text, n.Objective.at, "objective", l.test.known.objectives)
	w := expect.Whose{Objective: n.Objective.text}
	if n.For != nil {
		if o := l.test.known.objective(n.Objective.text); o == nil || o.ForEach == "" || o.ForEach == "service" {
			l.refer(n.For.text, n.For.at, "service", l.test.known.services)
		}
		w.For = n.For.text
	}
	if n.In != nil {
		w.Period = n.In.text
	}
	return w
}

func (l *lowering) timeClaim(part expect.Part, of *ofLine, is exactTime) expect.Claim {
	return expect.Time{Whose: l.whose(of), Part: part, Time: is.v}
}

func (l *lowering) creditClaim(stage expect.Stage, of *ofLine, is amountOrNone) expect.Claim {
	c := expect.Credit{Whose: l.whose(of), Stage: stage, Undetermined: is.None}
	if is.Amount != nil {
		c.Amount = is.Amount.v
	}
	return c
}

// which checks the names of a clock.
func (l *lowering) which(w *record, measure *name, ticket *label) expect.Which {
	l.refer(measure.text, measure.at, "measure", l.test.known.measures)
	l.refer(ticket.text, ticket.at, "ticket", w.knownTickets())
	return expect.Which{Measure: measure.text, Ticket: ticket.text}
}

// knownTickets are those of the test; where facts come from files, every
// ticket may be in them.
func (w *record) knownTickets() []string {
	if len(w.files) > 0 {
		return nil
	}
	return w.ticketIDs()
}

type isLine struct {
	Name name        `parser:"@@"`
	Of   *label      `parser:"( 'of' @@ )?"`
	In   *periodName `parser:"( 'in' @@ )?"`
	Took *tookLine   `parser:"( 'took' @@"`
	Miss *count      `parser:"| 'missed' @@"`
	Is   []answer    `parser:"| 'is' @@ ( ',' @@ )* )"`
}

type tookLine struct {
	Time exactTime  `parser:"@@"`
	Then *tookAfter `parser:"( ',' @@ )?"`
}

type tookAfter struct {
	InTime bool       `parser:"@( 'in' 'time' )"`
	Late   bool       `parser:"| @'late'"`
	By     *exactTime `parser:"( 'by' @@ )?"`
}

// isClaim tells an objective from a clock of a ticket by what the contract and
// the test know.
func isClaim(l *lowering, w *record, n *isLine) expect.Claim {
	k := &l.test.known
	clock := n.Of != nil && !slices.Contains(k.objectives, n.Name.text) &&
		(w.ticket(n.Of.text) != nil || slices.Contains(k.measures, n.Name.text) || n.Took != nil || n.Miss != nil)
	if clock {
		return l.clockClaim(w, n)
	}
	of := ofLine{Objective: n.Name, In: n.In}
	if n.Of != nil {
		of.For = &name{n.Of.text, n.Of.at}
	}
	if l.otherClaim(n.Name) {
		return expect.Measured{}
	}
	c := expect.Measured{Whose: l.whose(&of)}
	if n.Miss != nil {
		l.report(codeWrongAnswer, n.Miss.at, sla.Name("subject", n.Name.text), sla.Phrase("kind", "name objective"))
		return c
	}
	if n.Took != nil {
		l.report(codeWrongAnswer, n.Took.Time.at, sla.Name("subject", n.Name.text), sla.Phrase("kind", "name objective"))
		return c
	}
	for _, a := range n.Is {
		switch {
		case a.value != "":
			c.Value, c.Unit = a.value, a.unit
		case a.took != nil:
			c.Took = a.took
		case a.soFar:
			c.SoFar = sla.Verdict(a.word)
		case a.word == "provisional":
			c.Provisional = true
		case slices.Contains([]string{"met", "missed", "open", "disputed", "not measured", "not applicable"}, a.word):
			c.Verdict = sla.Verdict(a.word)
		default:
			l.report(codeWrongAnswer, a.at, sla.Name("subject", n.Name.text), sla.Phrase("kind", "name objective"))
		}
	}
	return c
}

// otherClaim reports a sentence whose first word is no objective, but one that
// sentences of another form begin with: `credit is` for `credit of … is`.
func (l *lowering) otherClaim(n name) bool {
	if slices.Contains(l.test.known.objectives, n.text) || l.test.subject.Engine == nil {
		return false
	}
	f, where, ok := l.meantBy(l.lang.expects, n.text)
	if !ok || where != l.lang.expects.scopeKey() {
		return false
	}
	l.add((&problem{code: codeUnknownStatement, place: n.at}).with(sla.Name("found", n.text), sla.Phrase("scope", where),
		sla.Name("suggestion", strings.Join(f.head, " ")), sla.Prose("example", f.example)))
	return true
}

func (l *lowering) clockClaim(w *record, n *isLine) expect.Claim {
	which := l.which(w, &n.Name, n.Of)
	if n.Miss != nil {
		return expect.Omission{Which: which, Times: n.Miss.n}
	}
	if n.Took != nil {
		c := expect.Took{Which: which, Time: n.Took.Time.v}
		if t := n.Took.Then; t != nil {
			c.Verdict = "in time"
			if t.Late {
				c.Verdict = "late"
			}
			if t.By != nil {
				c.By = &t.By.v
			}
		}
		return c
	}
	c := expect.Clock{Which: which}
	for i := range n.Is {
		switch a := &n.Is[i]; {
		case a.due != nil:
			if at, ok := l.resolve(a.due, itsStart); ok {
				c.Due = &at
			}
		case a.dueUnknown:
			c.DueUnknown = true
		case a.left != nil || a.over != nil:
			c.Left, c.Over = a.left, a.over
		case a.took != nil:
			l.report(codeUnfinished, a.at, sla.Name("word", "left"))
		case slices.Contains([]string{"running", "paused", "met", "late", "cancelled", "not started", "not covered"}, a.word):
			c.State = a.word
		default:
			l.report(codeWrongAnswer, a.at, sla.Name("subject", which.String()), sla.Phrase("kind", "name clock"))
		}
	}
	return c
}
