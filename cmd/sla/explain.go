package main

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla/words"
)

type explainCommand struct {
	Code string `arg:"" optional:"" help:"The code in brackets behind a message; without one all codes are listed."`
}

// Help shows examples.
func (*explainCommand) Help() string {
	return `Examples:
  sla explain credit-inversion
  sla explain                    all codes`
}

// Run tells about a code.
func (c *explainCommand) Run(t *terminal) error {
	w := words.English()
	codes := w.Explained()
	if c.Code == "" {
		for _, code := range codes {
			fmt.Fprintln(t.out, code)
		}
		return nil
	}
	code := strings.Trim(c.Code, "[]")
	text, ok := w.Explain(code)
	if !ok {
		hint := ""
		if near := spelling.Nearest(code, codes); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		return fail(exitUsage, "no message has the code %s%s", code, hint)
	}
	fmt.Fprint(t.out, text)
	return nil
}
