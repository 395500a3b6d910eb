package expect

import (
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Values as tests write them, so that a sentence about what came out can be
// put into the test as it stands.

// duration writes exact time: "3 h 45", "13 min", "90 s".
func duration(d time.Duration) string {
	switch {
	case d < 0:
		return "-" + duration(-d)
	case d%time.Minute != 0:
		return seconds(d) + " s"
	case d < time.Hour:
		return strconv.FormatInt(int64(d/time.Minute), 10) + " min"
	}
	minutes := strconv.FormatInt(int64(d%time.Hour/time.Minute), 10)
	if len(minutes) < 2 {
		minutes = "0" + minutes
	}
	return strconv.FormatInt(int64(d/time.Hour), 10) + " h " + minutes
}

func seconds(d time.Duration) string {
	whole := strconv.FormatInt(int64(d/time.Second), 10)
	rest := d % time.Second
	if rest == 0 {
		return whole
	}
	digits := strconv.FormatInt(int64(rest), 10)
	digits = strings.Repeat("0", 9-len(digits)) + digits
	return whole + "." + strings.TrimRight(digits, "0")
}

// exact reads decimal seconds, as reports write exact time.
func exact(s string) (time.Duration, bool) {
	sign := time.Duration(1)
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = -1, rest
	}
	whole, rest, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(rest) > 9 {
		return 0, false
	}
	d := time.Duration(n) * time.Second
	if rest != "" {
		ns, err := strconv.ParseInt(rest+strings.Repeat("0", 9-len(rest)), 10, 64)
		if err != nil {
			return 0, false
		}
		d += time.Duration(ns)
	}
	return sign * d, true
}

// instant writes an instant in the zone's local time; one that happens twice
// says which it is.
func instant(t time.Time, z *calendar.Zone) string {
	at, err := calendar.InstantOf(t)
	if err != nil {
		return t.UTC().Format(time.RFC3339)
	}
	d, tod := z.Local(at)
	text := d.String() + " " + tod.String()
	if first, _, n := z.Resolve(d, tod); n == 2 {
		if at == first {
			return text + " (first)"
		}
		return text + " (second)"
	}
	return text
}

// subject writes whose value is meant.
func subject(objective, service, period string) string {
	if service != "" {
		objective += " of " + service
	}
	if period != "" {
		objective += " in " + period
	}
	return objective
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

// state is a clock's verdict in the words of tests.
func state(verdict string) string {
	if verdict == "late, open" {
		return "late"
	}
	return verdict
}

func (w *world) instant(t *time.Time) string {
	if t == nil {
		return "unknown"
	}
	return instant(*t, w.engine.Zone())
}

func steps(groups ...[]sla.Step) (out []sla.Step) {
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}
