package dsl

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// The contract block: what the agreement is, between whom, for how long.

type contractHead struct {
	ID label `parser:"'contract' @@"`
}

func contractForm() *form[sla.Contract] {
	return open(`contract "ID" { … }`, `contract "CS-2026-014" {`,
		func(l *language) *scope[sla.Contract] { return l.contract },
		func(l *lowering, c *sla.Contract, n *contractHead) (string, *sla.Contract, func()) {
			c.ID = n.ID.text
			l.at("contract", n.ID.at)
			return "contract", c, nil
		})
}

func contractScope() *scope[sla.Contract] {
	return &scope[sla.Contract]{key: "contract", forms: []*form[sla.Contract]{
		say(`title [LANGUAGE] "…"`, `title fr "Contrat d'infogérance"`, lowerTitle).again(),
		say(`kind customer | internal | underpinning | fragment`, `kind customer`, lowerKind),
		say(`status draft | signed on DATE | in force | ended on DATE`, `status signed on 2025-12-15`, lowerStatus),
		say(`version "…" [replaces "…"] [, in force from DATE]`, `version "2.1.0" replaces "2.0.0", in force from 2026-01-01`, lowerVersion),
		say(`template "…" version "…"`, `template "msp-france" version "3.4.0"`, lowerTemplate),
		say(`schedule of  "…"`, `schedule of "MSA-2025-007"`, func(_ *lowering, c *sla.Contract, n *scheduleLine) { c.ScheduleOf = n.Of.text }),
		say(`precedence NAME, NAME, …`, `precedence order-form, this-schedule, master-agreement`, lowerPrecedence),
		say(`approval by NAME, NAME, …`, `approval by legal, operations, finance`, lowerApproval),
		say(`language LANGUAGE authentic|translation, …`, `language fr authentic, en translation`, lowerLanguages),
		say(`governing law  "…" [, court "…"]`, `governing law "Droit français", court "Tribunal des activités économiques de Paris"`, lowerLaw),
		say(`timezone ZONE`, `timezone Europe/Paris`, lowerTimezone),
		say(`business days  of CALENDAR`, `business days of support-hours`, lowerBusinessDays),
		say(`currency CURRENCY [, each credit rounded half up|half even|half down|up|down to AMOUNT]`, `currency EUR, each credit rounded half up to 0.01`, lowerCurrency),
		say(`amounts exclude tax | include tax`, `amounts exclude tax`, lowerAmounts),
		say(`term LENGTH from DATE [, renewed by LENGTH unless notice of LENGTH]`, `term 36 months from 2026-01-01, renewed by 12 months unless notice of 90 days`, lowerTerm),
		acceptForm[sla.Contract](),
	}}
}

type titleLine struct {
	Lang *name `parser:"'title' @@?"`
	Text text  `parser:"@@"`
}

func lowerTitle(l *lowering, c *sla.Contract, n *titleLine) {
	id := l.sub("title")
	if n.Lang != nil {
		id += "/" + n.Lang.text
	}
	if l.declare(id, n.Text.at, "title") {
		c.Titles = append(c.Titles, sla.Text{Lang: nameText(n.Lang), Text: n.Text.text})
	}
}

type kindLine struct {
	Kind word `parser:"'kind' @@"`
}

func lowerKind(l *lowering, c *sla.Contract, n *kindLine) {
	l.at(l.sub("kind"), n.Kind.at)
	if l.choice(n.Kind.name, "kind", "customer", "internal", "underpinning", "fragment") {
		c.Kind = sla.Kind(n.Kind.text)
	}
}

type statusLine struct {
	Signed *day `parser:"'status' ( 'signed' 'on' @@"`
	Ended  *day `parser:"| 'ended' 'on' @@"`
	Force  bool `parser:"| @( 'in' 'force' )"`
	Draft  word `parser:"| @@ )"`
}

func lowerStatus(l *lowering, c *sla.Contract, n *statusLine) {
	switch {
	case n.Signed != nil:
		c.Status = sla.Status{State: sla.StatusSigned, On: &n.Signed.v}
	case n.Ended != nil:
		c.Status = sla.Status{State: sla.StatusEnded, On: &n.Ended.v}
	case n.Force:
		c.Status.State = sla.StatusInForce
	case l.choice(n.Draft.name, "status", "draft", "signed on DATE", "in force", "ended on DATE"):
		c.Status.State = sla.StatusDraft
	}
}

type versionLine struct {
	ID       text  `parser:"'version' @@"`
	Replaces *text `parser:"( 'replaces' @@ )?"`
	From     *day  `parser:"( ',' 'in' 'force' 'from' @@ )?"`
}

func lowerVersion(l *lowering, c *sla.Contract, n *versionLine) {
	l.at(l.sub("version"), n.ID.at)
	c.Version = &sla.Version{ID: n.ID.text, Replaces: textOf(n.Replaces), InForceFrom: datePtr(n.From)}
}

type templateLine struct {
	Name    text `parser:"'template' @@"`
	Version text `parser:"'version' @@"`
}

func lowerTemplate(_ *lowering, c *sla.Contract, n *templateLine) {
	c.Template = &sla.TemplateRef{Name: n.Name.text, Version: n.Version.text}
}

type scheduleLine struct {
	Of text `parser:"'schedule' 'of' @@"`
}

type precedenceLine struct {
	First name   `parser:"'precedence' @@"`
	More  []name `parser:"( ',' @@ )*"`
}

func lowerPrecedence(_ *lowering, c *sla.Contract, n *precedenceLine) {
	c.Precedence = names(n.First, n.More)
}

type approvalLine struct {
	First name   `parser:"'approval' 'by' @@"`
	More  []name `parser:"( ',' @@ )*"`
}

func lowerApproval(_ *lowering, c *sla.Contract, n *approvalLine) {
	c.Approval = names(n.First, n.More)
}

type languageRole struct {
	Code name `parser:"@@"`
	Role name `parser:"@@"`
}

type languageLine struct {
	First languageRole   `parser:"'language' @@"`
	More  []languageRole `parser:"( ',' @@ )*"`
}

func lowerLanguages(l *lowering, c *sla.Contract, n *languageLine) {
	for _, r := range append([]languageRole{n.First}, n.More...) {
		known := l.choice(r.Role, "language", "authentic", "translation")
		if known && l.declare(l.sub("language", r.Code.text), r.Code.at, "language") {
			c.Languages = append(c.Languages, sla.Language{Code: r.Code.text, Role: sla.LanguageRole(r.Role.text)})
		}
	}
}

type lawLine struct {
	Text  text  `parser:"'governing' 'law' @@"`
	Court *text `parser:"( ',' 'court' @@ )?"`
}

func lowerLaw(_ *lowering, c *sla.Contract, n *lawLine) {
	c.Law = &sla.Law{Text: n.Text.text, Court: textOf(n.Court)}
}

type timezoneLine struct {
	Zone name `parser:"'timezone' @@"`
}

func lowerTimezone(l *lowering, c *sla.Contract, n *timezoneLine) {
	l.at(l.sub("timezone"), n.Zone.at)
	c.Timezone = n.Zone.text
}

type businessDaysLine struct {
	Of name `parser:"'business' 'days' 'of' @@"`
}

func lowerBusinessDays(l *lowering, c *sla.Contract, n *businessDaysLine) {
	l.at(l.sub("business-days"), n.Of.at)
	c.BusinessDays = n.Of.text
}

type currencyLine struct {
	Code     name      `parser:"'currency' @@"`
	Rounding *rounding `parser:"( ',' 'each' 'credit' 'rounded' @@ )?"`
}

type rounding struct {
	Half  name   `parser:"@@"`
	Which *name  `parser:"( (?! 'to' ) @@ )?"`
	To    number `parser:"'to' @@"`
}

func lowerCurrency(l *lowering, c *sla.Contract, n *currencyLine) {
	l.at(l.sub("currency"), n.Code.at)
	if !isCurrency(n.Code.text) {
		p := (&problem{code: codeUnknownCurrency, place: n.Code.at}).with(sla.Prose("found", n.Code.text))
		if code := currencyNamed(n.Code.text); code != "" {
			p.with(sla.Name("suggestion", code)).fixed(n.Code.at, code)
		}
		l.add(p)
		return
	}
	c.Currency = &sla.CurrencyRule{Code: credits.Currency(n.Code.text)}
	if r := n.Rounding; r != nil {
		mode := name{text: r.Half.text, at: r.Half.at}
		if r.Which != nil {
			mode.text, mode.at = mode.text+" "+r.Which.text, mode.at.through(r.Which.at)
		}
		if l.choice(mode, "rounding", "half up", "half even", "half down", "up", "down") && l.positive(r.To) {
			c.Currency.Rounding = &credits.Rounding{Mode: credits.Mode(mode.text), To: r.To.v}
		}
	}
}

func (l *lowering) positive(n number) bool {
	if n.v.GreaterThan(decimal.Zero) {
		return true
	}
	l.report(codeMalformedNumber, n.at, sla.Prose("found", n.v.String()))
	return false
}

type amountsLine struct {
	Basis word `parser:"'amounts' @@ 'tax'"`
}

func lowerAmounts(l *lowering, c *sla.Contract, n *amountsLine) {
	if l.choice(n.Basis.name, "amounts", "exclude", "include") {
		c.Amounts = sla.TaxBasis(n.Basis.text + " tax")
	}
}

type termLine struct {
	Length  length       `parser:"'term' @@"`
	From    day          `parser:"'from' @@"`
	Renewal *termRenewal `parser:"( ',' 'renewed' 'by' @@ )?"`
}

type termRenewal struct {
	By     length `parser:"@@"`
	Notice length `parser:"'unless' 'notice' 'of' @@"`
}

func lowerTerm(l *lowering, c *sla.Contract, n *termLine) {
	l.at(l.sub("term"), n.Length.at.through(n.From.at))
	c.Term = &sla.Term{Length: n.Length.v, From: n.From.v}
	if n.Renewal != nil {
		c.Term.Renewal, c.Term.Notice = &n.Renewal.By.v, &n.Renewal.Notice.v
	}
}

// accept stands in any block and waives a warning there.

type acceptLine struct {
	Code   name              `parser:"'accept' @@"`
	Reason text              `parser:"@@"`
	Quals  []acceptQualifier `parser:"( ',' @@ )*"`
}

type acceptQualifier struct {
	By    *name `parser:"'by' @@"`
	Until *day  `parser:"| 'until' @@"`
}

func acceptForm[C any]() *form[C] {
	return say(`accept CODE "reason" [, by PARTY] [, until DATE]`, `accept uncapped-credits "Liability is capped in the master agreement"`,
		func(l *lowering, _ *C, n *acceptLine) {
			a := sla.Accept{Code: n.Code.text, Reason: n.Reason.text, In: l.id}
			for _, q := range n.Quals {
				a.By, a.Until = a.By+nameText(q.By), latest(a.Until, q.Until)
			}
			if l.declare(l.sub("accept", a.Code), n.Code.at, "accept "+a.Code) {
				l.contract.Accepts = append(l.contract.Accepts, a)
			}
		}).again()
}
