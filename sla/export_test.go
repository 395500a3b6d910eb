package sla

import "github.com/sla-lang/sla/internal/clock"

// Folded is how many tickets a stream has counted and forgotten.
func (r *Run) Folded() int { return r.folded }

// Sound says whether nothing is wrong with a ticket event at a glance.
func (e *Engine) Sound(f *TicketEvent) bool {
	_, ok := (&Run{engine: e}).sound(f)
	return ok
}

// Examined says whether nothing is found wrong with a fact.
func (e *Engine) Examined(f Fact) bool { return e.examine(f) == nil }

// TicketHash is the hash of the facts of one ticket.
func TicketHash(facts ...Fact) string {
	var hash factsHash
	var forms ticketForms
	var log ticketLog
	for _, f := range facts {
		switch f := f.(type) {
		case *TicketEvent:
			log.id = f.Ticket
		case *PriorityChange:
			log.id = f.Ticket
		}
		e := Engine{words: clock.NewWords()}
		log.facts = append(log.facts, *e.ticketFact(f, origin{}))
	}
	hash.addTicket(&log, 1<<62, &forms)
	return hash.String()
}

// StraightWays is how many ways the tickets of a run went of which only the
// instants are looked at.
func (r *Run) StraightWays() (n int) {
	var count func(way *ticketWay)
	count = func(way *ticketWay) {
		n += boolInt(len(way.clocks) > 0)
		for _, f := range way.further {
			count(f)
		}
	}
	for _, way := range r.ways.begun {
		count(way)
	}
	return n
}

// A TicketTable is a table of tickets by their ids.
type TicketTable struct{ of ticketTable }

// NewTicketTable is an empty one.
func NewTicketTable() *TicketTable { return &TicketTable{newTicketTable()} }

// Has says whether a ticket is there.
func (t *TicketTable) Has(id string) bool { return t.of.get(id) != nil }

// Put adds a ticket.
func (t *TicketTable) Put(id string) {
	hash, _ := t.of.find(id)
	t.of.put(hash, &ticketLog{id: id})
}

// Remove takes a ticket out.
func (t *TicketTable) Remove(id string) { t.of.remove(t.of.get(id)) }

// IDs lists the tickets.
func (t *TicketTable) IDs() (out []string) {
	for log := range t.of.all() {
		out = append(out, log.id)
	}
	return out
}
