package dsl

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Parties, services, sites, prices: who, what, where and for how much.

type partyHead struct {
	Role name `parser:"'party' @@"`
	Name text `parser:"@@"`
}

func partyForm() *form[sla.Contract] {
	return open(`party ROLE "Name" [{ … }]`, `party customer "Groupe Lenoir SA" {`,
		func(l *language) *scope[sla.Party] { return l.party },
		func(l *lowering, c *sla.Contract, n *partyHead) (string, *sla.Party, func()) {
			p, id := &sla.Party{Role: n.Role.text, Name: n.Name.text}, "party/"+n.Role.text
			if !l.declare(id, n.Role.at, "party "+n.Role.text) {
				return id, p, nil
			}
			return id, p, func() { c.Parties = append(c.Parties, *p) }
		}).bare().again()
}

func partyScope() *scope[sla.Party] {
	return &scope[sla.Party]{key: "party", forms: []*form[sla.Party]{
		say(`desk phone|portal|email "…", …`, `desk phone "+33 1 99 00 14 14", portal "https://portail.cimaise.example"`, lowerDesk),
		say(`must NAME "what" [within LENGTH [after EVENT] | every LENGTH | by DATE] [during CALENDAR] [, otherwise the extra wait|the wait pauses every clock]`, `must answer "Answer a question" within 4 h during support-hours`, lowerMust).again(),
		acceptForm[sla.Party](),
	}}
}

type contact struct {
	Channel name `parser:"@@"`
	Address text `parser:"@@"`
}

type deskLine struct {
	First contact   `parser:"'desk' @@"`
	More  []contact `parser:"( ',' @@ )*"`
}

func lowerDesk(_ *lowering, p *sla.Party, n *deskLine) {
	for _, c := range append([]contact{n.First}, n.More...) {
		p.Desk = append(p.Desk, sla.Contact{Channel: c.Channel.text, Address: c.Address.text})
	}
}

type mustLine struct {
	Name   name    `parser:"'must' @@"`
	Text   text    `parser:"@@"`
	Within *length `parser:"( 'within' @@"`
	After  *name   `parser:"( 'after' @@ )?"`
	Every  *length `parser:"| 'every' @@"`
	By     *day    `parser:"| 'by' @@ )?"`
	During *name   `parser:"( 'during' @@ )?"`
	Extra  bool    `parser:"( ',' 'otherwise' 'the' @'extra'?"`
	Wait   bool    `parser:"@'wait' 'pauses' 'every' 'clock' )?"`
}

func (n *mustLine) relief() sla.Relief {
	switch {
	case n.Extra:
		return sla.ReliefExtraWait
	case n.Wait:
		return sla.ReliefWait
	}
	return ""
}

func lowerMust(l *lowering, p *sla.Party, n *mustLine) {
	id := l.sub("must", n.Name.text)
	if l.declare(id, n.Name.at, "must "+n.Name.text) {
		d := sla.Duty{Name: n.Name.text, Text: n.Text.text, Within: lengthPtr(n.Within), After: nameText(n.After), Every: lengthPtr(n.Every), During: nameText(n.During), Relief: n.relief()}
		if n.By != nil {
			d.By = &n.By.v
		}
		p.Duties = append(p.Duties, d)
	}
	if n.During != nil {
		l.at(id+"/during", n.During.at)
	}
}

type serviceHead struct {
	Name  name  `parser:"'service' @@"`
	Title *text `parser:"@@?"`
}

func serviceForm() *form[sla.Contract] {
	return open(`service NAME ["Title"] [{ … }]`, `service erp "ERP Sage X3" {`,
		func(l *language) *scope[sla.Service] { return l.service },
		func(l *lowering, c *sla.Contract, n *serviceHead) (string, *sla.Service, func()) {
			s, id := &sla.Service{Name: n.Name.text, Title: textOf(n.Title)}, "service/"+n.Name.text
			if !l.declare(id, n.Name.at, "service "+n.Name.text) {
				return id, s, nil
			}
			return id, s, func() { c.Services = append(c.Services, *s) }
		}).bare().again()
}

func serviceScope() *scope[sla.Service] {
	return &scope[sla.Service]{key: "service", forms: []*form[sla.Service]{
		say(`tier TIER`, `tier gold`, lowerServiceTier),
		say(`fee AMOUNT [per UNIT] per month|quarter|year [, NUMBER UNITs] [, reviewed beyond SHARE change]`,
			`fee 10.00 EUR per user per month, 420 users, reviewed beyond 20% change`, lowerFee),
		say(`surcharge NAME SHARE of the fee | NAME MONEY`, `surcharge level-99-90 300% of the fee`, lowerSurcharge).again(),
		say(`includes "…", "…", …`, `includes "Supervision", "Sauvegarde"`, func(_ *lowering, s *sla.Service, n *includesLine) { s.Includes = textList(n.First, n.More) }),
		say(`excludes "…", "…", …`, `excludes "Paramétrage fonctionnel"`, func(_ *lowering, s *sla.Service, n *excludesLine) { s.Excludes = textList(n.First, n.More) }),
		say(`known as  "…", "…", …`, `known as "ci:4711"`, func(_ *lowering, s *sla.Service, n *knownLine) { s.Known = textList(n.First, n.More) }),
		say(`depends on  SERVICE, SERVICE, …`, `depends on network, storage`, lowerDependsOn),
		acceptForm[sla.Service](),
	}}
}

type surchargeLine struct {
	Name name `parser:"'surcharge' @@"`
	Rate rate `parser:"@@"`
	Of   bool `parser:"( @( 'of' 'the' 'fee' ) )?"`
}

func lowerSurcharge(l *lowering, s *sla.Service, n *surchargeLine) {
	pays := n.Rate.pay
	switch {
	case pays.Kind == credits.PayShare && !n.Of:
		l.report(codeUnfinished, n.Rate.at, sla.Name("word", "of the fee"))
		return
	case pays.Kind != credits.PayShare && (pays.Kind != credits.PayMoney || n.Of):
		l.add((&problem{code: codeUnitMismatch, place: n.Rate.at}).with(
			sla.Prose("found", n.Rate.text()), sla.Phrase("is", "kind "+orElse(string(pays.Kind), "none")), sla.Phrase("expected", "value share")))
		return
	}
	id := l.sub("surcharge", n.Name.text)
	if l.declare(id, n.Name.at, "surcharge "+n.Name.text) {
		l.at(id, n.Rate.at)
		s.Surcharges = append(s.Surcharges, sla.Surcharge{Name: n.Name.text, Pays: pays})
	}
}

type dependsLine struct {
	First name   `parser:"'depends' 'on' @@"`
	More  []name `parser:"( ',' @@ )*"`
}

func lowerDependsOn(l *lowering, s *sla.Service, n *dependsLine) {
	for _, on := range append([]name{n.First}, n.More...) {
		l.at(l.sub("depends-on", on.text), on.at)
		s.DependsOn = append(s.DependsOn, on.text)
	}
}

func textList(first text, more []text) []string {
	out := []string{first.text}
	for _, n := range more {
		out = append(out, n.text)
	}
	return out
}

type includesLine struct {
	First text   `parser:"'includes' @@"`
	More  []text `parser:"( ',' @@ )*"`
}

type excludesLine struct {
	First text   `parser:"'excludes' @@"`
	More  []text `parser:"( ',' @@ )*"`
}

type knownLine struct {
	First text   `parser:"'known' 'as' @@"`
	More  []text `parser:"( ',' @@ )*"`
}

type serviceTierLine struct {
	Tier name `parser:"'tier' @@"`
}

func lowerServiceTier(l *lowering, s *sla.Service, n *serviceTierLine) {
	l.at(l.sub("tier"), n.Tier.at)
	s.Tier = n.Tier.text
}

type feeLine struct {
	Amount money          `parser:"'fee' @@"`
	Per    word           `parser:"'per' @@"`
	Time   *name          `parser:"( 'per' @@ )?"`
	Quals  []feeQualifier `parser:"( ',' @@ )*"`
}

type feeQualifier struct {
	Volume *volume `parser:"@@"`
	Review *share  `parser:"| 'reviewed' 'beyond' @@ 'change'"`
}

type volume struct {
	N    count `parser:"@@"`
	Unit name  `parser:"@@"`
}

func lowerFee(l *lowering, s *sla.Service, n *feeLine) {
	l.at(l.sub("fee"), n.Amount.at)
	f := &sla.Fee{Amount: n.Amount.v}
	time := n.Per.name
	if n.Time != nil {
		f.Unit, time = n.Per.text, *n.Time
	}
	if !l.choice(time, "fee", "month", "quarter", "year") {
		return
	}
	f.Per = sla.FeePer(time.text)
	for _, q := range n.Quals {
		switch {
		case q.Volume != nil && (f.Unit == "" || q.Volume.Unit.text != f.Unit && q.Volume.Unit.text != f.Unit+"s"):
			l.report(codeUnexpected, q.Volume.Unit.at, sla.Prose("found", q.Volume.Unit.text), sla.Name("word", orElse(f.Unit, "per")))
		case q.Volume != nil:
			f.Volume = q.Volume.N.n
		default:
			f.ReviewBeyond = &q.Review.v
		}
	}
	s.Fee = f
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

type chargeLine struct {
	Name    name              `parser:"'charge' @@"`
	Amount  money             `parser:"@@"`
	Started bool              `parser:"'for' 'each' @'started'?"`
	Each    length            `parser:"@@"`
	Quals   []chargeQualifier `parser:"( ',' @@ )*"`
}

type chargeQualifier struct {
	Work     *chargeWork `parser:"'for' 'work' @@"`
	ExceptOn *name       `parser:"| 'except' 'tickets' 'and' 'requests' 'on' 'the' @@ 'clock'"`
	ProRata  bool        `parser:"| @( 'pro' 'rata' )"`
}

type chargeWork struct {
	By      *name `parser:"'asked' 'by' @@"`
	Outside *name `parser:"( 'outside' @@"`
	During  *name `parser:"| 'during' @@ )?"`
}

func chargeForm() *form[sla.Contract] {
	return say(`charge NAME AMOUNT for each [started] LENGTH [, for work asked by PARTY outside|during CALENDAR] [, except tickets and requests on the CALENDAR clock]`,
		`charge out-of-hours 190.00 EUR for each started 1 h, for work asked by customer outside support-hours`, lowerCharge).again()
}

func lowerCharge(l *lowering, c *sla.Contract, n *chargeLine) {
	ch := sla.Charge{Name: n.Name.text, Amount: n.Amount.v, Each: n.Each.v, Started: n.Started}
	id := "charge/" + ch.Name
	for _, q := range n.Quals {
		if q.ExceptOn != nil {
			ch.ExceptOn = q.ExceptOn.text
			l.at(id+"/except", q.ExceptOn.at)
		}
		if w := q.Work; w != nil {
			ch.AskedBy, ch.Outside, ch.During = nameText(w.By), nameText(w.Outside), nameText(w.During)
			l.at(id+"/asked-by", w.By.at)
			for _, cal := range []*name{w.Outside, w.During} {
				if cal != nil {
					l.at(id+"/calendar", cal.at)
				}
			}
		}
	}
	if l.declare(id, n.Amount.at, "charge "+ch.Name) {
		c.Charges = append(c.Charges, ch)
	}
}

type paymentLine struct {
	Window window           `parser:"'payment' 'invoiced' 'each' @@"`
	When   word             `parser:"'in' @@"`
	Quals  []paymentTimings `parser:"( ',' @@ )*"`
}

type paymentTimings struct {
	Issued *issuedPart `parser:"'issued' @@"`
	Due    *length     `parser:"| 'due' @@ 'after' 'issue'"`
}

type issuedPart struct {
	After length `parser:"@@ 'after'"`
	End   name   `parser:"@@ 'end'"`
}

func paymentForm() *form[sla.Contract] {
	return say(`payment invoiced each PERIOD in arrears|advance, issued LENGTH after month|quarter|half-year|year end, due LENGTH after issue`,
		`payment invoiced each calendar month in arrears, issued 10 business days after month end, due 30 days after issue`,
		func(l *lowering, c *sla.Contract, n *paymentLine) {
			if !l.choice(n.When.name, "payment", "arrears", "advance") {
				return
			}
			p := &sla.Payment{Invoiced: n.Window.v, Arrears: n.When.text == "arrears"}
			for _, q := range n.Quals {
				if q.Issued != nil {
					l.endOf(q.Issued.End, p.Invoiced)
					p.Issued = q.Issued.After.v
					l.at("payment/issued", q.Issued.After.at)
				} else {
					p.Due = q.Due.v
					l.at("payment/due", q.Due.at)
				}
			}
			c.Payment = p
		})
}

type discountLine struct {
	Share share `parser:"'discount' @@"`
	Cycle word  `parser:"'if' 'paid' @@ 'in' 'advance'"`
}

func discountForm() *form[sla.Contract] {
	return say(`discount SHARE if paid monthly|quarterly|yearly in advance`, `discount 3% if paid yearly in advance`,
		func(l *lowering, c *sla.Contract, n *discountLine) {
			id := "discount/paid-" + n.Cycle.text
			if l.choice(n.Cycle.name, "discount", "monthly", "quarterly", "yearly") && l.declare(id, n.Share.at, "discount "+n.Cycle.text) {
				c.Discounts = append(c.Discounts, sla.Discount{Share: n.Share.v, If: "paid " + n.Cycle.text + " in advance"})
			}
		}).again()
}

type siteHead struct {
	Name  name  `parser:"'site' @@"`
	Title *text `parser:"@@?"`
}

func siteForm() *form[sla.Contract] {
	return open(`site NAME ["Title"] { … }`, `site aurillac "Aurillac (15)" {`,
		func(l *language) *scope[sla.Site] { return l.site },
		func(l *lowering, c *sla.Contract, n *siteHead) (string, *sla.Site, func()) {
			s, id := &sla.Site{Name: n.Name.text, Title: textOf(n.Title)}, "site/"+n.Name.text
			if !l.declare(id, n.Name.at, "site "+n.Name.text) {
				return id, s, nil
			}
			return id, s, func() { c.Sites = append(c.Sites, *s) }
		}).again().bare()
}

func siteScope() *scope[sla.Site] {
	return &scope[sla.Site]{key: "site", forms: []*form[sla.Site]{
		say(`instead requests REQUEST within LENGTH | tier TIER priority PRIORITY MEASURE within LENGTH [, because "…"]`,
			`instead requests printer-onsite within 8 h`, lowerInstead).again(),
		acceptForm[sla.Site](),
	}}
}

type insteadLine struct {
	Request *name        `parser:"'instead' ( 'requests' @@"`
	Tier    *insteadTier `parser:"| 'tier' @@ )"`
	Within  length       `parser:"'within' @@"`
	Because *text        `parser:"( ',' 'because' @@ )?"`
}

type insteadTier struct {
	Tier     name `parser:"@@"`
	Priority name `parser:"'priority' @@"`
	Measure  name `parser:"@@"`
}

func lowerInstead(l *lowering, s *sla.Site, n *insteadLine) {
	in := sla.Instead{Within: n.Within.v, Because: textOf(n.Because)}
	var key string
	var at place
	if n.Request != nil {
		in.Request, in.Measure = n.Request.text, "deliver"
		key, at = "requests/"+in.Request, n.Request.at
	} else {
		in.Tier, in.Priority, in.Measure = n.Tier.Tier.text, n.Tier.Priority.text, n.Tier.Measure.text
		key, at = in.Tier+"/"+in.Priority+"/"+in.Measure, n.Tier.Tier.at.through(n.Tier.Measure.at)
	}
	if l.declare(l.sub("instead", key), at, "instead "+key) {
		s.Instead = append(s.Instead, in)
	}
}

func latest(a *calendar.Date, b *day) *calendar.Date {
	if b != nil {
		return &b.v
	}
	return a
}
