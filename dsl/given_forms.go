package dsl

import (
	"slices"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// Facts, written short. Times are local to the contract's zone; what is not
// given did not happen, and the sources observed all of the time tested unless
// facts come from files or coverage is given.

func factsScope() *scope[draft] {
	s := &scope[draft]{key: "facts", forms: []*form[draft]{
		say(`outage SERVICE INSTANT [to INSTANT] [, part PART] [, incident ID] [, cause CAUSE] [, announced INSTANT] [, proved INSTANT] [, affected SHARE] [, reported INSTANT] [, closed INSTANT]`,
			`outage erp 2026-03-10 09:00 to 12:50, incident INC-1, cause provider`, lowerOutage).again(),
		partGivenForm(), countsGivenForm(), itemsGivenForm(), samplesGivenForm(), quantityGivenForm(), chargeGivenForm(),
		say(`outage announced  INSTANT`, `outage announced 2026-04-02`, completeOutage).again(),
		say(`outage proved  INSTANT [by PARTY]`, `outage proved 2026-06-16 18:00`, completeOutage).again(),
		say(`outage cause  CAUSE`, `outage cause customer-cause`, completeOutage).again(),
		say(`outage incident  ID`, `outage incident INC-1`, completeOutage).again(),
		ticketForm("ticket"), ticketForm("request"),
		say(`tickets [of SERVICE] [priority PRIORITY] [request REQUEST] count NUMBER, MEASURE late NUMBER [, incident ID] [in PERIOD]`,
			`tickets of erp priority P1 count 8, restore late 5`, lowerTicketCount).again(),
		say(`checks "…" [of PART] from INSTANT "…" [every LENGTH]`, `checks "probe" from 2026-04-01 00:00 "1x19319 0x2 1x23876"`, lowerChecks).again(),
		say(`maintenance KIND of SERVICE INSTANT to INSTANT [, announced INSTANT]`,
			`maintenance planned of erp 2026-03-15 02:30 to 05:00, announced 2026-03-06`, lowerWork).again(),
		say(`coverage "…" INSTANT to INSTANT`, `coverage "probe" 2026-03-01 to 2026-03-31`, lowerCoverage).again(),
		say(`proof of  ID INSTANT [by PARTY]`, `proof of INC-4 2026-06-16 18:00 by provider`, lowerProofGiven).again(),
		say(`claim for  OBJECTIVE in PERIOD at INSTANT [, step NAME]`, `claim for erp-availability in 2026-03 at 2026-04-10`, lowerClaim).again(),
		say(`survey SERVICE INSTANT SCORE, …`, `survey workplace 2026-05-05 4, 5, 3`, lowerSurvey).again(),
		say(`volume SERVICE NUMBER from INSTANT`, `volume workplace 430 from 2026-03-01`, lowerVolume).again(),
		say(`fee of  SERVICE MONEY in PERIOD`, `fee of erp 6500.00 EUR in 2026-04`, lowerAgreedFee).again(),
		say(`report of  PERIOD delivered INSTANT`, `report of 2026-03 delivered 2026-04-08 17:00`, lowerDelivered).again(),
		say(`credits posted  MONEY in PERIOD [to PERIOD]`, `credits posted 13500.00 EUR in 2026-01 to 2026-11`, lowerPosted).again(),
		say(`credit of  OBJECTIVE posted MONEY for PERIOD`, `credit of erp-availability posted 300.00 EUR for 2026-03`, lowerPostedCredit).again(),
		say(`facts "…"`, `facts "march.ndjson"`, func(_ *lowering, d *draft, n *factsLine) {
			d.givens = append(d.givens, func(w *record) {
				w.onlyInTests(n.File.at, "a file of facts")
				w.files = append(w.files, n.File.text)
			})
		}).again(),
	}}
	supplied := say(`NAME down LENGTH | measured SHARE|NUMBER [UNIT] | met|missed in PERIOD, …`, `erp down 217 min`, lowerSupplied).again()
	complete := say(`ID of SERVICE | priority PRIORITY | at SITE | EVENT INSTANT …`, `T-2 priority P1`, completeTicket).again()
	s.other = &form[draft]{formInfo: supplied.formInfo}
	s.other.lower = func(l *lowering, d *draft, it *item) {
		if slices.ContainsFunc(it.tokens[1:], func(t token) bool { return slices.Contains(suppliedWords, t.value) }) {
			supplied.lower(l, d, it)
			return
		}
		complete.lower(l, d, it)
	}
	s.suits = func(t []token) bool {
		return len(t) > 1 && (t[0].kind == tokWord || t[0].kind == tokNumber) && (t[1].kind == tokWord || t[1].kind == tokDate)
	}
	return s
}

// suppliedWords tell a figure supplied ready-made from a word about a ticket.
var suppliedWords = []string{"down", "measured", "met", "missed"}

type outageLine struct {
	Service name            `parser:"'outage' @@"`
	From    moment          `parser:"@@"`
	To      *ending         `parser:"( 'to' @@ )?"`
	More    []outageQuality `parser:"( ','? @@ )*"`
}

type outageQuality struct {
	Incident  *label  `parser:"'incident' @@"`
	Cause     *name   `parser:"| 'cause' @@"`
	Announced *moment `parser:"| 'announced' @@"`
	Proved    *proved `parser:"| 'proved' @@"`
	Part      *label  `parser:"| 'part' @@"`
	Affected  *share  `parser:"| 'affected' @@"`
	Reported  *moment `parser:"| 'reported' @@"`
	Closed    *moment `parser:"| 'closed' @@"`
}

type proved struct {
	At moment `parser:"@@"`
	By *name  `parser:"( 'by' @@ )?"`
}

func lowerOutage(_ *lowering, d *draft, n *outageLine) {
	d.givens = append(d.givens, func(w *record) {
		o := &outageGiven{line: n, at: n.Service.at.through(n.From.at), service: n.Service}
		for _, q := range n.More {
			o.complete(q)
		}
		w.outages = append(w.outages, o)
	})
}

type outageCompletion struct {
	Quality outageQuality `parser:"'outage' @@"`
}

// completeOutage adds to the one outage of the shared lines.
func completeOutage(l *lowering, d *draft, n *outageCompletion) {
	d.givens = append(d.givens, func(w *record) {
		if len(w.outages) != 1 {
			l.report(codeNothingToComplete, n.Quality.at(), sla.Prose("what", "outage"), sla.Count("n", len(w.outages)))
			return
		}
		w.outages[0].complete(n.Quality)
	})
}

func (q outageQuality) at() place {
	switch {
	case q.Incident != nil:
		return q.Incident.at
	case q.Cause != nil:
		return q.Cause.at
	case q.Announced != nil:
		return q.Announced.at
	case q.Part != nil:
		return q.Part.at
	case q.Affected != nil:
		return q.Affected.at
	case q.Reported != nil:
		return q.Reported.at
	case q.Closed != nil:
		return q.Closed.at
	}
	return q.Proved.At.at
}

type scopeQualities struct {
	Of       *name  `parser:"'of' @@"`
	Priority *label `parser:"| 'priority' @@"`
	Site     *name  `parser:"| 'at' @@"`
	Request  *label `parser:"| 'request' @@"`
	Incident *label `parser:"| 'incident' @@"`
}

type ticketLine struct {
	Kind    word             `parser:"@@"`
	ID      label            `parser:"@@"`
	Request *requestWord     `parser:"@@?"`
	More    []scopeQualities `parser:"( ','? @@ )*"`
}

// A requestWord is the kind of a request, which stands behind its id: any word
// that begins no qualifier.
type requestWord struct{ name }

// Parse reads it.
func (n *requestWord) Parse(lx *lexer.PeekingLexer) error {
	if slices.Contains([]string{"of", "priority", "at", "request", "incident"}, lx.Peek().Value) {
		return participle.NextMatch
	}
	return n.name.Parse(lx)
}

// ticketForm is a ticket, or a request, with the events of its life.
func ticketForm(kind string) *form[draft] {
	reads, example := `ticket ID [of SERVICE] [priority PRIORITY] [at SITE] [incident ID] { EVENTS }`, `ticket T-1 of erp priority P1 {`
	if kind == "request" {
		reads, example = `request ID REQUEST of SERVICE [at SITE] { EVENTS }`, `request R-1 new-user of workplace {`
	}
	return open(reads, example, func(l *language) *scope[ticketGiven] { return l.acts },
		func(l *lowering, d *draft, n *ticketLine) (string, *ticketGiven, func()) {
			t := &ticketGiven{id: n.ID.text, at: n.ID.at}
			if n.Request != nil {
				t.request = label{n.Request.text, n.Request.at}
			}
			for _, q := range n.More {
				t.complete(q)
			}
			return l.id, t, func() {
				d.givens = append(d.givens, func(w *record) { w.addTicket(t) })
			}
		}).again().bare()
}

// actsScope are the events of a ticket: several may stand on a line.
func actsScope() *scope[ticketGiven] {
	s := &scope[ticketGiven]{key: "acts", forms: []*form[ticketGiven]{}}
	s.other = say(`EVENT INSTANT [to INSTANT] [by CHANNEL] [note "…"] | priority PRIORITY at INSTANT`, `received 2026-03-10 09:05 by phone`,
		func(_ *lowering, t *ticketGiven, n *actsLine) { t.acts = append(append(t.acts, n.First), n.More...) }).again()
	s.suits = func(t []token) bool { return t[0].kind == tokWord }
	return s
}

type actsLine struct {
	First act   `parser:"@@"`
	More  []act `parser:"( ',' @@ )*"`
}

type act struct {
	Priority *priorityAct `parser:"'priority' @@"`
	Event    *eventAct    `parser:"| @@"`
}

type priorityAct struct {
	Priority label  `parser:"@@"`
	At       moment `parser:"'at' @@"`
}

type eventAct struct {
	Name name           `parser:"@@"`
	At   moment         `parser:"@@"`
	To   *ending        `parser:"( 'to' @@ )?"`
	More []eventQuality `parser:"@@*"`
}

type eventQuality struct {
	By         *name `parser:"'by' @@"`
	Note       *text `parser:"| 'note' @@"`
	Automatic  bool  `parser:"| @'automatic'"`
	Workaround bool  `parser:"| @'workaround'"`
}

type ticketCompletion struct {
	ID    label            `parser:"@@"`
	Scope *scopeQualities  `parser:"( @@"`
	Acts  *completionEvent `parser:"| @@ )"`
}

type completionEvent struct {
	Event eventAct `parser:"@@"`
}

// completeTicket adds to a ticket of the shared lines.
func completeTicket(l *lowering, d *draft, n *ticketCompletion) {
	d.givens = append(d.givens, func(w *record) {
		t := w.ticket(n.ID.text)
		if t == nil {
			l.unknown(n.ID.text, n.ID.at, "ticket", w.ticketIDs())
			return
		}
		if n.Scope != nil {
			t.complete(*n.Scope)
			return
		}
		t.acts = append(t.acts, act{Event: &n.Acts.Event})
	})
}

type ticketCountLine struct {
	Scope []scopeQualities `parser:"'tickets' @@*"`
	Total count            `parser:"'count' @@"`
	More  []countQuality   `parser:"( ','? @@ )*"`
}

type countQuality struct {
	Incident *label      `parser:"'incident' @@"`
	In       *periodName `parser:"| 'in' @@"`
	Late     *lateCount  `parser:"| @@"`
}

type lateCount struct {
	Measure name  `parser:"@@"`
	Late    count `parser:"'late' @@"`
}

func lowerTicketCount(_ *lowering, d *draft, n *ticketCountLine) {
	d.givens = append(d.givens, func(w *record) { w.countTickets(n) })
}

type checksLine struct {
	Source text    `parser:"'checks' @@"`
	Of     *label  `parser:"( 'of' @@ )?"`
	From   moment  `parser:"'from' @@"`
	Series text    `parser:"@@"`
	Every  *length `parser:"( 'every' @@ )?"`
}

func lowerChecks(_ *lowering, d *draft, n *checksLine) {
	d.givens = append(d.givens, func(w *record) { w.addChecks(n) })
}

type workLine struct {
	Kind      name    `parser:"'maintenance' @@"`
	Service   name    `parser:"'of' @@"`
	From      moment  `parser:"@@"`
	To        ending  `parser:"'to' @@"`
	Announced *moment `parser:"( ','? 'announced' @@ )?"`
}

func lowerWork(l *lowering, d *draft, n *workLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Service.text, n.Service.at, "service", l.test.known.services)
		m := &sla.Maintenance{Head: w.head("maintenance", &n.From), Service: n.Service.text, Work: n.Kind.text}
		m.Until, _ = l.until(&n.To, &n.From)
		if n.Announced != nil {
			m.Announced, _ = l.resolve(n.Announced, itsLast)
		}
		w.add(m, n.Kind.at.through(n.To.at))
	})
}

type coverageLine struct {
	Source text   `parser:"'coverage' @@"`
	From   moment `parser:"@@"`
	To     ending `parser:"'to' @@"`
}

func lowerCoverage(l *lowering, d *draft, n *coverageLine) {
	d.givens = append(d.givens, func(w *record) {
		c := &sla.Coverage{Head: w.head("coverage", &n.From)}
		c.Source = n.Source.text
		c.Until, _ = l.until(&n.To, &n.From)
		l.refer(n.Source.text, n.Source.at, "source", l.test.known.sources)
		w.covered[n.Source.text] = true
		w.add(c, n.Source.at.through(n.To.at))
	})
}

type proofGivenLine struct {
	Of label  `parser:"'proof' 'of' @@"`
	At moment `parser:"@@"`
	By *name  `parser:"( 'by' @@ )?"`
}

func lowerProofGiven(_ *lowering, d *draft, n *proofGivenLine) {
	d.givens = append(d.givens, func(w *record) { w.addProof(n.Of.text, n.At, n.By, n.Of.at.through(n.At.at)) })
}

type claimGivenLine struct {
	Objective name       `parser:"'claim' 'for' @@"`
	In        periodName `parser:"'in' @@"`
	At        moment     `parser:"'at' @@"`
	Step      *name      `parser:"( ',' 'step' @@ )?"`
}

func lowerClaim(l *lowering, d *draft, n *claimGivenLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Objective.text, n.Objective.at, "objective", l.test.known.objectives)
		c := &sla.Claim{Head: w.head("claim", &n.At), Objective: n.Objective.text, Period: n.In.text, Step: nameText(n.Step)}
		c.Occurred, _ = l.resolve(&n.At, itsLast)
		w.add(c, n.Objective.at.through(n.At.at))
	})
}

type surveyLine struct {
	Service name     `parser:"'survey' @@"`
	At      moment   `parser:"@@"`
	First   number   `parser:"@@"`
	More    []number `parser:"( ',' @@ )*"`
}

func lowerSurvey(l *lowering, d *draft, n *surveyLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Service.text, n.Service.at, "service", l.test.known.services)
		for _, score := range append([]number{n.First}, n.More...) {
			w.add(&sla.Survey{Head: w.head("answer", &n.At), Service: n.Service.text, Score: score.v}, score.at)
		}
	})
}

type volumeLine struct {
	Service name   `parser:"'volume' @@"`
	Units   count  `parser:"@@"`
	From    moment `parser:"'from' @@"`
}

func lowerVolume(l *lowering, d *draft, n *volumeLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Service.text, n.Service.at, "service", l.test.known.services)
		w.add(&sla.Volume{Head: w.head("volume", &n.From), Service: n.Service.text, Units: n.Units.n}, n.Service.at.through(n.From.at))
	})
}

type agreedFeeLine struct {
	Service name       `parser:"'fee' 'of' @@"`
	Amount  money      `parser:"@@"`
	In      periodName `parser:"'in' @@"`
}

func lowerAgreedFee(l *lowering, d *draft, n *agreedFeeLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Service.text, n.Service.at, "service", l.test.known.services)
		f := &sla.AgreedFee{Head: w.headOn("fee", n.In.from), Service: n.Service.text, Period: n.In.text, Amount: n.Amount.v}
		w.add(f, n.Service.at.through(n.In.at))
	})
}

type deliveredLine struct {
	Of periodName `parser:"'report' 'of' @@"`
	At moment     `parser:"'delivered' @@"`
}

func lowerDelivered(l *lowering, d *draft, n *deliveredLine) {
	d.givens = append(d.givens, func(w *record) {
		f := &sla.Delivery{Head: w.head("report", &n.At), What: "report", Period: n.Of.text}
		f.Occurred, _ = l.resolve(&n.At, itsLast)
		w.add(f, n.Of.at.through(n.At.at))
	})
}

type postedLine struct {
	Amount money       `parser:"'credits' 'posted' @@"`
	From   periodName  `parser:"'in' @@"`
	To     *periodName `parser:"( 'to' @@ )?"`
}

func lowerPosted(_ *lowering, d *draft, n *postedLine) {
	d.givens = append(d.givens, func(w *record) {
		end := n.From.to
		if n.To != nil {
			end = n.To.to
		}
		w.post(sla.PostedCredit{Period: n.From.from, Amount: n.Amount.v}, end)
	})
}

type postedCreditLine struct {
	Objective name       `parser:"'credit' 'of' @@"`
	For       *name      `parser:"( 'of' @@ )?"`
	Amount    money      `parser:"'posted' @@"`
	In        periodName `parser:"'for' @@"`
}

func lowerPostedCredit(l *lowering, d *draft, n *postedCreditLine) {
	d.givens = append(d.givens, func(w *record) {
		l.refer(n.Objective.text, n.Objective.at, "objective", l.test.known.objectives)
		c := sla.PostedCredit{Period: n.In.from, Objective: n.Objective.text, For: nameText(n.For), Amount: n.Amount.v}
		if c.For == "" {
			c.For = l.test.known.only(n.Objective.text)
		}
		w.post(c, n.In.to)
	})
}

type factsLine struct {
	File text `parser:"'facts' @@"`
}

type suppliedLine struct {
	Name name       `parser:"@@"`
	Of   *name      `parser:"( 'of' @@ )?"`
	Says suppliedIs `parser:"@@"`
}

type suppliedIs struct {
	Down     *exactTime   `parser:"( 'down' @@"`
	Measured *level       `parser:"| 'measured' @@"`
	Met      bool         `parser:"| @'met'"`
	Missed   bool         `parser:"| @'missed' )"`
	In       *periodName  `parser:"( 'in' @@"`
	More     []periodName `parser:"( ',' @@ )* )?"`
}

func lowerSupplied(_ *lowering, d *draft, n *suppliedLine) {
	d.givens = append(d.givens, func(w *record) { w.supply(n) })
}
