package sla_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Every kind of commitment, with priorities that change on the way, tickets
// that end as others, and the three rules for reopening, against a twin that
// walks the minutes of a ticket and follows semantics 2 to the letter.

// kindStops are the events that stop a clock of each kind.
var kindStops = map[string][]string{
	"acknowledge": {"acknowledged"}, "respond": {"responded"}, "plan": {"planned"}, "arrive": {"arrived"}, "escalate": {"escalated"},
	"workaround": {"workaround", "restored", "resolved"}, "restore": {"restored"}, "resolve": {"resolved"}, "close": {"closed"},
	"visit": {"on-site"}, // one that the contract declares
}

// kindReopens are those that a reopening concerns: their stop said that the
// matter was over.
var kindReopens = map[string]bool{"restore": true, "resolve": true, "close": true}

// A kindColumn is a column of the tier: a limit in minutes for each priority,
// 0 for none.
type kindColumn struct {
	measure string
	limit   map[string]int
	less    bool
}

// A kindsCase is a contract and one ticket of it.
type kindsCase struct {
	zone     *time.Location
	change   string
	reopen   string
	clock    map[string]string
	columns  []kindColumn
	received time.Time
	events   []kindEvent
	first    string // the first priority
	now      int    // the minute of the question
	opened   map[string][]bool
}

// A kindEvent is an event at a minute from the receipt.
type kindEvent struct {
	at, until int
	name      string
	priority  string // a change, in the place of an event
}

func drawKinds(t *rapid.T) *kindsCase {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Paris", "America/New_York"}).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	c := &kindsCase{
		zone:     zone,
		change:   rapid.SampledFrom([]string{"from receipt", "from the change", "the strictest", "the first"}).Draw(t, "change"),
		reopen:   rapid.SampledFrom([]string{"continues the same clock, the time while restored counts", "continues the same clock, the time while restored does not count", "restarts", "starts a new clock"}).Draw(t, "reopen"),
		clock:    map[string]string{},
		received: time.Date(2026, 3, 6, 0, 0, 0, 0, zone).Add(time.Duration(rapid.IntRange(0, 3*1440).Draw(t, "received")) * time.Minute),
		first:    rapid.SampledFrom([]string{"P1", "P2"}).Draw(t, "first"),
		opened:   map[string][]bool{},
	}
	// Time that counts only afterwards, by a reopening, is not asked about
	// where nothing may have been promised meanwhile.
	limits, to := []int{0, 20, 60, 240, 700, 2000}, []string{"P1", "P2", "P1", "P2", "P3"}
	if strings.HasSuffix(c.reopen, "restored counts") {
		limits, to = limits[1:], to[:2]
	}
	for _, p := range []string{"P1", "P2"} {
		c.clock[p] = rapid.SampledFrom([]string{"always", "desk", "nights"}).Draw(t, "clock")
	}
	measures := rapid.Permutation([]string{"acknowledge", "respond", "plan", "arrive", "escalate", "workaround", "restore", "resolve", "close", "visit"}).Draw(t, "measures")
	stops := []string{}
	for _, m := range measures[:rapid.IntRange(1, 4).Draw(t, "columns")] {
		col := kindColumn{measure: m, limit: map[string]int{}, less: rapid.IntRange(0, 3).Draw(t, "less") == 0}
		for _, p := range []string{"P1", "P2"} {
			col.limit[p] = rapid.SampledFrom(limits).Draw(t, "limit")
		}
		if col.limit["P1"]+col.limit["P2"] == 0 {
			col.limit["P1"] = 90
		}
		c.columns = append(c.columns, col)
		stops = append(stops, kindStops[m]...)
	}
	names := append([]string{"waiting-on-customer", "waiting-on-customer", "resumed", "reopened", "reopened", "message", "priority", "priority", "priority"}, stops...)
	names = append(append(names, stops...), "closed")
	if rapid.IntRange(0, 3).Draw(t, "ends as another") == 0 {
		names = append(names, "cancelled", "duplicate", "merged")
	}
	at := 0
	for range rapid.IntRange(0, 9).Draw(t, "events") {
		at += 1 + rapid.SampledFrom([]int{3, 20, 60, 240, 700, 1500}).Draw(t, "gap") + rapid.IntRange(0, 20).Draw(t, "more")
		e := kindEvent{at: at, name: rapid.SampledFrom(names).Draw(t, "event")}
		switch {
		case e.name == "priority":
			e.name, e.priority = "", rapid.SampledFrom(to).Draw(t, "priority")
		case e.name == "waiting-on-customer" && rapid.Bool().Draw(t, "ends"):
			e.until = at + rapid.IntRange(1, 900).Draw(t, "until")
		}
		c.events = append(c.events, e)
		if rapid.IntRange(0, 7).Draw(t, "changed while stopped") > 0 {
			continue
		}
		for _, name := range append(append([]string{rapid.SampledFrom(stops).Draw(t, "stop")}, rapid.SliceOfN(rapid.SampledFrom(to), 1, 3).Draw(t, "changes")...), "reopened") {
			at += rapid.SampledFrom([]int{1, 20, 240}).Draw(t, "soon")
			e := kindEvent{at: at, name: name}
			if slices.Contains(to, name) {
				e.name, e.priority = "", name
			}
			c.events = append(c.events, e)
		}
	}
	if c.now = rapid.IntRange(1, at+1).Draw(t, "asked before the last"); rapid.Bool().Draw(t, "asked in between") {
		return c
	}
	c.now = at + rapid.SampledFrom([]int{1, 100, 1000, 4000}).Draw(t, "asked after")
	return c
}

func (c *kindsCase) contract() string {
	var b strings.Builder
	fmt.Fprintf(&b, `sla 1
contract "KINDS" {
  kind           fragment
  timezone       %s
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-19:00
calendar nights open Mon-Sat 22:00-06:00
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
  | P3       | "wish" |
}
clocks {
  pause          while waiting-on-customer
  reopen         within 48 h %s
  change         of priority applies %s
  judged         each calendar month
  visit          means "an engineer is there", stops at on-site
}
tier gold {
  | priority |`, c.zone, c.reopen, c.change)
	for _, col := range c.columns {
		word := " within"
		if col.less {
			word = " in less than"
		}
		fmt.Fprintf(&b, " %s%s |", col.measure, word)
	}
	b.WriteString(" clock |\n")
	for _, p := range []string{"P1", "P2"} {
		fmt.Fprintf(&b, "  | %s |", p)
		for _, col := range c.columns {
			cell := "-"
			if col.limit[p] > 0 {
				cell = fmt.Sprint(col.limit[p], " min")
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		fmt.Fprintf(&b, " %s |\n", c.clock[p])
	}
	b.WriteString("}\nservice erp \"ERP\" {\n  tier           gold\n}\n")
	return b.String()
}

// facts are those of the ticket, of events up to a minute.
func (c *kindsCase) facts(upTo int) []sla.Fact {
	out := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: c.at(0)}, Ticket: "T", Event: "received", Service: "erp", Priority: c.first}}
	for i, e := range c.events {
		switch {
		case e.at > upTo:
		case e.priority != "":
			out = append(out, &sla.PriorityChange{Head: sla.Head{ID: fmt.Sprint("C-", i), Occurred: c.at(e.at)}, Ticket: "T", Priority: e.priority})
		default:
			f := &sla.TicketEvent{Head: sla.Head{Occurred: c.at(e.at)}, Ticket: "T", Event: e.name}
			if e.until > 0 {
				f.Until = c.at(e.until)
			}
			out = append(out, f)
		}
	}
	return out
}

func (c *kindsCase) at(minute int) time.Time {
	return c.received.Add(time.Duration(minute) * time.Minute)
}

func (c *kindsCase) isOpen(calendar string, minute int) bool {
	known := c.opened[calendar]
	for m := len(known); m <= minute; m++ {
		known = append(known, openAt(calendar, c.at(m).In(c.zone)))
	}
	c.opened[calendar] = known
	return known[minute]
}

// A kindTerm is what a clock is held to from a minute on.
type kindTerm struct {
	since, until, limit int // until 0: until the next
	priority            string
}

// A kindLife is one life of a clock.
type kindLife struct {
	start, stop        int
	stopped, cancelled bool
	idle               [][2]int
}

// lives cuts the events into lives, and says of each minute whether a wait
// holds the clock.
func (c *kindsCase) lives(col *kindColumn) (all []*kindLife, held []bool) {
	measure := col.measure
	ends := func(name string) bool {
		return slices.Contains([]string{"resumed", "reopened", "closed", "cancelled", "duplicate", "merged"}, name) || kindReopens[measure] && slices.Contains(kindStops[measure], name)
	}
	cur := &kindLife{}
	all = append(all, cur)
	next, open, stated := 0, false, 0
	for m := range c.now + 1 {
		for ; next < len(c.events) && c.events[next].at == m; next++ {
			e := c.events[next]
			switch {
			case e.priority != "":
				continue
			case e.name == "waiting-on-customer" && e.until > 0:
				stated = max(stated, e.until)
			case e.name == "waiting-on-customer":
				open = true
			case ends(e.name):
				open, stated = false, 0
			}
			switch {
			case slices.Contains([]string{"cancelled", "duplicate", "merged"}, e.name) && !cur.stopped:
				cur.cancelled, cur.stopped, cur.stop = true, true, m
			case slices.Contains(kindStops[measure], e.name) && !cur.stopped:
				cur.stopped, cur.stop = true, m
			case e.name == "reopened" && kindReopens[measure] && cur.stopped && !cur.cancelled:
				switch {
				case m > cur.stop+48*60 || c.reopen == "starts a new clock":
					cur = &kindLife{start: m}
					all = append(all, cur)
				case c.reopen == "restarts" && !strings.HasPrefix(c.walk(col, cur, held, c.terms(col)).verdict, "late"):
					*cur = kindLife{start: m}
				default:
					if !strings.HasSuffix(c.reopen, "restored counts") {
						cur.idle = append(cur.idle, [2]int{cur.stop, m})
					}
					cur.stopped = false
				}
			}
		}
		held = append(held, open || m < stated)
	}
	return all, held
}

// terms are those of a measure.
func (c *kindsCase) terms(col *kindColumn) (out []kindTerm) {
	take := func(since int, priority string) {
		switch limit := col.limit[priority]; {
		case limit > 0:
			out = append(out, kindTerm{since, 0, limit, priority})
		case len(out) > 0 && out[len(out)-1].until == 0:
			out[len(out)-1].until = since
		}
	}
	take(0, c.first)
	was := c.first
	for _, e := range c.events {
		if e.priority != "" && e.priority != was && e.at <= c.now {
			take(e.at, e.priority)
			was = e.priority
		}
	}
	return out
}

// nothingPromised says whether the priority just before a life ended promises
// its measure nothing, where changes put something in the place of what was.
func (c *kindsCase) nothingPromised(col *kindColumn, l *kindLife, end int) bool {
	priority, ever := c.first, col.limit[c.first] > 0
	for _, e := range c.events {
		switch {
		case e.priority == "":
		case e.at <= l.start:
			priority, ever = e.priority, col.limit[e.priority] > 0
		case e.at < end || !l.stopped && e.at == end:
			priority, ever = e.priority, ever || col.limit[e.priority] > 0
		}
	}
	return col.limit[priority] == 0 && (!ever || strings.HasPrefix(c.change, "from"))
}

// A kindAnswer is what the twin says of one life.
type kindAnswer struct {
	verdict               string
	elapsed, held, target int // minutes; of a clock that is closed
	due                   int // of a late one
}

// walk judges one life by the terms.
func (c *kindsCase) walk(col *kindColumn, l *kindLife, held []bool, all []kindTerm) (a kindAnswer) {
	end := c.now
	if l.stopped {
		end = l.stop
	}
	if l.cancelled { // once late, it stays late
		ended := *l
		ended.cancelled = false
		if a = c.walk(col, &ended, held, all); a.verdict != "late" {
			a = kindAnswer{verdict: "cancelled"}
		}
		return a
	}
	terms := slices.Clone(all)
	for len(terms) > 1 && terms[1].since <= l.start {
		terms = terms[1:]
	}
	if terms[0].until > 0 && terms[0].until <= l.start { // a new clock is held to what the ticket is then
		if len(terms) == 1 {
			return kindAnswer{verdict: "not covered"}
		}
		terms = terms[1:]
	}
	for len(terms) > 1 && l.stopped && terms[len(terms)-1].since >= l.stop {
		terms = terms[:len(terms)-1]
	}
	if !strings.HasPrefix(c.change, "from") && terms[0].until > 0 && terms[0].until <= l.start { // nothing was promised when it started
		if terms = terms[1:]; len(terms) == 0 {
			return kindAnswer{verdict: "not covered"}
		}
	}
	if c.change == "the first" {
		terms = terms[:1]
	}
	counts := func(m int) bool {
		return !held[m] && !slices.ContainsFunc(l.idle, func(i [2]int) bool { return m >= i[0] && m < i[1] })
	}
	elapsed := make([]int, len(terms)) // of each by its own calendar
	whole := 0                         // piecewise
	due := make([]int, len(terms))     // the minute at which each is used up
	for i := range due {
		due[i] = -1
	}
	inForce := func(m int) int { // by time alone
		i := 0
		for i+1 < len(terms) && terms[i+1].since <= m {
			i++
		}
		return i
	}
	ran := func(i int) bool {
		for m := l.start; m < end; m++ {
			if inForce(m) == i && (terms[i].until == 0 || m < terms[i].until) && !slices.ContainsFunc(l.idle, func(v [2]int) bool { return m >= v[0] && m < v[1] }) {
				return true
			}
		}
		return i+1 == len(terms) && terms[i].until == 0
	}
	counting := func(m int) int { // what came and went while it was stopped counts nothing
		i := inForce(m)
		for i > 0 && !ran(i) {
			i--
		}
		for i+1 < len(terms) && !ran(i) {
			i++
		}
		return i
	}
	promised := func(m int) bool { // from the change, what nothing is promised of counts nothing, if anything is again
		last, again := -1, false
		for i := range terms {
			switch {
			case !ran(i):
			case terms[i].since <= m:
				last = i
			default:
				again = true
			}
		}
		if last < 0 {
			return terms[0].since <= l.start && (terms[0].until == 0 || terms[0].until > l.start)
		}
		until := terms[last].until
		if i := inForce(m); i > last && terms[i].until > 0 { // came and went
			until = terms[i].until
		}
		return !again || until == 0 || m < until
	}
	reached := func(i int) int {
		if c.change == "from the change" {
			return whole
		}
		return elapsed[i]
	}
	lateBy, lateDue, lateAt := -1, 0, 0.0
	look := func(m int, before bool) { // at the instant m, before or after what happens then
		moment := float64(m)
		if before {
			moment -= 0.5
		}
		if slices.ContainsFunc(l.idle, func(i [2]int) bool { return m > i[0] && (m < i[1] || m == i[1] && before) }) {
			return // stopped: what changes now matters if it goes on
		}
		for i := range terms {
			since := terms[i].since
			if reached(i) >= terms[i].limit && due[i] < 0 {
				due[i] = m
			}
			applies := since <= m && (c.change == "the strictest" || i == inForce(m))
			if before { // what was in force until then
				applies = since < m && (c.change == "the strictest" || i == inForce(m-1))
			}
			if until := terms[i].until; until > 0 && strings.HasPrefix(c.change, "from") {
				applies = applies && (m < until || before && m == until)
			}
			over := reached(i) > terms[i].limit || col.less && !before && reached(i) >= terms[i].limit
			if at := max(due[i], since); applies && over && (lateBy < 0 || c.change == "the strictest" && lateAt == moment && at < lateDue) {
				lateBy, lateDue, lateAt = i, at, moment
			}
		}
	}
	for m := l.start; m < end; m++ {
		look(m, true)
		look(m, false)
		for i := range terms {
			if c.isOpen(c.clock[terms[i].priority], m) && counts(m) {
				elapsed[i]++
				if i == counting(m) && promised(m) {
					whole++
				}
			}
		}
	}
	look(end, true)
	if lateBy < 0 && c.nothingPromised(col, l, end) {
		return kindAnswer{verdict: "not covered"}
	}
	look(end, false)
	by := lateBy
	switch {
	case lateBy >= 0 && l.stopped:
		a.verdict = "late"
	case lateBy >= 0:
		a.verdict = "late, open"
	case l.stopped:
		a.verdict = "met"
	case held[c.now]:
		a.verdict = "paused"
	default:
		a.verdict = "running"
	}
	a.due = lateDue
	if by < 0 {
		by = inForce(end - 1)
	}
	a.elapsed, a.target = reached(by), terms[by].limit
	for m := l.start; m < end; m++ {
		hours := by
		if c.change == "from the change" {
			if hours = counting(m); !promised(m) {
				continue
			}
		}
		if held[m] && c.isOpen(c.clock[terms[hours].priority], m) {
			a.held++
		}
	}
	return a
}

func TestKindsAgainstTwin(t *testing.T) {
	seen, kinds := map[string]int{}, []string{}
	for m := range kindStops {
		kinds = append(kinds, m+" late", m+" met")
	}
	for _, rule := range []string{"from receipt", "from the change", "the strictest", "the first"} {
		kinds = append(kinds, "late, open, "+rule)
	}
	everyKind(t, seen, func(t *rapid.T) {
		c := drawKinds(t)
		a := dsl.Analyze("kinds.sla", c.contract())
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		from, to, err := sla.ParsePeriods("2026")
		require.NoError(t, err)
		now := c.at(c.now)
		o := sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: now, Known: c.at(20 * 1440)}, AllTickets: true}
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(c.facts(math.MaxInt)), o)
		require.NoError(t, err)
		countsAlike(t, engine, c.facts(math.MaxInt), o, rep)
		require.Empty(t, rep.Intake.Refusals)
		for i := range c.columns {
			col := &c.columns[i]
			terms := c.terms(col)
			if len(terms) == 0 {
				continue
			}
			lives, held := c.lives(col)
			got := slices.DeleteFunc(slices.Clone(rep.Tickets), func(r sla.TicketResult) bool { return r.Clock != col.measure })
			var want, have []string
			for n, l := range lives {
				w := c.walk(col, l, held, terms)
				if told := w.text(c, n); w.verdict != "not covered" || len(want) == 0 || !strings.HasSuffix(want[len(want)-1], "not covered") {
					want = append(want, told)
				}
				seen[w.verdict+", "+c.change]++
				seen[col.measure+" "+w.verdict]++
			}
			for _, r := range got {
				have = append(have, c.told(&r))
			}
			require.Equal(t, want, have, "%s, %v\n%s", col.measure, c.events, c.contract())
		}
	}, kinds...)
}

func (a *kindAnswer) text(c *kindsCase, life int) string {
	if a.verdict == "not covered" {
		return a.verdict
	}
	s := fmt.Sprint(life, " ", a.verdict)
	switch a.verdict {
	case "late", "late, open":
		s += fmt.Sprintf(", %d of %d, held %d, due %s", a.elapsed, a.target, a.held, c.at(a.due).UTC().Format("02 15:04"))
	case "met":
		if c.change == "the strictest" {
			break // which one falls due first is seen only where one did
		}
		s += fmt.Sprintf(", %d of %d, held %d", a.elapsed, a.target, a.held)
	}
	return s
}

// told is the same of what the report says.
func (c *kindsCase) told(r *sla.TicketResult) string {
	life := 0
	if r.Life > 0 {
		life = r.Life - 1
	}
	if r.Verdict == "not covered" {
		return r.Verdict
	}
	s := fmt.Sprint(life, " ", r.Verdict)
	minutes := func(seconds string) int {
		n := 0
		fmt.Sscan(seconds, &n)
		return n / 60
	}
	switch r.Verdict {
	case "late", "late, open":
		due := "-"
		if r.Due != nil {
			due = r.Due.UTC().Format("02 15:04")
		}
		s += fmt.Sprintf(", %d of %d, held %d, due %s", minutes(r.Elapsed), minutes(r.Target), minutes(r.Paused), due)
	case "met":
		if c.change == "the strictest" {
			break // which one falls due first is seen only where one did
		}
		s += fmt.Sprintf(", %d of %d, held %d", minutes(r.Elapsed), minutes(r.Target), minutes(r.Paused))
	}
	return s
}
