package slatest

import (
	"encoding/json"
	"io"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// ResultSchema names the JSON form of a [Result].
const ResultSchema = "sla-tests/1"

type resultJSON struct {
	Schema string     `json:"schema"`
	Passed int        `json:"passed"`
	Failed int        `json:"failed"`
	Files  []fileJSON `json:"files"`
}

type fileJSON struct {
	File        string          `json:"file"`
	Contract    string          `json:"contract,omitempty"`
	Ran         bool            `json:"ran"`
	Diagnostics json.RawMessage `json:"diagnostics"`
	Tests       []testJSON      `json:"tests"`
}

type testJSON struct {
	Name     string        `json:"name"`
	Line     int           `json:"line"`
	Status   expect.Status `json:"status"`
	Failures []failureJSON `json:"failures,omitempty"`
}

type failureJSON struct {
	Status   expect.Status `json:"status"`
	Code     string        `json:"code"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Message  string        `json:"message"`
	Expected string        `json:"expected,omitempty"`
	Got      string        `json:"got,omitempty"`
	Why      []stepJSON    `json:"why,omitempty"`
}

type stepJSON struct {
	Label  string `json:"label"`
	Amount string `json:"amount,omitempty"`
	Text   string `json:"text,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// WriteJSON writes a result as JSON, with the words of its diagnostics and
// explanations.
func WriteJSON(out io.Writer, r *Result, w *words.Catalogue) error {
	j := resultJSON{Schema: ResultSchema, Passed: r.Passed, Failed: r.Failed, Files: []fileJSON{}}
	for i := range r.Files {
		f := &r.Files[i]
		diagnostics, err := f.Diagnostics.JSON(w)
		if err != nil {
			return err
		}
		file := fileJSON{File: f.Name, Contract: f.Contract, Ran: !f.Diagnostics.HasErrors(), Diagnostics: diagnostics, Tests: []testJSON{}}
		for k := range f.Outcomes {
			file.Tests = append(file.Tests, testOf(&f.Outcomes[k], w))
		}
		j.Files = append(j.Files, file)
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(j)
}

func testOf(o *expect.Outcome, w *words.Catalogue) testJSON {
	t := testJSON{Name: o.Test.Name, Line: o.Test.Span.Line, Status: o.Status}
	for i := range o.Failures {
		f := &o.Failures[i]
		t.Failures = append(t.Failures, failureJSON{
			Status: f.Status, Code: f.Code, Line: f.Span.Line, Column: f.Span.Column,
			Message: w.Phrase("expect "+f.Code, f.Args...), Expected: f.Expected, Got: f.Got, Why: stepsOf(f.Why, w),
		})
	}
	return t
}

func stepsOf(steps []sla.Step, w *words.Catalogue) (out []stepJSON) {
	for i := range steps {
		said := w.Step(steps[i])
		out = append(out, stepJSON{Label: said.Label, Amount: said.Amount, Text: said.Text, Clause: steps[i].Clause})
	}
	return out
}
