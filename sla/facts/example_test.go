package facts_test

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// A file is read into a run; what cannot be read is in the intake, with its
// line and the reason, and the rest goes on.
func ExampleRead() {
	engine, err := sla.Prepare(&sla.Contract{
		Schema: sla.ContractSchema, Edition: sla.Edition, Kind: sla.KindFragment, ID: "A-1", Timezone: "Europe/Paris",
		Services: []sla.Service{{Name: "erp"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	run, err := engine.Open(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	const file = `{"kind":"outage","id":"I-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 12:50"}
{"kind":"outage","id":"I-2","service":"erp","occurred":"2026-03-29 02:30"}
`
	if err := facts.Read(run, "outages.ndjson", strings.NewReader(file), facts.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	in := run.Intake()
	fmt.Println(in.Accepted, "taken in,", in.Refused, "refused")
	for _, no := range in.Refusals {
		fmt.Printf("%s:%d: %s\n", no.File, no.Line, words.English().Phrase("refused "+string(no.Reason), no.Args...))
	}
	// Output:
	// 1 taken in, 1 refused
	// outages.ndjson:2: on the clocks of Europe/Paris, 2026-03-29 02:30 does not exist: the clocks go forward over it; write it with its offset (occurred)
}
