package dsl

import (
	"slices"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// Facts of tickets and requests, and counts of them.

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
			told := len(l.problems) + l.unread
			return l.id, t, func() {
				t.unread = len(l.problems)+l.unread > told
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
func completeTicket(w *record, n *ticketCompletion) {
	t := w.ticket(n.ID.text)
	if t == nil {
		w.l.unknown(n.ID.text, n.ID.at, "ticket", w.ticketIDs())
		return
	}
	if n.Scope != nil {
		t.complete(*n.Scope)
		return
	}
	t.acts = append(t.acts, act{Event: &n.Acts.Event})
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
