package ci

import (
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes a workflow command for each finding, which GitHub shows
// as an annotation at its line
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
func WriteGitHub(w io.Writer, r *Results) error {
	var b strings.Builder
	for c, f := range r.findings {
		title := f.Code
		if c.test() {
			title = c.Name
		}
		fmt.Fprintf(&b, "::%s %s,title=%s::%s\n", command(f.Level), properties(f), property(title), data(f.said()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func command(l Level) string {
	if l == Note {
		return "notice"
	}
	return string(l)
}

// properties are the place; columns are taken on one line only.
func properties(f *Finding) string {
	s, out := f.Span, "file="+property(f.Span.File)
	if s.Line > 0 {
		out += fmt.Sprintf(",line=%d,endLine=%d", s.Line, max(s.Line, s.EndLine))
		if s.Column > 0 && s.EndColumn > 0 && s.EndLine == s.Line {
			out += fmt.Sprintf(",col=%d,endColumn=%d", s.Column, s.EndColumn)
		}
	}
	return out
}

// data escapes a message, property the value of a property.
func data(s string) string { return dataEscapes.Replace(s) }

func property(s string) string { return propertyEscapes.Replace(s) }

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
