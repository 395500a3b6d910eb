package sla

import (
	"container/heap"
	"time"

	"github.com/sla-lang/sla/internal/measure"
)

// Streams of checks in the order of time: an answer that nothing can change
// any more is folded into the run of like answers before it, so that what is
// remembered grows with the changes of a probe, not with its answers. An
// answer that comes later than the stream declares is refused.

// A probeKey is who answers, and to whom.
type probeKey struct{ source, service, part string }

// A probeStream is what one source answers about one thing.
type probeStream struct {
	// runs are the answers folded so far, pending those that another may
	// still contradict.
	runs    []measure.Check
	pending pendingProbes
	// mark is the instant before which the stream brings nothing more.
	mark time.Time
}

// add folds an answer that is later than all before it.
func (s *probeStream) add(f *Probe) {
	at := instant(f.Occurred)
	if n := len(s.runs); n > 0 && s.runs[n-1].OK == f.OK {
		last := &s.runs[n-1]
		if last.More == 0 {
			last.Step = at.Sub(last.At)
		}
		if at == last.Last().Add(last.Step) {
			last.More++
			return
		}
	}
	s.runs = append(s.runs, measure.Check{At: at, OK: f.OK})
}

// foldable says whether an answer is one of a stream that may be folded: it has
// no id by which a later fact could speak of it.
func foldable(f *Probe) bool {
	return f.ID == "" && f.Series == "" && f.Revision == 0 && f.Recorded.IsZero() && f.Supersedes == ""
}

// A pendingProbe is an answer that another may still contradict, as it is
// stored until then.
type pendingProbe struct {
	entry
	key   factKey
	probe *Probe
}

// pendingProbes is a heap of them, the earliest on top.
type pendingProbes []*pendingProbe

func (h pendingProbes) Len() int           { return len(h) }
func (h pendingProbes) Less(i, j int) bool { return h[i].probe.Occurred.Before(h[j].probe.Occurred) }
func (h pendingProbes) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push adds an answer.
func (h *pendingProbes) Push(x any) { *h = append(*h, x.(*pendingProbe)) }

// Pop takes the last.
func (h *pendingProbes) Pop() any {
	end := len(*h) - 1
	last := (*h)[end]
	(*h)[end] = nil
	*h = (*h)[:end]
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
func (r *Run) follow(s *probeStream, f *pendingProbe) {
	heap.Push(&s.pending, f)
	if mark := f.probe.Occurred.Add(-r.order.Late); mark.After(s.mark) {
		s.mark = mark
	}
	for len(s.pending) > 0 && s.pending[0].probe.Occurred.Before(s.mark) {
		r.foldProbe(s, heap.Pop(&s.pending).(*pendingProbe))
	}
}

func (r *Run) foldProbe(s *probeStream, f *pendingProbe) {
	delete(r.store, f.key)
	if rev := &f.revisions[0]; !rev.refused {
		s.add(f.probe)
		r.hash.add(rev.digest)
		r.foldedKnown = max(r.foldedKnown, recordedAt(f.probe))
		r.foldedProbes = true
	}
}
