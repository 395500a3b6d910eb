package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What monitoring systems got wrong about downtime, one mistake at a time.

// downOf is the downtime of 10 June for a contract with planned work.
func downOf(t *testing.T, lines, objective string, facts ...string) string {
	t.Helper()
	text := "calendar desk open Mon-Fri 08:00-18:00\nmaintenance planned {\n  " + lines + "\n}\nobjective down of hub {\n  measure downtime each day" + objective + "\n  source outages \"monitor\"\n  exclude planned-maintenance\n  report only\n}\n"
	rep, said := badFacts(t, text, append([]string{`{"file":{"source":"monitor","covered":{"from":"2026-06-01","until":"2026-06-30"}}}`}, facts...)...)
	assert.Empty(t, said)
	return result(t, rep, "down", "").Measured.Shown
}

// Two outages and planned work over each other: each minute counts once.
func TestOverlapsCountOnce(t *testing.T) {
	assert.Equal(t, "2 h", downOf(t, "window at any time", "",
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 09:00","until":"2026-06-10 10:30"}`,
		`{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 11:00"}`,
		`{"kind":"outage","id":"O-3","service":"hub","occurred":"2026-06-10 11:00","until":"2026-06-10 12:00","cause":"planned-maintenance"}`,
		`{"kind":"outage","id":"O-4","service":"hub","occurred":"2026-06-10 11:30","until":"2026-06-10 12:00","cause":"planned-maintenance"}`))
}

func TestOutagesAreCutAtTheWindow(t *testing.T) {
	assert.Equal(t, "1 h 30", downOf(t, "window at any time", "",
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-09 20:00","until":"2026-06-10 01:00"}`,
		`{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 23:30","until":"2026-06-12 08:00"}`))
}

// Work that begins before its window, or goes on after it, is downtime there.
func TestOnlyAnnouncedTimeIsExcused(t *testing.T) {
	assert.Equal(t, "1 h 15", downOf(t, "window every Wed 20:00-22:00", "",
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 19:30","until":"2026-06-10 22:45","cause":"planned-maintenance"}`))
}

func TestClosedHoursAreNoDowntime(t *testing.T) {
	assert.Equal(t, "1 h", downOf(t, "window at any time", " during desk",
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 17:00","until":"2026-06-10 23:00"}`))
}

// Work announced for four hours needs the notice of four hours, however short
// the outage in it was; an outage announced by itself, that of its own length.
func TestNoticeOfTheAnnouncedWork(t *testing.T) {
	notice := "notice at least 24 h, when at most 30 min\n  notice at least 7 days, when longer than 30 min"
	outage := `{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 01:00","until":"2026-06-10 01:20","cause":"planned-maintenance"`
	work := `{"kind":"maintenance","id":"W-1","service":"hub","work":"planned","occurred":"2026-06-10 00:00","until":"2026-06-10 04:00","announced":`
	assert.Equal(t, "20 min", downOf(t, notice, "", outage+"}", work+`"2026-06-08 09:00"}`))
	assert.Equal(t, "0 min", downOf(t, notice, "", outage+"}", work+`"2026-06-01 09:00"}`))
	assert.Equal(t, "0 min", downOf(t, notice, "", outage+`,"announced":"2026-06-08 09:00"}`))
}
