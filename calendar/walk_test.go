package calendar_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

// A walk is a random calendar and what the brute force says of every minute
// of some days.
type walk struct {
	cal   *Calendar
	brute *brute
	start Instant
	open  []bool
	// before[i] is the number of open minutes before minute i.
	before []int
	// owners are the dates that own an open minute.
	owners map[Date]bool
}

const walkDays = 9

func (w *walk) at(i int) Instant { return w.start.Add(time.Duration(i) * time.Minute) }

// drawWalk draws a calendar, perhaps with others that it is made of, and
// walks it. Definitions that are never open are drawn again.
func drawWalk(t *rapid.T) *walk {
	zone := drawZone(t)
	w := &walk{start: drawInstant(t, zone), owners: map[Date]bool{}}
	near := zone.DateAt(w.start)
	feasts, fairs := drawHolidays(t, near), drawHolidays(t, near)
	sets := map[string]*HolidaySet{"feasts": feasts, "fairs": fairs}
	days := map[string]map[Date]bool{"feasts": dateMap(feasts), "fairs": dateMap(fairs)}
	defs := []Definition{drawDefinition(t, "a", near, nil), drawDefinition(t, "b", near, []string{"a"}), drawDefinition(t, "c", near, []string{"a", "b"})}
	for i := range defs {
		defs[i].Zone = zone.Name()
		if rapid.IntRange(0, 2).Draw(t, "other zone") == 0 {
			defs[i].Zone = drawZone(t).Name()
		}
	}
	env := Environment{Zone: zones.Load, Holidays: func(name string) (*HolidaySet, error) { return sets[name], nil }}
	cals, failed := CompileAll(defs, zone, env)
	parts := map[string]*brute{}
	for _, d := range defs {
		z, err := zones.Load(d.Zone)
		require.NoError(t, err)
		parts[d.Name] = &brute{def: d, loc: z.Location(), holidays: days, parts: parts}
	}
	for name, err := range failed {
		var never *NeverOpenError
		require.True(t, errors.As(err, &never), "%s: %v", name, err)
	}
	name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "calendar under test")
	if w.cal = cals[name]; w.cal == nil {
		t.Skip("never open")
	}
	w.brute = parts[name]
	w.walk()
	return w
}

func (w *walk) walk() {
	n := walkDays * 1440
	w.open, w.before = make([]bool, n), make([]int, n+1)
	for i := range n {
		owners := w.brute.owners(w.at(i))
		for _, d := range owners {
			w.owners[d] = true
		}
		w.open[i] = len(owners) > 0
		w.before[i+1] = w.before[i]
		if w.open[i] {
			w.before[i+1]++
		}
	}
}

func drawHolidays(t *rapid.T, near Date) *HolidaySet {
	set := &HolidaySet{Name: "set", From: near.AddDays(-40000), To: near.AddDays(40000)}
	for range rapid.IntRange(0, 3).Draw(t, "holidays") {
		set.Days = append(set.Days, Holiday{Date: *drawDate(t, near), Name: "a feast"})
	}
	return set
}

func dateMap(set *HolidaySet) map[Date]bool {
	m := map[Date]bool{}
	for _, d := range set.Days {
		m[d.Date] = true
	}
	return m
}

func TestCalendarWalkedMinuteByMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWalk(t)
		for i, open := range w.open {
			if w.cal.Contains(w.at(i)) != open {
				t.Fatalf("open at %s (%s): %v", w.at(i), w.at(i).Time().In(w.brute.loc), !open)
			}
		}
		for range 20 {
			i := rapid.IntRange(0, len(w.open)).Draw(t, "i")
			j := rapid.IntRange(i, len(w.open)).Draw(t, "j")
			want := time.Duration(w.before[j]-w.before[i]) * time.Minute
			assert.Equal(t, want, w.cal.Between(w.at(i), w.at(j)))
			assert.Equal(t, -want, w.cal.Between(w.at(j), w.at(i)))
			assert.Equal(t, want, w.cal.Open(Interval{Start: w.at(i), End: w.at(j)}).Measure())
			w.checkAdd(t, i, w.before[j]-w.before[i])
			w.checkBack(t, j, w.before[j]-w.before[i])
			w.checkMoments(t, i)
		}
	})
}

// checkAdd compares with the minutes after i: the earliest and the latest
// instant after n open minutes, both inside the walk.
func (w *walk) checkAdd(t *rapid.T, i, n int) {
	earliest := i
	for w.before[earliest]-w.before[i] < n {
		earliest++
	}
	got, err := w.cal.Add(w.at(i), time.Duration(n)*time.Minute)
	require.NoError(t, err)
	assert.Equal(t, w.at(earliest).String(), got.String(), "%d min from %s", n, w.at(i))
	latest := earliest
	for latest < len(w.open) && !w.open[latest] {
		latest++
	}
	if latest < len(w.open) {
		got, err := w.cal.AddLatest(w.at(i), time.Duration(n)*time.Minute)
		require.NoError(t, err)
		assert.Equal(t, w.at(latest).String(), got.String(), "%d min from %s, latest", n, w.at(i))
	}
}

func (w *walk) checkBack(t *rapid.T, j, n int) {
	nearest := j
	for w.before[j]-w.before[nearest] < n {
		nearest--
	}
	got, err := w.cal.Add(w.at(j), -time.Duration(n)*time.Minute)
	require.NoError(t, err)
	assert.Equal(t, w.at(nearest).String(), got.String(), "-%d min from %s", n, w.at(j))
}

// checkMoments compares openings and closings where the walk decides them.
func (w *walk) checkMoments(t *rapid.T, i int) {
	o := i
	for o < len(w.open) && !w.open[o] {
		o++
	}
	if o < len(w.open) {
		got, ok := w.cal.NextOpening(w.at(i))
		assert.True(t, ok)
		assert.Equal(t, w.at(o).String(), got.String(), "opening from %s", w.at(i))
		for o < len(w.open) && w.open[o] {
			o++
		}
		if o < len(w.open) {
			got, ok := w.cal.NextClosing(w.at(i))
			assert.True(t, ok)
			assert.Equal(t, w.at(o).String(), got.String(), "closing from %s", w.at(i))
		}
	}
	c := i
	for c > 0 && !w.open[c-1] {
		c--
	}
	if c > 0 {
		got, ok := w.cal.PrevClosing(w.at(i))
		assert.True(t, ok)
		assert.Equal(t, w.at(c).String(), got.String(), "closing before %s", w.at(i))
		for c > 0 && w.open[c-1] {
			c--
		}
		if c > 0 {
			got, ok := w.cal.PrevOpening(w.at(i))
			assert.True(t, ok)
			assert.Equal(t, w.at(c).String(), got.String(), "opening before %s", w.at(i))
		}
	}
}

func TestOpenDatesWalked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWalk(t)
		// The first and last dates of the walk are seen in part only.
		first, _ := w.brute.wall(w.start.Add(36 * time.Hour))
		last, _ := w.brute.wall(w.start.Add((walkDays*24 - 60) * time.Hour))
		for d := first; !d.After(last); d = d.AddDays(1) {
			assert.Equal(t, w.owners[d], w.cal.OpenDate(d), "%s", d)
			var minutes time.Duration
			for _, v := range w.cal.Hours(d) {
				minutes += v.Length()
			}
			assert.Equal(t, w.owners[d], minutes > 0, "%s", d)
		}
	})
}
