package sla_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/sla/words"
)

// What may be wrong with what was measured, each with its rule and what the
// report says about it; the rest of the facts goes on.
func TestBadMeasurements(t *testing.T) {
	const objective = "objective down of hub {\n  measure downtime each day\n  source outages \"monitor\"\n  report only\n}\n"
	for name, c := range map[string]struct {
		fact  string
		down  string
		said  []string
		lasts bool
	}{
		"an outage that lasts counts until now, and is told so": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 22:00"}`, down: "3 h", lasts: true,
		},
		"an outage that ends before it begins": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 12:00","until":"2026-06-10 11:00"}`, said: []string{"ends-before-it-begins"},
		},
		"an outage that takes no time": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 12:00","until":"2026-06-10 12:00"}`, said: []string{"ends-before-it-begins"},
		},
		"an unknown service": {
			fact: `{"kind":"outage","id":"O-2","service":"hubb","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00"}`, said: []string{"unknown-name"},
		},
		"work of an unknown kind": {
			fact: `{"kind":"maintenance","id":"W-1","service":"hub","work":"planed","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00"}`, said: []string{"unknown-name"},
		},
		"a proof by an unknown party": {
			fact: `{"kind":"proof","id":"P-1","of":"O-1","by":"provder","occurred":"2026-06-10 12:00"}`, said: []string{"unknown-name"},
		},
		"an unknown kind of part": {
			fact: `{"kind":"part","id":"a","what":"zome","service":"hub","occurred":"2026-06-10 12:00"}`, said: []string{"unknown-name"},
		},
		"an unknown cause is no excuse": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00","cause":"the-weather"}`, down: "2 h", said: []string{"outage O-2 has a cause the contract does not declare: the-weather"},
		},
		"more errors than requests": {
			fact: `{"kind":"counter","id":"C-1","service":"hub","source":"gateway","occurred":"2026-06-10 00:00","until":"2026-06-10 01:00","total":10,"failed":11}`, said: []string{"value-impossible"},
		},
		"a negative number": {
			fact: `{"kind":"counter","id":"C-1","service":"hub","source":"gateway","occurred":"2026-06-10 00:00","until":"2026-06-10 01:00","total":-10}`, said: []string{"value-impossible"},
		},
		"one id with two contents is neither": {
			fact: `{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 11:01"}`, down: "0 min", said: []string{"same-id-other-content", "same-id-other-content"},
		},
		"one id with one content is one": {
			fact: `{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 11:00"}`,
		},
		"a local time that never was": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-03-29 02:30","until":"2026-03-29 04:00"}`, said: []string{"local-time"},
		},
		"no time at all": {
			fact: `{"kind":"outage","id":"O-2","service":"hub"}`, said: []string{"time-missing"},
		},
		"another source is evidence and does not count": {
			fact: `{"kind":"outage","id":"O-2","service":"hub","source":"the customer","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			rep, said := badFacts(t, objective, `{"file":{"source":"monitor","covered":{"from":"2026-06-01","until":"2026-06-30"}}}`,
				`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 11:00"}`, c.fact)
			assert.Equal(t, c.said, said)
			got := result(t, rep, "down", "")
			assert.Equal(t, orElse(c.down, "1 h"), got.Measured.Shown)
			assert.Equal(t, c.lasts, strings.Contains(words.English().Explanation(got.Why), "it still lasts"))
		})
	}
}
