package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// ProbeEngine is a contract that follows one-minute checks of some services
// day by day.
func ProbeEngine(services int) (*sla.Engine, error) {
	var text strings.Builder
	text.WriteString("sla 1\ncontract \"PROBES\" {\n  kind fragment\n  timezone UTC\n}\n")
	for i := range services {
		fmt.Fprintf(&text, "service s%d\n", i)
	}
	text.WriteString("objective up of each service {\n  measure availability each day\n  source checks \"probe\" every 1 min\n" +
		"  down after 3 failed checks, counted from the first\n  target at least 99.00%\n  report only\n}\n")
	a := dsl.Analyze("probes.sla", text.String())
	if a.Diagnostics.HasErrors() {
		return nil, a.Diagnostics
	}
	return sla.Prepare(a.Contract)
}

// ProbeRows are the answers of one-minute checks of services as rows of NDJSON
// in the order of time. They are made while they are read, so that a month of
// a thousand services (5 GB) needs neither memory nor a disk. Every sick-th
// answer of a service, and the four after it, are failures.
type ProbeRows struct {
	Begin                   time.Time
	Services, Minutes, Sick int
	// AtDay, if set, is called when the answers of a day are read.
	AtDay func(day int)

	minute int
	bodies [][]byte // the beginning of the row of each service
	rows   []byte   // those of the minute, and of them what is still to be read
	left   []byte
}

// Read gives rows.
func (p *ProbeRows) Read(into []byte) (int, error) {
	if len(p.left) == 0 {
		if p.minute == p.Minutes {
			return 0, io.EOF
		}
		p.make()
	}
	n := copy(into, p.left)
	p.left = p.left[n:]
	return n, nil
}

// make writes the rows of the next minute.
func (p *ProbeRows) make() {
	for i := len(p.bodies); i < p.Services; i++ {
		p.bodies = append(p.bodies, fmt.Appendf(nil, `{"kind":"probe","service":"s%d","source":"probe","occurred":"`, i))
	}
	if p.AtDay != nil && p.minute > 0 && p.minute%1440 == 0 {
		p.AtDay(p.minute / 1440)
	}
	at := p.Begin.Add(time.Duration(p.minute)*time.Minute).AppendFormat(nil, time.RFC3339)
	good, bad := append(slices.Clone(at), "\",\"ok\":true}\n"...), append(slices.Clone(at), "\",\"ok\":false}\n"...)
	p.rows = p.rows[:0]
	for i, body := range p.bodies {
		p.rows = append(p.rows, body...)
		if (p.minute+i*7)%p.Sick > 4 {
			p.rows = append(p.rows, good...)
		} else {
			p.rows = append(p.rows, bad...)
		}
	}
	p.left = p.rows
	p.minute++
}
