package sla_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Worked amounts of published agreements: the number attained, exactly. The
// cases are read from the folder named by SLA_CASES; those that are restated
// here run everywhere.

// A workedCase is one of them, as far as it is about what is measured.
type workedCase struct {
	ID, Kind string
	Input    struct {
		WindowMinutes   int64           `json:"window_minutes"`
		WindowSeconds   int64           `json:"window_seconds"`
		DowntimeSeconds json.RawMessage `json:"downtime_seconds"`
		DowntimeMinutes json.RawMessage `json:"downtime_minutes"`
		Zones           int             `json:"zones"`
		Interval        string          `json:"interval"`
		Groups          []workedGroup   `json:"groups"`
		OutageMinutes   json.RawMessage `json:"outage_minutes"`
		LeastMinutes    int             `json:"min_consecutive_minutes"`
		Outages         [][2]time.Time  `json:"outages"`
		DeployedMinutes int             `json:"deployed_minutes"`
		Intervals       []workedSlot    `json:"intervals"`
		Fast            int             `json:"fast_le_1s"`
		Tolerable       int             `json:"tolerable_le_10s"`
		Slow            int             `json:"slow_gt_10s"`
		Errors          int             `json:"server_errors"`
		AffectedRatio   string          `json:"affected_ratio"`
		CustomerPlanned int64           `json:"customer_planned_minutes"`
	} `json:"input"`
	Expected struct {
		Attained     *workedRatio     `json:"attained_pct"`
		CreditRatio  *workedRatio     `json:"credit_ratio"`
		PerClockHour map[string]int64 `json:"seconds_per_clock_hour"`
	} `json:"expected"`
}

type workedGroup struct{ Intervals, Total, Failed int64 }

type workedSlot struct{ Requests, Errors int64 }

type workedRatio struct{ Num, Den string }

// percent is the ratio as a share.
func (r *workedRatio) share(t *testing.T) *big.Rat {
	v, ok := new(big.Rat).SetString(r.Num + "/" + r.Den)
	require.True(t, ok)
	return v.Quo(v, big.NewRat(100, 1))
}

// A worked is a contract of one objective and the facts of June 2026.
type worked struct {
	lines []string
	facts []sla.Fact
}

func june(minute int64) time.Time {
	return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minute) * time.Minute)
}

// outage is an outage of so many seconds, which may have decimals.
func (w *worked) outage(t *testing.T, part, seconds string, from time.Time) *sla.Outage {
	r, ok := new(big.Rat).SetString(seconds)
	require.True(t, ok, seconds)
	nanos := r.Mul(r, big.NewRat(int64(time.Second), 1))
	require.True(t, nanos.IsInt(), seconds)
	o := &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", len(w.facts)), Occurred: from}, Service: "s", Part: part, Until: from.Add(time.Duration(nanos.Num().Int64()))}
	if nanos.Sign() > 0 {
		w.facts = append(w.facts, o)
	}
	return o
}

// results evaluates an objective with these lines over a month.
func (w *worked) results(t *testing.T, month time.Time) []sla.Result {
	text := "sla 1\ncontract \"WORKED\" {\n  kind fragment\n  timezone UTC\n}\nservice s\nevent request of s {\n  has latency in s\n}\nexclusions {\n  customer-planned \"Theirs\"\n}\n"
	head := "objective o of s {\n"
	if slices.ContainsFunc(w.lines, func(l string) bool { return strings.Contains(l, "zones") || strings.Contains(l, "life") }) {
		text += "part zone of s\n"
	}
	if slices.ContainsFunc(w.lines, func(l string) bool { return strings.Contains(l, "life") }) {
		head = "objective o of s for each zone {\n"
	}
	text += head + "  " + strings.Join(w.lines, "\n  ") + "\n  report only\n}\n"
	a := dsl.Analyze("worked.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	facts := append([]sla.Fact{&sla.Coverage{Head: sla.Head{ID: "all", Occurred: month.AddDate(0, -1, 0)}, Until: month.AddDate(0, 2, 0)}}, w.facts...)
	rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(month), To: dateOf(month.AddDate(0, 1, 0))})
	require.NoError(t, err)
	require.Empty(t, rep.Intake.Refusals)
	return rep.Results
}

// attained is the number of the one window.
func (w *worked) attained(t *testing.T, month time.Time) *big.Rat {
	results := w.results(t, month)
	require.Len(t, results, 1)
	require.NotNil(t, results[0].Measured, "%+v", results[0].Why)
	v, ok := new(big.Rat).SetString(results[0].Measured.Exact)
	require.True(t, ok)
	return v
}

// texts reads a number, or a list of them, written as numbers or texts.
func texts(raw json.RawMessage) []string {
	var many []json.RawMessage
	if json.Unmarshal(raw, &many) != nil {
		many = []json.RawMessage{raw}
	}
	var out []string
	for _, m := range many {
		out = append(out, strings.Trim(string(m), `"`))
	}
	return out
}

// sixty is a number of minutes in seconds.
func sixty(minutes string) string {
	r, _ := new(big.Rat).SetString(minutes)
	return r.Mul(r, big.NewRat(60, 1)).RatString()
}

const (
	monthly  = "measure availability each calendar month"
	provider = `source outages "provider"`
)

// measureWorked builds the contract and the facts of a case; nil for kinds
// that are about something else.
func measureWorked(t *testing.T, c *workedCase) (w *worked, month time.Time) {
	in, month := &c.Input, june(0)
	if in.WindowSeconds == 0 {
		in.WindowSeconds = in.WindowMinutes * 60
	}
	if in.WindowSeconds != 0 && in.WindowSeconds != 30*86400 {
		return nil, month
	}
	w = &worked{lines: []string{monthly, provider}}
	switch c.Kind {
	case "uptime_ladder", "tier_min_over_attributes", "days_of_service", "rounding_sensitivity", "overlapping_bands":
		switch {
		case len(in.DowntimeSeconds) > 0:
			w.outage(t, "", texts(in.DowntimeSeconds)[0], june(600))
		case len(in.DowntimeMinutes) > 0:
			w.outage(t, "", sixty(texts(in.DowntimeMinutes)[0]), june(600))
		default:
			return nil, month
		}
	case "pooled_uptime":
		w.lines[0] += ", pooled over zones"
		for i := range in.Zones {
			w.facts = append(w.facts, &sla.PartLife{Head: sla.Head{ID: fmt.Sprint("z", i), Occurred: june(0)}, Service: "s", Type: "zone"})
		}
		for i, s := range texts(in.DowntimeSeconds) {
			if s != "[]" && s != "" {
				w.outage(t, fmt.Sprint("z", i), s, june(600))
			}
		}
	case "interval_average", "interval_average_min_credit":
		w.lines = []string{"measure share of good requests each calendar month, averaged over 5 min slots", `source requests "provider" counted every 5 min`, "without requests, a slot is up"}
		month = w.groups(in.Groups)
	case "run_length_downtime":
		w.lines = append(w.lines, fmt.Sprintf("count outages of at least %d min", in.LeastMinutes))
		for i, m := range texts(in.OutageMinutes) {
			w.outage(t, "", sixty(m), june(int64(i+1)*600))
		}
	case "full_minute_downtime":
		w.lines = append(w.lines, "count each outage in whole 1 min of the clock")
		for i, o := range in.Outages {
			w.facts = append(w.facts, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: o[0]}, Service: "s", Until: o[1]})
		}
	case "part_window_deemed_up":
		w.lines = append(w.lines, "outside life, the time is up")
		w.facts = append(w.facts, &sla.PartLife{Head: sla.Head{ID: "z", Occurred: june(0)}, Service: "s", Type: "zone", Until: june(int64(in.DeployedMinutes))})
		w.outage(t, "z", sixty(texts(in.DowntimeMinutes)[0]), june(600))
	case "boolean_interval_min_sample":
		w.lines = []string{monthly, `source requests "provider" counted every 5 min`, "down when error rate above 50% and requests at least 20"}
		for i, s := range in.Intervals {
			w.counter(int64(i), s.Requests, s.Errors)
		}
	case "proportional_formula":
		w.lines = append(w.lines, "count each outage by the share of visitors affected, the highest when several")
		o := w.outage(t, "", sixty(texts(in.OutageMinutes)[0]), june(600))
		if in.CustomerPlanned > 0 {
			w.lines = append(w.lines, "exclude customer-planned")
			w.outage(t, "", fmt.Sprint(in.CustomerPlanned*60), june(20000)).Cause = "customer-planned"
		}
		if r, ok := new(big.Rat).SetString(in.AffectedRatio); ok {
			share := credits.MustShare(r.RatString() + map[bool]string{true: "/1"}[r.IsInt()])
			o.Affected = &share
		}
	case "scored_requests":
		w.lines = []string{"measure average score of requests each calendar month", `source requests "provider" one by one`, "score 1 when latency at most 1 s", "score 0.5 when latency at most 10 s"}
		w.visits(in.Fast, "1", false)
		w.visits(in.Tolerable, "10", false)
		w.visits(in.Slow, "10.1", false)
		w.visits(in.Errors, "0.1", true)
	default:
		return nil, month
	}
	return w, month
}

// visits adds requests of a latency.
func (w *worked) visits(n int, latency string, failed bool) {
	for range n {
		w.facts = append(w.facts, &sla.Item{Head: sla.Head{ID: fmt.Sprint("I-", len(w.facts)), Occurred: june(600)}, Service: "s", Until: june(600), Failed: failed, Has: map[string]string{"latency": latency}})
	}
}

// groups gives runs of 5-minute slots their requests, from the start of a
// month that has as many.
func (w *worked) groups(groups []workedGroup) (month time.Time) {
	slots := int64(0)
	for _, g := range groups {
		slots += g.Intervals
	}
	month = june(0)
	if slots == 28*288 {
		month = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	}
	at := int64(month.Sub(june(0)) / (5 * time.Minute))
	for _, g := range groups {
		for range g.Intervals {
			w.counter(at, g.Total, g.Failed)
			at++
		}
	}
	return month
}

func (w *worked) counter(slot, total, failed int64) {
	w.facts = append(w.facts, &sla.Counter{Head: sla.Head{ID: fmt.Sprint("C-", slot), Occurred: june(5 * slot)}, Service: "s", Until: june(5*slot + 5), Total: total, Failed: failed})
}

func TestWorkedCases(t *testing.T) {
	folder := os.Getenv("SLA_CASES")
	if folder == "" {
		t.Skip("SLA_CASES is not set: the shared cases are not there")
	}
	text, err := os.ReadFile(filepath.Join(folder, "worked_credits.json"))
	require.NoError(t, err)
	var all struct{ Cases []json.RawMessage }
	require.NoError(t, json.Unmarshal(text, &all))
	ran := map[string]int{}
	for _, raw := range all.Cases {
		var c workedCase
		if json.Unmarshal(raw, &c) != nil || c.Expected.Attained == nil && c.Expected.CreditRatio == nil {
			continue // about something else
		}
		w, month := measureWorked(t, &c)
		if w == nil {
			continue
		}
		ran[c.Kind]++
		want := new(big.Rat)
		if c.Expected.Attained != nil {
			want = c.Expected.Attained.share(t)
		} else { // the share missed
			missed, _ := new(big.Rat).SetString(c.Expected.CreditRatio.Num + "/" + c.Expected.CreditRatio.Den)
			want.Sub(big.NewRat(1, 1), missed)
		}
		assert.Equal(t, want.RatString(), w.attained(t, month).RatString(), "%s: %s", c.ID, raw)
	}
	t.Logf("%v", ran)
	assert.GreaterOrEqual(t, len(ran), 9)
}

// Restated: an outage of 11 minutes across two hours of the clock, and one
// across the end of a month (AWS compute); the averages that Stedi and AWS
// Lambda print; a weighted outage (Cloudflare); two zones pooled (Azure DNS).
func TestWorkedRestated(t *testing.T) {
	hours := &worked{lines: []string{"measure downtime each clock hour", provider, "target at most 6 min"}}
	hours.outage(t, "", "660", june(10*60+55))
	got := hours.results(t, june(0))
	require.Len(t, got, 2)
	assert.Equal(t, []string{"300", "360"}, []string{got[0].Measured.Exact, got[1].Measured.Exact})
	assert.Equal(t, sla.Met, got[1].Verdict, "six minutes are not more than six")

	split := &worked{lines: []string{"measure downtime each calendar month", provider}}
	split.outage(t, "", "1800", june(-10))
	assert.Equal(t, "1200", split.attained(t, june(0)).RatString())
	assert.Equal(t, "600", split.attained(t, june(0).AddDate(0, -1, 0)).RatString())

	stedi := &worked{lines: []string{"measure share of good requests each calendar month, averaged over 5 min slots", `source requests "provider" counted every 5 min`, "without requests, a slot is up"}}
	stedi.groups([]workedGroup{{864, 1000, 100}, {7776, 0, 0}})
	assert.Equal(t, "99/100", stedi.attained(t, june(0)).RatString())

	pooled := &worked{lines: []string{monthly + ", pooled over zones", provider}}
	for _, z := range []string{"a", "b"} {
		pooled.facts = append(pooled.facts, &sla.PartLife{Head: sla.Head{ID: z, Occurred: june(0)}, Service: "s", Type: "zone"})
	}
	pooled.outage(t, "a", "518.4", june(600))
	assert.Equal(t, "9999/10000", pooled.attained(t, june(0)).RatString())

	weighted := &worked{lines: []string{monthly, provider, "count each outage by the share of visitors affected"}}
	share := credits.MustShare("2.1%")
	weighted.outage(t, "", "6000", june(600)).Affected = &share
	assert.Equal(t, "143993/144000", weighted.attained(t, june(0)).RatString())

	often := func(last int64) *worked {
		w := &worked{lines: []string{"measure number of outages in any 30 days", provider, "target at most 3"}}
		for _, day := range []int64{0, 9, 19, last} {
			w.outage(t, "", "3600", june(day*1440+60))
		}
		return w
	}
	assert.Equal(t, sla.Missed, often(29).results(t, june(0))[0].Verdict, "the fourth outage on day 30")
	assert.Equal(t, sla.Met, often(30).results(t, june(0))[0].Verdict, "the fourth outage on day 31")
}
