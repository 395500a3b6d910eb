package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A ticketFact is an event or a change of a ticket: when it happened, when it
// became known, and where it came from.
type ticketFact struct {
	fact      Fact
	at, known calendar.Instant
	word      clock.Word // of an event
	// bare says that an event tells no more than what happened when to which
	// ticket, of which service and priority; mute, that it tells not even these.
	bare, mute bool
	refused    bool
	from       origin
}

// ticketFact reads what a fact of a ticket says of itself.
func (e *Engine) ticketFact(f Fact, from origin) *ticketFact {
	tf := &ticketFact{fact: f, from: from}
	h := f.Header()
	tf.at = instant(h.Occurred)
	if tf.known = tf.at; !h.Recorded.IsZero() {
		tf.known = instant(h.Recorded)
	}
	if ev, ok := f.(*TicketEvent); ok {
		tf.word, tf.bare = e.words.Find(ev.Event), ev.bare()
		tf.mute = tf.bare && len(ev.Service)|len(ev.Priority) == 0
	}
	return tf
}

// bare says that an event has none of the fields that few events have.
func (f *TicketEvent) bare() bool {
	return len(f.ID)|len(f.Source)|len(f.Author)|len(f.Supersedes)|len(f.Reason)|f.Revision == 0 &&
		len(f.Site)|len(f.Request)|len(f.Type)|len(f.Impact)|len(f.Urgency)|len(f.Channel)|len(f.Incident)|len(f.Note) == 0 &&
		!f.Automatic && !f.Workaround && f.Recorded.IsZero() && f.Until.IsZero()
}

// name is that of an event, without asking it where its word says so: most do.
func (tf *ticketFact) name() string {
	if name := tf.word.Name(); name != "" {
		return name
	}
	if ev, ok := tf.fact.(*TicketEvent); ok {
		return ev.Event
	}
	return ""
}
