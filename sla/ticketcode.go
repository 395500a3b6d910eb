package sla

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// The facts of a ticket share a hash: that of its id and of a short form of each
// of its facts, one after the other in the order of the forms.

// addTicket adds the facts of a ticket that are known by an instant.
func (s *factsHash) addTicket(log *ticketLog, known calendar.Instant, forms *ticketForms) {
	if log.summed(known) {
		s.add(log.hash)
	} else if form, _ := forms.of(log, known); form != nil {
		s.add(sha256.Sum256(form))
	}
}

// summed says that the hash of all facts of a ticket is at hand, all of them
// known by an instant.
func (log *ticketLog) summed(known calendar.Instant) bool {
	return log.hashed > 0 && log.hashed == len(log.facts) && known >= log.hashedBy
}

// keepSum keeps the hash of the facts of a ticket until there are more, if all of
// them are known by an instant.
func (log *ticketLog) keepSum(known calendar.Instant, forms *ticketForms) {
	if log.summed(known) {
		return
	}
	if form, latest := forms.of(log, known); form != nil && latest <= known {
		log.hash, log.hashed, log.hashedBy = sha256.Sum256(form), len(log.facts), latest
	}
}

// of gives the form of a ticket by the facts that are known by an instant, nil for
// none, and when the last of all its facts became known.
func (t *ticketForms) of(log *ticketLog, known calendar.Instant) (form []byte, latest calendar.Instant) {
	if last := len(log.facts) - 1; log.way != nil && log.facts[last].known <= known {
		return t.onWay(log), log.facts[last].known
	}
	t.begin(log)
	latest = math.MinInt64
	for i := range log.facts {
		f := &log.facts[i]
		if f.refused {
			continue
		}
		if latest = max(latest, f.known); f.known <= known {
			t.add(f)
		}
	}
	if len(t.ends) == 0 {
		return nil, latest
	}
	return t.sorted(), latest
}

// onWay is the form of a ticket that goes a way: that of the way between its
// instants, which rise.
func (t *ticketForms) onWay(log *ticketLog) []byte {
	way := log.way
	if way.forms == nil {
		way.forms = t.withoutInstants(log)
		for _, form := range way.forms {
			way.length += 8 + len(form)
		}
	}
	t.b = t.b[:0]
	t.text(log.id)
	n := len(t.b)
	b := slices.Grow(t.b, way.length)[:n+way.length]
	for i := range log.facts {
		binary.BigEndian.PutUint64(b[n:], uint64(log.facts[i].at)^1<<63)
		n += 8
		n += copy(b[n:], way.forms[i])
	}
	t.b = b
	return b
}

// withoutInstants are the forms of the facts of a ticket but for their instants.
func (t *ticketForms) withoutInstants(log *ticketLog) (forms [][]byte) {
	for i := range log.facts {
		t.begin(log)
		t.add(&log.facts[i])
		forms = append(forms, slices.Clone(t.b[t.start+8:]))
	}
	return forms
}

// ticketForms are the forms of the facts of a ticket, one after the other,
// each with its end, behind the id of the ticket.
type ticketForms struct {
	coder
	start   int
	ends    []int
	ordered []byte
	// has are the fields of the form being written.
	has uint32
	// rising says that the instants of the forms so far rise, so that the forms
	// are in their order.
	rising bool
	last   calendar.Instant
}

func (t *ticketForms) begin(log *ticketLog) {
	t.b, t.ends, t.rising, t.last = t.b[:0], t.ends[:0], true, math.MinInt64
	t.text(log.id)
	t.start = len(t.b)
}

// add appends the form of a fact: its instant first, so that forms mostly come
// in their order; then in four bytes which event it is and which fields it has,
// and these.
func (t *ticketForms) add(f *ticketFact) {
	t.rising, t.last = t.rising && f.at > t.last, f.at
	t.b = binary.BigEndian.AppendUint64(t.b, uint64(f.at)^1<<63)
	t.b, t.has = append(t.b, 0, 0, 0, 0), 0
	mask := len(t.b) - 4
	switch of := f.fact.(type) {
	case *TicketEvent:
		t.event(of, f)
	case *PriorityChange:
		t.has = changesPriority
		t.text(of.Priority)
		t.head(&of.Head)
	}
	binary.BigEndian.PutUint32(t.b[mask:], t.has)
	t.ends = append(t.ends, len(t.b))
}

func (t *ticketForms) head(h *Head) {
	t.field(0, h.ID)
	if h.Revision != 0 {
		t.has |= 1 << 1
		t.number(int64(h.Revision))
	}
	t.moment(2, h.Recorded)
	t.field(3, h.Source)
	t.field(4, h.Author)
	t.field(5, h.Supersedes)
	t.field(6, h.Reason)
}

// event appends what an event says. A name that most tickets have is written by
// its word, any other in full.
func (t *ticketForms) event(f *TicketEvent, of *ticketFact) {
	if of.word <= clock.LastCommon && of.word != 0 {
		t.has = uint32(of.word) << 24
	} else {
		t.text(f.Event)
	}
	t.field(7, f.Service)
	t.field(8, f.Priority)
	if of.bare {
		return
	}
	t.field(9, f.Site)
	t.field(10, f.Request)
	t.field(11, f.Type)
	t.field(12, f.Impact)
	t.field(13, f.Urgency)
	t.field(14, f.Channel)
	t.field(15, f.Incident)
	t.field(16, f.Note)
	t.moment(17, f.Until)
	if f.Automatic {
		t.has |= 1 << 18
	}
	if f.Workaround {
		t.has |= 1 << 19
	}
	t.head(&f.Head)
}

// changesPriority stands where an event has its code.
const changesPriority = 255 << 24

// field appends a text unless it is empty.
func (t *ticketForms) field(bit int, s string) {
	if s != "" { // small enough to be inlined: most fields are empty
		t.put(bit, s)
	}
}

func (t *ticketForms) put(bit int, s string) {
	t.has |= 1 << bit
	t.text(s)
}

// moment appends an instant unless it is not said.
func (t *ticketForms) moment(bit int, at time.Time) {
	if !at.IsZero() {
		t.has |= 1 << bit
		t.b = binary.BigEndian.AppendUint64(t.b, uint64(instant(at)))
	}
}

// at is the i-th form that was added.
func (t *ticketForms) at(i int) []byte {
	if i == 0 {
		return t.b[t.start:t.ends[0]]
	}
	return t.b[t.ends[i-1]:t.ends[i]]
}

// sorted gives the id and the forms in their order.
func (t *ticketForms) sorted() []byte {
	if t.rising {
		return t.b
	}
	last := 0
	for last+1 < len(t.ends) && bytes.Compare(t.at(last), t.at(last+1)) <= 0 {
		last++
	}
	if last+1 == len(t.ends) {
		return t.b
	}
	order := make([]int, len(t.ends))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return bytes.Compare(t.at(i), t.at(j)) })
	t.ordered = append(t.ordered[:0], t.b[:t.start]...)
	for _, i := range order {
		t.ordered = append(t.ordered, t.at(i)...)
	}
	return t.ordered
}
