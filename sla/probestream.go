package sla

import (
	"container/heap"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// Streams of checks in the order of time: an answer that nothing can change
// any more is folded into the run of like answers before it, so that what is
// remembered grows with the changes of a probe, not with its answers. An
// answer that comes later than the stream declares is refused.

// A probeKey is who answers, and to whom.
type probeKey struct{ source, service, part string }

// A probeRun is n like answers, one every step from an instant on.
type probeRun struct {
	from calendar.Instant
	step time.Duration
	n    int
	ok   bool
}

// A probeStream is what one source answers about one thing.
type probeStream struct {
	// runs are the answers folded so far, pending those that another may
	// still contradict.
	runs    []probeRun
	pending pendingProbes
	// mark is the instant before which the stream brings nothing more.
	mark time.Time
}

// add folds an answer that is later than all before it.
func (s *probeStream) add(f *Probe) {
	at := instant(f.Occurred)
	if n := len(s.runs); n > 0 && s.runs[n-1].ok == f.OK {
		last := &s.runs[n-1]
		if last.n == 1 {
			last.step, last.n = at.Sub(last.from), 2
			return
		}
		if at == last.from.Add(time.Duration(last.n)*last.step) {
			last.n++
			return
		}
	}
	s.runs = append(s.runs, probeRun{from: at, n: 1, ok: f.OK})
}

// answers are the single answers of a run.
func (r probeRun) answers(out []measure.Check) []measure.Check {
	for i := range r.n {
		out = append(out, measure.Check{At: r.from.Add(time.Duration(i) * r.step), OK: r.ok})
	}
	return out
}

// foldable says whether an answer is one of a stream that may be folded: it has
// no id by which a later fact could speak of it.
func foldable(f *Probe) bool {
	return f.ID == "" && f.Series == "" && f.Revision == 0 && f.Recorded.IsZero() && f.Supersedes == ""
}

// A pendingProbes is a heap of answers that another may still contradict.
type pendingProbes []*Probe

func (h pendingProbes) Len() int           { return len(h) }
func (h pendingProbes) Less(i, j int) bool { return h[i].Occurred.Before(h[j].Occurred) }
func (h pendingProbes) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push adds an answer.
func (h *pendingProbes) Push(x any) { *h = append(*h, x.(*Probe)) }

// Pop takes the last.
func (h *pendingProbes) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// streamOf is the stream that an answer belongs to.
func (r *Run) streamOf(f *Probe) *probeStream {
	key := probeKey{f.Source, f.Service, f.Part}
	s := r.streams[key]
	if s == nil {
		if r.streams == nil {
			r.streams = map[probeKey]*probeStream{}
		}
		s = &probeStream{}
		r.streams[key] = s
	}
	return s
}

// follow takes a new answer of a stream in order of time: it waits until
// nothing can contradict it; those that no longer can be are folded.
func (r *Run) follow(s *probeStream, f *Probe) {
	heap.Push(&s.pending, f)
	if mark := f.Occurred.Add(-r.order.Late); mark.After(s.mark) {
		s.mark = mark
	}
	for len(s.pending) > 0 && s.pending[0].Occurred.Before(s.mark) {
		r.foldProbe(s, heap.Pop(&s.pending).(*Probe))
	}
}

func (r *Run) foldProbe(s *probeStream, f *Probe) {
	key := factKey{FactProbe, idOf(f)}
	e := r.store[key]
	delete(r.store, key)
	if rev := &e.revisions[0]; !rev.refused {
		s.add(f)
		r.hash.add(rev.digest)
		r.foldedKnown = max(r.foldedKnown, recordedAt(f))
		r.foldedProbes = true
	}
}
