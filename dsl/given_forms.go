package dsl

import (
	"slices"

	"github.com/sla-lang/sla/sla"
)

// Facts, written short. Times are local to the contract's zone; what is not
// given did not happen, and the sources observed all of the time tested unless
// facts come from files or coverage is given.

func factsScope() *scope[draft] {
	s := &scope[draft]{key: "facts", forms: []*form[draft]{
		fact(`outage SERVICE INSTANT [to INSTANT] [, part PART] [, incident ID] [, cause CAUSE] [, announced INSTANT] [, proved INSTANT] [, affected SHARE] [, reported INSTANT] [, closed INSTANT]`,
			`outage erp 2026-03-10 09:00 to 12:50, incident INC-1, cause provider`, giveOutage),
		partGivenForm(), countsGivenForm(), itemsGivenForm(), samplesGivenForm(), quantityGivenForm(), chargeGivenForm(),
		fact(`outage announced  INSTANT`, `outage announced 2026-04-02`, completeOutage),
		fact(`outage proved  INSTANT [by PARTY]`, `outage proved 2026-06-16 18:00`, completeOutage),
		fact(`outage cause  CAUSE`, `outage cause customer-cause`, completeOutage),
		fact(`outage incident  ID`, `outage incident INC-1`, completeOutage),
		ticketForm("ticket"), ticketForm("request"),
		fact(`tickets [of SERVICE] [priority PRIORITY] [request REQUEST] count NUMBER, MEASURE late NUMBER [, incident ID] [in PERIOD]`,
			`tickets of erp priority P1 count 8, restore late 5`, (*record).countTickets),
		fact(`checks "…" [of PART] from INSTANT "…" [every LENGTH]`, `checks "probe" from 2026-04-01 00:00 "1x19319 0x2 1x23876"`, (*record).addChecks),
		fact(`maintenance KIND of SERVICE INSTANT to INSTANT [, announced INSTANT]`,
			`maintenance planned of erp 2026-03-15 02:30 to 05:00, announced 2026-03-06`, giveWork),
		fact(`coverage "…" INSTANT to INSTANT`, `coverage "probe" 2026-03-01 to 2026-03-31`, giveCoverage),
		fact(`proof of  ID INSTANT [by PARTY]`, `proof of INC-4 2026-06-16 18:00 by provider`, giveProofGiven),
		fact(`claim for  OBJECTIVE in PERIOD at INSTANT [, step NAME]`, `claim for erp-availability in 2026-03 at 2026-04-10`, giveClaim),
		fact(`survey SERVICE INSTANT SCORE, …`, `survey workplace 2026-05-05 4, 5, 3`, giveSurvey),
		fact(`volume SERVICE NUMBER from INSTANT`, `volume workplace 430 from 2026-03-01`, giveVolume),
		fact(`fee of  SERVICE MONEY in PERIOD`, `fee of erp 6500.00 EUR in 2026-04`, giveAgreedFee),
		fact(`report of  PERIOD delivered INSTANT`, `report of 2026-03 delivered 2026-04-08 17:00`, giveDelivered),
		fact(`choice of  OBJECTIVE in PERIOD is NAME at INSTANT`, `choice of erp-availability in 2026-03 is time-added at 2026-04-20 10:00`, giveChoice),
		fact(`notice by  PARTY for PERIOD given INSTANT`, `notice by customer for 2026-03 given 2026-04-20 10:00`, giveNotice),
		fact(`miss of  OBJECTIVE in PERIOD notified INSTANT`, `miss of erp-availability in 2026-03 notified 2026-04-07 10:00`, giveMissNotified),
		fact(`credits posted  MONEY in PERIOD [to PERIOD]`, `credits posted 13500.00 EUR in 2026-01 to 2026-11`, givePosted),
		fact(`credit of  OBJECTIVE posted MONEY for PERIOD`, `credit of erp-availability posted 300.00 EUR for 2026-03`, givePostedCredit),
		fact(`facts "…"`, `facts "march.ndjson"`, giveFile),
	}}
	supplied := fact(`NAME down LENGTH | measured SHARE|NUMBER [UNIT] | met|missed|not measured in PERIOD [to PERIOD], …`, `erp down 217 min`, (*record).supply)
	complete := fact(`ID of SERVICE | priority PRIORITY | at SITE | EVENT INSTANT …`, `T-2 priority P1`, completeTicket)
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

// fact is a line that gives facts: they are made when all of a test is read.
func fact[N any](reads, example string, give func(w *record, n *N)) *form[draft] {
	return say(reads, example, func(_ *lowering, d *draft, n *N) {
		d.givens = append(d.givens, func(w *record) { give(w, n) })
	}).again()
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

func giveOutage(w *record, n *outageLine) {
	o := &outageGiven{line: n, at: n.Service.at.through(n.From.at), service: n.Service}
	for _, q := range n.More {
		o.complete(q)
	}
	w.outages = append(w.outages, o)
}

type outageCompletion struct {
	Quality outageQuality `parser:"'outage' @@"`
}

// completeOutage adds to the one outage of the shared lines.
func completeOutage(w *record, n *outageCompletion) {
	if len(w.outages) != 1 {
		w.l.report(codeNothingToComplete, n.Quality.at(), sla.Prose("what", "outage"), sla.Count("n", len(w.outages)))
		return
	}
	w.outages[0].complete(n.Quality)
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

type checksLine struct {
	Source text    `parser:"'checks' @@"`
	Of     *label  `parser:"( 'of' @@ )?"`
	From   moment  `parser:"'from' @@"`
	Series text    `parser:"@@"`
	Every  *length `parser:"( 'every' @@ )?"`
}

type workLine struct {
	Kind      name    `parser:"'maintenance' @@"`
	Service   name    `parser:"'of' @@"`
	From      moment  `parser:"@@"`
	To        ending  `parser:"'to' @@"`
	Announced *moment `parser:"( ','? 'announced' @@ )?"`
}

func giveWork(w *record, n *workLine) {
	w.l.refer(n.Kind.text, n.Kind.at, "maintenance", w.l.test.known.works)
	w.service(n.Service)
	m := &sla.Maintenance{Head: w.head("maintenance", &n.From), Service: n.Service.text, Work: n.Kind.text}
	m.Until, _ = w.l.until(&n.To, &n.From)
	if n.Announced != nil {
		m.Announced, _ = w.l.resolve(n.Announced, itsLast)
	}
	w.add(m, n.Kind.at.through(n.To.at))
}

type coverageLine struct {
	Source text   `parser:"'coverage' @@"`
	From   moment `parser:"@@"`
	To     ending `parser:"'to' @@"`
}

func giveCoverage(w *record, n *coverageLine) {
	c := &sla.Coverage{Head: w.head("coverage", &n.From)}
	c.Source = n.Source.text
	c.Until, _ = w.l.until(&n.To, &n.From)
	w.l.refer(n.Source.text, n.Source.at, "source", w.l.test.known.sources)
	w.covered[n.Source.text] = true
	w.add(c, n.Source.at.through(n.To.at))
}

type proofGivenLine struct {
	Of label  `parser:"'proof' 'of' @@"`
	At moment `parser:"@@"`
	By *name  `parser:"( 'by' @@ )?"`
}

func giveProofGiven(w *record, n *proofGivenLine) {
	w.addProof(n.Of.text, n.At, n.By, n.Of.at.through(n.At.at))
}

type claimGivenLine struct {
	Objective name       `parser:"'claim' 'for' @@"`
	In        periodName `parser:"'in' @@"`
	At        moment     `parser:"'at' @@"`
	Step      *name      `parser:"( ',' 'step' @@ )?"`
}

func giveClaim(w *record, n *claimGivenLine) {
	w.objective(n.Objective)
	c := &sla.Claim{Head: w.head("claim", &n.At), Objective: n.Objective.text, Period: n.In.text, Step: nameText(n.Step)}
	c.Occurred, _ = w.l.resolve(&n.At, itsLast)
	w.add(c, n.Objective.at.through(n.At.at))
}

type surveyLine struct {
	Service name     `parser:"'survey' @@"`
	At      moment   `parser:"@@"`
	First   number   `parser:"@@"`
	More    []number `parser:"( ',' @@ )*"`
}

func giveSurvey(w *record, n *surveyLine) {
	w.service(n.Service)
	for _, score := range append([]number{n.First}, n.More...) {
		w.add(&sla.Survey{Head: w.head("answer", &n.At), Service: n.Service.text, Score: score.v}, score.at)
	}
}

type volumeLine struct {
	Service name   `parser:"'volume' @@"`
	Units   count  `parser:"@@"`
	From    moment `parser:"'from' @@"`
}

func giveVolume(w *record, n *volumeLine) {
	w.service(n.Service)
	w.add(&sla.Volume{Head: w.head("volume", &n.From), Service: n.Service.text, Units: n.Units.n}, n.Service.at.through(n.From.at))
}

type agreedFeeLine struct {
	Service name       `parser:"'fee' 'of' @@"`
	Amount  money      `parser:"@@"`
	In      periodName `parser:"'in' @@"`
}

func giveAgreedFee(w *record, n *agreedFeeLine) {
	w.service(n.Service)
	f := &sla.AgreedFee{Head: w.headOn("fee", n.In.from), Service: n.Service.text, Period: n.In.text, Amount: n.Amount.v}
	w.add(f, n.Service.at.through(n.In.at))
}

type deliveredLine struct {
	Of periodName `parser:"'report' 'of' @@"`
	At moment     `parser:"'delivered' @@"`
}

func giveDelivered(w *record, n *deliveredLine) {
	f := &sla.Delivery{Head: w.head("report", &n.At), What: "report", Period: n.Of.text}
	f.Occurred, _ = w.l.resolve(&n.At, itsLast)
	w.add(f, n.Of.at.through(n.At.at))
}

type choiceGivenLine struct {
	Of name       `parser:"'choice' 'of' @@"`
	In periodName `parser:"'in' @@ 'is'"`
	Is name       `parser:"@@"`
	At moment     `parser:"'at' @@"`
}

// giveChoice names one of the remedies, or `credit` for the first.
func giveChoice(w *record, n *choiceGivenLine) {
	w.objective(n.Of)
	what := n.Of.text + "/credit"
	if n.Is.text != "credit" {
		what = n.Of.text + "/or/" + n.Is.text
	}
	f := &sla.Delivery{Head: w.head("choice", &n.At), What: what, Period: n.In.text}
	f.Occurred, _ = w.l.resolve(&n.At, itsStart)
	w.add(f, n.Of.at.through(n.At.at))
}

type noticeGivenLine struct {
	By  name       `parser:"'notice' 'by' @@"`
	For periodName `parser:"'for' @@"`
	At  moment     `parser:"'given' @@"`
}

func giveNotice(w *record, n *noticeGivenLine) {
	w.l.refer(n.By.text, n.By.at, "party", w.l.test.known.parties)
	f := &sla.Delivery{Head: w.head("notice", &n.At), What: "termination/" + n.By.text + "/notice", Period: n.For.text}
	f.Occurred, _ = w.l.resolve(&n.At, itsStart)
	w.add(f, n.By.at.through(n.At.at))
}

type missNotifiedLine struct {
	Of name       `parser:"'miss' 'of' @@"`
	In periodName `parser:"'in' @@"`
	At moment     `parser:"'notified' @@"`
}

func giveMissNotified(w *record, n *missNotifiedLine) {
	w.objective(n.Of)
	f := &sla.Delivery{Head: w.head("notified", &n.At), What: n.Of.text + "/notified", Period: n.In.text}
	f.Occurred, _ = w.l.resolve(&n.At, itsStart)
	w.add(f, n.Of.at.through(n.At.at))
}

type postedLine struct {
	Amount money       `parser:"'credits' 'posted' @@"`
	From   periodName  `parser:"'in' @@"`
	To     *periodName `parser:"( 'to' @@ )?"`
}

func givePosted(w *record, n *postedLine) {
	end := n.From.to
	if n.To != nil {
		end = n.To.to
	}
	w.post(sla.PostedCredit{Period: n.From.from, Amount: n.Amount.v}, end)
}

type postedCreditLine struct {
	Objective name       `parser:"'credit' 'of' @@"`
	For       *name      `parser:"( 'of' @@ )?"`
	Amount    money      `parser:"'posted' @@"`
	In        periodName `parser:"'for' @@"`
}

func givePostedCredit(w *record, n *postedCreditLine) {
	w.objective(n.Objective)
	c := sla.PostedCredit{Period: n.In.from, Objective: n.Objective.text, For: nameText(n.For), Amount: n.Amount.v}
	if c.For == "" {
		c.For = w.l.test.known.only(n.Objective.text)
	}
	w.post(c, n.In.to)
}

type factsLine struct {
	File text `parser:"'facts' @@"`
}

func giveFile(w *record, n *factsLine) {
	w.onlyInTests(n.File.at, "a file of facts")
	w.files = append(w.files, n.File.text)
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
	Missed   bool         `parser:"| @'missed'"`
	Unknown  bool         `parser:"| @( 'not' 'measured' ) )"`
	In       []periodSpan `parser:"( 'in' @@ ( ',' @@ )* )?"`
}
