package sla_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

const leaving = twoServices + `party customer "C"
objective availability of erp {
  measure availability each calendar month during always
  source outages "monitoring"
  target at least 99.50%%
  credit none "Leaving is the only remedy"
}
credits {
  settled each calendar month, 10 days after month end
  claim not needed
}
termination by customer {
%s  cure 10 days after notice
  notice 30 days, given within 40 days of the report
  refund 100%% of the fees of erp during the missed calendar months
  refund 50%% of the fees during the rest of the term
}
`

// A leavingWhen is one `when` line: misses, or months below a level where one
// is written, in count months in a row, of any of, or in any month.
type leavingWhen struct {
	name      string
	below     int // in hundredths of a percent; 0 for a miss
	count, of int
	notified  bool
}

func drawWhen(t *rapid.T, name string) leavingWhen {
	w := leavingWhen{name: name, below: rapid.SampledFrom([]int{0, 0, 9990, 9900, 9800}).Draw(t, "below"), notified: rapid.IntRange(0, 3).Draw(t, "notified") == 0}
	w.count = rapid.SampledFrom([]int{2, 3}).Draw(t, "count")
	if w.below > 0 && rapid.IntRange(0, 3).Draw(t, "any") == 0 {
		w.count = 1
		return w
	}
	if rapid.Bool().Draw(t, "among") {
		w.of = w.count + rapid.IntRange(1, 3).Draw(t, "more")
	}
	return w
}

func (w leavingWhen) line() string {
	level, in, notified := "missed", fmt.Sprintf("%d calendar months in a row", w.count), ""
	if w.below > 0 {
		level = fmt.Sprintf("below %d.%02d%%", w.below/100, w.below%100)
	}
	switch {
	case w.of > 0:
		in = fmt.Sprintf("%d of any %d calendar months", w.count, w.of)
	case w.count == 1:
		in = "any calendar month"
	}
	if w.notified {
		notified = ", each notified within 7 days of its end"
	}
	return fmt.Sprintf("  when %s availability is %s in %s%s\n", w.name, level, in, notified)
}

// A leavingMonth is what is known of one: minutes down of a month, or a
// verdict without a number, or nothing; and whether it was notified in time.
type leavingMonth struct {
	days     int
	down     int // -1 unknown
	verdict  string
	notified bool
}

func (m leavingMonth) fact(month string) string {
	if m.verdict != "" {
		return fmt.Sprintf(`"verdict":"%s"`, m.verdict)
	}
	return fmt.Sprintf(`"down":"%d min"`, m.down)
}

// failed says what a month counts as, by the text of semantics 6: x failed,
// o held, ? not known, - does not apply.
func (m leavingMonth) outcome(w leavingWhen) (out byte) {
	level := w.below
	if level == 0 {
		level = 9950
	}
	switch {
	case m.verdict == "not applicable":
		return '-'
	case m.verdict != "" && w.below > 0, m.verdict == "" && m.down < 0:
		return '?' // nobody knows how low
	case m.verdict == "met", m.verdict == "" && (m.days*1440-m.down)*10000 >= level*m.days*1440:
		return 'o'
	case w.notified && !m.notified:
		return 'o'
	}
	return 'x'
}

// holds says whether a condition holds at the end of the last of some months.
func (w leavingWhen) holds(months []leavingMonth) bool {
	var row []byte
	for _, m := range months {
		if o := m.outcome(w); o != '-' {
			row = append(row, o)
		}
	}
	n := max(w.of, w.count)
	if months[len(months)-1].outcome(w) != 'x' || w.of == 0 && len(row) < n {
		return false
	}
	return bytes.Count(row[max(0, len(row)-n):], []byte("x")) >= w.count
}

// A leavingCase is a contract, what became of its months, and the facts.
type leavingCase struct {
	when  []leavingWhen
	month []leavingMonth
	lines []string
}

func (c *leavingCase) text() string {
	var when strings.Builder
	for _, w := range c.when {
		when.WriteString(w.line())
	}
	return fmt.Sprintf(leaving, when.String())
}

func (c *leavingCase) fact(format string, args ...any) {
	c.lines = append(c.lines, fmt.Sprintf(format, args...))
}

func monthOf2026(m int) (name string, from, end calendar.Date) {
	name = fmt.Sprintf("2026-%02d", m)
	from, end, _ = sla.ParsePeriods(name)
	return name, from, end
}

func drawLeaving(t *rapid.T) *leavingCase {
	c := &leavingCase{}
	for i := range rapid.IntRange(1, 3).Draw(t, "whens") {
		c.when = append(c.when, drawWhen(t, fmt.Sprintf("when-%d", i)))
	}
	for m := 1; m <= 12; m++ {
		c.drawMonth(t, m)
	}
	return c
}

// drawMonth draws what is measured of a month, whether that is corrected some
// months later, and what is delivered after its end; 0 for not at all.
func (c *leavingCase) drawMonth(t *rapid.T, m int) {
	name, from, end := monthOf2026(m)
	draw := func() leavingMonth {
		k := leavingMonth{days: end.DaysSince(from), down: -1}
		k.verdict = rapid.SampledFrom([]string{"", "", "", "", "", "missed", "not applicable", "met"}).Draw(t, "verdict "+name)
		if k.verdict == "" {
			k.down = rapid.SampledFrom([]int{10, 60, 300, 600, 1200, 1200}).Draw(t, "down "+name)
		}
		return k
	}
	month := leavingMonth{days: end.DaysSince(from), down: -1}
	if rapid.IntRange(0, 9).Draw(t, "measured "+name) > 0 {
		month = draw()
		c.fact(`{"kind":"measured","id":"M-%s","objective":"availability","period":%[1]q,%s,"occurred":"%[1]s-28","recorded":"%[3]s"}`, name, month.fact(name), end.AddDays(2))
		if rapid.IntRange(0, 5).Draw(t, "corrected "+name) == 0 {
			month = draw()
			known := end.AddDays(rapid.SampledFrom([]int{5, 40, 80}).Draw(t, "known "+name))
			c.fact(`{"kind":"measured","id":"N-%s","supersedes":"M-%[1]s","reason":"The log","objective":"availability","period":%[1]q,%s,"occurred":"%[1]s-28","recorded":"%[3]s"}`, name, month.fact(name), known)
		}
	}
	deliver := func(what string, days ...int) int {
		n := rapid.SampledFrom(days).Draw(t, what+" "+name)
		if n > 0 {
			c.fact(`{"kind":"delivery","id":"%s %s","what":%[1]q,"period":%[2]q,"occurred":"%s 12:00"}`, what, name, end.AddDays(n-1))
			if rapid.IntRange(0, 7).Draw(t, "taken back") == 0 {
				c.fact(`{"kind":"correction","id":"not %s %s","of":"%[1]s %[2]s","ofKind":"delivery","occurred":"%s"}`, what, name, end.AddDays(n+rapid.SampledFrom([]int{1, 20, 60}).Draw(t, "known")))
				return 0
			}
		}
		return n
	}
	n := deliver("availability/notified", 0, 3, 7, 8)
	month.notified = n > 0 && n <= 7
	c.month = append(c.month, month)
	deliver("report", 0, 5, 9)
	deliver("termination/customer/notice", 0, 0, 12, 20, 35, 50)
	deliver("termination/customer/cure", 0, 18, 25, 44)
}

// triggered is, by the text, what each month's end fires where nothing is cured.
func (c *leavingCase) triggered() map[string][]string {
	out := map[string][]string{}
	for m := range c.month {
		for _, w := range c.when {
			if w.holds(c.month[:m+1]) {
				name, _, _ := monthOf2026(m + 1)
				out[name] = append(out[name], w.name)
			}
		}
	}
	return out
}

// Month by month with the ledger the same rights arise, and the same is paid
// back, as of a year at once, whatever is corrected meanwhile; they arise where
// the text says so, and only months by which they arose before the notice are
// paid back.
func TestRightsMonthByMonth(t *testing.T) {
	contracts := map[string]*ruling{}
	seen := map[string]int{}
	everyKind(t, seen, func(rt *rapid.T) {
		c := drawLeaving(rt)
		r := contracts[c.text()]
		if r == nil {
			r = ruledBy(t, c.text())
			contracts[c.text()] = r
		}
		ask := func(from, to calendar.Date, valid, known string, ledger *sla.Ledger) *sla.Report {
			run, err := r.engine.Open(ledger)
			require.NoError(rt, err)
			require.NoError(rt, facts.Read(run, "facts.ndjson", strings.NewReader(strings.Join(c.lines, "\n")), facts.Options{}))
			require.Empty(rt, run.Intake().Refusals)
			rep, err := run.Report(sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: atOf(r.engine, valid+" 00:00"), Known: atOf(r.engine, known+" 00:00")}})
			require.NoError(rt, err)
			return rep
		}
		whole := ask(day("2026-01-01"), day("2027-01-01"), "2027-08-01", "2027-12-01", nil)
		var ledger *sla.Ledger
		for m := 1; m <= 12; m++ {
			_, from, end := monthOf2026(m)
			asOf := end.AddDays(15).String()
			ledger = ask(from, end, asOf, asOf, ledger).Ledger
		}
		again := ask(day("2026-01-01"), day("2027-01-01"), "2027-08-01", "2027-12-01", ledger)
		require.Equal(rt, bytesOf(t, whole.Rights), bytesOf(t, again.Rights))
		c.agrees(rt, r.engine, whole.Rights, seen)
	}, string(sla.RightWaits), string(sla.RightLapsed), string(sla.RightNoticed), string(sla.RightCured),
		"row of misses", "row of levels", "misses of any", "levels of any", "any month")
}

// agrees compares rights with what the text says of the months.
func (c *leavingCase) agrees(t *rapid.T, e *sla.Engine, rights []sla.Right, seen map[string]int) {
	want, got, cured := c.triggered(), map[string][]string{}, false
	for _, right := range rights {
		seen[string(right.State)]++
		cured = cured || right.State == sla.RightCured
		for _, step := range right.Why {
			args := map[string]string{}
			for _, a := range step.Args {
				args[a.Name] = a.Value
			}
			switch step.Code {
			case "right-triggered":
				got[args["period"]] = strings.Split(args["triggers"], ", ")
			case "refund-missed":
				for _, month := range strings.Split(args["windows"], ", ") {
					_, end, err := sla.ParsePeriods(month)
					require.NoError(t, err)
					require.True(t, c.failed(month), "%s did not fail", month)
					require.False(t, right.Noticed.Before(atOf(e, end.String()+" 00:00")), "%s ended behind the notice", month)
				}
			}
		}
	}
	if cured { // it has consumed months: fewer can be left, never others
		for month, names := range got {
			require.Subset(t, want[month], names, month)
		}
		return
	}
	require.Equal(t, want, got)
	for _, names := range got {
		for _, name := range names {
			seen[c.kind(name)]++
		}
	}
}

// failed says whether a month counts towards any of the conditions.
func (c *leavingCase) failed(month string) bool {
	for m, k := range c.month {
		if name, _, _ := monthOf2026(m + 1); name == month {
			return slices.ContainsFunc(c.when, func(w leavingWhen) bool { return k.outcome(w) == 'x' })
		}
	}
	return false
}

func (c *leavingCase) kind(name string) string {
	w := c.when[slices.IndexFunc(c.when, func(w leavingWhen) bool { return w.name == name })]
	what := "misses"
	if w.below > 0 {
		what = "levels"
	}
	switch {
	case w.count == 1:
		return "any month"
	case w.of > 0:
		return what + " of any"
	}
	return "row of " + what
}
