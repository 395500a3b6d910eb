package main

import (
	_ "embed"
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
	"called at night, at the weekend or on a holiday":          "../../sla/escalation_test.go TestEscalationInHours",
	"midnight does not exist":                                  "../../calendar/zone_test.go TestStartOfOddDates",
	"an hour that happens twice or never":                      "../../calendar/zone_test.go TestOddLocalTimes",
	"a holiday a day too early by the zone of its feed":        "../../calendar/ics/ics_test.go TestWholeDaysAreLocalDates",
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
	"an escalation after the customer was told":                "edge: word given, the next is owed an hour later",
	"the longest exchange is lost":                             "../../sla/clockchanges_test.go TestLongestExchange",
	"a shorter date after a night shift":                       "edge: a date with hours of its own after a night shift",
	"a night shift goes on over midnight into a holiday":       "edge: a night shift that the next closed date cuts, where it is written",
	"business days from a closed day":                          "edge: business days from a closed day, its date kept",
	"business days from a closed day, as from Monday":          "edge: business days from a closed day, taken for the next opening",
	"Friday 16:00 and four hours":                              "edge: four hours from Friday 16:00 are over on Monday at 11:00",
	"hours added in the nights on which the clocks change":     "../../sla/clockchanges_test.go TestNightsOnWhichTheClocksChange",
	"an edit of the contract rewrites the past":                "../../sla/amendment_test.go TestAmendmentsHoldFromTheReceipt",
	"a new contract loses the tickets that are open":           "../../sla/amendment_test.go TestAmendmentsOfOpenTickets",
	"late, cancelled and forgotten":                            "../../sla/kinds_twin_test.go TestKindsAgainstTwin",
	"hours late are paid twice, or not, over a month's end":    "../../sla/lateon_test.go TestLatenessOverMonths",
	"a later report gives other numbers than the live display": "../../sla/watch_test.go TestWatchAgreesOnEveryKind",
}

// edgeRows are the kinds of complaint, by the systems that had them, each with
// the complaints of [edgeCases] that it is made of.
var edgeRows = map[string][]string{
	"A1 the wait and a change":           {"the wait is lost when the priority changes"},
	"A2 the wait and the hours":          {"a wait outside hours moves the due time", "a wait over a weekend moves the due time", "two waits cut each other"},
	"A3 late while waiting":              {"shown as late while the customer is asked", "the share used goes on while paused"},
	"A4 which target waits":              {"it is not said which clock pauses"},
	"A5 waits by state":                  {"no pause by state"},
	"A6 waits and midnight":              {"a wait over midnight"},
	"B7 the target after an edit":        {"the target is stale after a change", "a target that is gone still escalates"},
	"B8 the past after an edit":          {"today's priority rewrites the past", "an edit of the contract rewrites the past", "a new contract loses the tickets that are open"},
	"B9 several schedules":               {"several schedules in one ticket", "late before a change and excused by it"},
	"B10 two calendars, two starts":      {"answer and restoration have different calendars", "counted from the assignment"},
	"C11 reopened, closed":               {"the time between solved and reopened counts", "no figures of tickets that are closed at once", "late, cancelled and forgotten"},
	"C12 updates":                        {"the update overrules the first answer", "an update is owed by a ticket that was merged", "an escalation after the customer was told"},
	"C13 several messages":               {"due counts from the last of several messages", "the longest exchange is lost"},
	"C14 answers":                        {"solving is no reply", "a reply on a closed day", "a machine's reply stops the clock"},
	"D15 breaks":                         {"a lunch break"},
	"D16 midnight":                       {"a hole of a minute at each midnight"},
	"D17 night shifts":                   {"a night shift and a holiday", "a shorter date after a night shift", "a night shift goes on over midnight into a holiday"},
	"D18 holidays":                       {"a holiday a day too early by the zone of its feed", "half a day closed"},
	"D19 never open":                     {"a calendar that is never open"},
	"D20 called at night":                {"called at night, at the weekend or on a holiday"},
	"E21 the clocks change":              {"an hour that happens twice or never", "the clocks change on the way", "the month is an hour shorter", "hours added in the nights on which the clocks change"},
	"E22 no midnight":                    {"midnight does not exist"},
	"F25 wrong examples":                 {"published examples are wrong and nobody recomputes them", "Friday 16:00 and four hours"},
	"1 closing or opening":               {"due at closing or at the next opening"},
	"3 the window that comes twice":      {"hours added in the nights on which the clocks change"},
	"4 the end of a night shift":         {"a night shift and a holiday", "a night shift goes on over midnight into a holiday"},
	"5 days from a closed day":           {"business days from a closed day", "business days from a closed day, as from Monday"},
	"hours late over the end of a month": {"hours late are paid twice, or not, over a month's end"},
}

//go:embed testdata/scenarios/edge.txt
var edges string

// edgeScenarios are those that no other source tells.
var edgeScenarios = readScenarios(edges)

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
	for row, complaints := range edgeRows {
		for _, complaint := range complaints {
			assert.NotEmpty(t, edgeCases[complaint], "%s: %s", row, complaint)
		}
	}
	for name := range edgeScenarios {
		assert.True(t, used[name], "nobody complains of %s", name)
	}
}
