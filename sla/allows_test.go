package sla_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// Nines made plain: April has 43,200 minutes, of which 99.00% allows 432, and
// 2026 has 525,600, of which it allows 5,256. Three zones have three times as much
// together; the one that decides has its own, and what zones of unlike weight may
// be down cannot be said in one number.
func TestAllowsOfJoins(t *testing.T) {
	text := "part zone of erp {\n  has            users in users\n}\n"
	joins := map[string]string{"averaged": "averaged over zones", "pooled": "pooled over zones", "lowest": "lowest among zones", "weighted": "weighted by users over zones"}
	for name, join := range joins {
		text += fmt.Sprintf("objective %s of erp {\n  measure        availability each calendar month, %s\n  source         outages \"monitoring\"\n  target         at least 99.00%%\n  report only\n}\n", name, join)
	}
	r := ruled(t, text)
	for zone := range 3 {
		r.fact(`{"kind":"part","id":"z%d","what":"zone","service":"erp","occurred":"2026-01-01","has":"users %d"}`, zone, zone+1)
	}
	r.fact(`{"kind":"coverage","id":"c","source":"monitoring","service":"erp","occurred":"2026-04-01","until":"2026-05-01"}`)
	r.fact(`{"kind":"outage","id":"o","source":"monitoring","service":"erp","part":"z1","occurred":"2026-04-10 10:00","until":"2026-04-10 11:00"}`)
	want := map[string]*sla.Allows{
		"averaged": {Window: "77760", Year: "946080"}, "pooled": {Window: "77760", Year: "946080"}, "lowest": {Window: "25920", Year: "315360"},
	}
	for _, got := range r.report("2026-04", "2026-04", "2026-06-01", nil).Results {
		if _, joined := joins[got.Objective]; joined {
			assert.Equal(t, want[got.Objective], got.Allows, got.Objective)
			require.NotNil(t, got.Measured, got.Objective)
		}
	}
}

// Parts that live unlike may be down for a share of what all of them live, and
// nobody knows how long they live in a year; unlike ones have no mean in time.
func TestWhatUnlikePartsAllow(t *testing.T) {
	of := func(name, join string) string {
		return "objective " + name + " of erp {\n  measure        availability each calendar month, " + join + "\n  source         outages \"monitoring\"\n  target         at least 99.00%\n  report only\n}\n"
	}
	for born, want := range map[string]map[string]*sla.Allows{
		"2026-01-01": {"pooled": {Window: "51840", Year: "630720"}, "averaged": {Window: "51840", Year: "630720"}, "lowest": {Window: "25920", Year: "315360"}},
		"2026-04-16": {"pooled": {Window: "38880"}, "averaged": nil, "lowest": {Window: "25920", Year: "315360"}},
	} {
		r := ruled(t, "part zone of erp\n", of("pooled", "pooled over zones"), of("averaged", "averaged over zones"), of("lowest", "lowest among zones"))
		r.fact(`{"kind":"part","id":"a","what":"zone","service":"erp","occurred":"2026-01-01"}`)
		r.fact(`{"kind":"part","id":"b","what":"zone","service":"erp","occurred":"%s"}`, born)
		r.fact(aprilSeen, "2026-04-30")
		rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
		for name, allows := range want {
			assert.Equal(t, allows, result(t, rep, name, "").Allows, "%s %s", name, born)
		}
	}
}

// However many parts are joined, the durations of an explanation add up.
func TestExplanationOfManyPartsAddsUp(t *testing.T) {
	r := ruled(t, "part zone of erp\n", "objective up of erp {\n  measure        availability each calendar month, averaged over zones\n  source         outages \"monitoring\"\n  target         at least 99.00%\n  report only\n}\n")
	r.fact(`{"kind":"coverage","id":"c","source":"monitoring","service":"erp","occurred":"2026-04-01","until":"2026-05-01"}`)
	for zone := range 90 {
		r.fact(`{"kind":"part","id":"z%d","what":"zone","service":"erp","occurred":"2026-01-01"}`, zone)
		r.fact(`{"kind":"outage","id":"o%d","source":"monitoring","service":"erp","part":"z%[1]d","occurred":"2026-04-10 10:00","until":"2026-04-10 10:%02d"}`, zone, zone%59+1)
	}
	for _, got := range r.report("2026-04", "2026-04", "2026-06-01", nil).Results {
		if got.Objective != "up" {
			continue
		}
		parts, joined := map[string]int{}, map[string]int{}
		for _, step := range got.Why {
			for _, arg := range step.Args {
				n, _ := strconv.Atoi(arg.Value)
				switch step.Code {
				case "part-value", "more-parts":
					parts[arg.Name] += n
				case "joined":
					joined[arg.Name] = n
				}
			}
		}
		assert.Equal(t, 90*43200*60, parts["agreed"])
		assert.Equal(t, joined["agreed"], parts["agreed"])
		assert.Equal(t, joined["down"], parts["down"])
		return
	}
	t.Fatal("no result")
}

// Parts that all weigh nothing leave nothing to be judged; a part of which nobody
// says what it weighs leaves the number unknown, and the explanation names it.
func TestJoinOfPartsWithoutWeight(t *testing.T) {
	text := "part zone of erp {\n  has            users in users\n}\nobjective up of erp {\n  measure        availability each calendar month, weighted by users over zones\n  source         outages \"monitoring\"\n  target         at least 99.00%\n  report only\n}\n"
	for _, c := range []struct {
		users   [2]string // of the two zones
		verdict sla.Verdict
		exact   string
	}{
		{[2]string{`,"has":"users 0"`, `,"has":"users 0"`}, sla.NotApplicable, ""},
		{[2]string{`,"has":"users 2"`, ``}, sla.NotMeasured, ""},
		{[2]string{`,"has":"users 2"`, `,"has":"users 0"`}, sla.Met, "719/720"},
	} {
		r := ruled(t, text)
		for zone, users := range c.users {
			r.fact(`{"kind":"part","id":"z%d","what":"zone","service":"erp","occurred":"2026-01-01"%s}`, zone, users)
		}
		r.fact(`{"kind":"coverage","id":"c","source":"monitoring","service":"erp","occurred":"2026-04-01","until":"2026-05-01"}`)
		r.fact(`{"kind":"outage","id":"o","source":"monitoring","service":"erp","part":"z0","occurred":"2026-04-10 10:00","until":"2026-04-10 11:00"}`)
		for _, got := range r.report("2026-04", "2026-04", "2026-06-01", nil).Results {
			if got.Objective != "up" {
				continue
			}
			assert.Equal(t, c.verdict, got.Verdict, "%v", c.users)
			if c.exact != "" {
				assert.Equal(t, c.exact, got.Measured.Exact)
			}
			unsaid := 0
			for _, step := range got.Why {
				for _, arg := range step.Args {
					if arg.Name == "unsaid" {
						unsaid++
						assert.Equal(t, "z1", step.Args[0].Value)
					}
				}
			}
			assert.Equal(t, c.users[1] == "", unsaid == 1)
		}
	}
}
