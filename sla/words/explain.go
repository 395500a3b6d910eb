package words

import (
	"slices"
	"strings"
)

// Explain tells more about a code of a finding or a diagnostic, in Markdown:
// what it means, why it matters, and an example that has it beside one that
// does not. ok is false for an unknown code.
func (c *Catalogue) Explain(code string) (text string, ok bool) {
	text, ok = c.codes[code]
	return text, ok
}

// Explained lists the codes that [Catalogue.Explain] knows, in order.
func (c *Catalogue) Explained() []string {
	out := make([]string, 0, len(c.codes))
	for code := range c.codes {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// sections takes a file of explanations apart: each begins with `## code`.
func sections(text string) map[string]string {
	out := map[string]string{}
	for _, part := range strings.Split("\n"+text, "\n## ")[1:] {
		code, rest, _ := strings.Cut(part, "\n")
		out[strings.TrimSpace(code)] = "## " + code + "\n" + strings.TrimRight(rest, "\n") + "\n"
	}
	return out
}
