package sla_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// Named cases of the way from missed objectives to money owed.

// A ruling is a contract of erp and mail with further lines, and its record.
type ruling struct {
	t      testing.TB
	engine *sla.Engine
	lines  []string
}

const twoServices = `sla 1
contract "RULING" {
  kind     fragment
  timezone UTC
  currency EUR
  term     12 months from 2026-01-01
}
calendar always open 24x7
service erp {
  fee 6000.00 EUR per month
}
service mail {
  fee 3000.00 EUR per month
}
`

// available is an objective about availability each month.
func available(name, of string, lines ...string) string {
	return fmt.Sprintf("objective %s of %s {\n  measure availability each calendar month during always\n  source outages \"monitoring\"\n  target at least 99.50%%\n  %s\n}\n",
		name, of, strings.Join(lines, "\n  "))
}

func ruled(t testing.TB, texts ...string) *ruling {
	t.Helper()
	r := ruledBy(t, twoServices+strings.Join(texts, ""))
	r.t = t
	return r
}

func ruledBy(t require.TestingT, text string) *ruling {
	a := dsl.Analyze("ruling.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	for _, d := range a.Diagnostics {
		require.NotEqual(t, string(sla.CodeAcceptUnused), d.Code)
	}
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return &ruling{engine: engine}
}

func (r *ruling) fact(format string, args ...any) {
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

// down is the minutes of downtime of an objective in a month, ready-made.
func (r *ruling) down(objective, service, month string, minutes int) {
	r.fact(`{"kind":"measured","id":"%s %s %s","occurred":"%s-28","objective":"%[1]s","for":"%[2]s","period":"%[3]s","down":"%[5]d min"}`, objective, service, month, month, minutes)
}

func (r *ruling) report(from, to, asOf string, prior *sla.Ledger) *sla.Report {
	r.t.Helper()
	return r.reportBy(r.t, from, to, asOf, prior)
}

func (r *ruling) reportBy(t require.TestingT, from, to, asOf string, prior *sla.Ledger) *sla.Report {
	run, err := r.engine.Open(prior)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "facts.ndjson", strings.NewReader(strings.Join(r.lines, "\n")), facts.Options{}))
	o := sla.Options{}
	if from != "" {
		o.From, _, err = sla.ParsePeriods(from)
		require.NoError(t, err)
		_, o.To, err = sla.ParsePeriods(to)
		require.NoError(t, err)
	}
	if asOf != "" {
		at, err := time.Parse("2006-01-02", asOf)
		require.NoError(t, err)
		o.AsOf = sla.AsOf{Valid: at, Known: at}
	}
	rep, err := run.Report(o)
	require.NoError(t, err)
	return rep
}

// posted are the lines of a report as "id amount".
func posted(rep *sla.Report) (out []string) {
	for _, s := range rep.Settlements {
		for _, l := range s.Lines {
			out = append(out, l.ID+" "+l.Posted.String())
		}
	}
	return out
}

func codes(steps []sla.Step) (out []string) {
	for _, s := range steps {
		out = append(out, s.Code)
	}
	return out
}

const claimed = "credits {\n  settled each calendar month, 40 days after month end\n  claim within 30 days of the end of the month, otherwise lost\n}\n"

func TestClaimNamesItsService(t *testing.T) {
	r := ruled(t, available("availability", "each service", "credit 5% of the fee of the service"), claimed)
	r.down("availability", "erp", "2026-03", 300)
	r.down("availability", "mail", "2026-03", 300)
	r.fact(`{"kind":"claim","id":"C-1","objective":"availability","for":"erp","period":"2026-03","occurred":"2026-04-10"}`)
	rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
	require.Empty(t, rep.Intake.Refusals)
	assert.Equal(t, []string{"availability/erp/2026-03 300.00 EUR", "availability/mail/2026-03 0.00 EUR"}, posted(rep))
	r.fact(`{"kind":"claim","id":"C-2","objective":"availability","period":"2026-03","occurred":"2026-04-11"}`)
	assert.Equal(t, "150.00 EUR", r.report("2026-03", "2026-03", "2026-06-01", nil).Settlements[0].Lines[1].Posted.String(), "one without a service asks for all of them")
}

func TestClaimNamesItsPeriod(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"), claimed)
	r.down("availability", "erp", "2026-03", 300)
	r.fact(`{"kind":"claim","id":"C-1","objective":"availability","occurred":"2026-04-10"}`)
	r.fact(`{"kind":"claim","id":"C-2","objective":"avail","period":"2026-03","occurred":"2026-04-10"}`)
	r.fact(`{"kind":"claim","id":"C-3","objective":"availability","period":"2026-04","occurred":"2026-05-10"}`)
	rep := r.report("2026-03", "2026-04", "2026-06-01", nil)
	require.Len(t, rep.Intake.Refusals, 2)
	assert.Equal(t, []sla.RefusalReason{sla.RefusedMissing, sla.RefusedUnknown}, []sla.RefusalReason{rep.Intake.Refusals[0].Reason, rep.Intake.Refusals[1].Reason})
	assert.Equal(t, []string{"availability/erp/2026-03 0.00 EUR"}, posted(rep))
	require.Len(t, rep.Findings, 1)
	assert.Equal(t, sla.CodeClaimWithoutCredit, rep.Findings[0].Code)
}

func TestCarriedExcessKeepsItsPeriod(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"),
		"credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  cap 100.00 EUR each calendar month, excess carried to the next period\n}\n")
	r.down("availability", "erp", "2026-01", 300)
	for _, m := range []string{"2026-02", "2026-03", "2026-04"} {
		r.down("availability", "erp", m, 0)
	}
	rep := r.report("2026-01", "2026-04", "2026-06-01", nil)
	assert.Equal(t, []string{"availability/erp/2026-01 100.00 EUR", "availability/erp/2026-01/carried 100.00 EUR", "availability/erp/2026-01/carried 100.00 EUR"}, posted(rep))
	for _, s := range rep.Settlements[1:3] {
		assert.Equal(t, "2026-01-01", s.Lines[0].Since.String())
	}
	// Month by month, from ledgers that went through JSON.
	var led *sla.Ledger
	for i, m := range []string{"2026-01", "2026-02", "2026-03"} {
		step := r.report(m, m, []string{"2026-02-15", "2026-03-15", "2026-04-15"}[i], led)
		b, err := json.Marshal(step.Ledger)
		require.NoError(t, err)
		led = &sla.Ledger{}
		require.NoError(t, json.Unmarshal(b, led))
		assert.Equal(t, rep.Settlements[i].Lines, step.Settlements[0].Lines, m)
	}
	assert.Empty(t, led.Waiting)
	// A later fact says that January was fine: what had been carried is taken
	// back where it was posted.
	r.fact(`{"kind":"measured","id":"availability erp 2026-01","revision":1,"occurred":"2026-01-28","recorded":"2026-05-02","objective":"availability","for":"erp","period":"2026-01","down":"0 min"}`)
	s := r.report("2026-04", "2026-04", "2026-05-15", led).Settlements[0]
	require.Len(t, s.Adjustments, 3)
	for i, a := range s.Adjustments {
		assert.Equal(t, "-100.00 EUR", a.Amount.String(), i)
	}
	assert.Equal(t, "-300.00 EUR", s.Due.String())
}

func TestStartUpIsNotCounted(t *testing.T) {
	r := ruled(t, available("availability", "erp", "start-up 2 months", "credit 5% of the fee of erp"),
		"party customer \"Customer\"\ntermination by customer {\n  when row availability is missed in 3 calendar months in a row\n}\n")
	for _, m := range []string{"2026-01", "2026-02", "2026-03", "2026-04"} {
		r.down("availability", "erp", m, 300)
	}
	assert.Empty(t, r.report("2026-01", "2026-04", "2026-05-15", nil).Rights)
	r.down("availability", "erp", "2026-05", 300)
	rights := r.report("2026-01", "2026-05", "2026-06-15", nil).Rights
	require.Len(t, rights, 1)
	assert.Equal(t, "2026-05", rights[0].Window)
}

func TestToleratedMissIsNotCounted(t *testing.T) {
	r := ruled(t, available("availability", "erp", "tolerance 0.20 points", "credit 5% of the fee of erp"),
		"party customer \"Customer\"\ntermination by customer {\n  when row availability is missed in 2 calendar months in a row\n}\n")
	r.down("availability", "erp", "2026-03", 300)
	r.down("availability", "erp", "2026-04", 230) // 99.4676%
	r.down("availability", "erp", "2026-05", 300)
	assert.Empty(t, r.report("2026-03", "2026-05", "2026-06-15", nil).Rights)
}

func TestServiceCapHoldsForItsParts(t *testing.T) {
	r := ruled(t, "part zone of erp\n", strings.Replace(available("availability", "erp", "credit 5% of the fee of erp"), "of erp {", "of erp for each zone {", 1),
		"credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  cap 6% of the fee of erp\n}\n")
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	for _, zone := range []string{"a", "b"} {
		r.fact(`{"kind":"part","id":"%s","service":"erp","what":"zone","occurred":"2026-01-01"}`, zone)
		r.fact(`{"kind":"outage","id":"O-%s","service":"erp","part":"%[1]s","occurred":"2026-03-10 09:00","until":"2026-03-10 14:00"}`, zone)
	}
	rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
	require.Empty(t, rep.Intake.Refusals)
	assert.Equal(t, []string{"availability/a/2026-03 180.00 EUR", "availability/b/2026-03 180.00 EUR"}, posted(rep))
	assert.Equal(t, "erp", rep.Settlements[0].Lines[0].Service)
	assert.Equal(t, "360.00 EUR", rep.Settlements[0].Total.String())
}

func TestCapThatIsNotKnown(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"),
		"credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  cap 50% of the charges of the month\n  cap wide 250.00 EUR each contract year\n}\n")
	r.down("availability", "erp", "2026-03", 300)
	s := r.report("2026-03", "2026-03", "2026-06-01", nil).Settlements[0]
	require.Len(t, s.Lines, 1)
	l := s.Lines[0]
	assert.Equal(t, []any{true, "0.00 EUR", "250.00 EUR"}, []any{l.Undetermined, l.Posted.String(), l.AtMost.String()})
	assert.Equal(t, []any{"0.00 EUR", []string{l.ID}}, []any{s.Total.String(), s.Undetermined})
	r.fact(`{"kind":"charge","id":"L-1","what":"hosting","period":"2026-03","amount":"400.00 EUR","occurred":"2026-04-02"}`)
	assert.Equal(t, "200.00 EUR", r.report("2026-03", "2026-03", "2026-06-01", nil).Settlements[0].Total.String())
}

func TestCountsOnceAfterNarrowerCaps(t *testing.T) {
	r := ruled(t, available("large", "erp", "credit 5% of the fee of erp", "cap 10.00 EUR"), available("small", "erp", "credit 1% of the fee of erp"),
		"credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  same service counts once, for the highest credit\n}\n")
	r.down("large", "erp", "2026-03", 300)
	r.down("small", "erp", "2026-03", 300)
	rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
	assert.Equal(t, []string{"large/erp/2026-03 0.00 EUR", "small/erp/2026-03 60.00 EUR"}, posted(rep), "10.00 EUR is less than 60.00 EUR")
}

const onceEach = "credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  same incident counts once, for the highest credit\n}\n"

func TestOneIncidentOnceOfFlatCredits(t *testing.T) {
	r := ruled(t, available("availability", "each service", "credit 5% of the fee of the service"), onceEach)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	for _, s := range []string{"erp", "mail"} {
		r.fact(`{"kind":"outage","id":"O-%s","incident":"INC-7","service":"%[1]s","occurred":"2026-03-10 09:00","until":"2026-03-10 14:00"}`, s)
	}
	rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
	assert.Equal(t, []string{"availability/erp/2026-03 300.00 EUR", "availability/mail/2026-03 0.00 EUR"}, posted(rep), "without the incident, mail reached its target")
}

func TestOneIncidentOnceInTheStartUp(t *testing.T) {
	r := ruled(t, available("first", "erp", "credit 1% of the fee of erp"), available("second", "mail", "start-up 6 months", "credit 5% of the fee of mail"), onceEach)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	r.fact(`{"kind":"outage","id":"O-1","incident":"INC-7","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 14:00"}`)
	r.fact(`{"kind":"outage","id":"O-2","incident":"INC-7","service":"mail","occurred":"2026-03-10 09:00","until":"2026-03-10 14:00"}`)
	r.fact(`{"kind":"outage","id":"O-3","incident":"INC-8","service":"mail","occurred":"2026-03-11 09:00","until":"2026-03-11 14:00"}`)
	assert.Equal(t, []string{"first/erp/2026-03 60.00 EUR", "second/mail/2026-03 0.00 EUR"}, posted(r.report("2026-03", "2026-03", "2026-06-01", nil)))
}

func TestVerdictAlonePaysWhatNeedsNoValue(t *testing.T) {
	r := ruled(t, available("flat", "erp", "credit 5% of the fee of erp"),
		available("banded", "mail", "credit share of the fee of mail {\n    | below  | credit |\n    | 99.50% | 5%     |\n  }"))
	r.fact(`{"kind":"measured","id":"M-1","occurred":"2026-03-31","objective":"flat","period":"2026-03","verdict":"missed"}`)
	r.fact(`{"kind":"measured","id":"M-2","occurred":"2026-03-31","objective":"banded","period":"2026-03","verdict":"missed"}`)
	s := r.report("2026-03", "2026-03", "2026-06-01", nil).Settlements[0]
	require.Len(t, s.Lines, 2)
	assert.Equal(t, []any{true, "0.00 EUR", false, "300.00 EUR"}, []any{s.Lines[0].Undetermined, s.Lines[0].Posted.String(), s.Lines[1].Undetermined, s.Lines[1].Posted.String()})
	assert.Equal(t, []string{"credit-missing"}, codes(s.Lines[0].Why))
}

func TestRepeatLooksBackBeforeTheReport(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp", "repeat 2 times from the 2nd miss in a row"))
	r.down("availability", "erp", "2026-02", 300)
	r.down("availability", "erp", "2026-03", 300)
	assert.Equal(t, []string{"availability/erp/2026-03 600.00 EUR"}, posted(r.report("2026-03", "2026-03", "2026-06-01", nil)))
}

func TestAcceptStandsBesideItsCap(t *testing.T) {
	ruled(t, available("availability", "erp", "credit 5% of the fee of erp"),
		"credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n  cap 90% of the fees of the month\n  accept cap-never-reached \"As agreed\"\n}\n")
}

func TestMissingDataCounts(t *testing.T) {
	table := "credit share of the fee of erp {\n    | below  | credit |\n    | 99.50% | 5%     |\n    | 99.00% | 10%    |\n  }"
	r := ruled(t, available("flat", "erp", "missing data counts as missed", "credit 5% of the fee of erp"), available("last", "erp", "missing data counts as the last row", table),
		available("open", "erp", "missing data counts as missed", table), available("spared", "erp", "missing data counts as met", table), available("silent", "erp", table))
	r.down("silent", "erp", "2026-03", 300)
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	assert.Equal(t, []string{"flat/erp/2026-04 300.00 EUR", "last/erp/2026-04 600.00 EUR", "open/erp/2026-04 0.00 EUR"}, posted(rep))
	assert.Equal(t, []string{"open/erp/2026-04"}, rep.Settlements[0].Undetermined)
	assert.Equal(t, []sla.Verdict{sla.Met, sla.NotMeasured}, []sla.Verdict{result(t, rep, "spared", "").Verdict, result(t, rep, "silent", "").Verdict})
}

func TestCreditNotesAddUpToWhatIsDue(t *testing.T) {
	e := lenoir(t)
	r := &record{t: t, e: e}
	r.down("erp-availability", "2026-03", 300)
	for i, m := range []string{"2026-04", "2026-05", "2026-06"} {
		r.down("erp-availability", m, 21-i)
	}
	o := month(t, "2026-03")
	_, o.To, _ = sla.ParsePeriods("2026-06")
	rep := r.report(o)
	due := map[string]*big.Rat{}
	kinds := map[sla.NoteKind]bool{}
	for _, n := range e.CreditNotes(rep) {
		if due[n.Period] == nil {
			due[n.Period] = new(big.Rat)
		}
		due[n.Period] = add(due[n.Period], n.Amount.Amount.Rat())
		kinds[n.Kind] = true
	}
	for _, s := range rep.Settlements {
		if sum := due[s.Period.Name]; sum != nil || !s.Due.IsZero() {
			assert.Equal(t, s.Due.Amount.StringFixed(2), sum.FloatString(2), s.Period.Name)
		}
	}
	assert.Equal(t, map[sla.NoteKind]bool{sla.NoteCredit: true, sla.NoteEarnedBack: true, sla.NoteBonus: true}, kinds)
}

func TestUnstatedRowIsNotDetermined(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit share of the fee of erp {\n    | below  | credit   |\n    | 99.50% | 5%       |\n    | 99.00% | unstated |\n    | 98.00% | 20%      |\n  }"))
	for m, minutes := range map[string]int{"2026-03": 300, "2026-04": 500, "2026-05": 2000} {
		r.down("availability", "erp", m, minutes)
	}
	rep := r.report("2026-03", "2026-05", "2026-06-15", nil)
	assert.Equal(t, []string{"availability/erp/2026-03 300.00 EUR", "availability/erp/2026-04 0.00 EUR", "availability/erp/2026-05 1200.00 EUR"}, posted(rep))
	assert.Equal(t, []string{"availability/erp/2026-04"}, rep.Settlements[1].Undetermined)
}

// A deadline in dates ends with the last of them: a claim of the next day is
// late, also where the fact gives the date alone, which begins at midnight.
func TestClaimOnTheLastDate(t *testing.T) {
	for at, want := range map[string]sla.ClaimState{
		"2026-04-30": sla.ClaimMade, "2026-04-30 23:59:59": sla.ClaimMade, "2026-05-01": sla.ClaimLapsed, "2026-05-01 00:00": sla.ClaimLapsed, "2026-05-01 00:01": sla.ClaimLapsed,
	} {
		r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"), claimed)
		r.down("availability", "erp", "2026-03", 300)
		r.fact(`{"kind":"claim","id":"C-1","objective":"availability","period":"2026-03","occurred":%q}`, at)
		assert.Equal(t, want, r.report("2026-03", "2026-03", "2026-06-15", nil).Settlements[0].Lines[0].Claim, at)
	}
}

// A deadline in exact time includes its last instant, of the end of the window
// as of an outage.
func TestClaimAtTheExactLimit(t *testing.T) {
	for rule, limit := range map[string]string{"within 72 h of the end of the month": "2026-04-04 00:00:00", "within 24 h of the incident": "2026-03-11 09:00:00", "within 30 days of the incident": "2026-04-09 23:59:59"} {
		r := ruled(t, available("a", "erp", "credit 5% of the fee of erp"), "credits {\n  settled each calendar month, 40 days after month end\n  claim "+rule+", otherwise lost\n}\n")
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
		r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 15:00"}`)
		at, err := time.Parse("2006-01-02 15:04:05", limit)
		require.NoError(t, err)
		for seconds, want := range []sla.ClaimState{sla.ClaimMade, sla.ClaimLapsed} {
			asked := *r
			asked.fact(`{"kind":"claim","id":"C-1","objective":"a","period":"2026-03","occurred":%q}`, at.Add(time.Duration(seconds)*time.Second).Format("2006-01-02 15:04:05"))
			assert.Equal(t, want, asked.report("2026-03", "2026-03", "2026-06-15", nil).Settlements[0].Lines[0].Claim, "%s, %d s after it", rule, seconds)
		}
	}
}

func TestClaimInTwoSteps(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"),
		"credits {\n  settled each calendar month, 90 days after month end\n  claim ticket within 72 h of the end of the month\n"+
			"  claim request by the end of the 2nd calendar month after the end of the month, with \"Log files\", otherwise lost\n}\n")
	r.down("availability", "erp", "2026-03", 300)
	line := func(asOf string) sla.CreditLine {
		return r.report("2026-03", "2026-03", asOf, nil).Settlements[0].Lines[0]
	}
	assert.Equal(t, []any{sla.ClaimLapsed, "0.00 EUR"}, []any{line("2026-04-05").Claim, line("2026-04-05").Posted.String()}, "no ticket within three days")
	r.fact(`{"kind":"claim","id":"C-1","objective":"availability","period":"2026-03","step":"ticket","occurred":"2026-04-02"}`)
	l := line("2026-05-01")
	assert.Equal(t, []any{sla.ClaimOpen, "300.00 EUR", "2026-06-01"}, []any{l.Claim, l.Posted.String(), l.ClaimBy.Format("2006-01-02")})
	assert.Contains(t, codes(l.Why), "claim-open")
	r.fact(`{"kind":"claim","id":"C-2","objective":"availability","period":"2026-03","step":"request","occurred":"2026-05-31"}`)
	assert.Equal(t, sla.ClaimMade, line("2026-06-02").Claim)
}

// A claim for a period that has no credit is told, with the period; one for a
// window that is not over yet, or that has a credit, is not.
func TestClaimForNothing(t *testing.T) {
	r := ruled(t, available("availability", "erp", "credit 5% of the fee of erp"), claimed)
	r.down("availability", "erp", "2026-03", 10)
	r.down("availability", "erp", "2026-04", 300)
	for _, month := range []string{"2026-03", "2026-04", "2026-05"} {
		r.fact(`{"kind":"claim","id":"C %s","occurred":"2026-05-10","objective":"availability","for":"erp","period":"%[1]s"}`, month)
	}
	rep := r.report("2026-03", "2026-05", "2026-05-20", nil)
	var said []string
	for _, f := range rep.Findings {
		if f.Code == sla.CodeClaimWithoutCredit {
			text := words.English().Finding(f.Code, f.Args)
			said = append(said, text.Title+"; "+text.Help)
		}
	}
	assert.Equal(t, []string{"C 2026-03 claims a credit of availability in 2026-03, and there is none; look whether the claim names the right objective, service and period"}, said)
}

// What is paid back are the months by which the right had arisen when notice was
// given; a month missed behind that made nobody leave.
func TestRefundOfWhatWasMissedBeforeTheNotice(t *testing.T) {
	for notice, want := range map[string]string{"2026-05-11 09:00": "12000.00 EUR", "2026-05-31 23:59": "12000.00 EUR", "2026-06-01 00:00": "18000.00 EUR"} {
		r := ruled(t, available("availability", "erp", "credit none \"Leaving is the only remedy\""), "party customer \"C\"\ntermination by customer {\n  when twice availability is missed in 2 of any 3 calendar months\n"+
			"  notice 0 days\n  refund 100% of the fees of erp during the missed calendar months\n}\n")
		for _, month := range []string{"2026-03", "2026-04", "2026-05"} {
			r.down("availability", "erp", month, 300)
		}
		r.fact(`{"kind":"delivery","id":"D-1","what":"termination/customer/notice","period":"2026-04","occurred":%q}`, notice)
		rights := r.report("2026-03", "2026-05", "2026-06-15", nil).Rights
		require.Len(t, rights, 1)
		assert.Equal(t, want, rights[0].Refund.String(), notice)
	}
}

// A right that goes on from month to month is one right: the report of any of its
// months opens it, and a notice may name any of them.
func TestNoticeForALaterMonthOfARight(t *testing.T) {
	termination := "party customer \"C\"\ntermination by customer {\n  when twice availability is missed in 2 of any 3 calendar months\n  notice 30 days, given within 40 days of the report\n}\n"
	for name, c := range map[string]struct {
		report, notice, at string
		state              sla.RightState
		from               string
	}{
		"the first report":                 {"2026-04", "2026-04", "2026-06-10", sla.RightNoticed, "2026-05-08"},
		"a later report":                   {"2026-05", "2026-04", "2026-06-10", sla.RightNoticed, "2026-06-08"},
		"a later month":                    {"2026-04", "2026-05", "2026-06-10", sla.RightNoticed, "2026-05-08"},
		"a later month, before the report": {"2026-05", "2026-05", "2026-06-07", sla.RightOpen, "2026-06-08"},
		"too late":                         {"2026-04", "2026-05", "2026-06-18", sla.RightLapsed, "2026-05-08"},
		"no month of it":                   {"2026-04", "2026-03", "2026-06-10", sla.RightLapsed, "2026-05-08"},
	} {
		r := ruled(t, available("availability", "erp", "credit none \"Leaving is the only remedy\""), termination)
		for _, month := range []string{"2026-03", "2026-04", "2026-05"} {
			r.down("availability", "erp", month, 300)
		}
		_, end, err := sla.ParsePeriods(c.report)
		require.NoError(t, err)
		r.fact(`{"kind":"delivery","id":"D-1","what":"report","period":%q,"occurred":"%s 12:00"}`, c.report, end.AddDays(7))
		r.fact(`{"kind":"delivery","id":"D-2","what":"termination/customer/notice","period":%q,"occurred":"%s 12:00"}`, c.notice, c.at)
		rights := r.report("2026-03", "2026-05", "2026-07-10", nil).Rights
		require.Len(t, rights, 1, name)
		assert.Equal(t, []string{string(c.state), c.from}, []string{string(rights[0].State), rights[0].From.Format("2006-01-02")}, name)
	}
}

const byTheHour = "objective downtime of erp {\n  measure downtime each calendar month during always\n  source outages \"monitoring\"\n  target at most 30 min\n  credit 100.00 EUR for each started 1 h of downtime\n}\n"

// Time that nobody saw may have been up or down: where that changes what is owed,
// the window is not measured, by rows or by the hour alike (semantics 3.3).
func TestUnseenTimeThatWouldCostMore(t *testing.T) {
	flat := available("flat", "erp", "credit 5% of the fee of erp")
	each := available("each", "erp", "credit 100.00 EUR for each started 1 h of downtime")
	lost := available("lost", "erp", "credit 200% of the fee of erp during the lost time")
	below := available("below", "erp", "credit 1% of the fee of erp for each started 1 points below the target")
	for covered, want := range map[string][]string{
		"2026-03-30": {"flat/erp/2026-03 300.00 EUR"},
		"2026-03-31": {"below/erp/2026-03 60.00 EUR", "downtime/erp/2026-03 400.00 EUR", "each/erp/2026-03 400.00 EUR", "flat/erp/2026-03 300.00 EUR", "lost/erp/2026-03 64.52 EUR"},
	} {
		r := ruled(t, byTheHour, flat, each, lost, below)
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":%q}}}`, covered)
		r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 13:00"}`)
		assert.Equal(t, want, posted(r.report("2026-03", "2026-03", "2026-06-15", nil)), covered)
	}
}

// Of a credit that is a part of the fee of a week nobody knows how many there are
// at the most, so that no cap is told that it can never be reached.
func TestCapOverFeesOfAWeek(t *testing.T) {
	for base, want := range map[string]bool{"week": false, "calendar month": true} {
		a := dsl.Analyze("ruling.sla", twoServices+available("availability", "erp", "credit 10% of the fees of erp during the "+base)+"credits {\n  cap monthly 20% of the fees of the month\n}\n")
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		got := slices.ContainsFunc(a.Diagnostics, func(d dsl.Diagnostic) bool { return d.Code == sla.CodeCapDead })
		assert.Equal(t, want, got, base)
	}
}
