package sla

import (
	"hash/maphash"
	"iter"
)

// A ticketTable finds the log of a ticket by its id. Every event asks it once,
// and tickets come and go, which costs a map three times as much: slots are
// probed one after the other and closed up when one is left. Ids are hashed
// with a seed of the table's own, so that nobody can make them collide.
type ticketTable struct {
	seed  maphash.Seed
	slots []ticketSlot // a power of two of them, at most half in use
	n     int
}

// A ticketSlot is a ticket and the hash of its id.
type ticketSlot struct {
	hash uint64
	log  *ticketLog
}

const fewSlots = 64

func newTicketTable() ticketTable {
	return ticketTable{seed: maphash.MakeSeed(), slots: make([]ticketSlot, fewSlots)}
}

// get is the log of a ticket; nil for one that is not there.
func (t *ticketTable) get(id string) *ticketLog {
	_, log := t.find(id)
	return log
}

// find is get and the hash of the id.
func (t *ticketTable) find(id string) (hash uint64, log *ticketLog) {
	hash = maphash.String(t.seed, id)
	last := uint64(len(t.slots) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		s := &t.slots[i]
		if s.log == nil || s.hash == hash && s.log.id == id {
			return hash, s.log
		}
	}
}

// put adds a ticket that is not there yet.
func (t *ticketTable) put(hash uint64, log *ticketLog) {
	if t.n++; 2*t.n > len(t.slots) {
		old := t.slots
		t.slots = make([]ticketSlot, 2*len(old))
		for _, s := range old {
			if s.log != nil {
				t.place(s)
			}
		}
	}
	log.idHash = hash
	t.place(ticketSlot{hash, log})
}

func (t *ticketTable) place(s ticketSlot) {
	last := uint64(len(t.slots) - 1)
	i := s.hash & last
	for t.slots[i].log != nil {
		i = (i + 1) & last
	}
	t.slots[i] = s
}

// remove takes a ticket out that is there, and moves up those behind it that
// would no longer be found.
func (t *ticketTable) remove(log *ticketLog) {
	t.n--
	last := uint64(len(t.slots) - 1)
	free := log.idHash & last
	for t.slots[free].log != log {
		free = (free + 1) & last
	}
	for i := (free + 1) & last; t.slots[i].log != nil; i = (i + 1) & last {
		if home := t.slots[i].hash & last; (i-home)&last >= (i-free)&last {
			t.slots[free], free = t.slots[i], i
		}
	}
	t.slots[free] = ticketSlot{}
}

// all gives the tickets in no order; none must be added or removed meanwhile.
func (t *ticketTable) all() iter.Seq[*ticketLog] {
	return func(yield func(*ticketLog) bool) {
		for i := range t.slots {
			if log := t.slots[i].log; log != nil && !yield(log) {
				return
			}
		}
	}
}
