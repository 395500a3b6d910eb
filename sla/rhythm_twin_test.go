package sla_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

// Updates, replies, states in which alone a clock runs, and waits that are
// excused beyond a party's own time, against a twin that walks the minutes.

const rhythmContract = `sla 1
contract "RHYTHM" {
  kind           fragment
  timezone       Europe/Paris
  business days of desk
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-19:00
party customer "Customer" {
  must           answer "Answer" within 40 min, otherwise the extra wait pauses every clock
}
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  start          when received
}
clocks of acknowledge {
  run only       while waiting-on-provider
}
tier gold {
  | priority | update every | reply within | acknowledge within | clock |
  | P1       | %s       | 30 min       | 45 min             | %s    |
}
service erp {
  tier           gold
}
`

// A minuteTicket is a ticket whose events stand at minutes from its receipt.
type minuteTicket struct {
	at   []int
	name []string
}

// waits says for each minute whether the ticket waits on the customer, for
// how long already, and whether on the provider. A stop of a matter that may
// be reopened ends a wait.
func (m *minuteTicket) waits(until int, ends ...string) (customer []int, provider []bool) {
	state, since, next := "", 0, 0
	for t := range until {
		for ; next < len(m.at) && m.at[next] == t; next++ {
			switch n := m.name[next]; {
			case n == state: // goes on
			case n == "waiting-on-customer" || n == "waiting-on-provider":
				state, since = n, t
			case n == "resumed" || n == "closed" || slices.Contains(ends, n):
				state = ""
			}
		}
		waited := -1
		if state == "waiting-on-customer" {
			waited = t - since
		}
		customer, provider = append(customer, waited), append(provider, state == "waiting-on-provider")
	}
	return customer, provider
}

func TestRhythmAgainstTwin(t *testing.T) {
	engines := map[string]*sla.Engine{}
	cadences := []string{"60 min", "60 min", "1 day", "2 days", "1 business day", "3 business days"}
	for _, calendar := range []string{"always", "desk"} {
		for _, every := range cadences {
			engines[calendar+every] = prepared(t, fmt.Sprintf(rhythmContract, every, calendar))
		}
	}
	paris := engines["desk1 day"].Zone().Location()
	received := time.Date(2026, 3, 27, 16, 0, 0, 0, paris) // the clocks go forward on the 29th
	rapid.Check(t, func(t *rapid.T) {
		calendar, every := rapid.SampledFrom([]string{"always", "desk"}).Draw(t, "calendar"), rapid.SampledFrom(cadences).Draw(t, "every")
		m := &minuteTicket{at: []int{0}, name: []string{"received"}}
		at := 0
		for range rapid.IntRange(0, 9).Draw(t, "events") {
			at += 1 + rapid.SampledFrom([]int{5, 25, 59, 130, 2000}).Draw(t, "gap") + rapid.IntRange(0, 3).Draw(t, "more")
			m.at = append(m.at, at)
			m.name = append(m.name, rapid.SampledFrom([]string{
				"updated", "updated", "message", "message", "replied", "waiting-on-customer", "waiting-on-provider", "resumed", "acknowledged", "closed",
			}).Draw(t, "event"))
		}
		now := at + rapid.IntRange(1, 4000).Draw(t, "asked after")
		var facts []sla.Fact
		for i := range m.at {
			f := &sla.TicketEvent{Head: sla.Head{Occurred: received.Add(time.Duration(m.at[i]) * time.Minute)}, Ticket: "T-1", Event: m.name[i]}
			if i == 0 {
				f.Service, f.Priority = "erp", "P1"
			}
			facts = append(facts, f)
		}
		asked := received.Add(time.Duration(now) * time.Minute)
		from, to, err := sla.ParsePeriods("2026")
		require.NoError(t, err)
		rep, err := sla.Evaluate(context.Background(), engines[calendar+every], slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: asked, Known: asked}, AllTickets: true})
		require.NoError(t, err)
		open := func(minute int) bool {
			return openAt(calendar, received.Add(time.Duration(minute)*time.Minute).In(paris))
		}
		var got []string
		for _, r := range rep.Tickets {
			got = append(got, fmt.Sprintf("%s missed %d, %v, %s", r.Clock, r.Missed, r.Stopped != nil, r.Elapsed))
		}
		// The end of the k-th date, or business day, after that of a minute.
		ends := func(minute, k int) int {
			at := received.Add(time.Duration(minute) * time.Minute).In(paris)
			count, unit, _ := strings.Cut(every, " ")
			n, _ := strconv.Atoi(count)
			y, month, day := at.Date()
			hour := 24
			if n *= k; strings.HasPrefix(unit, "business") {
				hour = 19
			}
			for n > 0 {
				day++
				if d := time.Date(y, month, day, 0, 0, 0, 0, paris).Weekday(); hour == 24 || d != time.Saturday && d != time.Sunday {
					n--
				}
			}
			return int(time.Date(y, month, day, hour, 0, 0, 0, paris).Sub(received) / time.Minute)
		}
		if every == "60 min" {
			ends = nil
		}
		require.Equal(t, m.twin(now, open, ends), got, "%v %v asked at %d on %s, every %s", m.at, m.name, now, calendar, every)
	})
}

// twin gives the clocks as the report should have them: update, replies, the
// acknowledgement. ends is when the k-th update is owed after a minute if nothing
// holds the clock; nil for every 60 min.
func (m *minuteTicket) twin(now int, open func(int) bool, ends func(minute, k int) int) (out []string) {
	waits, _ := m.waits(now, "closed")
	runs := func(t int) bool { return open(t) && waits[t] < 40 }
	count := func(from, to int, runs func(int) bool) (n int) {
		for t := from; t < to; t++ {
			if runs(t) {
				n++
			}
		}
		return n
	}
	// Updates: each gap misses those that are owed before it ends. Shown is the
	// longest gap, or the present one.
	missedIn := func(from, gap int) (n int) {
		for {
			owed := 60 * (n + 1)
			if ends != nil {
				owed = count(from, ends(from, n+1), open)
			}
			if owed >= gap {
				return n
			}
			n++
		}
	}
	end, stopped := now, false
	if i := slices.Index(m.name, "closed"); i >= 0 {
		end, stopped = m.at[i], true
	}
	missed, shown, from := 0, 0, 0
	for i := range m.at {
		if m.name[i] == "updated" && m.at[i] <= end {
			gap := count(from, m.at[i], runs)
			missed += missedIn(from, gap)
			shown, from = max(shown, gap), m.at[i]
		}
	}
	last := count(from, end, runs)
	missed += missedIn(from, last)
	if shown = max(shown, last); !stopped {
		shown = last
	}
	out = append(out, fmt.Sprintf("update missed %d, %v, %d", missed, stopped, shown*60))
	// Replies: from the first message without an answer to the answer.
	began := -1
	reply := func(to int, done bool) {
		out = append(out, fmt.Sprintf("reply missed 0, %v, %d", done, count(began, to, runs)*60))
	}
	seen := false
	for i := range m.at {
		switch n := m.name[i]; {
		case n == "message" && began < 0:
			began, seen = m.at[i], true
		case (n == "replied" || n == "closed") && began >= 0:
			reply(m.at[i], true)
			began = -1
		}
	}
	switch {
	case began >= 0:
		reply(now, false)
	case !seen:
		out = append(out, "reply missed 0, false, ")
	}
	// The acknowledgement runs only while the provider is waited for.
	end, stopped = now, false
	if i := slices.Index(m.name, "acknowledged"); i >= 0 {
		end, stopped = m.at[i], true
	}
	_, waiting := m.waits(now)
	n := count(0, end, func(t int) bool { return open(t) && waiting[t] })
	return append(out, fmt.Sprintf("acknowledge missed 0, %v, %d", stopped, n*60))
}
