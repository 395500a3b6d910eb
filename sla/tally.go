package sla

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// Ticket clocks are judged one by one and then counted: per promise, service
// and date of the decision. Only late ones are remembered singly, so memory
// does not grow with the tickets that were in time.

// tallies count decided clocks.
type tallies struct {
	counts map[tallyKey]*tally
	// recent are the tallies that the clocks of each promise were last
	// counted in: mostly they go into the same.
	recent []recentTally
	// ways are the same for the clocks of tickets that go ways, by their numbers.
	ways []wayTally
	late []lateClock
	// spent are clocks with their times, of the promises that need them.
	spent []spentClock
	// early are events dated before the receipt of their ticket.
	early []earlyEvent
	// atOnce are events of one instant in an order that nobody knows.
	atOnce []unorderedPair
	// sites are those that the contract does not name, where it names others.
	sites map[string]unknownSite
	// day is the date of the last decision counted, within.
	day    calendar.Date
	within calendar.Interval
}

// dateOf is the date that an instant counts for: the last that had begun by
// then. A clock set back over midnight reads the date before once more; that
// begins no date again (semantics 1.2).
func (t *tallies) dateOf(z *calendar.Zone, at calendar.Instant) calendar.Date {
	if t.within.Contains(at) {
		return t.day
	}
	t.day = z.DateAt(at)
	for t.within = z.Day(t.day); at >= t.within.End; t.within = z.Day(t.day) {
		t.day = t.day.AddDays(1)
	}
	return t.day
}

// at is the tally of a key.
func (t *tallies) at(key tallyKey) *tally {
	n := t.counts[key]
	if n == nil {
		if t.counts == nil {
			t.counts = map[tallyKey]*tally{}
		}
		n = &tally{}
		t.counts[key] = n
	}
	return n
}

// A tallyKey is a promise, the service judged, and the date of the decision.
type tallyKey struct {
	promise int
	service string
	date    calendar.Date
}

// A tally is how many clocks were decided, how many of them late, and how
// many verdicts a reopening may still change.
//
// undecided are clocks that could not be judged.
type tally struct{ total, late, provisional, undecided int }

// A lateClock is a clock that was late.
type lateClock struct {
	promise         int
	service, ticket string
	incident        string
	decided         calendar.Instant
	date            calendar.Date
	// target is the open time that it had, overdue what it took beyond that.
	target, overdue time.Duration
	// grown is by how much it was late in each window, where that is needed;
	// before is what had been so when the window began that is looked at. on
	// says that it was decided in an earlier one, absorbed that an allowance
	// took it there.
	grown        []lateIn
	before       time.Duration
	on, absorbed bool
	// counted says that it is one of a number supplied ready-made: nothing else
	// is known of it.
	counted bool
}

// A recentTally is a tally and its key.
type recentTally struct {
	key tallyKey
	of  *tally
}

// recently is at for a promise of which the last key was mostly the same.
func (t *tallies) recently(key tallyKey) *tally {
	for key.promise >= len(t.recent) {
		t.recent = append(t.recent, recentTally{})
	}
	recent := &t.recent[key.promise]
	if recent.of == nil || recent.key != key {
		*recent = recentTally{key, t.at(key)}
	}
	return recent.of
}

// add counts a clock that has a verdict.
func (n *tally) add(o *clock.Outcome) {
	n.total++
	if o.IsLate() {
		n.late++
	}
	if o.Provisional {
		n.provisional++
	}
}

// merge adds another's counts.
func (t *tallies) merge(o *tallies) {
	for k, n := range o.counts {
		m := t.at(k)
		m.total, m.late, m.provisional, m.undecided = m.total+n.total, m.late+n.late, m.provisional+n.provisional, m.undecided+n.undecided
	}
	t.late = append(t.late, o.late...)
	t.spent = append(t.spent, o.spent...)
	for _, ev := range o.early {
		t.addEarly(ev)
	}
	for _, p := range o.atOnce {
		t.addUnordered(p)
	}
	for site, found := range o.sites {
		t.addSite(site, found)
	}
}

// sorted puts late clocks in the order in which an allowance absorbs them: of
// decision, then by ticket (semantics 4).
func (t *tallies) sorted() {
	sortLate(t.late)
}

func sortLate(late []lateClock) {
	slices.SortFunc(late, func(a, b lateClock) int {
		return cmp.Or(cmp.Compare(a.decided, b.decided), cmp.Compare(a.ticket, b.ticket), cmp.Compare(a.promise, b.promise))
	})
}

// A judgement is one clock of a ticket, judged.
type judgement struct {
	promise  int // -1 where no promise holds the ticket
	attr     *attributes
	outcome  *clock.Outcome
	outside  string // why the ticket is not covered
	reopened int    // counts the lives of the clock
	lost     loss   // why it has no verdict
}

// judgeTicket judges every clock of a ticket as it stands at an instant and
// appends the judgements to out.
func (e *Engine) judgeTicket(out []judgement, v *ticketView, asOf calendar.Instant) ([]judgement, error) {
	var usual [1]*scope // most tickets need no more room than this
	scopes := e.scopesOf(usual[:0], v)
	clocks := e.clocksOf(v, scopes)
	if why := e.notCovered(v, clocks); why != "" {
		return append(out, judgement{promise: -1, attr: &v.changes[0], outcome: &clock.Outcome{}, outside: why}), nil
	}
	for i := range clocks {
		var err error
		if out, err = e.judgeClock(out, v, scopes, &clocks[i], asOf); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// judgeClock judges the lives of one clock.
func (e *Engine) judgeClock(out []judgement, v *ticketView, scopes []*scope, c *heldClock, asOf calendar.Instant) ([]judgement, error) {
	from := len(v.outcomes)
	outcomes, err := c.judge(v.outcomes, v, asOf)
	if err != nil {
		return append(out, judgement{promise: c.promises[0], attr: &v.changes[0], outcome: &clock.Outcome{}, lost: undecided(err)}), nil
	}
	v.outcomes = outcomes
	first := len(out)
	for i := range outcomes[from:] {
		o := &outcomes[from+i]
		out = append(out, judgement{promise: c.promises[o.Terms], attr: c.attributes(v, o.Terms), outcome: o, reopened: i})
		j := &out[len(out)-1]
		if len(v.changes) == 1 {
			continue
		}
		lost, since, err := e.lostLife(v, scopes, c, i, o, asOf, j.attr.since)
		if err != nil {
			return nil, err
		}
		if lost != "" && o.Cancelled { // nothing was promised by which it could be late
			j.outcome.Void()
			continue
		}
		if n := len(out) - 1; lost != "" && n > first && out[n-1].lost != "" {
			out = out[:n] // said once
		} else if lost != "" {
			j.lost, j.outcome = lost, &clock.Outcome{Start: since}
		}
	}
	return out, nil
}

// notCovered says why no promise holds a ticket; "" when one may.
func (e *Engine) notCovered(v *ticketView, clocks []heldClock) string {
	if len(v.events) == 0 {
		return "no-event"
	}
	first := v.begins()
	switch {
	case !v.received && !startsByMilestone(v, clocks):
		return "no-receipt"
	case first < e.version && e.version == e.term.Start:
		return "before-version"
	case first < e.term.Start:
		return "before-term"
	case first >= e.term.End:
		return "after-term"
	}
	return e.notPromised(v, clocks)
}

// notPromised says why nothing is promised of a ticket, whenever it came.
func (e *Engine) notPromised(v *ticketView, clocks []heldClock) string {
	switch {
	case v.changes[0].service == "" && !e.duty[v.changes[0].request]:
		return "no-service"
	case len(clocks) == 0:
		return "no-promise"
	}
	return ""
}

// begins is when a ticket was received, by which the contract covers it or does
// not; where nobody says so, its first event (semantics 2.6).
func (v *ticketView) begins() calendar.Instant {
	for i := range v.events {
		if name := v.events[i].Name; name == clock.Received || name == clock.Recorded {
			return v.events[i].At
		}
	}
	return v.events[0].At
}

// startsByMilestone says whether a clock of the ticket starts at an event
// other than the receipt.
func startsByMilestone(v *ticketView, clocks []heldClock) bool {
	for i := range clocks {
		start := clocks[i].measure.Start
		if start != 0 && slices.ContainsFunc(v.events, func(ev clock.Event) bool { return ev.Word == start }) {
			return true
		}
	}
	return false
}

// countedAt is when a decided clock counts (semantics 2.6); false for a clock
// that counts when its ticket is closed and is not closed yet.
func (e *Engine) countedAt(v *ticketView, o *clock.Outcome, asOf calendar.Instant) (calendar.Instant, bool) {
	k := e.contract.Clocks
	if k == nil {
		return o.Decided, true
	}
	switch k.Counted {
	case CountedReceived:
		return o.Start, true
	case CountedClosed:
		return closedAt(v, asOf)
	}
	return o.Decided, true
}

// closedAt is when a ticket was closed, by what had happened at an instant;
// false where it was not, or was reopened since.
func closedAt(v *ticketView, asOf calendar.Instant) (calendar.Instant, bool) {
	for i := len(v.events) - 1; i >= 0; i-- {
		if ev := &v.events[i]; ev.At <= asOf && (ev.Name == clock.Closed || ev.Name == clock.Reopened) {
			return ev.At, ev.Name == clock.Closed
		}
	}
	return 0, false
}

// count adds the judgements of a ticket to tallies.
func (e *Engine) count(t *tallies, v *ticketView, js []judgement, asOf calendar.Instant) {
	t.earlier(e, v, asOf)
	t.unordered(e, v, asOf)
	t.elsewhere(e, v)
	for i := range js {
		o := js[i].outcome
		if !js[i].lost.decided() {
			t.at(tallyKey{js[i].promise, js[i].attr.service, t.dateOf(e.zone, v.events[0].At)}).undecided++
		}
		if js[i].promise < 0 || js[i].lost != "" || !o.Counts() {
			continue
		}
		at, ok := e.countedAt(v, o, asOf)
		if !ok {
			continue
		}
		date := t.dateOf(e.zone, at)
		service := js[i].attr.service
		t.recently(tallyKey{js[i].promise, service, date}).add(o)
		if o.IsLate() {
			late := t.addLate(js[i].promise, service, v.id, orDefault(v.incident, v.id), o, at, date)
			late.grown = e.lateInEach(v, &js[i], date, asOf)
		}
		if len(e.timed[js[i].promise]) > 0 {
			t.spent = append(t.spent, e.spentBy(v, &js[i], date, asOf))
		}
	}
}

// addLate remembers a late clock, decided at an instant and its date.
func (t *tallies) addLate(promise int, service, ticket, incident string, o *clock.Outcome, at calendar.Instant, date calendar.Date) *lateClock {
	t.late = append(t.late, lateClock{
		promise: promise, service: service, ticket: ticket, incident: incident,
		decided: at, date: date, target: o.Target, overdue: o.Overdue(),
	})
	return &t.late[len(t.late)-1]
}

// Streams in order of time: closed tickets wait until nothing can change them
// and are then folded into the tallies.

// A waitingHeap holds closed tickets, the first that can be folded on top.
type waitingHeap []*ticketLog

func (h waitingHeap) Len() int           { return len(h) }
func (h waitingHeap) Less(i, j int) bool { return h[i].final < h[j].final }
func (h waitingHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i+1, j+1
}

// Push adds a ticket.
func (h *waitingHeap) Push(x any) {
	log := x.(*ticketLog)
	*h = append(*h, log)
	log.place = len(*h)
}

// Pop takes the last.
func (h *waitingHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	last.place = 0
	return last
}

// wait puts a closed ticket where it is folded once nothing can change it.
func (r *Run) wait(log *ticketLog, closed calendar.Instant) {
	final, err := r.finalAt(closed)
	if err != nil {
		return
	}
	if log.place == 0 {
		log.final = final
		heap.Push(&r.waiting, log)
	} else if final > log.final {
		log.final = final
		heap.Fix(&r.waiting, log.place-1)
	}
}

// advance moves the watermark of a stream on to a fact and folds what has
// become final by then.
func (r *Run) advance(log *ticketLog, tf *ticketFact) {
	if _, ok := tf.fact.(*TicketEvent); ok {
		log.closed = tf.word.Closes() || log.closed && !tf.word.Reopens()
		if log.closed {
			r.wait(log, tf.at)
		}
	}
	r.watermark = max(r.watermark, tf.at.Add(-r.order.Late))
	for !r.watched && len(r.waiting) > 0 && r.waiting[0].final < r.watermark {
		r.fold(heap.Pop(&r.waiting).(*ticketLog))
	}
}

// finalAt is when nothing can reopen a ticket closed at an instant, and nobody
// contest its priority any more.
func (r *Run) finalAt(closed calendar.Instant) (calendar.Instant, error) {
	final := closed
	for _, reopen := range r.engine.reopens {
		until, err := reopen.Until(closed)
		if err != nil {
			return closed, err
		}
		final = max(final, until)
	}
	if p := r.engine.contract.Priorities; p != nil && p.ContestWithin != nil {
		until, err := calendar.Due(closed, *p.ContestWithin, r.engine.zone, nil, r.engine.business)
		if err != nil {
			return closed, err
		}
		final = max(final, until)
	}
	return final, nil
}

// fold counts a ticket and forgets it. A ticket with a clock that still runs,
// late or not, stays: closing a ticket stops no clock by itself.
func (r *Run) fold(log *ticketLog) {
	if !log.closed || r.contests[log.id] != nil {
		return // a contest may still be accepted
	}
	asOf := r.watermark
	if !r.foldOnWay(log, asOf) && !r.judgeFolded(log, asOf) {
		return
	}
	r.hash.addTicket(log, calendar.MaxInstant, &r.forms)
	r.folded++
	r.tickets.remove(log)
	log.forget()
	r.spare = append(r.spare, log)
}

// foldOnWay judges and counts a ticket that is to be forgotten by its way;
// false where that cannot be done.
func (r *Run) foldOnWay(log *ticketLog, asOf calendar.Instant) bool {
	if log.way == nil {
		return false
	}
	outcomes := r.judgeOnWay(log, asOf)
	for i := range outcomes {
		if outcomes[i].Provisional {
			return false
		}
	}
	r.tallies.countOnWay(r.engine, log, outcomes)
	r.foldedKnown = max(r.foldedKnown, log.facts[len(log.facts)-1].known)
	return outcomes != nil
}

// judgeFolded judges and counts a ticket that is to be forgotten; false where one of
// its clocks runs on.
func (r *Run) judgeFolded(log *ticketLog, asOf calendar.Instant) bool {
	v, gone := &r.folding.view, r.withdrawnBy(calendar.MaxInstant)
	log.view(v, r.engine, log.id, calendar.MaxInstant, gone)
	v.counted = true
	js, err := r.engine.judgeTicket(r.folding.judged[:0], v, asOf)
	if err != nil {
		return false
	}
	r.folding.judged = js
	for i := range js {
		o := js[i].outcome
		if o.State == clock.Running || o.State == clock.Paused || o.State == clock.LateOpen || o.Provisional {
			return false
		}
	}
	r.engine.count(&r.tallies, v, js, asOf)
	for i := range log.facts {
		r.foldedKnown = max(r.foldedKnown, log.facts[i].known)
		if gone.has(log.facts[i].fact) {
			r.foldedKnown = max(r.foldedKnown, r.gone.from)
		}
	}
	return true
}
