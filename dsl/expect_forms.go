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
