package dsl

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lessonIn finds the lesson among what is said of a text.
func lessonIn(text string) (key string) {
	for _, d := range Analyze("a.sla", text).Diagnostics {
		for _, a := range d.Args {
			if a.Name == "lesson" {
				key = a.Value
			}
		}
	}
	return key
}

// Each line with a lesson is answered with it, in the block where people write
// it, and no line of the language begins so.
func TestLessons(t *testing.T) {
	first, lines := lessons()
	blocks := map[string]string{"": "%", "file": "%", "contract": "contract \"A\" {\n%\n}", "service": "service a {\n%\n}", "amendment": "amendment \"A\" in force from 2026-03-16 {\n%\n}", "escalation": "escalation {\n%\n}", "tier": "tier gold {\n%\n}", "objective": "objective a {\n%\n}"}
	for word, key := range first {
		block, alone, ok := strings.Cut(word, "/")
		if !ok {
			block, alone = "", word
		}
		for _, s := range edition1().scopes() {
			if _, name, _ := strings.Cut(s.scopeKey(), " "); block == "" || block == name {
				assert.NotContains(t, heads(s), alone, word)
			}
		}
		text := "sla 1\n" + strings.Replace(blocks[block], "%", alone+` "x" y`, 1) + "\n"
		assert.Equal(t, "lesson "+key, lessonIn(text), text)
	}
	blocks = map[string]string{"window": "maintenance a {\n%\n}", "target": "objective a {\n%\n}", "score": "objective a {\n%\n}", "source": "objective a {\n%\n}", "scheduled": "objective a {\n%\n}", "started": "objective a {\n%\n}", "ended": "objective a {\n%\n}", "measure": "objective a {\n%\n}", "down": "objective a {\n%\n}", "start": "clocks {\n%\n}", "credit": "objective a {\n%\n}", "cap": "objective a {\n%\n}", "claim": "credits {\n%\n}", "when": "termination by customer {\n%\n}"}
	for _, l := range lines {
		line := strings.NewReplacer("credit * times", "credit 10 times", "credit * for each %", "credit 5% of the fee of a for each 1%", "claim within *", "claim within 30 days", "when * less", "when b is less", "when * under", "when b is under",
			"late * of", "late requests of", "*", "calls", " per", " per h", " notice", " notice at", " ,", ", or phone",
			"source items of *", `source items of calls "x"`, "target * the", "target at most the", "target *", "target at least 99.00%,", "window *", "window every Sunday 02:00-06:00", "credit *", "credit 5%", "cap *", "cap 5%", "calendar *", "calendar office open Mon-Fri 09:00-17:00").Replace(strings.Join(l.words, " "))
		block, ok := blocks[l.words[0]]
		if !ok {
			block = "%"
		}
		text := "sla 1\n" + strings.Replace(block, "%", line, 1) + "\n"
		assert.Equal(t, "lesson "+l.key, lessonIn(text), text)
	}
}

// What a lesson shows as a whole line of an objective or a file can be read.
func TestLessonsAreRight(t *testing.T) {
	const text = `sla 1
contract "A-1" {
  kind           fragment
  timezone       UTC
  currency       EUR
  schedule of    "MSA-2025-007"
  template       "msp" version "1.0"
  version        "2.2.0" replaces "2.1.0", in force from 2026-03-16
  business days  of desk
}
party customer "C"
party provider "P" {
  must           one "Do it" within 5 business days after notice during desk
  must           two "Do it" every 12 months
  must           three "Do it" by 2026-12-31
}
calendar desk open Mon-Fri 08:00-18:00
calendar office {
  open           Mon-Fri 09:00-17:00
  closed         public-holidays DE
  closed         yearly 12-25
}
priorities {
  | priority | when |
  | P1       | "a" |
  | P2       | "b" |
  set            by provider
  | impact | high | low |
  | all    | P1   | P2  |
}
service dns {
  fee            1.00 EUR per month
}
clocks {
  start          when received by monitoring, phone, email or portal
}
maintenance planned {
  notice         at least 48 h
}
charge late 190.00 EUR for each started 1 h
event call of dns {
  has            wait in s
}
objective a of dns {
  measure        share of good calls each calendar month
  source         calls "switch" one by one
  failed when    wait above 20 s
  target         at least 98%
  credit         5% of the fee of dns during the previous calendar month
}
tier gold {
  | priority | respond within | restore within | clock |
  | P1       | 1 h            | 4 h            | desk  |
  | P2       | 2 h            | 8 h            | desk  |
}
objective b of tier gold {
  measure        number of late respond each calendar month
  target         at most 1
  report only
}
objective c of tier gold {
  measure        average respond each calendar month
  target         at most 1 h
  report only
}
event visit of dns {
}
objective punctual of dns {
  measure        share of good visits each calendar month
  source         visits "courier" one by one
  target         at least 95%
  credit         20% of the fee of dns
}
objective failed of dns {
  measure        number of failed visits each calendar month
  source         visits "courier" one by one
  target         at most 3
  credit         10.00 EUR
}
objective up of dns {
  measure        availability each calendar month
  source         outages "monitoring"
  target         at least 99.00%
  credit         5% of the fee of dns for each whole 1 points below the target
  plus           1000% of the fee of dns during the lost time
  plus           1.00 EUR for each started 0.10 points below the target
  plus           2.00 EUR for each outage
  plus           3.00 EUR for each whole 1 h of downtime
}
objective late of tier gold {
  measure        share of restore in time each calendar month
  target         at least 90%
  credit         6.10 EUR for each started 24 h late
  plus           30.00 EUR for each late ticket
}
termination by customer {
  when           low-in-a-row up is below 98.00% in 3 calendar months in a row
  when           once up is below 97.00% in any calendar month
}
objective d of tier gold {
  measure        percentile 95 of respond each calendar month
  target         at most 1 h
  report only
}
credits {
  settled        each calendar month, 10 days after month end
  claim          within 30 business days of the report, otherwise lost
  cap            yearly 10% of the fees of the contract year
  same incident  counts once, for the highest credit
}
`
	found := Analyze("a.sla", text).Diagnostics
	require.False(t, found.HasErrors(), found)
}
