package expect

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Options say how tests are run.
type Options struct {
	// Words phrases explanations, in which the words behind `because` are
	// looked for; nil means English.
	Words *words.Catalogue
	// Load reads a file of facts that a test names into a run.
	Load func(run *sla.Run, file string) error
}

// world is what a test's claims are compared with.
type world struct {
	test     *Test
	engine   *sla.Engine
	words    *words.Catalogue
	report   *sla.Report
	refused  []sla.Refusal
	answered map[int]bool // refusals that were expected, by index
	seen     map[string]bool
}

// Run runs one test of a suite. It is pure: the same test always comes out
// the same. What no expectation looks at is not worked out, until one fails:
// then all is, so that whatever explains the failure is there.
func Run(s *Suite, t *Test, o Options) Outcome {
	if only := t.only(); only != nil {
		if out := run(s, t, o, only); out.Status == Passed {
			return out
		}
	}
	return run(s, t, o, nil)
}

func run(s *Suite, t *Test, o Options, only *sla.Only) Outcome {
	w := &world{test: t, engine: s.Engine, words: o.Words, answered: map[int]bool{}, seen: map[string]bool{}}
	if t.Changed {
		w.engine = t.Engine
	}
	if w.words == nil {
		w.words = words.English()
	}
	out := Outcome{Test: t, Status: Passed}
	if len(t.Expectations) == 0 {
		out.Fail(Failure{Status: Broken, Span: t.Span, Code: "no-expectation"})
		return out
	}
	if t.needsReport() {
		if f := w.evaluate(t, o, only); f != nil {
			out.Fail(*f)
			return out
		}
	}
	for i := range t.Expectations {
		out.judge(w, &t.Expectations[i])
	}
	out.unexpected(w)
	slices.SortStableFunc(out.Failures, func(a, b Failure) int { return cmp.Compare(a.Span.Line, b.Span.Line) })
	return out
}

// needsReport says whether anything is expected of a report, and not of the
// findings of a contract alone.
func (t *Test) needsReport() bool {
	if len(t.Facts)+len(t.Files) > 0 || t.Ledger != nil {
		return true
	}
	for i := range t.Expectations {
		if _, ok := t.Expectations[i].Claim.(aboutContract); !ok {
			return true
		}
	}
	return false
}

// aboutContract marks the claims that need no report.
type aboutContract interface{ aboutContract() }

// only is what the expectations look at, where that is less than a whole
// report; nil asks for one.
func (t *Test) only() *sla.Only {
	if t.Only {
		return nil
	}
	only := &sla.Only{}
	for i := range t.Expectations {
		switch c := t.Expectations[i].Claim.(type) {
		case Took, Clock, Omission, Pause, Level, Refused:
		case Measured:
			only.Objectives = append(only.Objectives, c.Objective)
		case Time:
			only.Objectives = append(only.Objectives, c.Objective)
		case Credit:
			only.Objectives, only.Money = append(only.Objectives, c.Objective), true
		case Total, EarnBack:
			only.Money = true
		case Termination:
			only.Rights = true
		default:
			return nil
		}
	}
	return only
}

// evaluate makes the report of a test.
func (w *world) evaluate(t *Test, o Options, only *sla.Only) *Failure {
	if w.engine == nil {
		return &Failure{Status: Broken, Span: t.Span, Code: "contract-broken"}
	}
	run, err := w.engine.Open(t.Ledger)
	if err != nil {
		return broken(t, "facts-unusable", err)
	}
	for _, f := range t.Facts {
		if no := run.Add(f); no != nil {
			w.refused = append(w.refused, *no)
		}
	}
	for _, file := range t.Files {
		if o.Load == nil {
			return broken(t, "facts-unreadable", errors.New(file))
		}
		if err := o.Load(run, file); err != nil {
			return broken(t, "facts-unreadable", err)
		}
	}
	if len(t.Files) > 0 {
		w.refused = run.Intake().Refusals
	}
	w.report, err = run.Report(sla.Options{From: t.From, To: t.To, AsOf: sla.AsOf{Valid: t.At}, AllTickets: true, Only: only})
	var none *sla.NoPeriodError
	switch {
	case errors.As(err, &none):
		return &Failure{Status: Broken, Span: t.Span, Code: "no-period"}
	case err != nil:
		return broken(t, "facts-unusable", err)
	}
	return nil
}

func broken(t *Test, code string, err error) *Failure {
	return &Failure{Status: Broken, Span: t.Span, Code: code, Args: []sla.Arg{sla.Prose("reason", err.Error())}}
}

// Fail adds a failure; an error of the test itself weighs more than a
// difference, that more than what is not evaluable yet.
func (out *Outcome) Fail(f Failure) {
	out.Failures = append(out.Failures, f)
	switch {
	case out.Status == Broken || f.Status == Broken:
		out.Status = Broken
	case out.Status == Failed || f.Status == Failed:
		out.Status = Failed
	default:
		out.Status = f.Status
	}
}

func (out *Outcome) judge(w *world, e *Expectation) {
	if s, ok := e.Claim.(Snapshot); ok {
		out.Snapshot = &Snapshotted{File: s.File, Text: Describe(w.report, w.engine), Span: e.Span}
		return
	}
	j := e.Claim.judge(w)
	if !j.holds {
		out.Fail(Failure{Status: j.status, Span: e.Span, Expected: e.Text, Got: j.got, Code: j.code, Args: j.args, Why: j.why})
		return
	}
	if e.Because != "" && !w.explains(j.why, e.Because) {
		out.Fail(Failure{
			Status: Failed, Span: e.Span, Expected: e.Text, Got: j.got, Code: "because-missing", Args: []sla.Arg{sla.Prose("because", e.Because)}, Why: j.why,
		})
	}
}

// unexpected fails a test for facts that were refused without being expected
// to, and, where the expectations are exhaustive, for what they leave out.
func (out *Outcome) unexpected(w *world) {
	for i := range w.refused {
		if no := &w.refused[i]; !w.answered[i] {
			out.Fail(Failure{Status: Broken, Span: w.test.Span, Code: "fact-refused", Args: []sla.Arg{
				sla.Prose("fact", factOf(no)), sla.Prose("reason", w.refusal(no)),
			}})
		}
	}
	if w.test.Only {
		for _, f := range w.leftOut() {
			out.Fail(f)
		}
	}
}

// factOf names a fact that was refused, with its place where it came from a
// file.
func factOf(no *sla.Refusal) string {
	var parts []string
	if no.File != "" {
		parts = append(parts, fmt.Sprintf("%s:%d", no.File, no.Line))
	}
	if name := strings.TrimSpace(string(no.Kind) + " " + no.ID); name != "" {
		parts = append(parts, name)
	}
	return strings.Join(parts, ", ")
}

func (w *world) refusal(no *sla.Refusal) string {
	return w.words.Phrase("refused "+string(no.Reason), no.Args...)
}
