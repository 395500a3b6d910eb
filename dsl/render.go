package dsl

import (
	"encoding/json"
	"strings"

	"github.com/sla-lang/sla/internal/snippet"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Draw renders a diagnostic for a terminal, with the lines of the source and
// carets under the places; text is the source of the file concerned. Colour is
// for terminals only.
func (d Diagnostic) Draw(w *words.Catalogue, text string, colour bool) string {
	src := newSource(d.Span.File, text)
	said := w.Finding(d.Code, d.Args)
	m := snippet.Message{
		File: d.Span.File, Severity: string(d.Severity), Title: said.Title, Code: string(d.Code), Help: said.Help,
		Marks: []snippet.Mark{mark(src, d.Span, said.Label)},
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
	Related  []relatedJSON `json:"related,omitempty"`
	Fix      *fixJSON      `json:"fix,omitempty"`
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

// JSON gives the diagnostics as a JSON list of objects with code, severity,
// file, line, column, end, message, help, related, fix and clause; an empty
// list is "[]".
func (ds Diagnostics) JSON(w *words.Catalogue) ([]byte, error) {
	out := make([]diagnosticJSON, 0, len(ds))
	for _, d := range ds {
		said := w.Finding(d.Code, d.Args)
		j := diagnosticJSON{
			Code: d.Code, Severity: string(d.Severity), File: d.Span.File, Line: d.Span.Line, Column: d.Span.Column,
			End: endJSON{d.Span.EndLine, d.Span.EndColumn}, Message: said.Title, Help: said.Help,
			Args: d.Args, Clause: d.Clause, Accepted: d.Accepted,
		}
		for _, r := range d.Related {
			j.Related = append(j.Related, relatedJSON{r.Span.File, r.Span.Line, r.Span.Column,
				endJSON{r.Span.EndLine, r.Span.EndColumn}, w.Phrase("label "+r.Label, append(r.Args, d.Args...)...)})
		}
		if f := d.Fix; f != nil {
			j.Fix = &fixJSON{f.Span.Line, f.Span.Column, endJSON{f.Span.EndLine, f.Span.EndColumn}, f.Replace}
		}
		out = append(out, j)
	}
	return json.MarshalIndent(out, "", "  ")
}
