package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Targets that depend on what is judged: a table of attributes.

// A TargetTable gives the level of the first row that fits, or where a part
// has several values of an attribute at once, the lowest or highest of those
// that do.
type TargetTable struct {
	// By are the attributes of the columns, or kinds of part: then the words are
	// parts.
	By   []string    `json:"by"`
	Rows []TargetRow `json:"rows"`
	// Of says which level counts where several rows apply: "lowest" or
	// "highest"; empty takes the first row.
	Of string `json:"of,omitempty"`
}

// A TargetRow is a level for some values: for each attribute a list of words,
// of which an empty list is any. Without a level there is no commitment.
type TargetRow struct {
	When   [][]string       `json:"when"`
	Share  *credits.Share   `json:"share,omitempty"`
	Time   *calendar.Length `json:"time,omitempty"`
	Number *Quantity        `json:"number,omitempty"`
}

// None says that the row makes no commitment.
func (r *TargetRow) None() bool { return r.Share == nil && r.Time == nil && r.Number == nil }

// Name names a row by its values: "gold/US+A+B".
func (r *TargetRow) Name() string {
	cells := make([]string, len(r.When))
	for i, words := range r.When {
		cells[i] = orDefault(strings.Join(words, "+"), "any")
	}
	return strings.Join(cells, "/")
}

// target is the row as a target.
func (r *TargetRow) target(op credits.Op) *Target {
	return &Target{Op: op, Share: r.Share, Time: r.Time, Number: r.Number}
}

// fits says whether what is judged has values of the row.
func (r *TargetRow) fits(by []string, value func(name string) string) bool {
	for i, words := range r.When {
		if len(words) > 0 && !slices.ContainsFunc(wordsOf(value(by[i])), func(w string) bool { return slices.Contains(words, w) }) {
			return false
		}
	}
	return true
}

// row is the row that holds for values; -1 for none.
func (t *TargetTable) row(value func(name string) string, level func(*TargetRow) *credits.Ratio) int {
	best := -1
	for i := range t.Rows {
		if !t.Rows[i].fits(t.By, value) {
			continue
		}
		if best < 0 {
			best = i
		}
		if t.Of == "" {
			break
		}
		l, b := level(&t.Rows[i]), level(&t.Rows[best])
		if l == nil || b != nil && (l.Cmp(*b) < 0) == (t.Of == "lowest") && l.Cmp(*b) != 0 {
			best = i
		}
	}
	return best
}

// A targetRowPlan is an objective with the target of one row.
type targetRowPlan struct {
	plan *objectivePlan
	none bool
}

// planRows compiles an objective for each row of its table.
func (e *Engine) planRows(p *objectivePlan) {
	t := p.written.Target
	if t == nil || t.Table == nil {
		return
	}
	for i := range t.Table.Rows {
		row := &t.Table.Rows[i]
		of := *p
		of.rows, of.row, of.op = nil, row, t.Op
		of.target, of.level = row.Share, levelOf(row.target(t.Op), row.Share, p.unit)
		p.rows = append(p.rows, targetRowPlan{&of, row.None()})
	}
}

// forSubject is the plan with the target that holds for a subject at the end
// of a window. none says that there is no commitment, unknown that no row fits.
func (v *view) forSubject(p *objectivePlan, s subject, period Period) (of *objectivePlan, none, unknown bool) {
	if len(p.rows) == 0 {
		return p, false, false
	}
	t := v.traitsOf(s, instantBefore(period.interval(v.e.zone).End, v.valid))
	value := func(name string) string {
		for _, pair := range strings.Split(s.group, "\x00") {
			if n, val, _ := strings.Cut(pair, "="); n == name {
				return val
			}
		}
		found, _ := t.value(name)
		return found
	}
	table := p.written.Target.Table
	i := table.row(value, func(r *TargetRow) *credits.Ratio { return levelOf(r.target(p.written.Target.Op), r.Share, p.unit) })
	if i < 0 {
		return p, false, true
	}
	return p.rows[i].plan, p.rows[i].none, false
}

// withoutCommitment decides what is not promised: a part for which the table
// says none, or that does not meet `only when`. It is false for all else.
func (v *view) withoutCommitment(p *objectivePlan, s subject, period Period, none, unknown bool) (evaluated, bool) {
	if p.written == nil {
		return evaluated{}, false
	}
	if failed := v.ineligible(p, s, instantBefore(period.interval(v.e.zone).End, v.valid)); failed != nil {
		rule := failed.String()
		return v.uncommitted(p, s, period, NotApplicable, Step{Code: "not-eligible", Clause: p.id + "/only-when/" + Slug(rule), Args: []Arg{Prose("rule", rule)}}), true
	}
	switch {
	case none:
		return v.uncommitted(p, s, period, NotApplicable, Step{Code: "no-commitment", Clause: p.id + "/target", Args: []Arg{Name("row", p.row.Name())}}), true
	case unknown:
		return v.uncommitted(p, s, period, NotMeasured, Step{Code: "no-row", Clause: p.id + "/target", Args: []Arg{List("by", p.written.Target.Table.By)}}), true
	}
	if verdict, why, ok := v.notJudged(p, s, period); ok {
		return v.uncommitted(p, s, period, verdict, why), true
	}
	return evaluated{}, false
}

// uncommitted is a window without a promise, for the reason of a step.
func (v *view) uncommitted(p *objectivePlan, s subject, period Period, verdict Verdict, why Step) evaluated {
	ev := p.begin(s, period)
	ev.without = func(map[string]bool) evaluated { return ev }
	ev.result.Verdict = verdict
	if v.valid < period.interval(v.e.zone).Intersect(v.e.term).End {
		ev.result.Verdict, ev.result.SoFar = Open, verdict
	}
	ev.result.Why = []Step{why}
	return ev
}

// ineligible is the condition `only when` that a part does not meet at the end
// of a window; nil where it meets all, or where they are of items.
func (v *view) ineligible(p *objectivePlan, s subject, at calendar.Instant) *Predicate {
	if p.overItems() || s.part == "" {
		return nil
	}
	t := v.traitsOf(s, at)
	for i := range p.written.OnlyWhen {
		if !t.meets(&p.written.OnlyWhen[i]) {
			return &p.written.OnlyWhen[i]
		}
	}
	return nil
}

// overItems says that the objective is measured of items one by one, of which
// each meets its conditions or not.
func (p *objectivePlan) overItems() bool {
	return slices.ContainsFunc(p.written.Sources, func(s Source) bool { return s.Kind == SourceItems })
}

// instantBefore is the last instant before the earlier of two.
func instantBefore(a, b calendar.Instant) calendar.Instant { return min(a, b) - 1 }
