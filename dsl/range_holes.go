package dsl

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Holes between ranges: each has an edit that would close it, noted for the
// finding about the row that stands for the hole.

// closeHole notes the edit for the hole between two ranges: the next one begins
// where this one ends, or one of both headings takes the point between them in,
// or what is measured is rounded to the decimals that are printed.
func (l *lowering) closeHole(id string, o *sla.Objective, severe, next rangeEnd) {
	switch beyond := severe.beyond(); {
	case severe.MissedBy != next.MissedBy:
	case severe.size.Equal(next.size):
		l.closeHeading(id, severe)
	case beyond.Op == next.Op:
		l.closing[holeID(id, severe)] = edit{next.at, beyond.Text()}
	case o != nil && severe.includes() && next.includes():
		l.closeByRounding(id, o, severe, next)
	}
}

// holeID is the clause of what is paid behind an end.
func holeID(id string, end rangeEnd) string { return id + "/" + sla.BandName(end.beyond()) + "/credit" }

// closeHeading suggests that ranges take in the point at which they end.
func (l *lowering) closeHeading(id string, end rangeEnd) {
	heading := map[credits.Op]string{credits.Above: string(credits.AtLeast), credits.Below: string(credits.AtMost)}[end.Op]
	if heading == "" {
		return
	}
	if end.MissedBy {
		heading = missedBy + heading
	}
	l.closing[holeID(id, end)] = edit{end.heading, heading}
}

// closeByRounding suggests to round a share to the decimals that are printed,
// where the hole is one step of the last of them: 98.99% to 99.00%.
func (l *lowering) closeByRounding(id string, o *sla.Objective, severe, next rangeEnd) {
	at, ok := l.places[l.sub(o.Name)+"/measure/during"]
	if !ok {
		at, ok = l.places[l.sub(o.Name)+"/measure"]
	}
	if !ok || o.Measure.Rounded != nil || severe.Share.Ratio().IsZero() || next.Share.Ratio().IsZero() {
		return
	}
	decimals := max(decimalsOf(severe.Text()), decimalsOf(next.Text()))
	step := credits.MustShare("1%").Ratio()
	for range decimals {
		step = step.Mul(credits.MustShare("10%").Ratio())
	}
	word := "decimals"
	if decimals == 1 {
		word = "decimal"
	}
	if gap := severe.size.Sub(next.size); gap.Equal(step) || gap.Neg().Equal(step) {
		l.closing[holeID(id, severe)] = edit{place{at.to, at.to}, fmt.Sprintf(", rounded to %d %s", decimals, word)}
	}
}

// decimalsOf is the number of decimals of a percentage as written.
func decimalsOf(percent string) int {
	_, decimals, _ := strings.Cut(strings.TrimSuffix(percent, "%"), ".")
	return len(decimals)
}
