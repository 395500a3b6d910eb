package measure

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A Check is one answer of a probe. It holds until the next, at most one
// period; then nothing is known (form F7).
type Check struct {
	At calendar.Instant
	OK bool
}

// Agreeing makes one answer of those for the same instant, given in order of
// time; where they contradict each other there is none, and the instants at
// which they do are told.
func Agreeing(answers []Check) (agreed []Check, differ []calendar.Instant) {
	agreed = answers[:0]
	for i := 0; i < len(answers); {
		j, same := i+1, true
		for ; j < len(answers) && answers[j].At == answers[i].At; j++ {
			same = same && answers[j].OK == answers[i].OK
		}
		if same {
			agreed = append(agreed, answers[i])
		} else {
			differ = append(differ, answers[i].At)
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
	for i, a := range answers {
		until := a.At.Add(c.Every)
		last := i+1 == len(answers)
		if !last {
			until = min(until, answers[i+1].At)
		}
		seen.Add(calendar.Interval{Start: a.At, End: until})
		if from, to, ended := state.next(a); ended {
			down.Add(calendar.Interval{Start: from, End: to})
		}
		if !last && answers[i+1].At > until {
			// Silence: what was down is known down until here only.
			if state.down {
				down.Add(calendar.Interval{Start: state.since, End: until})
				state.since = answers[i+1].At
			}
			state.row, state.goodRow = 0, 0
		}
		if last && state.down {
			down.Add(calendar.Interval{Start: state.since, End: until})
		}
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
}

// next takes one answer; ended says that downtime from an instant to another
// ends with it.
func (s *downState) next(a Check) (from, to calendar.Instant, ended bool) {
	if a.OK {
		s.row = 0
		if s.goodRow == 0 {
			s.firstGood = a.At
		}
		if s.goodRow++; !s.down || s.goodRow < s.good {
			return 0, 0, false
		}
		s.down = false
		to = a.At
		if s.upFromFirst {
			to = max(s.firstGood, s.since)
		}
		return s.since, to, true
	}
	s.goodRow = 0
	if s.row == 0 {
		s.first = a.At
	}
	s.row++
	if !s.down && s.row >= s.need {
		s.down, s.since = true, a.At
		if s.fromFirst {
			s.since = s.first
		}
	}
	return 0, 0, false
}
