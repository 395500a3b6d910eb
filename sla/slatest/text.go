package slatest

import (
	"fmt"
	"io"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// WriteText tells what failed, the difference first, and ends with a line of
// how many passed. Diagnostics are drawn with the lines of their file; colour
// is for terminals.
func WriteText(out io.Writer, r *Result, w *words.Catalogue, colour bool) error {
	var b strings.Builder
	for i := range r.Files {
		f := &r.Files[i]
		b.WriteString(drawn(f, w, colour))
		if f.Diagnostics.HasErrors() {
			b.WriteString(w.Phrase("expect file-broken", sla.Prose("file", f.Name)) + "\n\n")
		}
		for j := range f.Outcomes {
			if o := &f.Outcomes[j]; o.Status != expect.Passed {
				b.WriteString(text(o, w) + "\n")
			}
		}
	}
	fmt.Fprintln(&b, w.Phrase("expect summary", sla.Count("passed", r.Passed), sla.Count("failed", r.Failed)))
	_, err := io.WriteString(out, b.String())
	return err
}

// drawn draws the diagnostics of a file, each with its own source.
func drawn(f *File, w *words.Catalogue, colour bool) string {
	var b strings.Builder
	for _, d := range f.Diagnostics {
		source := f.Text
		if f.Subject != nil && d.Span.File == f.Contract {
			_, source = f.Subject.Analysis.Source()
		}
		if d.Accepted == "" {
			b.WriteString(d.Draw(w, source, colour) + "\n")
		}
	}
	return b.String()
}

// text is a failed test: where, what, and for each sentence what was expected,
// what came out, and why.
func text(o *expect.Outcome, w *words.Catalogue) string {
	var b strings.Builder
	for _, f := range o.Failures {
		fmt.Fprintf(&b, "%s:%d: %s: %s\n", f.Span.File, f.Span.Line, o.Status, o.Test.Name)
		b.WriteString(indented(FailureText(&f, w), "  "))
	}
	return b.String()
}

// FailureText is one failed sentence in words, on several lines: what was
// expected, what came out, and why.
func FailureText(f *expect.Failure, w *words.Catalogue) string {
	var b strings.Builder
	if f.Code != "differs" {
		b.WriteString(w.Phrase("expect "+f.Code, f.Args...) + "\n")
	}
	if f.Expected != "" {
		fmt.Fprintf(&b, "%-8s  %s\n", w.Phrase("expect expected"), f.Expected)
	}
	if f.Got != "" {
		label := w.Phrase("expect got")
		for line := range strings.Lines(f.Got) {
			fmt.Fprintf(&b, "%-8s  %s\n", label, strings.TrimSuffix(line, "\n"))
			label = ""
		}
	}
	if len(f.Why) > 0 {
		b.WriteString(w.Phrase("expect why") + "\n" + indented(w.Explanation(f.Why), "  "))
	}
	return b.String()
}

func indented(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(by + line)
	}
	return b.String()
}
