package sla

import (
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Measured numbers: how they are rounded, compared and shown.

// inSeconds is a number of nanoseconds as seconds.
func inSeconds(nanos credits.Ratio) credits.Ratio {
	s, _ := nanos.Quo(measure.Exact(time.Second))
	return s
}

// compared is a number as it is compared with levels: rounded where the
// contract says so, else exactly.
func (p *objectivePlan) compared(value credits.Ratio) credits.Ratio {
	if p.written == nil {
		return value
	}
	return p.rounded(p.written.Measure.Rounded, value)
}

// rounded rounds a number in the unit in which it is shown; nil leaves it
// exact.
func (p *objectivePlan) rounded(r *Rounded, value credits.Ratio) credits.Ratio {
	if r == nil {
		return value
	}
	return credits.RatioOfDecimal(value.Round(r.places(p.inPercent()), r.Mode))
}

// places are the decimals of the number itself: of one shown in percent, two
// more.
func (r *Rounded) places(percent bool) int32 {
	places := r.Decimals
	if percent {
		places += 2
	}
	return int32(min(places, maxDecimals))
}

func (p *objectivePlan) inPercent() bool { return inPercent(p.kind) }

// inPercent says that a number is a share, shown as a percentage.
func inPercent(kind MeasureKind) bool {
	switch kind {
	case MeasureAvailability, MeasureShareInTime, MeasureGood, MeasureScore:
		return true
	}
	return false
}

// show writes a number that was measured in its unit, never on or across a
// threshold that it does not reach.
func (p *objectivePlan) show(value credits.Ratio) string {
	switch {
	case p.kind == MeasureDowntime || p.overClocks && p.kind != MeasureLate && p.kind != MeasureTickets:
		return calendar.ExactLength(time.Duration(measure.Floor(value.Mul(measure.Exact(time.Second))))).String()
	case p.kind == MeasureOutages || p.kind == MeasureFailed || p.overClocks:
		return value.String()
	}
	if p.inPercent() {
		return credits.ShowPercent(value, p.thresholds()...)
	}
	return p.showPlain(value)
}

// showPlain writes a number with at most four decimals, more where fewer would
// hide on which side of the target it lies, and its unit.
func (p *objectivePlan) showPlain(value credits.Ratio) string {
	shown := value.Round(4, credits.HalfUp)
	for places := int32(5); places <= maxDecimals && p.level != nil && credits.RatioOfDecimal(shown).Cmp(*p.level) != value.Cmp(*p.level); places++ {
		shown = value.Round(places, credits.HalfUp)
	}
	return Quantity{shown, p.unit}.String()
}

// thresholds are the levels that a shown value must not seem to reach.
func (p *objectivePlan) thresholds() []credits.Ratio {
	var out []credits.Ratio
	if p.level != nil {
		out = append(out, *p.level)
	}
	for _, b := range scheduleOf(p) {
		out = append(out, b.Level)
	}
	return out
}

// scheduleOf is the credit schedule of an objective; empty where it has none.
func scheduleOf(p *objectivePlan) credits.Schedule {
	if p.written == nil || p.written.Credit == nil {
		return nil
	}
	return p.schedule(p.written.Credit)
}

// targetText is a target as written.
func targetText(t *Target) string {
	switch {
	case t == nil:
		return ""
	case t.Share != nil:
		return string(t.Op) + " " + t.Share.String()
	case t.Time != nil:
		return string(t.Op) + " " + t.Time.String()
	case t.Number != nil:
		return string(t.Op) + " " + t.Number.String()
	case t.Score != nil:
		return string(t.Op) + " " + t.Score.Value.String() + " out of " + t.Score.OutOf.String()
	case t.Table != nil:
		return "by " + strings.Join(t.Table.By, ", ")
	case t.AsInTier == "":
		return "no commitment"
	}
	return "as in tier " + t.AsInTier
}

// spelledOut is a time as a person would write it, with seconds too:
// "30 min 30 s".
func spelledOut(d time.Duration) string {
	minutes := d.Truncate(time.Minute)
	if d < time.Minute || d == minutes {
		return calendar.ExactLength(d).String()
	}
	hours := minutes.Truncate(time.Hour)
	var parts []string
	for _, part := range []time.Duration{hours, minutes - hours, d - minutes} {
		if part > 0 {
			parts = append(parts, calendar.ExactLength(part).String())
		}
	}
	return strings.Join(parts, " ")
}
