package main

import (
	"strings"

	"github.com/sla-lang/sla/internal/schema"
)

type schemaCommand struct {
	Name string `arg:"" optional:"" default:"contract" help:"Which one: contract, report, ledger, exposure, fact, diagnostics or tests."`
}

// Help shows an example.
func (*schemaCommand) Help() string {
	return `Example:
  sla schema report > sla-report.schema.json`
}

// Run prints a schema.
func (c *schemaCommand) Run(t *terminal) error {
	b, err := schema.JSON(c.Name)
	if err != nil {
		return fail(exitUsage, "there is no schema %q; there are %s", c.Name, strings.Join(schema.Names(), ", "))
	}
	_, err = t.out.Write(b)
	return err
}
