package main

import (
	"io"
	"strings"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/internal/ci"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

// home is where people read about the program.
const home = "https://github.com/sla-lang/sla"

// writeCI writes results in a form of other tools: sarif, github, junit, tap.
func writeCI(w io.Writer, format, command string, suites []ci.Suite) error {
	return ci.Formats()[format](w, &ci.Results{
		Tool:    ci.Tool{Name: "sla", Version: sla.EngineVersion, URI: home},
		Command: command, Suites: suites, Rule: rule,
	})
}

// rule tells about a code what `sla explain` does.
func rule(code string) ci.Rule {
	w := words.English()
	if w.Has("rule " + code) {
		return ci.Rule{Title: w.Phrase("rule " + code)}
	}
	help, _ := w.Explain(code)
	_, body, _ := strings.Cut(help, "\n\n")
	paragraph, _, _ := strings.Cut(body, "\n\n")
	sentence, _, cut := strings.Cut(strings.ReplaceAll(paragraph, "\n", " "), ". ")
	if cut {
		sentence += "."
	}
	return ci.Rule{Title: sentence, Help: help}
}

// checked is a file that was checked: one case, which fails by its errors and,
// if that is asked for, by its warnings. What was accepted is left out.
func checked(name string, ds dsl.Diagnostics, strict bool) ci.Suite {
	c := ci.Case{Name: name, Span: ci.Span{File: name}}
	for i := range ds {
		if ds[i].Accepted == "" {
			c.Findings = append(c.Findings, findingOf(&ds[i]))
		}
	}
	if ds.HasErrors() || strict && ds.Count(sla.Warning) > 0 {
		c.Status = ci.Failed
	}
	return ci.Suite{File: name, Cases: []ci.Case{c}}
}

func findingOf(d *dsl.Diagnostic) ci.Finding {
	w := words.English()
	f := ci.Finding{Code: string(d.Code), Level: levelOf(d.Severity), Span: ci.Span(d.Span), Title: d.Message(w), Text: d.Help(w)}
	if len(d.Why) > 0 {
		f.Text = strings.TrimSpace(f.Text + "\n" + because(d.Why))
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, ci.Related{Span: ci.Span(r.Span), Text: w.Phrase("label "+r.Label, append(r.Args, d.Args...)...)})
	}
	if x := d.Fix; x != nil {
		f.Fix = &ci.Fix{Span: ci.Span(x.Span), Replace: x.Replace, Text: w.Phrase("cli fix", sla.Prose("text", x.Replace))}
	} else if x := d.Suggest; x != nil {
		f.Fix = &ci.Fix{Span: ci.Span(x.Span), Replace: x.Replace, Text: w.Phrase("cli suggest", sla.Prose("text", x.Replace))}
	}
	return f
}

func levelOf(s sla.Severity) ci.Level {
	switch s {
	case sla.Error:
		return ci.Error
	case sla.Warning:
		return ci.Warning
	}
	return ci.Note
}

// tested are the files of tests that were run: a case a test, and one for the
// file itself where there is something to say about it.
func tested(r *slatest.Result) []ci.Suite {
	var out []ci.Suite
	for i := range r.Files {
		f := &r.Files[i]
		s := ci.Suite{File: f.Name}
		if whole := checked(f.Name, f.Diagnostics, false).Cases[0]; len(whole.Findings) > 0 {
			if whole.Status == ci.Failed {
				whole.Status = ci.Broken
			}
			s.Cases = append(s.Cases, whole)
		}
		for j := range f.Outcomes {
			s.Cases = append(s.Cases, caseOf(&f.Outcomes[j]))
		}
		out = append(out, s)
	}
	return out
}

func caseOf(o *expect.Outcome) ci.Case {
	c := ci.Case{Name: o.Test.Name, Span: ci.Span(o.Test.Span)}
	switch o.Status {
	case expect.Passed:
	case expect.Failed:
		c.Status = ci.Failed
	default:
		c.Status = ci.Broken
	}
	for i := range o.Failures {
		c.Findings = append(c.Findings, failureOf(&o.Failures[i]))
	}
	return c
}

// failureOf is a sentence of a test that does not hold: its title is the
// difference, or what keeps it from being decided.
func failureOf(f *expect.Failure) ci.Finding {
	w := words.English()
	text := slatest.FailureText(f, w)
	out := ci.Finding{Code: "test-" + sla.Slug(string(f.Status)), Level: ci.Error, Span: ci.Span(f.Span)}
	if f.Code == "differs" && f.Expected != "" && f.Got != "" {
		got := strings.ReplaceAll(strings.TrimSpace(f.Got), "\n", "; ")
		out.Title = w.Phrase("expect difference", sla.Prose("expected", f.Expected), sla.Prose("got", got))
		if len(f.Why) > 0 {
			text = because(f.Why)
		} else {
			text = ""
		}
	} else {
		out.Title, text, _ = strings.Cut(text, "\n")
	}
	out.Text = strings.TrimSpace(text)
	return out
}

// because is an explanation under its heading.
func because(why []sla.Step) string {
	w := words.English()
	return w.Phrase("expect why") + "\n  " + strings.ReplaceAll(w.Explanation(why), "\n", "\n  ")
}
