package calendar_test

import (
	"time"

	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

// someZones are those in which local time does something odd between 1990 and
// 2040, and some in which it does nothing.
func someZones() []string {
	return []string{
		"UTC", "Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Berlin", "Europe/Moscow",
		"Europe/Istanbul", "Europe/Chisinau", "Europe/Volgograd", "America/New_York", "America/Chicago", "America/Los_Angeles",
		"America/St_Johns", "America/Sao_Paulo", "America/Santiago", "America/Asuncion", "America/Havana", "America/Caracas",
		"America/Scoresbysund", "America/Nuuk", "America/Miquelon", "America/Argentina/San_Luis", "America/Bogota", "Asia/Kathmandu",
		"Asia/Kolkata", "Asia/Tehran", "Asia/Tokyo", "Asia/Gaza", "Asia/Amman", "Asia/Beirut", "Asia/Damascus", "Asia/Dhaka",
		"Asia/Pyongyang", "Asia/Colombo", "Asia/Manila", "Australia/Lord_Howe", "Australia/Sydney", "Australia/Eucla", "Africa/Casablanca",
		"Africa/El_Aaiun", "Africa/Cairo", "Africa/Juba", "Antarctica/Troll", "Antarctica/Casey", "Pacific/Apia", "Pacific/Fakaofo",
		"Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Kwajalein", "Pacific/Norfolk", "Pacific/Marquesas", "Indian/Cocos",
	}
}

// instantOf is a minute of 1990 to 2040 in most cases, or one near a change of
// the clocks of the zone.
func drawInstant(t *rapid.T, z *Zone) Instant {
	const first, last = 631152000 / 60, 2240524800 / 60
	at := Instant(rapid.Int64Range(first, last).Draw(t, "minute")) * Instant(time.Minute)
	if rapid.IntRange(0, 3).Draw(t, "near a change") == 0 {
		return at
	}
	start, _ := at.Time().In(z.Location()).ZoneBounds()
	if start.Year() < 1990 {
		return at
	}
	i, err := InstantOf(start)
	if err != nil {
		return at
	}
	return i.Add(time.Duration(rapid.IntRange(-4*1440, 2*1440).Draw(t, "from the change")) * time.Minute)
}

func drawZone(t *rapid.T) *Zone {
	z, err := zones.Load(rapid.SampledFrom(someZones()).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// drawHours favours round hours, midnights and shifts across midnight.
func drawHours(t *rapid.T) Hours {
	tod := rapid.OneOf(
		rapid.Map(rapid.IntRange(0, 23), func(h int) int { return h * 60 }),
		rapid.Map(rapid.IntRange(0, 47), func(h int) int { return h * 30 }),
		rapid.IntRange(0, 1439))
	from, to := tod.Draw(t, "from"), tod.Draw(t, "to")
	if rapid.IntRange(0, 5).Draw(t, "end of day") == 0 {
		to = 1440
	}
	return Hours{From: TimeOfDay(from) * TimeOfDay(time.Minute), To: TimeOfDay(to) * TimeOfDay(time.Minute)}
}

func drawHoursList(t *rapid.T, least, most int) []Hours {
	return rapid.SliceOfN(rapid.Custom(drawHours), least, most).Draw(t, "hours")
}

// drawDate is a date near one around which the test walks.
func drawDate(t *rapid.T, near Date) *Date {
	d := near.AddDays(rapid.IntRange(-3, 16).Draw(t, "day"))
	return &d
}

func drawRange(t *rapid.T, near Date) (from, to *Date) {
	if rapid.Bool().Draw(t, "from a date") {
		from = drawDate(t, near)
	}
	if rapid.Bool().Draw(t, "to a date") {
		to = drawDate(t, near)
	}
	if from != nil && to != nil && to.Before(*from) {
		from, to = to, from
	}
	return from, to
}

func drawMonthDay(t *rapid.T, near Date) MonthDay {
	d := drawDate(t, near)
	return MonthDay{Month: d.Month(), Day: d.Day()}
}

func drawOpening(t *rapid.T, near Date) Opening {
	o := Opening{Hours: drawHoursList(t, 1, 3)}
	switch rapid.IntRange(0, 5).Draw(t, "kind of opening") {
	case 0:
		o.On = drawDate(t, near)
		o.AlthoughClosed = rapid.Bool().Draw(t, "although")
	case 1:
		o.Holidays = "feasts"
	default:
		o.Days = Weekdays(rapid.IntRange(1, 127).Draw(t, "days"))
	}
	if rapid.IntRange(0, 3).Draw(t, "bounded") == 0 {
		o.From, o.To = drawRange(t, near)
	}
	if rapid.IntRange(0, 3).Draw(t, "seasonal") == 0 {
		o.Season = &Season{From: drawMonthDay(t, near), To: drawMonthDay(t, near)}
	}
	return o
}

func drawClosing(t *rapid.T, near Date, parts []string) Closing {
	var c Closing
	kinds := 5
	if len(parts) > 0 {
		kinds = 6
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind of closing") {
	case 0:
		c.On = drawDate(t, near)
	case 1:
		c.On, c.To = drawDate(t, near), drawDate(t, near)
		if c.To.Before(*c.On) {
			c.On, c.To = c.To, c.On
		}
	case 2:
		m := drawMonthDay(t, near)
		c.Yearly = &m
		if rapid.Bool().Draw(t, "yearly range") {
			to := drawMonthDay(t, near)
			c.YearlyTo = &to
		}
	case 3:
		c.Holidays = []string{"feasts", "fairs"}
		c.AllOf = rapid.Bool().Draw(t, "in all")
	case 4:
		c.Between = drawStretch(t, near)
		return c
	case 5:
		c.Calendar = rapid.SampledFrom(parts).Draw(t, "calendar")
	}
	if rapid.Bool().Draw(t, "closed hours") {
		c.Hours = drawHoursList(t, 1, 2)
	}
	if rapid.IntRange(0, 2).Draw(t, "closing bounded") == 0 {
		c.Since, c.Until = drawRange(t, near)
	}
	return c
}

// drawStretch is a stretch of minutes around a date, with an offset.
func drawStretch(t *rapid.T, near Date) *Stretch {
	from := time.Date(near.Year(), near.Month(), near.Day(), 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(-2*1440, 5*1440).Draw(t, "stretch")) * time.Minute)
	to := from.Add(time.Duration(rapid.IntRange(0, 3*1440).Draw(t, "stretch length")) * time.Minute)
	moment := func(at time.Time) Moment {
		m, err := ParseMoment(at.In(time.FixedZone("", 5400)).Format(time.RFC3339))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	return &Stretch{From: moment(from), To: moment(to)}
}

// drawDefinition is a calendar about the days around a date.
func drawDefinition(t *rapid.T, name string, near Date, parts []string) Definition {
	def := Definition{Name: name, CutShifts: rapid.Bool().Draw(t, "cut")}
	switch kind := rapid.IntRange(0, 5).Draw(t, "kind of calendar"); {
	case kind == 0:
		def.Always = true
	case kind == 1 && len(parts) > 0:
		def.Combine = &Combination{All: rapid.Bool().Draw(t, "all"), Of: rapid.SliceOfN(rapid.SampledFrom(parts), 1, 3).Draw(t, "of")}
		if rapid.Bool().Draw(t, "has except") {
			def.Combine.Except = rapid.SampledFrom(parts).Draw(t, "except")
		}
	default:
		for range rapid.IntRange(1, 4).Draw(t, "openings") {
			def.Open = append(def.Open, drawOpening(t, near))
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "closings") {
		def.Closed = append(def.Closed, drawClosing(t, near, parts))
	}
	return def
}
