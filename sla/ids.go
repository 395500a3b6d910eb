package sla

import (
	"strings"
	"unicode"

	"github.com/sla-lang/sla/calendar"
)

// Ids of clauses are paths of names, never positions, so that ledgers, diffs,
// tests and waivers survive an inserted line:
//
//	contract/term                        a line of the contract block
//	party/customer/must/answer
//	holidays/plant/2026-08-14   calendar/support-hours/open/Mon-Fri/08:00-19:00
//	priorities/P1   clocks/pause/waiting-on-customer
//	gold/P1/restore                      a cell of a tier: the promise and its objective
//	requests/workplace/new-user/deliver
//	service/erp/fee
//	maintenance/planned/notice  exclusions/proof/force-majeure
//	erp-availability/target              a line of an objective
//	erp-availability/credit/below-99.00% a row of its credit table
//	cap/monthly   bonus/NAME   termination/customer/when/NAME   …
//
// What has no name of its own takes one from its content.

// BandName names a row of a credit table: "below-99.00%".
func BandName(t Threshold) string {
	name := slugOf(string(t.Op)) + "-" + slugOf(t.Text())
	if t.MissedBy {
		return "missed-by-" + name
	}
	return name
}

// OpeningName names an `open` line of a calendar by what it is about.
func OpeningName(o calendar.Opening) string {
	parts := []string{"open"}
	switch {
	case o.On != nil:
		parts = append(parts, o.On.String())
	case o.Holidays != "":
		parts = append(parts, o.Holidays)
	default:
		parts = append(parts, o.Days.String())
	}
	parts = append(parts, hoursName(o.Hours)...)
	parts = append(parts, effectName(o.From, o.To)...)
	if o.Season != nil {
		parts = append(parts, "yearly", o.Season.From.String(), "to", o.Season.To.String())
	}
	if o.AlthoughClosed {
		parts = append(parts, "although-closed")
	}
	return strings.Join(parts, "/")
}

// ClosingName names a `closed` line of a calendar by what it is about.
func ClosingName(c calendar.Closing) string {
	parts := []string{"closed"}
	switch {
	case c.On != nil && c.To != nil:
		parts = append(parts, c.On.String(), "to", c.To.String())
	case c.On != nil:
		parts = append(parts, c.On.String())
	case c.Yearly != nil && c.YearlyTo != nil:
		parts = append(parts, "yearly", c.Yearly.String(), "to", c.YearlyTo.String())
	case c.Yearly != nil:
		parts = append(parts, "yearly", c.Yearly.String())
	case c.Between != nil:
		parts = append(parts, "from", c.Between.From.String(), "to", c.Between.To.String())
	case c.Calendar != "":
		parts = append(parts, c.Calendar)
	case c.AllOf:
		parts = append(parts, "all", strings.Join(c.Holidays, "+"))
	default:
		parts = append(parts, strings.Join(c.Holidays, "+"))
	}
	parts = append(parts, hoursName(c.Hours)...)
	parts = append(parts, effectName(c.Since, c.Until)...)
	return strings.Join(parts, "/")
}

// hoursName is "08:00-12:00+13:00-19:00".
func hoursName(hours []calendar.Hours) []string {
	var out []string
	for _, h := range hours {
		out = append(out, hoursText(h))
	}
	if len(out) == 0 {
		return nil
	}
	return []string{strings.Join(out, "+")}
}

// effectName is when a line is in effect.
func effectName(from, to *calendar.Date) (parts []string) {
	if from != nil {
		parts = append(parts, "from", from.String())
	}
	if to != nil {
		parts = append(parts, "until", to.String())
	}
	return parts
}

// Slug makes a name of prose: lower-case letters and digits with "-" between.
func Slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Parent is the id of the clause that holds id; "" at the top.
func Parent(id string) string {
	if i := strings.LastIndexByte(id, '/'); i >= 0 {
		return id[:i]
	}
	return ""
}

// SpanOf says where a clause stands in the sources, or the nearest clause
// around it that has a place. ok is false for a contract without sources.
func (c *Contract) SpanOf(id string) (span Span, ok bool) {
	for ; id != ""; id = Parent(id) {
		if s, found := c.Spans[id]; found {
			return s, true
		}
	}
	return Span{}, false
}
