package words

import "github.com/sla-lang/sla/sla"

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
