package sla

import (
	"container/heap"
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// A watchQueue is a heap of tickets by when they change.
type watchQueue []waiting

// A waiting ticket is one in the queue, and when it changes.
type waiting struct {
	next   calendar.Instant
	ticket *watched
}

func (q watchQueue) Len() int { return len(q) }
func (q watchQueue) Less(i, j int) bool {
	if q[i].next != q[j].next {
		return q[i].next < q[j].next
	}
	return strings.Compare(q[i].ticket.id, q[j].ticket.id) < 0
}
func (q watchQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].ticket.place, q[j].ticket.place = i, j
}

// Push adds a ticket.
func (q *watchQueue) Push(x any) {
	w := x.(waiting)
	w.ticket.place = len(*q)
	*q = append(*q, w)
}

// Pop takes the last.
func (q *watchQueue) Pop() any {
	last := (*q)[len(*q)-1]
	last.ticket.place = -1
	(*q)[len(*q)-1] = waiting{}
	*q = (*q)[:len(*q)-1]
	return last
}

// put queues a ticket for its next instant, or takes it out for none.
func (q *watchQueue) put(t *watched, next calendar.Instant) {
	switch {
	case next == calendar.MaxInstant && t.place >= 0:
		heap.Remove(q, t.place)
	case next == calendar.MaxInstant:
	case t.place < 0:
		heap.Push(q, waiting{next, t})
	case (*q)[t.place].next != next:
		(*q)[t.place].next = next
		heap.Fix(q, t.place)
	}
}
