package calendar_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// A vector is a case out of another project's tests: hours, an operation and
// what it must give.
type vector struct {
	ID          string                 `json:"id"`
	Op          string                 `json:"op"`
	Timezone    string                 `json:"timezone"`
	WeeklyHours map[string][][2]string `json:"weekly_hours"`
	Holidays    []string               `json:"holidays"`
	Overrides   map[string][][2]string `json:"date_overrides"`
	Start       Instant                `json:"start"`
	End         Instant                `json:"end"`
	Stop        *Instant               `json:"stop"`
	Minutes     json.Number            `json:"duration_minutes"`
	Workdays    *int                   `json:"duration_workdays"`
	Target      json.Number            `json:"target_minutes"`
	Pauses      []struct{ From, To Instant }
	Boundary    string          `json:"boundary"`
	NegAsZero   bool            `json:"negative_as_zero"`
	Rounding    string          `json:"expected_rounding"`
	Expected    json.RawMessage `json:"expected"`
	// Of the extra cases:
	At    Instant `json:"at"`
	Wall  string  `json:"wall"`
	Month Month   `json:"month"`
	Date  string  `json:"date"`
}

// loadVectors reads a file of the folder of shared cases, or skips the test.
func loadVectors(t *testing.T, file string) []vector {
	t.Helper()
	folder := os.Getenv("SLA_CASES")
	if folder == "" {
		t.Skip("SLA_CASES is not set: the shared cases are not there")
	}
	text, err := os.ReadFile(filepath.Join(folder, file))
	require.NoError(t, err)
	var content struct{ Vectors []vector }
	require.NoError(t, json.Unmarshal(text, &content))
	return content.Vectors
}

// minutes reads a decimal number of minutes exactly, to the nanosecond.
func minutes(t *testing.T, n json.Number) time.Duration {
	t.Helper()
	r, ok := new(big.Rat).SetString(n.String())
	require.True(t, ok, n)
	r.Mul(r, big.NewRat(int64(time.Minute), 1))
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		half.Neg(half)
	}
	r.Add(r, half)
	return time.Duration(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
}

// definition writes a vector's hours as a definition.
func (v *vector) definition(t *testing.T) Definition {
	t.Helper()
	def := Definition{Name: v.ID, Zone: v.Timezone}
	for days, hours := range v.WeeklyHours {
		w, err := ParseWeekdays(strings.ToUpper(days[:1]) + days[1:])
		require.NoError(t, err)
		if len(hours) > 0 {
			def.Open = append(def.Open, Opening{Days: w, Hours: vectorHours(t, hours)})
		}
	}
	for date, hours := range v.Overrides {
		d, err := ParseDate(date)
		require.NoError(t, err)
		def.Open = append(def.Open, Opening{On: &d, Hours: vectorHours(t, hours)})
	}
	for _, h := range v.Holidays {
		def.Closed = append(def.Closed, vectorHoliday(t, h))
	}
	return def
}

func vectorHoliday(t *testing.T, h string) Closing {
	t.Helper()
	if len(h) == len("12-25") {
		d, err := ParseMonthDay(h)
		require.NoError(t, err)
		return Closing{Yearly: &d}
	}
	d, err := ParseDate(h)
	require.NoError(t, err, h)
	return Closing{On: &d}
}

func vectorHours(t *testing.T, hours [][2]string) []Hours {
	t.Helper()
	var out []Hours
	for _, h := range hours {
		from, err := ParseTimeOfDay(h[0])
		require.NoError(t, err)
		to, err := ParseTimeOfDay(h[1])
		require.NoError(t, err)
		out = append(out, Hours{from, to})
	}
	return out
}

func (v *vector) compile(t *testing.T) *Calendar {
	t.Helper()
	c, err := Compile(v.definition(t), nil, Environment{Zone: zones.Load})
	require.NoError(t, err)
	return c
}

func TestSharedVectors(t *testing.T) {
	exceptions := map[string]bool{"businesstimedelta-016": true, "business-time-017": true, "zammad-016": true}
	for _, v := range loadVectors(t, "business_time.json") {
		t.Run(v.ID, func(t *testing.T) {
			if v.ID == "businesstimedelta-016" {
				_, err := Compile(v.definition(t), nil, Environment{Zone: zones.Load})
				var never *NeverOpenError
				require.ErrorAs(t, err, &never)
				return
			}
			c := v.compile(t)
			switch v.Op {
			case "between":
				v.checkBetween(t, c)
			case "add":
				v.checkAdd(t, c, exceptions[v.ID])
			case "sla":
				v.checkClock(t, c, exceptions[v.ID])
			default:
				t.Fatalf("no operation %q", v.Op)
			}
		})
	}
}

func (v *vector) checkBetween(t *testing.T, c *Calendar) {
	got := c.Between(v.Start, v.End)
	if len(v.Pauses) > 0 {
		var err error
		got, err = v.clock(t, c).Elapsed(v.End)
		require.NoError(t, err)
	}
	if v.NegAsZero {
		got = max(got, 0)
	}
	var n json.Number
	require.NoError(t, json.Unmarshal(v.Expected, &n))
	v.near(t, n, got)
}

func (v *vector) clock(t *testing.T, c *Calendar) *Clock {
	t.Helper()
	var b Builder
	for _, p := range v.Pauses {
		b.Add(Interval{Start: p.From, End: p.To})
	}
	k, err := NewClock(c, v.Start, Pause{Times: b.Set()})
	require.NoError(t, err)
	return k
}

// near compares with minutes of at most six decimals, or rounded down.
func (v *vector) near(t *testing.T, want json.Number, got time.Duration) {
	t.Helper()
	if v.Rounding == "floor_minute" {
		got = got / time.Minute * time.Minute
	}
	diff := minutes(t, want) - got
	assert.LessOrEqual(t, diff.Abs(), time.Minute/1_000_000, "%s, not %s min", got, want)
}

func (v *vector) checkAdd(t *testing.T, c *Calendar, latest bool) {
	var want Instant
	require.NoError(t, json.Unmarshal(v.Expected, &want))
	var got Instant
	var err error
	switch {
	case v.Workdays != nil:
		got = v.workdays(t, *v.Workdays)
	case latest:
		got, err = c.AddLatest(v.Start, minutes(t, v.Minutes))
	case v.Boundary == "farthest":
		var ok bool
		got, ok = c.PrevClosing(v.Start)
		require.True(t, ok)
	default:
		got, err = c.Add(v.Start, minutes(t, v.Minutes))
	}
	require.NoError(t, err)
	if v.Boundary == "either" && got != want {
		got, err = c.AddLatest(v.Start, minutes(t, v.Minutes))
		require.NoError(t, err)
	}
	assert.Equal(t, want.String(), got.String())
}

// workdays counts as these sources do: the same time of day, and the day of
// receipt not counted.
func (v *vector) workdays(t *testing.T, n int) Instant {
	def := v.definition(t)
	def.BusinessDay = &BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtSameTime}
	c, err := Compile(def, nil, Environment{Zone: zones.Load})
	require.NoError(t, err)
	got, err := c.BusinessDays(v.Start, n)
	require.NoError(t, err)
	return got
}

func (v *vector) checkClock(t *testing.T, c *Calendar, latest bool) {
	var want struct {
		Due       *Instant    `json:"due"`
		Starts    *Instant    `json:"starts"`
		Elapsed   json.Number `json:"elapsed_minutes"`
		Remaining json.Number `json:"remaining_minutes"`
		Breached  *bool       `json:"breached"`
		Paused    json.Number `json:"paused_business_minutes"`
	}
	require.NoError(t, json.Unmarshal(v.Expected, &want))
	k := v.clock(t, c)
	target := ExactTarget(minutes(t, v.Target))
	if want.Due != nil {
		due, known, err := k.Due(target)
		require.NoError(t, err)
		assert.True(t, known)
		if next, ok := c.NextOpening(due); ok && (latest || v.Boundary == "either" && due != *want.Due) {
			due = next
		}
		assert.Equal(t, want.Due.String(), due.String())
	}
	if want.Starts != nil {
		starts, ok := c.NextOpening(v.Start)
		assert.True(t, ok)
		assert.Equal(t, want.Starts.String(), starts.String())
	}
	end := v.End
	if v.Stop != nil {
		end = *v.Stop
	}
	v.checkReadings(t, k, target, end, want.Elapsed, want.Remaining, want.Paused, want.Breached)
}

func (v *vector) checkReadings(t *testing.T, k *Clock, target Target, at Instant, elapsed, remaining, paused json.Number, breached *bool) {
	if elapsed != "" {
		got, err := k.Elapsed(at)
		require.NoError(t, err)
		v.near(t, elapsed, got)
	}
	if remaining != "" {
		got, err := k.Remaining(target, at)
		require.NoError(t, err)
		if v.Rounding == "floor_minute" { // what is rounded is the time elapsed
			got += time.Minute - 1
		}
		v.near(t, remaining, got)
	}
	if paused != "" {
		got, err := k.Paused(at)
		require.NoError(t, err)
		v.near(t, paused, got)
	}
	if breached != nil {
		late, err := k.Late(target, at)
		require.NoError(t, err)
		assert.Equal(t, *breached, late)
	}
}

func TestSharedExtraVectors(t *testing.T) {
	checked := 0
	for i, v := range loadVectors(t, "business_time_extra.json") {
		t.Run(fmt.Sprint(v.Op, "-", i), func(t *testing.T) {
			if v.checkExtra(t) {
				checked++
			}
		})
	}
	t.Log(checked, "cases; the others are scenarios in prose")
	assert.Equal(t, 122, checked)
}

// checkExtra reports whether the case is one of calendars.
func (v *vector) checkExtra(t *testing.T) bool {
	switch v.Op {
	case "is_open":
		var want bool
		require.NoError(t, json.Unmarshal(v.Expected, &want))
		assert.Equal(t, want, v.compile(t).Contains(v.At))
	case "next_open":
		v.checkMoment(t, v.compile(t).NextOpening)
	case "next_close":
		v.checkMoment(t, v.compile(t).NextClosing)
	case "prev_close":
		v.checkMoment(t, v.compile(t).PrevClosing)
	case "workdays_in_month":
		var want int
		require.NoError(t, json.Unmarshal(v.Expected, &want))
		assert.Len(t, v.compile(t).OpenDates(v.Month.First(), v.Month.Last()), want)
	case "holiday_observance":
		v.checkObserved(t)
	case "resolve_local":
		v.checkResolve(t)
	default:
		return false
	}
	return true
}

func (v *vector) checkMoment(t *testing.T, find func(Instant) (Instant, bool)) {
	t.Helper()
	var want Instant
	require.NoError(t, json.Unmarshal(v.Expected, &want))
	got, ok := find(v.At)
	assert.True(t, ok)
	assert.Equal(t, want.String(), got.String())
}

// checkResolve checks a local time that exists; of one that is skipped these
// sources make a later one, where we say that there is none.
func (v *vector) checkResolve(t *testing.T) {
	zone, err := zones.Load(v.Timezone)
	require.NoError(t, err)
	d, err := ParseDate(v.Wall[:10])
	require.NoError(t, err)
	tod, err := ParseTimeOfDay(v.Wall[11:])
	require.NoError(t, err)
	var want Instant
	require.NoError(t, json.Unmarshal(v.Expected, &want))
	first, _, n := zone.Resolve(d, tod)
	if _, local := zone.Local(want); local != tod {
		assert.Equal(t, 0, n)
		return
	}
	assert.Equal(t, want.String(), first.String())
	assert.Equal(t, 1, n)
}

func (v *vector) checkObserved(t *testing.T) {
	var want struct{ Actual, Observed bool }
	require.NoError(t, json.Unmarshal(v.Expected, &want))
	set, err := holidays.Load("US")
	require.NoError(t, err)
	d, err := ParseDate(v.Date)
	require.NoError(t, err)
	found, err := set.On(d)
	require.NoError(t, err)
	assert.Equal(t, want.Actual || want.Observed, len(found) > 0, "our tables list both days")
}
