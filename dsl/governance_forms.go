package dsl

import (
	"strings"

	"github.com/sla-lang/sla/sla"
)

// Security, continuity, responsibility, suppliers, reports, prose.

type securityHead struct {
	Head bool `parser:"@'security'"`
}

func securityForm() *form[sla.Contract] {
	return open(`security { … }`, `security {`,
		func(l *language) *scope[sla.Security] { return l.security },
		func(_ *lowering, c *sla.Contract, _ *securityHead) (string, *sla.Security, func()) {
			s := &sla.Security{}
			return "security", s, func() { c.Security = s }
		})
}

func securityScope() *scope[sla.Security] {
	return &scope[sla.Security]{key: "security", forms: []*form[sla.Security]{
		say(`encryption at rest "…", in transit "…"`, `encryption at rest "AES-256", in transit "TLS 1.2 or later"`, lowerEncryption),
		say(`patches KIND within LENGTH after release, …`, `patches critical within 7 days after release, others within 30 days after release`, lowerPatches),
		say(`firewall "…"`, `firewall "on every site"`, func(_ *lowering, s *sla.Security, n *firewallLine) { s.Firewall = n.Text.text }),
		say(`anti-malware "…"`, `anti-malware "on every device"`, func(_ *lowering, s *sla.Security, n *malwareLine) { s.AntiMalware = n.Text.text }),
		say(`audit every LENGTH`, `audit every 12 months`, func(_ *lowering, s *sla.Security, n *auditLine) { s.AuditEvery = &n.Every.v }),
		say(`breach notice  within LENGTH after discovery`, `breach notice within 24 h after discovery`, func(_ *lowering, s *sla.Security, n *breachLine) {
			s.BreachNotice = &n.Within.v
		}),
		acceptForm[sla.Security](),
	}}
}

type encryptionLine struct {
	First encryptionPart   `parser:"'encryption' @@"`
	More  []encryptionPart `parser:"( ',' @@ )*"`
}

type encryptionPart struct {
	Rest    *text `parser:"'at' 'rest' @@"`
	Transit *text `parser:"| 'in' 'transit' @@"`
}

func lowerEncryption(_ *lowering, s *sla.Security, n *encryptionLine) {
	for _, p := range append([]encryptionPart{n.First}, n.More...) {
		if p.Rest != nil {
			s.AtRest = p.Rest.text
		} else {
			s.InTransit = p.Transit.text
		}
	}
}

type patchesLine struct {
	First patchPart   `parser:"'patches' @@"`
	More  []patchPart `parser:"( ',' @@ )*"`
}

type patchPart struct {
	Kind   name   `parser:"@@"`
	Within length `parser:"'within' @@ 'after' 'release'"`
}

func lowerPatches(l *lowering, s *sla.Security, n *patchesLine) {
	for _, p := range append([]patchPart{n.First}, n.More...) {
		if l.declare(l.sub("patches", p.Kind.text), p.Kind.at, "patches "+p.Kind.text) {
			s.Patches = append(s.Patches, sla.Patch{Kind: p.Kind.text, Within: p.Within.v})
		}
	}
}

type firewallLine struct {
	Text text `parser:"'firewall' @@"`
}
type malwareLine struct {
	Text text `parser:"'anti-malware' @@"`
}
type auditLine struct {
	Every length `parser:"'audit' 'every' @@"`
}
type breachLine struct {
	Within length `parser:"'breach' 'notice' 'within' @@ 'after' 'discovery'"`
}

type backupLine struct {
	Service name         `parser:"'backup' 'of' @@"`
	Every   length       `parser:"'every' @@"`
	Quals   []backupPart `parser:"( ',' @@ )*"`
}

type backupPart struct {
	Kept      *length `parser:"'kept' @@"`
	Immutable bool    `parser:"| @'immutable'"`
	Test      *length `parser:"| 'restore' 'test' 'every' @@"`
	Tool      *text   `parser:"| 'tool' @@"`
}

func backupForm() *form[sla.Contract] {
	return say(`backup of  SERVICE every LENGTH [, kept LENGTH] [, immutable] [, restore test every LENGTH] [, tool "…"]`,
		`backup of erp every 1 h, kept 30 days, immutable, restore test every 3 months`,
		func(l *lowering, c *sla.Contract, n *backupLine) {
			b, id := sla.Backup{Service: n.Service.text, Every: n.Every.v}, "backup/"+n.Service.text
			for _, q := range n.Quals {
				switch {
				case q.Kept != nil:
					b.Kept = &q.Kept.v
				case q.Test != nil:
					b.RestoreTest = &q.Test.v
				case q.Tool != nil:
					b.Tool = q.Tool.text
				default:
					b.Immutable = true
				}
			}
			if l.declare(id, n.Service.at, "backup of "+n.Service.text) {
				l.at(id+"/every", n.Every.at)
				c.Backups = append(c.Backups, b)
			}
		}).again()
}

type recoveryLine struct {
	Service name           `parser:"'recovery' 'of' @@"`
	First   recoveryPart   `parser:"@@"`
	More    []recoveryPart `parser:"( ',' @@ )*"`
}

type recoveryPart struct {
	RPO  *length `parser:"'RPO' @@"`
	RTO  *length `parser:"| 'RTO' @@"`
	Test *length `parser:"| 'test' 'every' @@"`
}

func recoveryForm() *form[sla.Contract] {
	return say(`recovery of  SERVICE RPO LENGTH, RTO LENGTH [, test every LENGTH]`, `recovery of erp RPO 1 h, RTO 4 h, test every 6 months`,
		func(l *lowering, c *sla.Contract, n *recoveryLine) {
			r, id := sla.Recovery{Service: n.Service.text}, "recovery/"+n.Service.text
			for _, p := range append([]recoveryPart{n.First}, n.More...) {
				switch {
				case p.RPO != nil:
					r.RPO = p.RPO.v
					l.at(id+"/rpo", p.RPO.at)
				case p.RTO != nil:
					r.RTO = p.RTO.v
				default:
					r.Test = &p.Test.v
				}
			}
			if l.declare(id, n.Service.at, "recovery of "+n.Service.text) {
				c.Recoveries = append(c.Recoveries, r)
			}
		}).again()
}

type raciHead struct {
	Head bool `parser:"@'raci'"`
}

func raciForm() *form[sla.Contract] {
	return open(`raci { TABLE }`, `raci {`,
		func(l *language) *scope[sla.RACI] { return l.raci },
		func(_ *lowering, c *sla.Contract, _ *raciHead) (string, *sla.RACI, func()) {
			r := &sla.RACI{}
			return "raci", r, func() { c.RACI = r }
		})
}

func raciScope() *scope[sla.RACI] {
	return &scope[sla.RACI]{key: "raci", forms: []*form[sla.RACI]{acceptForm[sla.RACI]()}, table: lowerRACI}
}

func lowerRACI(l *lowering, r *sla.RACI, t *table) {
	activity, ok := l.required(t, "activity")
	if !ok {
		return
	}
	before := map[string]bool{} // of another table in the block
	for _, p := range r.Parties {
		before[p] = true
	}
	for i, c := range t.columns {
		if i != activity && !before[c.heading] {
			l.at(l.sub("party", c.heading), c.place)
			r.Parties = append(r.Parties, c.heading)
		}
	}
	for _, row := range t.rows {
		v, ok := readCell(l, l.lang.cells.label, t, activity, row[activity], unnamed)
		if !ok || !l.declare("raci/"+sla.Slug(v.text), v.at, v.text) {
			continue
		}
		line := sla.RACIRow{Activity: v.text}
		for i, c := range t.columns {
			if i == activity || row[i].empty() {
				continue
			}
			letters := l.raciLetters(row[i], c.heading)
			line.Roles = append(line.Roles, sla.RACIAssign{Party: c.heading, Letters: letters})
		}
		r.Rows = append(r.Rows, line)
	}
}

func (l *lowering) raciLetters(c cell, column string) []string {
	var letters []string
	for _, t := range c.tokens {
		if t.kind == tokComma {
			continue
		}
		if strings.Trim(t.value, "ARCI") != "" || t.kind != tokWord {
			l.report(codeNotOneOf, t.place(), sla.Prose("found", t.value), sla.Name("what", column), sla.List("allowed", []string{"A", "R", "C", "I", "-"}))
			continue
		}
		letters = append(letters, strings.Split(t.value, "")...)
	}
	return letters
}

type underpinningHead struct {
	ID       label  `parser:"'underpinning' @@"`
	By       name   `parser:"'by' @@"`
	Supports name   `parser:"'supports' @@"`
	More     []name `parser:"( ',' @@ )*"`
}

func underpinningForm() *form[sla.Contract] {
	return open(`underpinning "ID" by PARTY supports SERVICE, … { … }`, `underpinning "NS-IAAS-2025" by supplier supports erp {`,
		func(l *language) *scope[sla.Underpinning] { return l.underpinning },
		func(l *lowering, c *sla.Contract, n *underpinningHead) (string, *sla.Underpinning, func()) {
			u, id := &sla.Underpinning{ID: n.ID.text, By: n.By.text, Supports: names(n.Supports, n.More)}, "underpinning/"+n.ID.text
			if !l.declare(id, n.ID.at, "underpinning "+n.ID.text) {
				return id, u, nil
			}
			l.at(id+"/by", n.By.at)
			for _, s := range append([]name{n.Supports}, n.More...) {
				l.at(id+"/supports/"+s.text, s.at)
			}
			return id, u, func() { c.Underpinnings = append(c.Underpinnings, *u) }
		}).again()
}

func underpinningScope() *scope[sla.Underpinning] {
	return &scope[sla.Underpinning]{key: "underpinning",
		forms: []*form[sla.Underpinning]{
			say(`availability OPERATOR SHARE each PERIOD`, `availability at least 99.90% each calendar month`,
				func(l *lowering, u *sla.Underpinning, n *supplierAvailability) {
					l.at(l.sub("availability"), n.Level.Share.at)
					u.Promises = append(u.Promises, sla.UnderpinningTarget{Measure: "availability", Op: n.Level.Op.v, Share: &n.Level.Share.v, Window: n.Each.v})
				}),
			say(`margin at least POINTS|LENGTH of MEASURE, …`, `margin at least 0.20 points of availability, at least 1 h of restore`, lowerMargin),
			acceptForm[sla.Underpinning](),
		},
		other: say(`MEASURE PRIORITY within LENGTH [during CALENDAR]`, `restore P1 within 2 h during always`, lowerSupplierLimit).again(),
		suits: func(t []token) bool { return len(t) > 2 && t[0].kind == tokWord && t[2].value == "within" }}
}

type supplierAvailability struct {
	Level threshold `parser:"'availability' @@"`
	Each  window    `parser:"'each' @@"`
}

type supplierLimit struct {
	Measure  name   `parser:"@@"`
	Priority name   `parser:"@@"`
	Within   length `parser:"'within' @@"`
	During   *name  `parser:"( 'during' @@ )?"`
}

func lowerSupplierLimit(l *lowering, u *sla.Underpinning, n *supplierLimit) {
	id := l.sub(n.Measure.text, n.Priority.text)
	if !l.declare(id, n.Within.at, n.Measure.text+" "+n.Priority.text) {
		return
	}
	if n.During != nil {
		l.at(id+"/during", n.During.at)
	}
	l.at(id+"/priority", n.Priority.at)
	u.Promises = append(u.Promises, sla.UnderpinningTarget{Measure: n.Measure.text, Priority: n.Priority.text, Within: &n.Within.v, During: nameText(n.During)})
}

type marginLine struct {
	First marginPart   `parser:"'margin' @@"`
	More  []marginPart `parser:"( ',' @@ )*"`
}

type marginPart struct {
	Points *points `parser:"'at' 'least' ( @@"`
	Length *length `parser:"| @@ )"`
	Of     name    `parser:"'of' @@"`
}

func lowerMargin(l *lowering, u *sla.Underpinning, n *marginLine) {
	for _, p := range append([]marginPart{n.First}, n.More...) {
		m := sla.Margin{Of: p.Of.text, Length: lengthPtr(p.Length)}
		if p.Points != nil {
			m.Points = &p.Points.v
		}
		if l.declare(l.sub("margin", p.Of.text), p.Of.at, "margin of "+p.Of.text) {
			u.Margins = append(u.Margins, m)
		}
	}
}

type reportLine struct {
	Rhythm word         `parser:"'report' @@"`
	To     name         `parser:"'to' @@"`
	Quals  []reportPart `parser:"( ',' @@ )*"`
}

type reportPart struct {
	In     *reportLangs `parser:"'in' @@"`
	Due    *reportDue   `parser:"| 'due' @@"`
	Missed *length      `parser:"| 'missed' 'when' 'late' 'by' 'more' 'than' @@"`
	To     *name        `parser:"| @@"`
}

type reportDue struct {
	After length `parser:"@@ 'after'"`
	End   name   `parser:"@@ 'end'"`
}

type reportLangs struct {
	First name   `parser:"@@"`
	And   []name `parser:"( 'and' @@ )*"`
}

func reportForm() *form[sla.Contract] {
	return say(`report monthly|quarterly|yearly to PARTY [, in LANGUAGE and LANGUAGE] [, due LENGTH after month|quarter|year end] [, missed when late by more than LENGTH]`,
		`report monthly to customer, in fr, due 5 business days after month end`, lowerReport).again()
}

func lowerReport(l *lowering, c *sla.Contract, n *reportLine) {
	if !l.choice(n.Rhythm.name, "report", "monthly", "quarterly", "yearly") {
		return
	}
	r, id := sla.ReportDuty{Rhythm: n.Rhythm.text, To: []string{n.To.text}}, "report/"+n.Rhythm.text
	l.at(id+"/to/"+n.To.text, n.To.at)
	for _, q := range n.Quals {
		switch {
		case q.In != nil:
			r.Langs = names(q.In.First, q.In.And)
		case q.Due != nil:
			l.choice(q.Due.End, "after", map[string]string{"monthly": "month", "quarterly": "quarter", "yearly": "year"}[r.Rhythm])
			r.Due = &q.Due.After.v
			l.at(id+"/due", q.Due.After.at)
		case q.Missed != nil:
			r.MissedWhenLateBy = &q.Missed.v
			l.at(id+"/missed", q.Missed.at)
		default:
			r.To = append(r.To, q.To.text)
			l.at(id+"/to/"+q.To.text, q.To.at)
		}
	}
	if l.declare(id, n.Rhythm.at, "report "+r.Rhythm) {
		c.Reports = append(c.Reports, r)
	}
}

type disputeLine struct {
	Topic  name          `parser:"'dispute' @@ 'by'"`
	Either bool          `parser:"( @( 'either' 'party' )"`
	By     *name         `parser:"| @@ )"`
	Within length        `parser:"'within' @@"`
	After  name          `parser:"'after' 'the' @@"`
	Quals  []disputePart `parser:"( ',' @@ )*"`
}

type disputePart struct {
	Negotiated *length `parser:"'negotiated' 'for' @@"`
	Then       *name   `parser:"| 'then' @@"`
}

func disputeForm() *form[sla.Contract] {
	return say(`dispute TOPIC by PARTY|either party within LENGTH after the EVENT [, negotiated for LENGTH] [, then court|mediation|expert]`,
		`dispute report by either party within 3 business days after the report, negotiated for 20 business days, then court`,
		func(l *lowering, c *sla.Contract, n *disputeLine) {
			d, id := sla.Dispute{Topic: n.Topic.text, By: "either party", Within: n.Within.v, After: n.After.text}, "dispute/"+n.Topic.text
			if n.By != nil {
				d.By = n.By.text
				l.at(id+"/by", n.By.at)
			}
			l.at(id+"/within", n.Within.at)
			for _, q := range n.Quals {
				if q.Negotiated != nil {
					d.Negotiated = &q.Negotiated.v
				} else if l.choice(*q.Then, "dispute", "court", "mediation", "expert") {
					d.Then = q.Then.text
				}
			}
			if l.declare(id, n.Topic.at, "dispute "+d.Topic) {
				c.Disputes = append(c.Disputes, d)
			}
		}).again()
}

type reviewLine struct {
	Name   name           `parser:"'review' @@"`
	Every  length         `parser:"'every' @@"`
	Text   *text          `parser:"@@?"`
	Change *reviewChanges `parser:"( ',' 'and' 'on' 'change' 'of' @@ )?"`
}

type reviewChanges struct {
	First name         `parser:"@@"`
	More  []changeMore `parser:"@@*"`
}

func reviewForm() *form[sla.Contract] {
	return say(`review NAME every LENGTH ["…"] [, and on change of TOPIC, …]`, `review steering every 3 months "Comité de pilotage"`,
		func(l *lowering, c *sla.Contract, n *reviewLine) {
			r := sla.Review{Name: n.Name.text, Every: n.Every.v, Text: textOf(n.Text)}
			if n.Change != nil {
				r.OnChangeOf = append(r.OnChangeOf, n.Change.First.text)
				for _, m := range n.Change.More {
					r.OnChangeOf = append(r.OnChangeOf, nameText(m.Comma)+nameText(m.Or))
				}
			}
			if l.declare("review/"+r.Name, n.Name.at, "review "+r.Name) {
				c.Reviews = append(c.Reviews, r)
			}
		}).again()
}

type clauseHead struct {
	Name name `parser:"'clause' @@"`
}

func clauseForm() *form[sla.Contract] {
	return open(`clause NAME { LANGUAGE "…" … }`, `clause hold-harmless {`,
		func(l *language) *scope[sla.ProseClause] { return l.clause },
		func(l *lowering, c *sla.Contract, n *clauseHead) (string, *sla.ProseClause, func()) {
			p, id := &sla.ProseClause{Name: n.Name.text}, "clause/"+n.Name.text
			if !l.declare(id, n.Name.at, "clause "+n.Name.text) {
				return id, p, nil
			}
			return id, p, func() { c.Clauses = append(c.Clauses, *p) }
		}).again()
}

func clauseScope() *scope[sla.ProseClause] {
	return &scope[sla.ProseClause]{key: "clause",
		forms: []*form[sla.ProseClause]{acceptForm[sla.ProseClause]()},
		other: say(`LANGUAGE "…"`, `en "Each party holds the other harmless."`, func(l *lowering, p *sla.ProseClause, n *langLine) {
			if l.declare(l.sub(n.Lang.text), n.Text.at, n.Lang.text) {
				p.Texts = append(p.Texts, sla.Text{Lang: n.Lang.text, Text: n.Text.text})
			}
		}).again(),
		suits: func(t []token) bool {
			return len(t) > 1 && t[0].kind == tokWord && len(t[0].value) <= 3 && t[1].kind != tokOdd
		}}
}

type langLine struct {
	Lang name `parser:"@@"`
	Text text `parser:"@@"`
}
