package sla

import "github.com/sla-lang/sla/internal/clock"

// Folded is how many tickets a stream has counted and forgotten.
func (r *Run) Folded() int { return r.folded }

// Sound says whether nothing is wrong with a ticket event at a glance.
func (e *Engine) Sound(f *TicketEvent) bool { return e.sound(f) }

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
		tf := ticketFact{fact: f}
		words := clock.NewWords()
		tf.read(&words)
		log.facts = append(log.facts, tf)
	}
	hash.addTicket(&log, 1<<62, &forms)
	return hash.String()
}
