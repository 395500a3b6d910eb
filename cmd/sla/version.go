package main

import (
	"fmt"

	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/sla"
)

type versionCommand struct{}

// Run prints what a report depends on beside the contract and the facts.
func (*versionCommand) Run(t *terminal) error {
	_, err := fmt.Fprintf(t.out, "sla %s\nlanguage edition %d\ntime zones %s\npublic holidays %s\n",
		sla.EngineVersion, sla.Edition, zones.Edition, holidays.Edition)
	return err
}
