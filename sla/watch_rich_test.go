package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A richCase is a contract with everything that moves a clock, and tickets to
// which everything happens: no twin knows what is right of it, but a watch and a
// report must say the same.
type richCase struct {
	zone     *time.Location
	contract string
	begin    time.Time
	facts    []sla.Fact
}

var richMeasures = []string{
	"acknowledge within", "respond within", "plan within", "arrive within", "visit within", "workaround within", "restore within",
	"resolve in less than", "close within", "cause within", "update every", "reply within",
}

var richEvents = []string{
	"acknowledged", "responded", "planned", "arrived", "on-site", "workaround", "workaround-accepted", "restored", "resolved", "closed", "explained",
	"updated", "updated", "message", "message", "replied", "reopened", "reopened", "waiting-on-customer", "waiting-on-customer", "waiting-on-supplier",
	"waiting-on-provider", "resumed", "done", "form-complete", "contact-available", "escalated", "received", "assigned",
}

func drawRich(t *rapid.T) *richCase {
	c := &richCase{}
	name := rapid.SampledFrom([]string{"Europe/Paris", "America/New_York"}).Draw(t, "zone")
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	c.zone, c.begin = zone, time.Date(2026, 3, 6, 0, 0, 0, 0, zone)
	c.contract = drawRichContract(t, name)
	for i := range rapid.IntRange(1, 2).Draw(t, "tickets") {
		c.drawTicket(t, fmt.Sprint("T-", i))
	}
	return c
}

// drawRichContract draws a rule of each kind, or none.
func drawRichContract(t *rapid.T, zone string) string {
	var b strings.Builder
	some := func(text string) {
		if rapid.Bool().Draw(t, text) {
			b.WriteString(text + "\n")
		}
	}
	one := func(line string, of ...string) {
		fmt.Fprintf(&b, line+"\n", rapid.SampledFrom(of).Draw(t, line))
	}
	applies := []string{"from receipt", "from the change", "the strictest", "the first"}
	fmt.Fprintf(&b, "sla 1\ncontract \"RICH\" {\n  kind fragment\n  timezone %s\n  business days of desk\n  term 12 months from 2026-01-01\n}\n", zone)
	b.WriteString("calendar always open 24x7\ncalendar desk {\n  open Mon-Fri 08:00-19:00\n  closed 2026-03-10\n}\ncalendar nights open Mon-Sat 22:00-06:00\n")
	b.WriteString("party provider \"P\"\nparty customer \"C\" {\n")
	one("  must answer \"Answer\" within 2 h during desk, otherwise the %s pauses every clock", "wait", "extra wait")
	b.WriteString("}\n")
	b.WriteString("priorities {\n  contested by customer within 2 business days after it is set\n  | priority | when |\n  | P1 | \"down\" |\n  | P2 | \"slow\" |\n  | P3 | \"wish\" |\n")
	b.WriteString("  default P2 by portal\n  default P1\n")
	some("  lower P1 to P2 when workaround-accepted")
	some("  raise P2 to P1 when escalated")
	b.WriteString("  | impact | high | low |\n  | all | P1 | P2 |\n  | one | P2 | P3 |\n}\nclocks {\n")
	one("  %s", "start when received", "start when received by phone, portal or monitoring", "start when assigned", "start when received by phone and portal")
	one("  pause while waiting-on-customer%s", "", ", at most 9 h in total", ", at most 3 h each time", ", with a note", ", with a note, at most 1 business day in total")
	some("  never pause while waiting-on-supplier")
	one("  reopen within %s", "2 days continues the same clock, the time while restored does not count", "30 h continues the same clock, the time while restored counts", "1 business day restarts", "20 h starts a new clock")
	for _, of := range []string{"priority", "tier", "site", "clock", "amendment"} {
		one("  change of "+of+" applies %s", applies...)
	}
	b.WriteString("  judged each calendar month\n")
	b.WriteString("  warn at 50% of restore to provider\n  warn at 90% of the target\n")
	b.WriteString("  visit means \"an engineer is there\", stops at on-site\n  cause means \"the cause is told\", stops at explained\n")
	one("  respond means \"a human\", an automatic reply %s", "counts", "does not count")
	one("  restore means \"works\", a workaround %s", "counts", "does not count")
	b.WriteString("}\n")
	if rapid.Bool().Draw(t, "only") {
		b.WriteString("clocks of arrive {\n  run only while waiting-on-provider\n}\n")
	}
	if rapid.Bool().Draw(t, "own") {
		b.WriteString("clocks of respond {\n  never pause while waiting-on-customer\n}\n")
	}
	measures := rapid.Permutation(richMeasures).Draw(t, "measures")[:rapid.IntRange(2, 5).Draw(t, "columns")]
	drawRichTier(t, &b, "gold", measures)
	drawRichTier(t, &b, "silver", measures)
	b.WriteString("service erp \"ERP\" {\n  tier gold\n}\nservice web \"Web\" {\n  tier silver\n}\n")
	drawRichRequests(t, &b)
	b.WriteString("site lyon \"Lyon\" {\n  instead requests new-user within 11 h\n")
	for _, m := range measures {
		if m, ok := strings.CutSuffix(m, " within"); ok && rapid.Bool().Draw(t, "instead") {
			fmt.Fprintf(&b, "  instead tier gold priority P1 %s within 3 h\n", m)
		}
	}
	b.WriteString("}\n")
	if slices.ContainsFunc(measures, func(m string) bool { return strings.HasPrefix(m, "restore") }) {
		b.WriteString("escalation {\n")
		one("  counted on %s", "the restore clock", "open time")
		b.WriteString("  | level | who | P1 | P2 |\n  | L1 | \"One\" | 0 min | 0 min |\n  | L2 | \"Two\" | 75% of restore | 30 min before due |\n  | L3 | \"Three\" | 1 h after due | 5 h after due |\n}\n")
	}
	for i, from := range []string{"2026-03-08", "2026-03-11"} {
		if rapid.Bool().Draw(t, "amendment") {
			fmt.Fprintf(&b, "amendment \"A%d\" in force from %s%s {\n", i, from, rapid.SampledFrom([]string{"", ", also for open tickets"}).Draw(t, "open tickets"))
			switch rapid.IntRange(0, 2).Draw(t, "amends") {
			case 0:
				drawRichTier(t, &b, "gold", measures)
			case 1:
				drawRichTier(t, &b, "silver", measures)
				drawRichRequests(t, &b)
			default:
				drawRichTier(t, &b, "gold", measures)
				drawRichRequests(t, &b)
			}
			b.WriteString("}\n")
		}
	}
	return b.String()
}

// drawRichTier draws a table of three priorities, told apart by what else a row
// may have.
func drawRichTier(t *rapid.T, b *strings.Builder, name string, measures []string) {
	key := rapid.SampledFrom([]string{"", "at", "by", "received during", "when"}).Draw(t, "key")
	fmt.Fprintf(b, "tier %s {\n  | priority |", name)
	if key != "" {
		fmt.Fprintf(b, " %s |", key)
	}
	for _, m := range measures {
		fmt.Fprintf(b, " %s |", m)
	}
	b.WriteString(" clock |\n")
	row := func(priority, value string) {
		fmt.Fprintf(b, "  | %s |", priority)
		if key != "" {
			fmt.Fprintf(b, " %s |", value)
		}
		for range measures {
			fmt.Fprintf(b, " %s |", rapid.SampledFrom([]string{"-", "20 min", "1 h", "4 h", "9 h", "30 h", "1 business day", "2 days", "90 min during desk"}).Draw(t, "limit"))
		}
		fmt.Fprintf(b, " %s |\n", rapid.SampledFrom([]string{"always", "desk", "nights"}).Draw(t, "clock"))
	}
	for _, p := range []string{"P1", "P2"} {
		row(p, "-")
		if key != "" && rapid.Bool().Draw(t, "second row") {
			row(p, map[string]string{"at": "lyon", "by": "phone", "received during": "desk", "when": "contact-available"}[key])
		}
	}
	b.WriteString("}\n")
}

func drawRichRequests(t *rapid.T, b *strings.Builder) {
	b.WriteString("requests of erp {\n  milestone form-complete \"complete\"\n  | request | within | counted from | clock |\n")
	for _, r := range []string{"new-user", "access"} {
		fmt.Fprintf(b, "  | %s | %s | %s | %s |\n", r, rapid.SampledFrom([]string{"2 h", "6 h", "2 business days"}).Draw(t, "request within"),
			rapid.SampledFrom([]string{"received", "form-complete"}).Draw(t, "from"), rapid.SampledFrom([]string{"always", "desk"}).Draw(t, "request clock"))
	}
	b.WriteString("}\n")
}

// drawTicket lets things happen to a ticket, some of which are known late, said
// again in another revision, or taken back.
func (c *richCase) drawTicket(t *rapid.T, id string) {
	at := rapid.IntRange(0, 3*1440).Draw(t, "received")
	minute := func(m int) time.Time { return c.begin.Add(time.Duration(m) * time.Minute) }
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	n := 0
	head := func(m int) sla.Head {
		n++
		h := sla.Head{ID: fmt.Sprint(id, "-", n), Occurred: minute(m)}
		if rapid.IntRange(0, 5).Draw(t, "known late") == 0 {
			h.Recorded = minute(m + rapid.SampledFrom([]int{1, 90, 2000}).Draw(t, "later"))
		}
		return h
	}
	first := &sla.TicketEvent{Head: head(at), Ticket: id, Event: "received", Service: pick("service", "erp", "erp", "web")}
	first.Channel, first.Site = pick("channel", "", "phone", "portal", "mail"), pick("site", "", "", "lyon")
	switch rapid.IntRange(0, 3).Draw(t, "what") {
	case 0:
		first.Service, first.Request = "erp", pick("request", "new-user", "access")
	case 1:
		first.Impact, first.Urgency = pick("impact", "all", "one"), pick("urgency", "high", "low")
	default:
		first.Priority = pick("priority", "P1", "P2")
	}
	c.facts = append(c.facts, first)
	for range rapid.IntRange(0, 10).Draw(t, "events") {
		at += rapid.SampledFrom([]int{0, 1, 20, 60, 240, 700, 1500}).Draw(t, "gap")
		if rapid.IntRange(0, 20).Draw(t, "before") == 0 {
			at = max(0, at-100)
		}
		var f sla.Fact
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			f = &sla.PriorityChange{Head: head(at), Ticket: id, Priority: pick("to", "P1", "P2", "P3")}
		case 1:
			e := &sla.TicketEvent{Head: head(at), Ticket: id, Event: "working"}
			switch rapid.IntRange(0, 3).Draw(t, "changes") {
			case 0:
				e.Service = pick("to service", "erp", "web")
			case 1:
				e.Request = pick("to request", "new-user", "access")
			default:
				e.Site = pick("to site", "lyon", "lyon")
			}
			f = e
		case 2:
			k := &sla.Contest{Head: head(at), Ticket: id, By: "customer", Priority: pick("contest", "P1", "P2")}
			if rapid.Bool().Draw(t, "accepted") {
				k.Accepted = minute(at + rapid.SampledFrom([]int{1, 500}).Draw(t, "accepted after"))
			}
			f = k
		case 3:
			f = &sla.TicketEvent{Head: head(at), Ticket: id, Event: pick("ends", "cancelled", "duplicate", "merged", "closed", "closed")}
		default:
			e := &sla.TicketEvent{Head: head(at), Ticket: id, Event: pick("event", richEvents...)}
			e.Automatic, e.Workaround = rapid.IntRange(0, 5).Draw(t, "automatic") == 0, rapid.IntRange(0, 5).Draw(t, "workaround") == 0
			e.Channel = pick("event channel", "", "phone", "portal")
			if strings.HasPrefix(e.Event, "waiting") {
				e.Note = pick("note", "", "asked")
				if rapid.Bool().Draw(t, "ends") {
					e.Until = minute(at + rapid.IntRange(1, 900).Draw(t, "until"))
				}
			}
			f = e
		}
		c.facts = append(c.facts, f)
		c.drawCorrection(t, f, minute)
	}
}

// drawCorrection takes a fact back later, says it anew, or neither.
func (c *richCase) drawCorrection(t *rapid.T, f sla.Fact, minute func(int) time.Time) {
	h := f.Header()
	later := h.Occurred.Add(time.Duration(rapid.SampledFrom([]int{1, 30, 1000, 3000}).Draw(t, "corrected")) * time.Minute)
	switch rapid.IntRange(0, 11).Draw(t, "correction") {
	case 0:
		c.facts = append(c.facts, &sla.Correction{Head: sla.Head{ID: "X-" + h.ID, Occurred: later}, Of: h.ID, OfKind: f.Kind()})
	case 1:
		if e, ok := f.(*sla.TicketEvent); ok {
			again := *e
			again.Revision++
			again.Recorded = later
			again.Occurred = e.Occurred.Add(time.Duration(rapid.SampledFrom([]int{-20, -1, 1}).Draw(t, "moved")) * time.Minute)
			if !again.Until.IsZero() && !again.Until.After(again.Occurred) {
				again.Until = time.Time{}
			}
			c.facts = append(c.facts, &again)
		}
	}
}

// A watch that is asked at any instant, made anew from its facts in between, says
// what a report says of every clock, whatever moves it.
func TestWatchAgreesOnEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawRich(t)
		a := dsl.Analyze("rich.sla", c.contract)
		require.False(t, a.Diagnostics.HasErrors(), "%s\n%s", c.contract, a.Diagnostics.Error())
		watchAgrees(t, c.contract, c.begin, c.facts)
	})
}
