package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/credits"
)

// encodings: one threshold in percent and again in minutes holds in months of
// one length only. Contracts print minutes of a month of 30 days, or of the
// mean month of a year, beside a percentage; in other months one of the two is
// reached and the other is not.
func (k *checker) encodings() {
	var shares []*Objective
	for i := range k.c.Objectives {
		if o := &k.c.Objectives[i]; o.Measure.Kind == MeasureAvailability {
			shares = append(shares, o)
		}
	}
	for i := range k.c.Objectives {
		d := &k.c.Objectives[i]
		if d.Measure.Kind != MeasureDowntime {
			continue
		}
		for _, a := range shares {
			if k.sameTime(a, d) && k.encoded(a, d) {
				break
			}
		}
	}
}

// sameTime says whether two objectives are about the same service in calendar
// months of all time.
func (k *checker) sameTime(a, b *Objective) bool {
	if a.Scope.Service != b.Scope.Service || a.Scope.Tier != b.Scope.Tier || a.Measure.Window != CalendarMonth || b.Measure.Window != CalendarMonth {
		return false
	}
	return k.allTime(a.Measure.During) && k.allTime(b.Measure.During)
}

func (k *checker) allTime(calendar string) bool {
	if calendar == "" {
		return true
	}
	for _, d := range k.c.Calendars {
		if d.Name == calendar {
			return d.Always && len(d.Closed) == 0
		}
	}
	return false
}

// months are the lengths by which percentages are turned into minutes.
var months = []time.Duration{30 * 24 * time.Hour, 365 * 24 * time.Hour / 12}

// encoded compares the levels of a share with those of a time, and tells of
// the first that are the same.
func (k *checker) encoded(share, down *Objective) bool {
	for _, d := range k.levelsOf(down) {
		for _, s := range k.levelsOf(share) {
			for _, month := range months {
				allowed := credits.Int(1).Sub(s.size).Mul(inSeconds(exactRatio(month)))
				if off := allowed.Sub(d.size); d.size.Sign() == 0 || off.Mul(off).Cmp(credits.Int(30*30)) >= 0 {
					continue // more than half a minute apart
				}
				in := func(days int64) Arg {
					return Duration("in", secondsOf(credits.Int(1).Sub(s.size).Mul(credits.Int(days*86400))))
				}
				short, long := in(28), in(31)
				short.Name, long.Name = "short", "long"
				k.find(CodeEncodings, d.clause, Prose("share", s.text), Prose("time", d.text), Duration("month", month), short, long).related(s.clause, "share-here")
				return true
			}
		}
	}
	return false
}

// A levelAt is a level with its place.
type levelAt struct {
	size         credits.Ratio
	text, clause string
}

// levelsOf are the target of an objective and the thresholds of its credit.
func (k *checker) levelsOf(o *Objective) []levelAt {
	var out []levelAt
	if level := k.levelOf(o); level != nil {
		out = append(out, levelAt{*level, levelText(o.Target), o.Name + "/target"})
	}
	for _, c := range o.priced() {
		for _, b := range c.Bands {
			if !b.MissedBy && k.c.thresholdFits(o, b.Threshold) {
				out = append(out, levelAt{b.size(""), b.Text(), c.id + "/" + BandName(b.Threshold)})
			}
		}
		if c.When != nil && !c.When.MissedBy && k.c.thresholdFits(o, *c.When) {
			out = append(out, levelAt{c.When.size(""), c.When.Text(), c.id + "/when"})
		}
	}
	slices.SortStableFunc(out, func(a, b levelAt) int { return a.size.Cmp(b.size) })
	return out
}
