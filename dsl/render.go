package dsl

import (
	"encoding/json"
	"strings"

	"github.com/sla-lang/sla/internal/snippet"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Draw renders the diagnostics of one file for a terminal, with the lines of
// the source and carets under the places; text is the source of the file.
// Colour is for terminals only. What was accepted is left out, and one mistake
// made in several places is one message.
func (ds Diagnostics) Draw(w *words.Catalogue, text string, colour bool) string {
	var b strings.Builder
	src := newSource("", text)
	shown := ds.together()
	for i := 0; i < len(shown); {
		var also []string
		next := i + 1
		for ; next < len(shown) && shown[i].alike(shown[next], w); next++ {
			also = append(also, shown[next].Message(w))
		}
		if shown[i].Accepted == "" {
			b.WriteString(shown[i].draw(w, src, colour, also...) + "\n")
		}
		i = next
	}
	return b.String()
}

// alike says whether two diagnostics differ in their titles only, so that they
// are drawn as one.
func (d Diagnostic) alike(e Diagnostic, w *words.Catalogue) bool {
	return d.Code == e.Code && d.Span == e.Span && d.Severity == e.Severity && d.Accepted == e.Accepted &&
		len(d.Related)+len(e.Related) == 0 && d.Help(w) == e.Help(w) && d.Message(w) != e.Message(w)
}

// Draw renders one diagnostic; see [Diagnostics.Draw].
func (d Diagnostic) Draw(w *words.Catalogue, text string, colour bool) string {
	return d.draw(w, newSource(d.Span.File, text), colour)
}

func (d Diagnostic) draw(w *words.Catalogue, src *source, colour bool, also ...string) string {
	said := w.Finding(d.Code, d.Args)
	m := snippet.Message{
		File: d.Span.File, Severity: string(d.Severity), Title: said.Title, Also: also, Code: string(d.Code), Help: said.Help,
		Marks: []snippet.Mark{mark(src, d.Span, said.Label)},
	}
	if d.Suggest != nil {
		m.Help = strings.TrimSpace(m.Help + "\n" + d.suggestion(w, src))
	}
	if len(d.Why) > 0 {
		m.Help = strings.TrimSpace(m.Help + "\n" + w.Phrase("expect why") + "\n" + indented(w.Explanation(d.Why)))
	}
	if d.Accepted != "" {
		m.Severity = "accepted"
		m.Help = strings.TrimSpace(w.Phrase("diagnostic accepted", sla.Prose("reason", d.Accepted)))
	}
	for _, r := range d.Related {
		m.Marks = append(m.Marks, mark(src, r.Span, w.Phrase("label "+r.Label, append(r.Args, d.Args...)...)))
	}
	var colours snippet.Colours
	if colour {
		colours = snippet.ANSI()
	}
	return snippet.Draw(m, colours)
}

// suggestion says what edit is suggested.
func (d Diagnostic) suggestion(w *words.Catalogue, src *source) string {
	phrase, args := "diagnostic suggested-more", []sla.Arg{sla.Prose("text", d.Suggest.Replace)}
	if at := src.placeOf(d.Suggest.Span); at.from < at.to {
		phrase, args = "diagnostic suggested", append(args, sla.Prose("old", src.text[at.from:at.to]))
	}
	if line := d.Suggest.Span.Line; line != d.Span.Line {
		args = append(args, sla.Count("line", line))
	}
	return w.Phrase(phrase, args...)
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ")
}

func mark(src *source, s sla.Span, label string) snippet.Mark {
	return snippet.Mark{Line: s.Line, Column: s.Column, EndLine: s.EndLine, EndColumn: s.EndColumn, Label: label, Text: src.line(s.Line)}
}

// A diagnosticJSON is the JSON form of a diagnostic: flat, with its words.
type diagnosticJSON struct {
	Code     sla.Code      `json:"code"`
	Severity string        `json:"severity"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	End      endJSON       `json:"end"`
	Message  string        `json:"message"`
	Help     string        `json:"help,omitempty"`
	Args     []sla.Arg     `json:"args,omitempty"`
	Why      []sla.Step    `json:"why,omitempty"`
	Related  []relatedJSON `json:"related,omitempty"`
	Fix      *fixJSON      `json:"fix,omitempty"`
	Suggest  *fixJSON      `json:"suggest,omitempty"`
	Clause   string        `json:"clause,omitempty"`
	Accepted string        `json:"accepted,omitempty"`
}

type endJSON struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type relatedJSON struct {
	File    string  `json:"file"`
	Line    int     `json:"line"`
	Column  int     `json:"column"`
	End     endJSON `json:"end"`
	Message string  `json:"message,omitempty"`
}

type fixJSON struct {
	Line    int     `json:"line"`
	Column  int     `json:"column"`
	End     endJSON `json:"end"`
	Replace string  `json:"replace"`
}

func (f *Fix) json() *fixJSON {
	if f == nil {
		return nil
	}
	return &fixJSON{f.Span.Line, f.Span.Column, endJSON{f.Span.EndLine, f.Span.EndColumn}, f.Replace}
}

// JSON gives the diagnostics as a JSON list of objects with code, severity,
// file, line, column, end, message, help, related, fix, suggest, why and clause;
// an empty list is "[]".
func (ds Diagnostics) JSON(w *words.Catalogue) ([]byte, error) {
	out := make([]diagnosticJSON, 0, len(ds))
	for _, d := range ds {
		said := w.Finding(d.Code, d.Args)
		j := diagnosticJSON{
			Code: d.Code, Severity: string(d.Severity), File: d.Span.File, Line: d.Span.Line, Column: d.Span.Column,
			End: endJSON{d.Span.EndLine, d.Span.EndColumn}, Message: said.Title, Help: said.Help,
			Args: d.Args, Why: d.Why, Clause: d.Clause, Accepted: d.Accepted,
		}
		for _, r := range d.Related {
			j.Related = append(j.Related, relatedJSON{r.Span.File, r.Span.Line, r.Span.Column,
				endJSON{r.Span.EndLine, r.Span.EndColumn}, w.Phrase("label "+r.Label, append(r.Args, d.Args...)...)})
		}
		j.Fix, j.Suggest = d.Fix.json(), d.Suggest.json()
		out = append(out, j)
	}
	return json.MarshalIndent(out, "", "  ")
}
