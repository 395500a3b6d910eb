package expect

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A Found claims a finding: of the contract, or of the report about facts and
// results.
type Found struct {
	Severity sla.Severity
	Code     sla.Code
	// Text must occur in its words; "" asks for none.
	Text string
}

func (Found) aboutContract() {}

func (c Found) judge(w *world) judgement {
	var alike, others []string
	for _, f := range w.findings() {
		if f.Severity == c.Severity && f.Code == c.Code && (c.Text == "" || w.contains(f.Text, c.Text)) {
			w.seen["finding "+string(f.Code)] = true
			return judgement{holds: true}
		}
		said := string(f.Severity) + " " + string(f.Code) + " " + `"` + f.Text + `"`
		switch {
		case f.Code == c.Code:
			alike = append(alike, said)
		case f.Severity == c.Severity:
			others = append(others, said)
		}
	}
	switch {
	case len(alike) > 0: // the others do not matter then
		return differs(false, strings.Join(alike, "\n"), nil)
	case len(others) > 0:
		return differs(false, strings.Join(others, "\n"), nil)
	}
	return differs(false, "no "+string(c.Severity), nil)
}

// contains looks for words as [world.explains] does, but whole.
func (w *world) contains(text, part string) bool { return says(plain(text), plain(part)) }

// findings are those of the contract and of the report.
func (w *world) findings() []Finding {
	out := slices.Clone(w.test.Findings)
	if w.report == nil {
		return out
	}
	for _, f := range w.report.Findings {
		said := w.words.Finding(f.Code, f.Args)
		out = append(out, Finding{f.Severity, f.Code, strings.TrimSpace(said.Title + "\n" + said.Help)})
	}
	return out
}

// None claims that there is no finding of a severity.
type None struct{ Severity sla.Severity }

func (None) aboutContract() {}

func (c None) judge(w *world) judgement {
	var got []string
	for _, f := range w.findings() {
		if f.Severity == c.Severity {
			got = append(got, string(f.Severity)+" "+string(f.Code)+" "+`"`+f.Text+`"`)
		}
	}
	return differs(len(got) == 0, strings.Join(got, "\n"), nil)
}

// Refused claims that a fact of the test is refused.
type Refused struct {
	// Fact is its id, "" for one without.
	Fact string
	// Text must occur in the reason.
	Text string
}

func (c Refused) judge(w *world) judgement {
	var got []string
	for i := range w.refused {
		no := &w.refused[i]
		reason := w.refusal(no)
		if no.ID == c.Fact && (c.Text == "" || w.contains(reason, c.Text)) {
			w.answered[i] = true
			return judgement{holds: true}
		}
		got = append(got, "refused "+no.ID+` "`+reason+`"`)
	}
	if len(got) == 0 {
		return differs(false, "no fact is refused", nil)
	}
	return differs(false, strings.Join(got, "\n"), nil)
}

// Snapshot claims that the whole report, in the words of [Describe], is what a
// file says.
type Snapshot struct{ File string }

func (Snapshot) judge(*world) judgement { return judgement{holds: true} }

// severe orders severities.
func severe(s sla.Severity) int {
	return slices.Index([]sla.Severity{sla.Info, sla.Warning, sla.Error}, s)
}

// leftOut are the things that exhaustive expectations do not mention: findings
// as severe as those they do, objectives that were missed, credits.
func (w *world) leftOut() (out []Failure) {
	least := severe(sla.Error) + 1
	for i := range w.test.Expectations {
		switch c := w.test.Expectations[i].Claim.(type) {
		case Found:
			least = min(least, severe(c.Severity))
		case None:
			least = min(least, severe(c.Severity))
		}
	}
	add := func(got string, why []sla.Step) {
		out = append(out, Failure{Status: Failed, Span: w.test.Span, Got: got, Code: "not-expected", Why: why})
	}
	for _, f := range w.findings() {
		if severe(f.Severity) >= least && !w.seen["finding "+string(f.Code)] {
			add(string(f.Severity)+" "+string(f.Code)+" "+`"`+f.Text+`"`, nil)
		}
	}
	if w.report == nil {
		return out
	}
	for i := range w.report.Results {
		r := &w.report.Results[i]
		costs := r.Credit != nil && !r.Credit.IsZero()
		if !w.seen[key(r)] && (r.Verdict == sla.Missed || costs) {
			add(key(r)+" is "+joined(string(r.Verdict), amount(r.Credit)), r.Why)
		}
	}
	return out
}

func amount(m *credits.Money) string {
	if m == nil {
		return ""
	}
	return m.String()
}
