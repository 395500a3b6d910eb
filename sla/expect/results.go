package expect

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Whose value is claimed: of an objective, for a service where it judges
// several, in a period where several are tested.
type Whose struct {
	Objective, For, Period string
}

// find gives the one result that is meant.
func (w *world) find(s Whose) (*sla.Result, *judgement) {
	var found []*sla.Result
	for i := range w.report.Results {
		r := &w.report.Results[i]
		if r.Objective == s.Objective && (s.For == "" || r.For == s.For) && (s.Period == "" || r.Period.Name == s.Period) {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 1:
		w.seen[key(found[0])] = true
		return found[0], nil
	case 0:
		j := undecided("no-result", sla.Name("subject", subject(s.Objective, s.For, s.Period)))
		return nil, &j
	}
	j := undecided("several-results", sla.Name("subject", subject(s.Objective, s.For, s.Period)), sla.List("choices", choices(found)))
	return nil, &j
}

func key(r *sla.Result) string { return subject(r.Objective, r.For, r.Period.Name) }

func choices(found []*sla.Result) (out []string) {
	for _, r := range found[:min(len(found), 4)] {
		out = append(out, key(r))
	}
	return out
}

// A Measured claims what an objective came to: the value as it is shown or
// exact, its verdict, or both.
type Measured struct {
	Whose
	// Value is a percentage as a report shows it ("99.4823%"), an exact ratio
	// ("44200/44430") or a decimal number; "" claims none. Unit is that of a
	// number which has one.
	Value, Unit string
	// Took is a value that is a time; nil claims none.
	Took *time.Duration
	// Verdict is "" where none is claimed; SoFar is that of an open window.
	Verdict     sla.Verdict
	SoFar       sla.Verdict
	Provisional bool
}

func (c Measured) judge(w *world) judgement {
	r, no := w.find(c.Whose)
	if no != nil {
		return *no
	}
	asked := c.Value != "" || c.Took != nil
	if asked && r.Measured == nil {
		return undecidedValue(r)
	}
	holds := (c.Value == "" || c.sameUnit(r.Measured) && sameValue(c.Value, r.Measured)) && (c.Took == nil || sameTime(*c.Took, r.Measured)) && (c.Verdict == "" || c.Verdict == r.Verdict) &&
		(c.SoFar == "" || c.SoFar == r.SoFar) && (!c.Provisional || r.Provisional)
	value := ""
	if asked {
		value = shownLike(c.Value, r.Measured)
	}
	got := joined(value, string(r.Verdict))
	if c.SoFar != "" {
		got = joined(got, "so far "+string(r.SoFar))
	}
	if c.Provisional && r.Provisional {
		got = joined(got, "provisional")
	}
	return differs(holds, subject(c.Objective, c.For, c.Period)+" is "+got, r.Why)
}

// A Target claims the target that was in force, which a ratchet may have moved.
type Target struct {
	Whose
	Op credits.Op
	// Level is as a contract writes it: "99.65%", "4 h".
	Level string
}

func (c Target) judge(w *world) judgement {
	r, no := w.find(c.Whose)
	if no != nil {
		return *no
	}
	level, ok := strings.CutPrefix(r.Target, string(c.Op)+" ")
	holds := ok && level == c.Level
	if a, err := credits.ParseShare(level); ok && err == nil {
		b, err := credits.ParseShare(c.Level)
		holds = err == nil && a.Equal(b)
	}
	return differs(holds, "target of "+subject(c.Objective, c.For, c.Period)+" is "+r.Target, r.Why)
}

// undecidedValue is a value that the facts of the test do not give.
func undecidedValue(r *sla.Result) judgement {
	j := undecided("not-measured", sla.Name("subject", subject(r.Objective, r.For, "")), sla.Phrase("verdict", "verdict "+sla.Slug(string(r.Verdict))))
	if source := blind(r); source != "" {
		j.args = append(j.args, sla.Prose("source", source), sla.Prose("from", r.Period.From.String()), sla.Prose("to", r.Period.To.AddDays(-1).String()))
	}
	j.got, j.why = subject(r.Objective, r.For, "")+" is "+string(r.Verdict), r.Why
	return j
}

// blind is the source that did not observe all of what a result is about.
func blind(r *sla.Result) string {
	for _, s := range r.Why {
		for _, a := range s.Args {
			if s.Code == "unobserved" && a.Name == "source" {
				return a.Value
			}
		}
	}
	return ""
}

// objective is one that is written in the contract; nil for any other.
func (w *world) objective(name string) *sla.Objective {
	c := w.engine.Contract()
	for i := range c.Objectives {
		if c.Objectives[i].Name == name {
			return &c.Objectives[i]
		}
	}
	return nil
}

// unmeasured finds a result, of the objectives meant, that nobody measured in a
// window that ends in a period: what is made of it is not decided either. A
// period without an end is all that is tested. Where nothing happened that could
// have been measured, no ticket and no answer, nothing is owed.
func (w *world) unmeasured(meant func(objective string) bool, in sla.Period) *sla.Result {
	return w.undecidedResult(in, func(r *sla.Result) bool { return r.Verdict == sla.NotMeasured && unobserved(r) && meant(r.Objective) })
}

// unsettled finds a result, of the objectives meant, of which it is not known
// what it comes to, since nobody measured it or its window has not ended.
func (w *world) unsettled(meant func(objective string) bool, in sla.Period) *sla.Result {
	if r := w.unmeasured(meant, in); r != nil {
		return r
	}
	return w.undecidedResult(in, func(r *sla.Result) bool { return r.Verdict == sla.Open && meant(r.Objective) })
}

func (w *world) undecidedResult(in sla.Period, is func(r *sla.Result) bool) *sla.Result {
	whole := in.To == calendar.Date{}
	for i := range w.report.Results {
		r := &w.report.Results[i]
		if (whole || in.From.Before(r.Period.To) && !r.Period.To.After(in.To)) && is(r) {
			return r
		}
	}
	return nil
}

// unobserved says whether a result lacks what its source would have seen.
func unobserved(r *sla.Result) bool {
	return slices.ContainsFunc(r.Why, func(s sla.Step) bool { return s.Code == "unobserved" || s.Code == "silent-slots" })
}

// sameUnit says whether a value is shown in the unit claimed.
func (c Measured) sameUnit(m *sla.Measurement) bool {
	return c.Unit == "" || strings.HasSuffix(m.Shown, " "+c.Unit)
}

// sameTime compares a time with a measured value, which is exact in seconds.
func sameTime(written time.Duration, m *sla.Measurement) bool {
	exact, err := credits.ParseRatio(m.Exact)
	return err == nil && !strings.HasSuffix(m.Shown, "%") && exact.Mul(credits.Int(int64(time.Second))).Equal(credits.Int(int64(written)))
}

// shownDigits is how many decimals reports show.
const shownDigits = 4

// sameValue compares what was written with a measured value: to all the
// digits shown, to those written where there are more, or exactly.
func sameValue(written string, m *sla.Measurement) bool {
	if strings.Contains(written, "/") {
		a, err := credits.ParseRatio(written)
		b, err2 := credits.ParseRatio(m.Exact)
		return err == nil && err2 == nil && a.Equal(b)
	}
	want, err := decimal.NewFromString(strings.TrimSuffix(written, "%"))
	if err != nil {
		return false
	}
	percent := strings.HasSuffix(written, "%")
	if shown, err := decimal.NewFromString(number(m.Shown)); err == nil && percent == strings.HasSuffix(m.Shown, "%") && shown.Equal(want) {
		return true
	}
	exact, err := credits.ParseRatio(m.Exact)
	if err != nil {
		return false
	}
	if percent {
		exact = exact.Mul(credits.Int(100))
	}
	if exact.Equal(credits.RatioOfDecimal(want)) {
		return true
	}
	places := -want.Exponent()
	return places > shownDigits && exact.Round(places, credits.HalfUp).Equal(want)
}

// number is a shown value without its percent sign or unit.
func number(shown string) string {
	n, _, _ := strings.Cut(strings.TrimSuffix(shown, "%"), " ")
	return n
}

// shownLike shows a measured value in the way another was written: as a ratio,
// or with as many digits where those are more than are shown.
func shownLike(written string, m *sla.Measurement) string {
	if strings.Contains(written, "/") {
		return m.Exact
	}
	digits, percent := strings.CutSuffix(written, "%")
	want, err := decimal.NewFromString(digits)
	exact, err2 := credits.ParseRatio(m.Exact)
	if err != nil || err2 != nil || -want.Exponent() <= shownDigits {
		return m.Shown
	}
	if percent {
		return exact.Mul(credits.Int(100)).Round(-want.Exponent(), credits.HalfUp).StringFixed(-want.Exponent()) + "%"
	}
	return exact.Round(-want.Exponent(), credits.HalfUp).StringFixed(-want.Exponent())
}

// Part names one of the times that an availability is made of.
type Part string

// The parts of an availability.
const (
	AgreedTime   Part = "agreed service time"
	ExcludedTime Part = "excluded time"
	Downtime     Part = "downtime"
)

// A Time claims one of the times that an availability is made of.
type Time struct {
	Whose
	Part Part
	Time time.Duration
}

func (c Time) judge(w *world) judgement {
	r, no := w.find(c.Whose)
	if no != nil {
		return *no
	}
	if r.Measured == nil {
		return undecidedValue(r)
	}
	text := map[Part]string{AgreedTime: r.Measured.Agreed, ExcludedTime: r.Measured.Excluded, Downtime: r.Measured.Down}[c.Part]
	got, ok := exact(text)
	if !ok {
		j := undecided("no-time", sla.Name("subject", subject(r.Objective, r.For, "")), sla.Prose("part", string(c.Part)))
		j.why = r.Why
		return j
	}
	return differs(got == c.Time, string(c.Part)+" of "+subject(c.Objective, c.For, c.Period)+" is "+timeLike(c.Time, got), r.Why)
}

// timeLike writes a time in minutes where the other is long, as agreed times
// are.
func timeLike(written, got time.Duration) string {
	if written >= 100*time.Hour && got%time.Minute == 0 {
		return decimal.NewFromInt(int64(got/time.Minute)).String() + " min"
	}
	return duration(got)
}
