package measure

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A Check is one answer of a probe, and More like it that follow, one every
// Step. An answer holds until the next, at most one period; then nothing is
// known (form F7).
type Check struct {
	At   calendar.Instant
	OK   bool
	More int
	Step time.Duration
}

// Last is the instant of the last answer.
func (c Check) Last() calendar.Instant { return c.At.Add(time.Duration(c.More) * c.Step) }

// Before are the answers that came before an instant, in the memory of those given.
func Before(end calendar.Instant, answers []Check) []Check {
	out := answers[:0]
	for _, c := range answers {
		if c.At >= end {
			continue
		}
		if c.Last() >= end {
			c.More = int((end - 1).Sub(c.At) / c.Step)
		}
		out = append(out, c)
	}
	return out
}

// each are its answers one by one.
func (c Check) each(out []Check) []Check {
	for i := range c.More + 1 {
		out = append(out, Check{At: c.At.Add(time.Duration(i) * c.Step), OK: c.OK})
	}
	return out
}

// Agreeing puts answers in the order of time and makes one of those for the
// same instant; where they contradict each other there is none, and the
// instants at which they do are told. It may change the answers given.
func Agreeing(answers []Check) (agreed []Check, differ []calendar.Instant) {
	byTime := func(a, b Check) int { return cmp.Compare(a.At, b.At) }
	if !slices.IsSortedFunc(answers, byTime) {
		slices.SortFunc(answers, byTime)
	}
	agreed = make([]Check, 0, len(answers))
	for i := 0; i < len(answers); {
		j, last := i+1, answers[i].Last()
		for ; j < len(answers) && answers[j].At <= last; j++ {
			last = max(last, answers[j].Last())
		}
		if j == i+1 {
			agreed = append(agreed, answers[i])
		} else {
			agreed, differ = agreeing(answers[i:j], agreed, differ)
		}
		i = j
	}
	return agreed, differ
}

// agreeing is Agreeing for answers among each other's.
func agreeing(among, agreed []Check, differ []calendar.Instant) ([]Check, []calendar.Instant) {
	var single []Check
	for _, c := range among {
		single = c.each(single)
	}
	slices.SortFunc(single, func(a, b Check) int { return cmp.Compare(a.At, b.At) })
	for i := 0; i < len(single); {
		j, same := i+1, true
		for ; j < len(single) && single[j].At == single[i].At; j++ {
			same = same && single[j].OK == single[i].OK
		}
		if same {
			agreed = append(agreed, single[i])
		} else {
			differ = append(differ, single[i].At)
		}
		i = j
	}
	return agreed, differ
}

// Checks turns answers into downtime: after Failed failed checks in a row the
// thing is down, back-dated to the first of them or from the last on; after
// Good good checks in a row (1 where it is 0) it is up again, back-dated with
// UpFromFirst (form F11).
type Checks struct {
	Every       time.Duration
	Failed      int
	FromFirst   bool
	Good        int
	UpFromFirst bool
}

// Watch is what a probe saw.
type Watch struct {
	// Down is the time found down, Seen the time observed.
	Down, Seen calendar.Set
}

// Read goes through the answers in order of time and follows the state.
func (c Checks) Read(answers []Check) Watch {
	var down, seen calendar.Builder
	state := downState{need: max(1, c.Failed), fromFirst: c.FromFirst, good: max(1, c.Good), upFromFirst: c.UpFromFirst || c.Good < 2}
	lost := func(from, to calendar.Instant) { down.Add(calendar.Interval{Start: from, End: to}) }
	// follow takes answers each of which holds until the next, the last of them
	// until an instant; silent says that nothing is known from there.
	follow := func(a Check, until calendar.Instant, silent bool) {
		seen.Add(calendar.Interval{Start: a.At, End: until})
		if from, to, ended := state.next(a); ended {
			lost(from, to)
		}
		if silent && state.down {
			lost(state.since, until) // what was down is known down until here only
		}
		state.silent = silent
	}
	for i, a := range answers {
		if a.Step > c.Every {
			for range a.More { // each with a silence behind it
				follow(Check{At: a.At, OK: a.OK}, a.At.Add(c.Every), true)
				a.At, a.More = a.At.Add(a.Step), a.More-1
			}
		}
		until, silent := a.Last().Add(c.Every), true
		if i+1 < len(answers) && answers[i+1].At <= until {
			until, silent = answers[i+1].At, false
		}
		follow(a, until, silent)
	}
	return Watch{Down: down.Set(), Seen: seen.Set()}
}

// downState is where a series of checks stands.
type downState struct {
	need, good             int
	fromFirst, upFromFirst bool
	row, goodRow           int // failed, and good, checks in a row
	first, firstGood       calendar.Instant
	down                   bool
	since                  calendar.Instant
	silent                 bool // nothing was known before the next check
}

// next takes like answers; ended says that downtime from an instant to another
// ends with one of them.
func (s *downState) next(a Check) (from, to calendar.Instant, ended bool) {
	if s.silent {
		s.row, s.goodRow, s.since = 0, 0, a.At
	}
	// nth is the answer that makes so many in a row with those before.
	nth := func(n, before int) calendar.Instant {
		return a.At.Add(time.Duration(max(0, n-before-1)) * a.Step)
	}
	if a.OK {
		if s.row = 0; s.goodRow == 0 {
			s.firstGood = a.At
		}
		before := s.goodRow
		if s.goodRow += a.More + 1; !s.down || s.goodRow < s.good {
			return 0, 0, false
		}
		s.down = false
		to = nth(s.good, before)
		if s.upFromFirst {
			to = max(s.firstGood, s.since)
		}
		return s.since, to, true
	}
	if s.goodRow = 0; s.row == 0 {
		s.first = a.At
	}
	before := s.row
	if s.row += a.More + 1; !s.down && s.row >= s.need {
		s.down, s.since = true, nth(s.need, before)
		if s.fromFirst {
			s.since = s.first
		}
	}
	return 0, 0, false
}
