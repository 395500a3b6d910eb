package calendar_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// union is business hours in four cities, closed on what three countries
// celebrate together.
func union(t testing.TB) *Calendar {
	t.Helper()
	city := func(name, zone string) Definition {
		return Definition{Name: name, Zone: zone, Open: []Opening{openDays(t, "Mon-Fri", "09:00-17:00")}}
	}
	defs := []Definition{
		city("california", "America/Los_Angeles"), city("new-york", "America/New_York"), city("london", "Europe/London"), city("tokyo", "Asia/Tokyo"),
		{
			Name: "business", Zone: "UTC", Combine: &Combination{Of: []string{"california", "new-york", "london", "tokyo"}},
			Closed: []Closing{{Holidays: []string{"public-holidays US", "public-holidays GB", "public-holidays JP"}, AllOf: true}},
		},
	}
	cals, failed := CompileAll(defs, nil, embedded())
	require.Empty(t, failed)
	return cals["business"]
}

func TestUnionOfZones(t *testing.T) {
	c := union(t)
	// On 15 January 2026 hours run 00:00-08:00 Tokyo, 09:00-17:00 London,
	// 14:00-22:00 New York, 17:00-01:00 California.
	day := Interval{Start: instant(t, "2026-01-15T00:00:00Z"), End: instant(t, "2026-01-16T00:00:00Z")}
	assert.Equal(t, 23*hour, c.Open(day).Measure())
	assert.False(t, c.Contains(instant(t, "2026-01-15T08:30:00Z")))
	// New Year's Day is a holiday of all three: the shifts that open on it in
	// UTC are closed, California's of the day before goes on.
	assert.True(t, c.Contains(instant(t, "2026-01-01T00:30:00Z")))
	assert.False(t, c.Contains(instant(t, "2026-01-01T10:00:00Z")))
	assert.True(t, c.Contains(instant(t, "2026-12-25T00:30:00Z")), "Christmas is none in Japan")
	assert.Len(t, c.Editions(), 3+5)
}

func TestIntersectionTakesShiftsOfBoth(t *testing.T) {
	defs := []Definition{
		{Name: "night", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Fri", "22:00-06:00")}},
		{Name: "always", Zone: "Europe/Paris", Always: true},
		{Name: "both", Zone: "Europe/Paris", Combine: &Combination{All: true, Of: []string{"always", "night"}}},
		{Name: "less", Zone: "Europe/Paris", Combine: &Combination{Of: []string{"always"}, Except: "night"}},
	}
	cals, failed := CompileAll(defs, nil, embedded())
	require.Empty(t, failed)
	both := cals["both"]
	assert.True(t, both.OpenDate(dateOf(t, "2026-06-05")))
	assert.False(t, both.OpenDate(dateOf(t, "2026-06-06")), "a part open around the clock cuts no shift at midnight")
	require.Len(t, both.Hours(dateOf(t, "2026-06-05")), 1)
	assert.Equal(t, 8*hour, both.Hours(dateOf(t, "2026-06-05"))[0].Length())
	less := cals["less"]
	assert.Equal(t, 22*hour, less.Open(less.Zone().Day(dateOf(t, "2026-06-05"))).Measure())
	assert.True(t, less.OpenDate(dateOf(t, "2026-06-06")))
}

func TestClosedWins(t *testing.T) {
	christmas := dateOf(t, "2026-12-25")
	def := Definition{
		Name: "shop", Zone: "Europe/Paris",
		Open:   []Opening{openDays(t, "Mon-Fri", "09:00-17:00"), {On: &christmas, Hours: hours(t, "10:00-12:00")}},
		Closed: []Closing{{Holidays: []string{"public-holidays FR"}}},
	}
	assert.False(t, compiled(t, def).OpenDate(christmas))
	def.Open[1].AlthoughClosed = true
	c := compiled(t, def)
	assert.True(t, c.OpenDate(christmas))
	assert.Equal(t, []Interval{during(t, "2026-12-25 10:00", "2026-12-25 12:00")}, c.Hours(christmas))
}

func TestShiftAcrossMidnightOnClosedDates(t *testing.T) {
	wednesday := dateOf(t, "2026-06-03")
	def := Definition{Name: "n", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "22:00-06:00")}, Closed: []Closing{{On: &wednesday}}}
	c := compiled(t, def)
	assert.True(t, c.Contains(paris(t, "2026-06-03 05:00")), "Tuesday's shift is not cut")
	assert.False(t, c.Contains(paris(t, "2026-06-03 23:00")))
	assert.False(t, c.Contains(paris(t, "2026-06-04 05:00")), "Wednesday's whole shift is closed")
	def.CutShifts = true
	c = compiled(t, def)
	assert.False(t, c.Contains(paris(t, "2026-06-03 05:00")))
	assert.True(t, c.Contains(paris(t, "2026-06-02 23:59")))
}

func TestCompileErrors(t *testing.T) {
	mon := openDays(t, "Mon", "09:00-17:00")
	d1, d2 := dateOf(t, "2026-01-01"), dateOf(t, "2026-02-01")
	fault := func(f Fault) func(error) bool {
		return func(err error) bool {
			e, ok := err.(*DefinitionError)
			return ok && e.Fault == f && e.Error() != ""
		}
	}
	never := func(err error) bool { _, ok := err.(*NeverOpenError); return ok }
	unknown := func(kind string) func(error) bool {
		return func(err error) bool { e, ok := err.(*UnknownError); return ok && e.Kind == kind }
	}
	for name, c := range map[string]struct {
		def  Definition
		want func(error) bool
	}{
		"nothing":                        {Definition{Name: "x"}, fault(FaultNoOpening)},
		"always and hours":               {Definition{Name: "x", Always: true, Open: []Opening{mon}}, fault(FaultSeveralKinds)},
		"of nothing":                     {Definition{Name: "x", Combine: &Combination{}}, fault(FaultNothingCombined)},
		"no dates":                       {Definition{Name: "x", Open: []Opening{{Hours: mon.Hours}}}, fault(FaultNoDates)},
		"days and date":                  {Definition{Name: "x", Open: []Opening{{Days: 2, On: &d1, Hours: mon.Hours}}}, fault(FaultSeveralKinds)},
		"no hours":                       {Definition{Name: "x", Open: []Opening{{Days: 2}}}, fault(FaultNoHours)},
		"25:00":                          {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: []Hours{{0, EndOfDay + 1}}}}}, fault(FaultHours)},
		"opens at 24:00":                 {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: []Hours{{EndOfDay, 0}}}}}, fault(FaultHours)},
		"backwards":                      {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: mon.Hours, From: &d2, To: &d1}}}, fault(FaultBackwards)},
		"although":                       {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: mon.Hours, AlthoughClosed: true}}}, fault(FaultAlthough)},
		"season":                         {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: mon.Hours, Season: &Season{MonthDay{2, 30}, MonthDay{3, 1}}}}}, fault(FaultMonthDay)},
		"closed nothing":                 {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{}}}, fault(FaultNoDates)},
		"closed two kinds":               {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{On: &d1, Calendar: "y"}}}, fault(FaultSeveralKinds)},
		"closed backwards":               {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{On: &d2, To: &d1}}}, fault(FaultBackwards)},
		"closed no such day":             {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{Yearly: &MonthDay{4, 31}}}}, fault(FaultMonthDay)},
		"closed every year up to no day": {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{Yearly: &MonthDay{4, 30}, YearlyTo: &MonthDay{4, 31}}}}, fault(FaultMonthDay)},
		"closed every year up to a day":  {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{YearlyTo: &MonthDay{4, 30}}}}, fault(FaultNoDates)},
		"business day":                   {Definition{Name: "x", Open: []Opening{mon}, BusinessDay: &BusinessDayRule{LateReceipt: KeepsItsDate, Due: "sometime"}}, fault(FaultBusinessDay)},
		"late receipt":                   {Definition{Name: "x", Open: []Opening{mon}, BusinessDay: &BusinessDayRule{LateReceipt: "never"}}, fault(FaultBusinessDay)},
		"empty hours":                    {Definition{Name: "x", Open: []Opening{{Days: 2, Hours: []Hours{{9, 9}}}}}, never},
		"all closed":                     {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{On: &d1, To: &d2, Since: nil}, {Yearly: nil, On: ptr(dateOf(t, "1600-01-01")), To: ptr(dateOf(t, "2300-01-01"))}}}, never},
		"a skipped date":                 {Definition{Name: "x", Zone: "Pacific/Apia", Open: []Opening{{On: ptr(dateOf(t, "2011-12-30")), Hours: mon.Hours}}}, never},
		"zone":                           {Definition{Name: "x", Zone: "Europe/Pariss", Open: []Opening{mon}}, unknown("zone")},
		"business day zone":              {Definition{Name: "x", Open: []Opening{mon}, BusinessDay: &BusinessDayRule{Zone: "Mars", LateReceipt: KeepsItsDate, Due: AtClosing}}, unknown("zone")},
		"holidays":                       {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{Holidays: []string{"public-holidays FX"}}}}, unknown("holidays")},
		"opening holidays":               {Definition{Name: "x", Open: []Opening{{Holidays: "fairs", Hours: mon.Hours}}}, unknown("holidays")},
		"calendar":                       {Definition{Name: "x", Combine: &Combination{Of: []string{"y"}}}, unknown("calendar")},
		"closed calendar":                {Definition{Name: "x", Open: []Opening{mon}, Closed: []Closing{{Calendar: "y"}}}, unknown("calendar")},
		"of itself":                      {Definition{Name: "x", Combine: &Combination{Of: []string{"x"}}}, func(err error) bool { _, ok := err.(*CycleError); return ok }},
	} {
		_, err := Compile(c.def, nil, embedded())
		assert.True(t, err != nil && c.want(err), "%s: %v", name, err)
	}
}

func TestCycles(t *testing.T) {
	of := func(name string, parts ...string) Definition {
		return Definition{Name: name, Combine: &Combination{Of: parts}}
	}
	good := Definition{Name: "good", Always: true}
	cals, failed := CompileAll([]Definition{of("a", "b"), of("b", "c", "good"), of("c", "a"), of("d", "a"), of("e", "good"), good}, nil, embedded())
	assert.Len(t, cals, 2)
	for _, name := range []string{"a", "b", "c"} {
		var cycle *CycleError
		require.ErrorAs(t, failed[name], &cycle, name)
		assert.ElementsMatch(t, []string{"a", "b", "c"}, cycle.Calendars)
	}
	assert.NotContains(t, failed, "d", "its part's error is told once")
}

// A holiday set says nothing outside its range, so neither does a calendar.
func TestCoverage(t *testing.T) {
	c := support(t)
	known := Interval{Start: paris(t, "1990-01-01 00:00"), End: paris(t, "2041-01-01 00:00")}
	require.NoError(t, c.Check(known))
	var coverage *CoverageError
	require.ErrorAs(t, c.Check(Interval{Start: known.Start, End: known.End + 1}), &coverage)
	assert.Equal(t, "2041-01-01", coverage.Date.String())
	assert.Equal(t, holidays.Edition, coverage.Edition)
	require.ErrorAs(t, c.Check(Interval{Start: known.Start - 1, End: known.End}), &coverage)
	assert.Equal(t, "1989-12-31", coverage.Date.String())
	_, err := c.Add(paris(t, "2040-12-31 18:00"), 2*hour)
	require.ErrorAs(t, err, &coverage)
	_, err = c.Add(paris(t, "2050-01-01 18:00"), hour)
	require.ErrorAs(t, err, &coverage)
	_, err = c.Add(paris(t, "1990-01-02 09:00"), -2*hour)
	require.ErrorAs(t, err, &coverage)
	assert.False(t, c.Contains(paris(t, "2050-06-01 10:00")))
	assert.Zero(t, c.Between(paris(t, "2041-01-01 00:00"), paris(t, "2050-01-01 00:00")))
	_, ok := c.NextOpening(paris(t, "2045-01-01 00:00"))
	assert.False(t, ok)
	limited := compiled(t, Definition{Name: "x", Open: []Opening{openDays(t, "Mon-Fri", "09:00-17:00")}, Closed: []Closing{{Holidays: []string{"public-holidays FR"}, Since: ptr(dateOf(t, "2030-01-01")), Until: ptr(dateOf(t, "2031-12-31"))}}})
	require.NoError(t, limited.Check(Interval{Start: MinInstant, End: MaxInstant}), "the line uses no date that is not covered")
}

// Two sets that cover no common date leave nothing known.
func TestNoCommonCoverage(t *testing.T) {
	set := func(from, to string) *HolidaySet {
		return &HolidaySet{Name: from, From: dateOf(t, from), To: dateOf(t, to)}
	}
	env := Environment{Zone: zones.Load, Holidays: func(name string) (*HolidaySet, error) {
		return map[string]*HolidaySet{"early": set("2000-01-01", "2009-12-31"), "late": set("2010-01-01", "2019-12-31")}[name], nil
	}}
	_, err := Compile(Definition{Name: "x", Open: []Opening{openDays(t, "Mon", "09:00-17:00")}, Closed: []Closing{{Holidays: []string{"early", "late"}}}}, nil, env)
	var coverage *CoverageError
	require.ErrorAs(t, err, &coverage)
	// In effect one after the other they cover twenty years.
	c, err := Compile(Definition{Name: "x", Open: []Opening{openDays(t, "Mon", "09:00-17:00")}, Closed: []Closing{
		{Holidays: []string{"early"}, Until: ptr(dateOf(t, "2009-06-30"))}, {Holidays: []string{"late"}, Since: ptr(dateOf(t, "2010-01-01"))},
	}}, nil, env)
	require.NoError(t, err)
	require.NoError(t, c.Check(Interval{Start: instant(t, "2000-01-01T00:00:00Z"), End: instant(t, "2020-01-01T00:00:00Z")}))
}

// Open time that never comes ends in an error, in bounded time.
func TestNeverReached(t *testing.T) {
	once := compiled(t, Definition{Name: "once", Open: []Opening{{On: ptr(dateOf(t, "2026-01-05")), Hours: hours(t, "09:00-17:00")}}})
	began := time.Now()
	var never *UnreachableError
	_, err := once.Add(instant(t, "2026-01-01T00:00:00Z"), 9*hour)
	require.ErrorAs(t, err, &never)
	assert.Equal(t, "9 h", never.Target.String())
	_, err = once.Add(instant(t, "2026-02-01T00:00:00Z"), -9*hour)
	require.ErrorAs(t, err, &never)
	_, err = once.AddLatest(instant(t, "2026-01-01T00:00:00Z"), 8*hour)
	require.ErrorAs(t, err, &never)
	_, ok := once.NextClosing(instant(t, "2026-02-01T00:00:00Z"))
	assert.False(t, ok)
	_, ok = always(t, "Europe/Paris").NextClosing(instant(t, "2026-02-01T00:00:00Z"))
	assert.False(t, ok, "it never closes")
	_, ok = always(t, "Europe/Paris").PrevOpening(instant(t, "2026-02-01T00:00:00Z"))
	assert.False(t, ok, "it has always been open")
	assert.Less(t, time.Since(began), 5*time.Second)
	var out *RangeError
	_, err = once.Add(MaxInstant+1, hour)
	require.ErrorAs(t, err, &out)
	at, err := once.Add(MaxInstant, 0)
	require.NoError(t, err)
	assert.Equal(t, MaxInstant, at)
}

// A calendar gives the same answers to many goroutines that make it grow.
func TestConcurrentUse(t *testing.T) {
	shared := support(t)
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			own := support(t)
			r := rand.New(rand.NewPCG(uint64(g), 7))
			for range 200 {
				from := instant(t, "1990-01-02T00:00:00Z").Add(time.Duration(r.Int64N(int64(50 * 365 * 24 * hour))))
				d := time.Duration(r.Int64N(int64(1000 * hour)))
				assert.Equal(t, own.Between(from, from.Add(d)), shared.Between(from, from.Add(d)))
				a, errA := own.Add(from, d)
				b, errB := shared.Add(from, d)
				assert.Equal(t, a, b)
				assert.Equal(t, errA, errB)
			}
		}()
	}
	wait.Wait()
}

// The laws of the operations, to the nanosecond, over decades.
func TestCalendarLaws(t *testing.T) {
	nights := compiled(t, Definition{Name: "nights", Zone: "Australia/Lord_Howe", Open: []Opening{openDays(t, "every day", "22:00-06:00", "09:00-09:01")}})
	cals := []*Calendar{support(t), always(t, "Africa/Casablanca"), union(t), nights}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cals).Draw(t, "calendar")
		nanos := rapid.Int64Range(int64(instant(t, "1992-01-01T00:00:00Z")), int64(instant(t, "2038-01-01T00:00:00Z")))
		x, y, z := Instant(nanos.Draw(t, "x")), Instant(nanos.Draw(t, "y")), Instant(nanos.Draw(t, "z"))
		assert.Equal(t, c.Between(x, z), c.Between(x, y)+c.Between(y, z), "additive")
		assert.Equal(t, c.Between(x, y), -c.Between(y, x))
		d := time.Duration(rapid.Int64Range(-int64(2000*hour), int64(2000*hour)).Draw(t, "d"))
		at, err := c.Add(x, d)
		require.NoError(t, err)
		assert.Equal(t, d, c.Between(x, at), "add then between")
		latest, err := c.AddLatest(x, d)
		require.NoError(t, err)
		assert.Equal(t, d, c.Between(x, latest))
		switch {
		case d > 0:
			assert.Equal(t, d-1, c.Between(x, at-1), "the earliest instant")
			assert.LessOrEqual(t, at, latest)
		case d < 0:
			assert.Equal(t, d+1, c.Between(x, at+1), "the latest instant")
			assert.GreaterOrEqual(t, at, latest)
		}
		v := Interval{Start: min(x, y), End: min(max(x, y), min(x, y).Add(3000*hour))}
		assert.Equal(t, c.Open(v).Measure(), c.Between(v.Start, v.End))
		assert.Equal(t, c.Contains(x), c.Open(Interval{Start: x, End: x + 1}).Len() == 1)
	})
}

// Neither the order of lines nor of parts of a definition matters.
func TestOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		near := dateOf(t, "2026-03-25")
		def := drawDefinition(t, "a", near, nil)
		sets := map[string]*HolidaySet{"feasts": drawHolidays(t, near), "fairs": drawHolidays(t, near)}
		env := Environment{Zone: zones.Load, Holidays: func(name string) (*HolidaySet, error) { return sets[name], nil }}
		other := def
		other.Open = rapid.Permutation(def.Open).Draw(t, "openings")
		other.Closed = rapid.Permutation(def.Closed).Draw(t, "closings")
		z := zoneNamed(t, "Europe/Paris")
		a, errA := Compile(def, z, env)
		b, errB := Compile(other, z, env)
		require.Equal(t, errA, errB)
		skipNeverOpen(t, errA)
		v := Interval{Start: paris(t, "2026-03-01 00:00"), End: paris(t, "2026-05-01 00:00")}
		assert.True(t, a.Open(v).Equal(b.Open(v)))
	})
}
