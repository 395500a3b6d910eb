package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

// A time of day comes once on its date, whatever the clocks do; a step comes as
// often as they show it.
func TestTimetablesWhereClocksChange(t *testing.T) {
	z := zoneNamed(t, "Europe/Paris")
	utc := func(table Timetable, from, to string) (out []string) {
		at, err := table.Instants(Interval{Start: z.StartOf(dateOf(t, from)), End: z.StartOf(dateOf(t, to))}, z, nil)
		require.NoError(t, err)
		for _, i := range at {
			out = append(out, i.Time().UTC().Format("01-02 15:04"))
		}
		return out
	}
	at := Timetable{Recurrence: Recurrence{Days: EveryDay}, At: []TimeOfDay{timeOfDay(t, "02:30"), timeOfDay(t, "03:00")}}
	assert.Equal(t, "every day at 02:30, 03:00", at.String())
	assert.Equal(t, []string{"03-28 01:30", "03-28 02:00", "03-29 01:00"}, utc(at, "2026-03-28", "2026-03-30"), "02:30 is skipped: it comes with 03:00")
	assert.Equal(t, []string{"10-25 00:30", "10-25 02:00"}, utc(at, "2026-10-25", "2026-10-26"), "the first 02:30 of two")
	step := Timetable{Every: ptr(ExactLength(30 * time.Minute))}
	assert.Len(t, utc(step, "2026-03-29", "2026-03-30"), 46)
	assert.Len(t, utc(step, "2026-10-25", "2026-10-26"), 50)
	assert.Len(t, utc(step, "2026-10-26", "2026-10-27"), 48)
	assert.Equal(t, "every 30 min", step.String())
}

func TestTimetablesThatAreNone(t *testing.T) {
	daily := Recurrence{Days: EveryDay}
	noon := []TimeOfDay{timeOfDay(t, "12:00")}
	for _, table := range []Timetable{
		{}, {Recurrence: daily}, {At: noon}, {Recurrence: daily, At: noon, Every: ptr(ExactLength(time.Hour))}, {Recurrence: daily, Every: ptr(ExactLength(time.Hour))},
		{Every: ptr(ExactLength(7 * time.Hour))}, {Every: ptr(ExactLength(90 * time.Second))}, {Every: ptr(NewLength(2, Days))}, {Every: ptr(ExactLength(48 * time.Hour))},
	} {
		_, err := table.Instants(during(t, "2026-01-01 00:00", "2026-02-01 00:00"), zoneNamed(t, "UTC"), nil)
		assert.IsType(t, &RangeError{}, err, table)
	}
}

// Minute by minute: a step is due when the clock shows a multiple of it; a time
// of day when the clock shows it first on its date, or shows a later one first.
func TestTimetablesAgainstTheClockOnTheWall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC", "Asia/Kolkata"}).Draw(t, "zone")
		z := zoneNamed(t, name)
		day := rapid.SampledFrom([]string{"2026-03-07", "2026-03-28", "2026-10-24", "2026-10-31", "2026-04-04", "2026-10-03", "2026-04-03", "2026-09-05", "2026-06-10"}).Draw(t, "day")
		v := Interval{Start: z.StartOf(dateOf(t, day)), End: z.StartOf(dateOf(t, day).AddDays(3))}
		var table Timetable
		if rapid.Bool().Draw(t, "steps") {
			table.Every = ptr(ExactLength(time.Duration(rapid.SampledFrom([]int{1, 5, 15, 30, 60, 90, 240, 1440}).Draw(t, "step")) * time.Minute))
		} else {
			table.Days = rapid.SampledFrom([]Weekdays{EveryDay, WeekdaysOf(0), WeekdaysOf(0, 6)}).Draw(t, "days")
			for _, m := range rapid.SliceOfN(rapid.IntRange(0, 26*6), 1, 4).Draw(t, "times") {
				table.At = append(table.At, TimeOfDay(time.Duration(m%144)*10*time.Minute))
			}
		}
		got, err := table.Instants(v, z, nil)
		require.NoError(t, err)
		var want []Instant
		shown := map[string]bool{} // times of day on dates that have come
		for at := v.Start; at < v.End; at = at.Add(time.Minute) {
			local := at.Time().In(z.Location())
			minute := local.Hour()*60 + local.Minute()
			due := false
			if table.Every != nil {
				due = minute%int(table.Every.Duration()/time.Minute) == 0
			}
			for _, tod := range table.At {
				key := local.Format(time.DateOnly) + tod.String()
				if table.Days.Has(local.Weekday()) && time.Duration(minute)*time.Minute >= time.Duration(tod) && !shown[key] {
					shown[key], due = true, true
				}
			}
			if due {
				want = append(want, at)
			}
		}
		assert.Equal(t, want, slices.Clip(got), table.String())
	})
}
