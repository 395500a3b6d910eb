package words

import (
	"strings"

	"github.com/sla-lang/sla/internal/display"
	"github.com/sla-lang/sla/sla"
)

// A Step is one line of an explanation in words.
type Step struct {
	// Label says what the line is about: "excluded".
	Label string
	// Amount is the number that counts, "" where there is none: "150 min".
	Amount string
	// Text is the reason.
	Text string
}

// Step phrases a line of an explanation; an unknown code is shown as it is.
func (c *Catalogue) Step(s sla.Step) Step {
	key := "step " + s.Code
	if !c.Has(key + " label") {
		return Step{Label: s.Code, Text: c.Phrase(key, s.Args...)}
	}
	return Step{
		Label:  c.fill(c.entries[key+" label"], s.Args),
		Amount: c.fill(c.entries[key+" amount"], s.Args),
		Text:   c.fill(c.entries[key+" text"], s.Args),
	}
}

// Explanation lays out the lines of an explanation, one a line: label, amount
// and reason in columns.
func (c *Catalogue) Explanation(steps []sla.Step) string {
	said := make([]Step, len(steps))
	label, amount := 0, 0
	for i, s := range steps {
		said[i] = c.Step(s)
		label, amount = max(label, display.Width(said[i].Label)), max(amount, display.Width(said[i].Amount))
	}
	var b strings.Builder
	for _, s := range said {
		line := display.Pad(s.Label, label) + "  " + strings.Repeat(" ", amount-display.Width(s.Amount)) + s.Amount + "  " + s.Text
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
