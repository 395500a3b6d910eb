// Package snippet draws a message about a text file for a terminal: the lines
// concerned, the places underlined, what is to be seen there beside them.
package snippet

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sla-lang/sla/internal/display"
)

// A Message is what is drawn.
type Message struct {
	File string
	// Title is the first line's sentence; Severity and Code stand beside it.
	Severity, Title, Code string
	// Also are titles of further messages of the same kind about the same
	// place.
	Also []string
	// Marks are the places, the first being the one the message is about.
	Marks []Mark
	// Help is what stands below; it may have several lines.
	Help string
}

// A Mark is an underlined place. Lines and columns count from 1 in characters.
type Mark struct {
	Line, Column, EndLine, EndColumn int
	Label                            string
	// Text is the source line.
	Text string
}

// Colours are the terminal sequences used; the zero value draws plain text.
type Colours struct {
	Error, Warning, Place, Dim, Reset string
}

// ANSI are the colours of a common terminal.
func ANSI() Colours {
	return Colours{Error: "\x1b[1;31m", Warning: "\x1b[1;33m", Place: "\x1b[1m", Dim: "\x1b[2m", Reset: "\x1b[0m"}
}

// maxColumns is how much of a long line is shown.
const maxColumns = 110

// Draw renders the message, ending with a line end.
func Draw(m Message, c Colours) string {
	var b strings.Builder
	main := Mark{Line: 1, Column: 1}
	if len(m.Marks) > 0 {
		main = m.Marks[0]
	}
	colour := c.Error
	if m.Severity != "error" {
		colour = c.Warning
	}
	for _, title := range append([]string{m.Title}, m.Also...) {
		fmt.Fprintf(&b, "%s%s:%d:%d:%s %s%s:%s %s  %s[%s]%s\n", c.Place, m.File, main.Line, main.Column, c.Reset,
			colour, m.Severity, c.Reset, title, c.Dim, m.Code, c.Reset)
	}
	if main.Text != "" || len(m.Marks) > 1 {
		b.WriteByte('\n')
		drawMarks(&b, m.Marks, c, colour)
	}
	for line := range strings.Lines(m.Help) {
		fmt.Fprintf(&b, "  %s\n", strings.TrimRight(line, "\n"))
	}
	return b.String()
}

func drawMarks(b *strings.Builder, marks []Mark, c Colours, colour string) {
	gutter := 3
	for _, m := range marks {
		gutter = max(gutter, len(fmt.Sprint(m.Line)))
	}
	drawn := []Mark{}
	for i, m := range marks {
		if slices.ContainsFunc(drawn, func(d Mark) bool { return d == m }) {
			continue
		}
		drawn = append(drawn, m)
		if i == 0 || m.Line != marks[i-1].Line {
			text, _, _ := clip(m)
			fmt.Fprintf(b, "  %s%*d |%s %s\n", c.Dim, gutter, m.Line, c.Reset, text)
		}
		_, from, to := clip(m)
		under := strings.Repeat(" ", from) + colour + strings.Repeat("^", max(1, to-from))
		if m.Label != "" {
			under += " " + m.Label
		}
		fmt.Fprintf(b, "  %s%*s |%s %s%s\n", c.Dim, gutter, "", c.Reset, under, c.Reset)
	}
}

// clip gives the shown part of a mark's line and the columns underlined in it.
func clip(m Mark) (text string, from, to int) {
	length := utf8.RuneCountInString(m.Text)
	start, end := min(max(m.Column-1, 0), length), length
	if m.EndLine == m.Line {
		end = min(max(m.EndColumn-1, start), length)
	}
	left := 0
	if length > maxColumns {
		left = max(0, min(start-maxColumns/3, length-maxColumns))
	}
	right := min(length, left+maxColumns)
	end = min(end, right)
	shown := clean([]rune(part(m.Text, left, right)))
	from = display.Width(string(shown[:start-left]))
	to = from + display.Width(string(shown[start-left:end-left]))
	text = string(shown)
	if left > 0 {
		text, from, to = "…"+text, from+1, to+1
	}
	if right < length {
		text += "…"
	}
	return text, from, to
}

// part is the characters of s from one to another; only they are copied, as a
// line may be very long.
func part(s string, from, to int) string {
	n, start := 0, len(s)
	for i := range s {
		if n == from {
			start = i
		}
		if n == to {
			return s[start:i]
		}
		n++
	}
	return s[min(start, len(s)):]
}

// clean shows control characters as a visible stand-in, so that no input can
// write to the terminal.
func clean(runes []rune) []rune {
	out := slices.Clone(runes)
	for i, r := range out {
		if r == '\t' {
			out[i] = ' '
		} else if r < ' ' || r == 0x7f || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' {
			out[i] = '␦'
		}
	}
	return out
}
