package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What users of other help desks and monitors complained of, each with the
// scenario or the test that shows how it comes out here. An entry is a
// complaint and where it is answered: a scenario by its name, or FILE and TEST.

// edgeCases by complaint.
var edgeCases = map[string]string{
	"the wait is lost when the priority changes":               "edge: a wait is kept when the priority changes",
	"a wait outside hours moves the due time":                  "edge: a wait counts only inside hours",
	"a wait over a weekend moves the due time":                 "edge: a wait over a weekend takes its hours alone",
	"shown as late while the customer is asked":                "edge: asked, a clock is paused and not late",
	"the share used goes on while paused":                      "../../sla/watch_test.go TestWatchLenoir",
	"it is not said which clock pauses":                        "edge: the restoration pauses, the answer does not",
	"no pause by state":                                        "same with ExcludeTimeOnIgnoredStatuses",
	"a wait over midnight":                                     "suspended over local midnight",
	"two waits cut each other":                                 "../../sla/pauses_test.go TestWaitsAreUnited",
	"the target is stale after a change":                       "Resolve target 2 real hours; SLA changed",
	"a target that is gone still escalates":                    "priority changed so that no SLA matches",
	"today's priority rewrites the past":                       "priority changes after the SLA event",
	"several schedules in one ticket":                          "schedule changes mid-ticket",
	"answer and restoration have different calendars":          "edge: each clock has hours of its own",
	"counted from the assignment":                              "edge: from the assignment",
	"late before a change and excused by it":                   "../../sla/changes_test.go TestChangesOfPriority",
	"the time between solved and reopened counts":              "edge: the time while restored does not count",
	"no figures of tickets that are closed at once":            "ticket just closed",
	"the update overrules the first answer":                    "Response 2 h + KeepInLoop 4 h; agent replies",
	"an update is owed by a ticket that was merged":            "edge: merged, a ticket owes nothing",
	"due counts from the last of several messages":             "update target; repeated customer messages",
	"solving is no reply":                                      "edge: solving is a reply",
	"a reply on a closed day":                                  "edge: a reply on a closed day takes no time",
	"a machine's reply stops the clock":                        "../../sla/tickets_twin_test.go TestTicketsAgainstTwin",
	"a lunch break":                                            "edge: a break at noon",
	"a hole of a minute at each midnight":                      "edge: open to 24:00 leaves no hole",
	"a night shift and a holiday":                              "edge: a night shift belongs to the date on which it opens",
	"half a day closed":                                        "edge: half a day closed",
	"a calendar that is never open":                            "../../calendar/compile_test.go TestCompileErrors",
	"the clocks change on the way":                             "../../sla/rhythm_twin_test.go TestRhythmAgainstTwin",
	"the month is an hour shorter":                             "../../sla/availability_twin_test.go TestAvailabilityAgainstTwin",
	"due at closing or at the next opening":                    "edge: due at closing time",
	"overlapping outages and work are counted twice":           "../../sla/edgecases_test.go TestOverlapsCountOnce",
	"an outage is not cut at the end of the month":             "../../sla/edgecases_test.go TestOutagesAreCutAtTheWindow",
	"the beginning of work is ignored":                         "../../sla/edgecases_test.go TestOnlyAnnouncedTimeIsExcused",
	"closed hours count as downtime":                           "../../sla/edgecases_test.go TestClosedHoursAreNoDowntime",
	"work announced for hours is excused by a short notice":    "../../sla/edgecases_test.go TestNoticeOfTheAnnouncedWork",
	"downtime is split by reporting it in two":                 "../../sla/downtime_laws_test.go TestSplittingAnOutageChangesNothing",
	"what was not observed is taken for up":                    "../../sla/factfindings_test.go TestContradictoryProbes",
	"published examples are wrong and nobody recomputes them":  "../../dsl/spec_test.go TestSpec",
	"a later report gives other numbers than the live display": "../../sla/watch_test.go TestWatchAgreesOnEveryKind",
}

// edgeScenarios are those that no other source tells.
var edgeScenarios = map[string]scenario{
	"edge: a wait is kept when the priority changes": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 3 h always, P2 8 h always", at: "09 14:00",
		facts: "received 09 10:00 priority=P2, stalled 09 11:00 until=2026-03-09T13:00:00Z, updated 09 13:30 priority=P1", clocks: []string{"restore running due 09 15:00"},
	},
	"edge: a wait counts only inside hours": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 9 h hours", at: "10 09:00",
		facts: "received 09 10:00 priority=P1, stalled 09 17:30 until=2026-03-10T08:30:00Z", clocks: []string{"restore running due 10 10:00"},
	},
	"edge: a wait over a weekend takes its hours alone": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 4 h hours", at: "16 09:30",
		facts: "received 13 16:00 priority=P1, stalled 13 17:00 until=2026-03-16T09:00:00Z", clocks: []string{"restore running due 16 12:00"},
	},
	"edge: asked, a clock is paused and not late": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 4 h always", at: "09 20:00",
		facts: "received 09 10:00 priority=P1, stalled 09 11:00", clocks: []string{"restore paused due -"},
	},
	"edge: the restoration pauses, the answer does not": {
		lines: "pause while stalled", other: "clocks of respond {\n  never pause while stalled\n}\n", columns: "respond within | restore within", rows: "P1 2 h | 4 h always", at: "09 11:00",
		facts: "received 09 10:00 priority=P1, stalled 09 10:30", clocks: []string{"respond running due 09 12:00", "restore paused due -"},
	},
	"edge: each clock has hours of its own": {
		columns: "respond within | restore within", rows: "P1 2 h during always | 4 h hours", at: "13 18:30",
		facts: "received 13 17:00 priority=P1", clocks: []string{"respond running due 13 19:00", "restore running due 16 11:00"},
	},
	"edge: from the assignment": {
		other: "clocks of restore {\n  start when assigned\n}\n", columns: "respond within | restore within", rows: "P1 2 h | 4 h always", at: "09 12:00",
		facts: "received 09 10:00 priority=P1, assigned 09 11:30", clocks: []string{"respond running due 09 12:00", "restore running due 09 15:30"},
	},
	"edge: the time while restored does not count": {
		lines: "reopen within 5 days continues the same clock, the time while restored does not count", columns: "restore within", rows: "P1 4 h always", at: "09 14:00",
		facts: "received 09 10:00 priority=P1, restored 09 11:00, reopened 09 13:00", clocks: []string{"restore running due 09 16:00"},
	},
	"edge: merged, a ticket owes nothing": {
		columns: "restore within | update every", rows: "P1 4 h | 1 h always", at: "09 18:00",
		facts: "received 09 10:00 priority=P1, merged 09 10:30", clocks: []string{"restore cancelled due -", "update cancelled due -"},
	},
	"edge: solving is a reply": {
		columns: "reply within", rows: "P1 2 h hours", at: "09 15:00",
		facts: "received 09 10:00 priority=P1, message 09 10:00, restored 09 11:00", clocks: []string{"reply met due 09 12:00"},
	},
	"edge: a reply on a closed day takes no time": {
		columns: "reply within", rows: "P1 2 h hours", at: "14 15:00",
		facts: "received 14 10:00 priority=P1, message 14 10:00, replied 14 11:00", clocks: []string{"reply met due 16 10:00"},
	},
	"edge: a break at noon": {
		other: "calendar split open Mon-Fri 08:00-12:00, 14:00-18:00\n", columns: "restore within", rows: "P1 4 h split", at: "09 13:00",
		facts: "received 09 11:00 priority=P1", clocks: []string{"restore running due 09 17:00"},
	},
	"edge: open to 24:00 leaves no hole": {
		other: "calendar whole open Mon-Sun 00:00-24:00\n", columns: "restore within", rows: "P1 2 h whole", at: "09 23:30",
		facts: "received 09 23:00 priority=P1", clocks: []string{"restore running due 10 01:00"},
	},
	"edge: a night shift belongs to the date on which it opens": {
		other: "calendar nights {\n  open Mon-Fri 22:00-06:00\n  closed 2026-03-10\n}\n", columns: "restore within", rows: "P1 8 h nights", at: "10 12:00",
		facts: "received 09 23:00 priority=P1", clocks: []string{"restore running due 11 23:00"},
	},
	"edge: half a day closed": {
		other: "calendar half {\n  open Mon-Fri 08:00-18:00\n  closed 2026-03-10 12:00-18:00\n}\n", columns: "restore within", rows: "P1 8 h half", at: "10 12:00",
		facts: "received 09 17:00 priority=P1", clocks: []string{"restore running due 11 11:00"},
	},
	"edge: due at closing time": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 2 h hours", at: "09 17:30",
		facts: "received 09 15:00 priority=P1, stalled 09 16:00 until=2026-03-09T17:00:00Z", clocks: []string{"restore running due 09 18:00"},
	},
}

func TestEdgeScenarios(t *testing.T) {
	for name, s := range edgeScenarios {
		t.Run(name, s.check)
	}
}

// Each complaint is answered by something that exists.
func TestEdgeCases(t *testing.T) {
	used := map[string]bool{}
	for complaint, answer := range edgeCases {
		if used[answer] = true; scenarios[answer].facts != "" || edgeScenarios[answer].facts != "" {
			continue
		}
		file, test, ok := strings.Cut(answer, " ")
		if !assert.True(t, ok && strings.HasPrefix(test, "Test"), "%s: no scenario %q", complaint, answer) {
			continue
		}
		text, err := os.ReadFile(filepath.FromSlash(file))
		require.NoError(t, err, complaint)
		assert.Contains(t, string(text), "\nfunc "+test+"(t *testing.T) {", complaint)
	}
	for name := range edgeScenarios {
		assert.True(t, used[name], "nobody complains of %s", name)
	}
}
