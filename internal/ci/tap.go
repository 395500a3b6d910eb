package ci

import (
	"fmt"
	"io"
	"strings"
)

// WriteTAP writes the Test Anything Protocol, version 14
// (https://testanything.org/tap-version-14-specification.html): a test point a
// case, in the order of the suites, and what is wrong as YAML below it.
func WriteTAP(w io.Writer, r *Results) error {
	var b strings.Builder
	n := 0
	for i := range r.Suites {
		n += len(r.Suites[i].Cases)
	}
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", n)
	n = 0
	for i := range r.Suites {
		s := &r.Suites[i]
		for j := range s.Cases {
			n++
			tapCase(&b, n, s.File, &s.Cases[j])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func tapCase(b *strings.Builder, n int, file string, c *Case) {
	if c.Status != Passed {
		b.WriteString("not ")
	}
	name := c.Name
	if name != file {
		name = file + ": " + name
	}
	fmt.Fprintf(b, "ok %d - %s\n", n, tapEscapes.Replace(name))
	if len(c.Findings) == 0 {
		return
	}
	b.WriteString("  ---\n")
	first := &c.Findings[0]
	fmt.Fprintf(b, "  message: %s\n  severity: %s\n", yamlText(first.Title), severity(c))
	fmt.Fprintf(b, "  at:\n    file: %s\n", yamlText(first.Span.File))
	if first.Span.Line > 0 {
		fmt.Fprintf(b, "    line: %d\n", first.Span.Line)
	}
	b.WriteString("  findings: |\n")
	for line := range strings.Lines(strings.TrimPrefix(places(c), "\n")) {
		if line != "\n" {
			line = "    " + line
		}
		b.WriteString(line)
	}
	b.WriteString("  ...\n")
}

func severity(c *Case) string {
	switch c.Status {
	case Failed:
		return "fail"
	case Broken:
		return "error"
	}
	return string(c.Findings[0].Level)
}

// tapEscapes keeps a description on its line and free of directives.
var tapEscapes = strings.NewReplacer(`\`, `\\`, "#", `\#`, "\r", " ", "\n", " ")

// yamlText is a text as a double-quoted YAML scalar.
func yamlText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}
