package sla_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// The reference contract, examples/groupe-lenoir, and what it must compute.
// The numbers were worked out by hand and by an independent script.

func lenoir(t testing.TB) *sla.Engine {
	t.Helper()
	c, err := dsl.Compile(os.DirFS("../examples/groupe-lenoir"), "groupe-lenoir.sla")
	require.NoError(t, err)
	e, err := sla.Prepare(c)
	require.NoError(t, err)
	return e
}

// record is a list of facts in the local times of Paris.
type record struct {
	t     testing.TB
	e     *sla.Engine
	facts []sla.Fact
}

func (r *record) at(local string) time.Time {
	r.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, r.e.Zone().Location())
	require.NoError(r.t, err)
	return at
}

func (r *record) covered(from, to string) {
	for _, source := range []string{"Centreon erp-https", "Microsoft 365 service health"} {
		r.facts = append(r.facts, &sla.Coverage{Head: sla.Head{ID: "cov " + source + from, Occurred: r.at(from + " 00:00"), Source: source}, Until: r.at(to + " 00:00")})
	}
}

func (r *record) outage(incident, cause, from, to, announced string) *sla.Outage {
	o := &sla.Outage{Head: sla.Head{ID: incident, Occurred: r.at(from)}, Service: "erp", Until: r.at(to), Incident: incident, Cause: cause}
	if announced != "" {
		o.Announced = r.at(announced + " 23:59")
	}
	r.facts = append(r.facts, o)
	return o
}

// ticket adds events written as "received 2026-03-10 09:05 phone".
func (r *record) ticket(id, service, priority string, events ...string) {
	for i, line := range events {
		w := strings.Fields(line)
		ev := &sla.TicketEvent{Head: sla.Head{Occurred: r.at(w[1] + " " + w[2])}, Ticket: id, Event: w[0]}
		if i == 0 {
			ev.Service, ev.Priority = service, priority
		}
		for j := 3; j < len(w); j++ {
			switch w[j] {
			case "to":
				ev.Until = r.at(w[j+1] + " " + w[j+2])
				j += 2
			case "note":
				ev.Note = "asked"
			case "at":
				ev.Site = w[j+1]
				j++
			default:
				ev.Channel = w[j]
			}
		}
		r.facts = append(r.facts, ev)
	}
}

func (r *record) report(o sla.Options) *sla.Report {
	r.t.Helper()
	rep, err := sla.Evaluate(context.Background(), r.e, slices.Values(r.facts), o)
	require.NoError(r.t, err)
	require.Zero(r.t, rep.Intake.Refused, rep.Intake.Refusals)
	return rep
}

func month(t testing.TB, name string) sla.Options {
	from, to, err := sla.ParsePeriods(name)
	require.NoError(t, err)
	return sla.Options{From: from, To: to, AllTickets: true}
}

func result(t testing.TB, rep *sla.Report, objective, service string) sla.Result {
	t.Helper()
	for _, r := range rep.Results {
		if r.Objective == objective && (service == "" || r.For == service) {
			return r
		}
	}
	t.Fatalf("no result of %s", objective)
	return sla.Result{}
}

func TestLenoirMarch(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.covered("2026-03-01", "2026-04-01")
	r.outage("INC-1", "provider", "2026-03-10 09:00", "2026-03-10 12:50", "")
	r.outage("INC-2", "planned-maintenance", "2026-03-15 02:30", "2026-03-15 05:00", "2026-03-06")
	rep := r.report(month(t, "2026-03"))
	erp := result(t, rep, "erp-availability", "erp")
	assert.Equal(t, sla.Missed, erp.Verdict)
	assert.Equal(t, "99.4823%", erp.Measured.Shown)
	assert.Equal(t, fmt.Sprint(44430*60), erp.Measured.Agreed)
	assert.Equal(t, fmt.Sprint(150*60), erp.Measured.Excluded)
	assert.Equal(t, "300.00 EUR", erp.Credit.String())
	require.Len(t, rep.Settlements, 1)
	assert.Equal(t, "300.00 EUR", rep.Settlements[0].Total.String())
	assert.Equal(t, "2026-04", rep.Settlements[0].Invoice.Format("2006-01"))
}

func TestLenoirNotice(t *testing.T) {
	for announced, want := range map[string]string{"2026-04-02": "100.0000% met 0.00 EUR", "2026-04-03": "99.4444% missed 300.00 EUR", "": "99.4444% missed 300.00 EUR"} {
		r := &record{t: t, e: lenoir(t)}
		r.covered("2026-04-01", "2026-05-01")
		r.outage("INC-3", "planned-maintenance", "2026-04-12 02:00", "2026-04-12 06:00", announced)
		erp := result(t, r.report(month(t, "2026-04")), "erp-availability", "erp")
		assert.Equal(t, want, fmt.Sprint(erp.Measured.Shown, " ", erp.Verdict, " ", erp.Credit), announced)
	}
}

func TestLenoirProof(t *testing.T) {
	for proved, want := range map[string]string{"2026-06-16 18:00": "100.0000% met 0.00 EUR", "2026-06-16 19:00": "100.0000% met 0.00 EUR", "2026-06-17 09:00": "99.3056% missed 300.00 EUR"} {
		r := &record{t: t, e: lenoir(t)}
		r.covered("2026-06-01", "2026-07-01")
		r.outage("INC-4", "customer-cause", "2026-06-09 10:00", "2026-06-09 15:00", "")
		r.facts = append(r.facts, &sla.Proof{Head: sla.Head{ID: "p", Occurred: r.at(proved)}, Of: "INC-4", By: "provider"})
		erp := result(t, r.report(month(t, "2026-06")), "erp-availability", "erp")
		assert.Equal(t, want, fmt.Sprint(erp.Measured.Shown, " ", erp.Verdict, " ", erp.Credit), proved)
	}
}

func TestLenoirBands(t *testing.T) {
	for down, want := range map[int]string{
		216: "99.5000% met 0.00 EUR", 217: "99.4977% missed 300.00 EUR", 432: "99.0000% missed 300.00 EUR",
		433: "98.9977% missed 600.00 EUR", 864: "98.0000% missed 600.00 EUR", 865: "97.9977% missed 1200.00 EUR",
	} {
		r := &record{t: t, e: lenoir(t)}
		r.facts = append(r.facts, &sla.Measured{Head: sla.Head{ID: "m", Occurred: r.at("2026-04-30 00:00")}, Objective: "erp-availability", Period: "2026-04", Down: ptr(time.Duration(down) * time.Minute)})
		erp := result(t, r.report(month(t, "2026-04")), "erp-availability", "erp")
		assert.Equal(t, want, fmt.Sprint(erp.Measured.Shown, " ", erp.Verdict, " ", erp.Credit), down)
	}
}

func ptr[T any](v T) *T { return &v }

func TestLenoirChecks(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.facts = append(r.facts, &sla.Probe{
		Head: sla.Head{Occurred: r.at("2026-04-01 00:00"), Source: "Centreon vpn-tcp"}, Service: "workplace",
		Series: "1x19319 0x1 1x23878", Every: time.Minute,
	})
	vpn := result(t, r.report(month(t, "2026-04")), "vpn-availability", "workplace")
	assert.Equal(t, "100.0000%", vpn.Measured.Shown, "two failed checks are nothing")

	r.facts[0].(*sla.Probe).Series = "1x19319 0x1 1x57 0x2 1x23816"
	vpn = result(t, r.report(month(t, "2026-04")), "vpn-availability", "workplace")
	assert.Equal(t, fmt.Sprint(3*60), vpn.Measured.Down)
	assert.Equal(t, "99.9784%", vpn.Measured.Shown)
	assert.Equal(t, sla.Met, vpn.Verdict)
}

// clockOf finds a clock of a ticket.
func clockOf(t testing.TB, rep *sla.Report, ticket, clock string) sla.TicketResult {
	t.Helper()
	for _, r := range rep.Tickets {
		if r.Ticket == ticket && r.Clock == clock {
			return r
		}
	}
	t.Fatalf("no clock %s of %s in %v", clock, ticket, rep.Tickets)
	return sla.TicketResult{}
}

func minutes(n int) string { return fmt.Sprint(n * 60) }

func TestLenoirPauseAndLimit(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.ticket("T-1", "erp", "P1", "received 2026-03-10 09:05 phone", "responded 2026-03-10 09:18",
		"waiting-on-customer 2026-03-10 10:00 to 2026-03-10 10:45 note", "restored 2026-03-10 12:50")
	rep := r.report(month(t, "2026-03"))
	respond, restore := clockOf(t, rep, "T-1", "respond"), clockOf(t, rep, "T-1", "restore")
	assert.Equal(t, []string{minutes(13), "met"}, []string{respond.Elapsed, respond.Verdict})
	assert.Equal(t, []string{minutes(180), "met"}, []string{restore.Elapsed, restore.Verdict})
	p1 := result(t, rep, "gold/P1/respond", "erp")
	assert.Equal(t, []any{"100.0000%", sla.Met}, []any{p1.Measured.Shown, p1.Verdict})

	live := &record{t: t, e: r.e}
	live.ticket("T-1", "erp", "P1", "received 2026-03-10 09:05 phone", "responded 2026-03-10 09:18", "waiting-on-customer 2026-03-10 10:00 note")
	o := sla.Options{AsOf: sla.AsOf{Valid: r.at("2026-03-10 10:30")}}
	restore = clockOf(t, live.report(o), "T-1", "restore")
	assert.Equal(t, []string{"paused", minutes(125), "L2"}, []string{restore.Verdict, restore.Left, restore.Level})
	assert.Nil(t, restore.Due)
}

func TestLenoirDue(t *testing.T) {
	for _, c := range []struct{ service, priority, respond, restore string }{
		{"erp", "P1", "2026-05-22 18:45", "2026-05-22 21:30"},
		{"erp", "P3", "2026-05-26 11:30", "2026-05-28 19:00"},
		{"erp", "P4", "2026-05-26 19:00", "2026-06-08 19:00"},
		{"messaging", "P1", "2026-05-22 19:00", "2026-05-26 11:30"},
	} {
		r := &record{t: t, e: lenoir(t)}
		r.ticket("T-2", c.service, c.priority, "received 2026-05-22 18:30 portal")
		rep := r.report(sla.Options{AsOf: sla.AsOf{Valid: r.at("2026-05-22 18:31")}, AllTickets: true})
		assert.Equal(t, c.respond, clockOf(t, rep, "T-2", "respond").Due.Format("2006-01-02 15:04"), c)
		assert.Equal(t, c.restore, clockOf(t, rep, "T-2", "restore").Due.Format("2006-01-02 15:04"), c)
	}
}

func TestLenoirClocks(t *testing.T) {
	for name, c := range map[string]struct {
		service, priority string
		events            []string
		elapsed, paused   int
		verdict, due      string
	}{
		"a pause at night takes nothing": {"messaging", "P1", []string{"received 2026-06-15 15:00 phone", "waiting-on-customer 2026-06-15 17:30 to 2026-06-16 10:00 note", "restored 2026-06-16 11:00"}, 210, 210, "met", ""},
		"14 h on support-hours":          {"messaging", "P1", []string{"received 2026-06-19 15:00 phone", "waiting-on-customer 2026-06-19 17:00 to 2026-06-23 09:00 note", "restored 2026-06-23 10:45"}, 225, 14 * 60, "met", ""},
		"25 h 30 on always":              {"erp", "P2", []string{"received 2026-06-15 16:00 phone", "waiting-on-customer 2026-06-15 17:00 to 2026-06-16 18:30 note", "restored 2026-06-17 01:00"}, 450, 25*60 + 30, "met", ""},
		"business days and a pause":      {"erp", "P3", []string{"received 2026-06-01 10:00 portal", "waiting-on-customer 2026-06-02 10:00 to 2026-06-02 14:00 note"}, -1, 240, "", "2026-06-05 12:00"},
		"the night the clocks change":    {"erp", "P1", []string{"received 2026-03-29 01:30 phone", "restored 2026-03-29 05:30"}, 180, 0, "met", "2026-03-29 05:30"},
		"reopened":                       {"erp", "P1", []string{"received 2026-03-10 09:00 phone", "restored 2026-03-10 10:30", "reopened 2026-03-12 14:00", "restored 2026-03-12 15:45"}, 195, 0, "late", ""},
	} {
		r := &record{t: t, e: lenoir(t)}
		r.ticket("T", c.service, c.priority, c.events...)
		got := clockOf(t, r.report(sla.Options{AllTickets: true}), "T", "restore")
		if c.elapsed >= 0 {
			assert.Equal(t, minutes(c.elapsed), got.Elapsed, name)
		}
		assert.Equal(t, minutes(c.paused), got.Paused, name)
		if c.verdict != "" {
			assert.Equal(t, c.verdict, got.Verdict, name)
		}
		if c.due != "" {
			require.NotNil(t, got.Due, name)
			assert.Equal(t, c.due, got.Due.Format("2006-01-02 15:04"), name)
		}
	}
}

func TestLenoirPriorityRaised(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.ticket("T-9", "erp", "P3", "received 2026-03-10 09:00 portal", "responded 2026-03-10 09:10",
		"waiting-on-customer 2026-03-10 09:30 to 2026-03-10 10:30 note", "restored 2026-03-10 12:45")
	r.facts = append(r.facts, &sla.PriorityChange{Head: sla.Head{Occurred: r.at("2026-03-10 11:00")}, Ticket: "T-9", Priority: "P1"})
	got := clockOf(t, r.report(sla.Options{AllTickets: true}), "T-9", "restore")
	assert.Equal(t, "2026-03-10 13:00", got.Due.Format("2006-01-02 15:04"))
	assert.Equal(t, []string{minutes(165), "met", "P1"}, []string{got.Elapsed, got.Verdict, got.Priority})
}

func TestLenoirRequests(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	request := func(id, request, site string, events ...string) {
		n := len(r.facts)
		r.ticket(id, "workplace", "", events...)
		ev := r.facts[n].(*sla.TicketEvent)
		ev.Request, ev.Site = request, site
	}
	request("R-1", "new-user", "", "form-complete 2026-06-15 10:00")
	request("R-2", "leaver-adverse", "", "hr-call 2026-06-15 22:00", "done 2026-06-15 22:25")
	request("R-3", "device-shipped", "", "order-approved 2026-06-01 10:00")
	request("R-4", "printer-onsite", "aurillac", "received 2026-06-15 09:00", "done 2026-06-15 15:00")
	request("R-5", "printer-onsite", "", "received 2026-06-15 09:00", "done 2026-06-15 15:00")
	rep := r.report(sla.Options{AllTickets: true})
	assert.Equal(t, "2026-06-16 19:00", clockOf(t, rep, "R-1", "deliver").Due.Format("2006-01-02 15:04"))
	assert.Equal(t, []string{minutes(25), "met"}, []string{clockOf(t, rep, "R-2", "deliver").Elapsed, clockOf(t, rep, "R-2", "deliver").Verdict})
	assert.Equal(t, "2026-06-08 19:00", clockOf(t, rep, "R-3", "deliver").Due.Format("2006-01-02 15:04"))
	assert.Equal(t, "met", clockOf(t, rep, "R-4", "deliver").Verdict)
	assert.Equal(t, []string{"late", minutes(-120)}, []string{clockOf(t, rep, "R-5", "deliver").Verdict, clockOf(t, rep, "R-5", "deliver").Left})
}

func (r *record) p1(id, incident, received, restored string) {
	r.ticket(id, "erp", "P1", "received "+received+" phone", "responded "+received, "restored "+restored)
	for _, f := range r.facts {
		if ev, ok := f.(*sla.TicketEvent); ok && ev.Ticket == id {
			ev.Incident = incident
		}
	}
}

func (r *record) measured(objective, period string, m sla.Measured) {
	m.Head = sla.Head{ID: "m-" + objective + period, Occurred: r.at("2026-04-30 00:00")}
	m.Objective, m.Period = objective, period
	r.facts = append(r.facts, &m)
}

func TestLenoirMonthlyCap(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.measured("erp-availability", "2026-04", sla.Measured{Down: ptr(900 * time.Minute)})
	r.measured("messaging-availability", "2026-04", sla.Measured{Share: ptr(credits.MustShare("96.20%"))})
	counted := record{t: t, e: r.e, facts: slices.Clone(r.facts)}
	counted.p1("T-0", "", "2026-04-01 10:00", "2026-04-01 15:00") // set aside by the count
	counted.facts = append(counted.facts, &sla.TicketCount{Head: sla.Head{ID: "c", Occurred: r.at("2026-04-30 00:00")}, Service: "erp", Priority: "P1", Measure: "restore", Period: "2026-04", Total: 8, Late: 5})
	for i := range 8 {
		day := fmt.Sprintf("2026-04-%02d", i+1)
		end := " 11:00"
		if i < 5 {
			end = " 15:00"
		}
		r.p1(fmt.Sprintf("T-%d", i), "", day+" 10:00", day+end)
	}
	for _, rep := range []*sla.Report{r.report(month(t, "2026-04")), counted.report(month(t, "2026-04"))} {
		monthlyCap(t, rep)
	}
}

func monthlyCap(t *testing.T, rep *sla.Report) {
	t.Helper()
	assert.Equal(t, "1200.00 EUR", result(t, rep, "erp-availability", "").Credit.String())
	assert.Equal(t, "180.00 EUR", result(t, rep, "messaging-availability", "").Credit.String())
	assert.Equal(t, "480.00 EUR", result(t, rep, "gold-p1-restore", "erp").Credit.String())
	s := rep.Settlements[0]
	assert.Equal(t, []string{"1860.00 EUR", "1800.00 EUR"}, []string{s.BeforeCaps.String(), s.Total.String()})
	var posted []string
	for _, l := range s.Lines {
		posted = append(posted, l.Objective+" "+l.Posted.String())
	}
	assert.Equal(t, []string{"erp-availability 1161.29 EUR", "gold-p1-restore 464.52 EUR", "messaging-availability 174.19 EUR"}, posted)
	assert.True(t, s.Caps[0].Cut)
	assert.Equal(t, "cap/monthly", s.Caps[0].Cap)
}

func TestLenoirYearlyCap(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	o := month(t, "2026-12")
	ledger := &sla.Ledger{Contract: "CS-2026-014", SettledThrough: &o.From}
	jan, _, _ := sla.ParsePeriods("2026-01")
	ledger.Posted = []sla.PostedCredit{{Period: jan, Objective: "erp-availability", For: "erp", Amount: credits.MustMoney("13500.00 EUR")}}
	o.Ledger = ledger
	r.measured("erp-availability", "2026-12", sla.Measured{Down: ptr(900 * time.Minute)})
	rep := r.report(o)
	assert.Equal(t, "1200.00 EUR", result(t, rep, "erp-availability", "").Credit.String())
	assert.Equal(t, "900.00 EUR", rep.Settlements[0].Total.String())
	assert.Equal(t, "cap/yearly", rep.Settlements[0].Lines[0].Cuts[0].Cap)
}

func TestLenoirOneIncidentOnce(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.covered("2026-05-01", "2026-06-01")
	r.outage("INC-7", "provider", "2026-05-05 09:00", "2026-05-05 14:00", "")
	r.p1("T-a", "INC-7", "2026-05-05 09:00", "2026-05-05 14:00")
	r.p1("T-b", "INC-9", "2026-05-06 09:00", "2026-05-06 14:00")
	rep := r.report(month(t, "2026-05"))
	assert.Equal(t, "300.00 EUR", result(t, rep, "erp-availability", "").Credit.String())
	gold := result(t, rep, "gold-p1-restore", "erp")
	assert.Equal(t, sla.Missed, gold.Verdict)
	assert.Equal(t, "0.00 EUR", gold.Credit.String())
	assert.Equal(t, "300.00 EUR", rep.Settlements[0].Total.String())
}

func TestLenoirSurvey(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	for i := range 12 {
		r.facts = append(r.facts, &sla.Survey{Head: sla.Head{ID: fmt.Sprint(i), Occurred: r.at("2026-05-05 09:00")}, Service: "workplace", Score: decimal.NewFromInt(4)})
	}
	rep := r.report(sla.Options{})
	assert.Equal(t, sla.Open, result(t, rep, "satisfaction", "").Verdict)
}
