package calendar_test

import (
	"encoding/binary"
	"encoding/json"
	"testing"
	"time"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// FuzzCompile compiles any definition and asks what it compiled to: nothing
// may panic or go on for ever, and the answers must agree.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		`{"name":"a","open":[{"days":"Mon-Fri","hours":[{"from":"08:00","to":"19:00"}]}],"closed":[{"holidays":["public-holidays FR"]}]}`,
		`{"name":"a","zone":"Pacific/Apia","open":[{"days":"Mon-Sun","hours":[{"from":"22:00","to":"06:00"}]}],"closed":[{"on":"2011-12-29"}],"cutShifts":true}`,
		`{"name":"a","always":true,"closed":[{"yearly":"02-29"},{"calendar":"b","hours":[{"from":"23:00","to":"01:00"}]}]}`,
		`{"name":"a","combine":{"all":true,"of":["b","c"],"except":"b"}}`,
		`{"name":"a","open":[{"on":"2026-01-05","hours":[{"from":"00:00","to":"24:00"}],"althoughClosed":true}],"closed":[{"on":"0001-01-01","to":"9999-12-31"}]}`,
		`{"name":"a","open":[{"holidays":"public-holidays US","hours":[{"from":"09:00","to":"09:00"}],"season":{"from":"12-01","to":"02-29"}}]}`,
		`{"name":"a","open":[{"days":"Sun","hours":[{"from":"02:00","to":"03:00"}],"from":"2261-12-25"}],"businessDay":{"zone":"Asia/Tokyo","lateReceipt":"counts as the next opening","due":"the next opening","cutoff":"16:00"}}`,
	} {
		f.Add([]byte(seed), int64(1_780_000_000_000_000_000), int64(time.Hour))
	}
	env := Environment{Zone: zones.Load, Holidays: holidays.Load, Calendar: fuzzPart}
	f.Fuzz(func(t *testing.T, text []byte, at, d int64) {
		var def Definition
		if json.Unmarshal(text, &def) != nil {
			return
		}
		Remarks(def)
		c, err := Compile(def, nil, env)
		if err != nil {
			_ = err.Error()
			return
		}
		fuzzAsk(t, c, Instant(at), time.Duration(d))
	})
}

func fuzzPart(name string) (*Calendar, error) {
	def := Definition{Name: name, Always: true}
	if name == "b" {
		def = Definition{Name: name, Zone: "America/St_Johns", Open: []Opening{{Days: 62, Hours: []Hours{{From: TimeOfDay(20 * time.Hour), To: TimeOfDay(4 * time.Hour)}}}}}
	}
	return Compile(def, nil, Environment{Zone: zones.Load})
}

func fuzzAsk(t *testing.T, c *Calendar, at Instant, d time.Duration) {
	c.Contains(at)
	c.NextOpening(at)
	c.PrevOpening(at)
	c.NextClosing(at)
	c.PrevClosing(at)
	date := c.Zone().DateAt(max(MinInstant, min(at, MaxInstant)))
	for _, far := range []int{0, int(d % 4_000_000)} {
		if other, err := date.Add(NewLength(far, Days)); err == nil {
			c.OpenDate(other)
			c.Hours(other)
			_, _ = c.BusinessDaysAfter(other, int(d%50))
		}
	}
	_, _ = c.AddLatest(at, d)
	_, _ = c.BusinessDays(at, int(d%1000))
	_, _ = c.NthBusinessDay(date.MonthOf(), int(d%40))
	to, err := c.Add(at, d)
	if err == nil && c.Between(at, to) != d {
		t.Fatalf("%s from %s is %s, which is %s", d, at, to, c.Between(at, to))
	}
	k, err := NewClock(c, at, Pause{Times: NewSet(Interval{Start: at.Add(d / 3), End: at.Add(d / 2)}), AtMost: &d})
	if err == nil {
		_, _, _ = k.Due(ExactTarget(d))
	}
}

// FuzzParse reads any text as every value: what is accepted is written and
// read back as the same.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-02-29", "24:00", "2 h 30", "59.7 s", "Mon,Wed,Sat-Sun", "12-25", "2026-03", "2026-05-22T18:30:00+02:00", "3 business days", "1 month or the last day of the month", "-9223372036854775808 s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fuzzRead(t, s, ParseDate, Date.String)
		fuzzRead(t, s, ParseTimeOfDay, TimeOfDay.String)
		fuzzRead(t, s, ParseLength, Length.String)
		fuzzRead(t, s, ParseWeekdays, Weekdays.String)
		fuzzRead(t, s, ParseMonth, Month.String)
		fuzzRead(t, s, ParseMonthDay, MonthDay.String)
		fuzzRead(t, s, ParseInstant, Instant.String)
	})
}

func fuzzRead[T comparable](t *testing.T, s string, read func(string) (T, error), write func(T) string) {
	v, err := read(s)
	if err != nil {
		return
	}
	if again, err := read(write(v)); err != nil || again != v {
		t.Fatalf("%q is written %q and read back as %v, %v", s, write(v), again, err)
	}
}

// FuzzSet compares the algebra with itself over any intervals.
func FuzzSet(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef"), []byte("fedcba9876543210"))
	f.Fuzz(func(t *testing.T, x, y []byte) {
		a, b := fuzzSet(x), fuzzSet(y)
		both, either := a.Intersect(b), a.Union(b)
		all := Interval{Start: -1 << 63, End: 1<<63 - 1}
		if !a.Minus(b).Union(both).Equal(a) || !either.Minus(b).Equal(a.Minus(b)) {
			t.Fatal("difference")
		}
		if !a.Complement(all).Intersect(b.Complement(all)).Equal(either.Complement(all)) {
			t.Fatal("De Morgan")
		}
		if at, ok := a.Nth(all.Start, 1000); ok && a.Within(Interval{Start: all.Start, End: at}).Measure() != 1000 {
			t.Fatal("nth")
		}
		for v := range either.All() {
			if v.IsEmpty() {
				t.Fatal("not normal")
			}
		}
	})
}

func fuzzSet(data []byte) Set {
	var b Builder
	for ; len(data) >= 12; data = data[12:] {
		start := Instant(binary.LittleEndian.Uint64(data))
		b.Add(Interval{Start: start, End: start.Add(time.Duration(int32(binary.LittleEndian.Uint32(data[8:]))))})
	}
	return b.Set()
}
