package dsl_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

// Every example of spec.md is executed: a block of `sla` compiles without a
// word and is laid out as the formatter does it; `facts` that follow are
// evaluated with the contract before them, and `results` are what comes out.
// `sla wrong` is a contract with `errors`, which hold the lines that follow.
func TestSpec(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	x := executed{file: "spec.md", ran: map[string]int{}}
	for _, b := range fences(string(text)) {
		x.block(t, b)
	}
	assert.GreaterOrEqual(t, x.ran["sla"], 15)
	assert.Greater(t, x.ran["results"], 8)
	assert.GreaterOrEqual(t, x.ran["facts"], x.ran["results"]-x.ran["export"])
}

// Cases that real systems got wrong, each under a heading that says what and
// where; they are executed like the examples of the specification.
func TestTicketCases(t *testing.T) {
	for _, file := range []string{"tickets.md", "published_tickets.md"} {
		text, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		sections := strings.Split(string(text), "\n### ")
		prelude := executed{file: file, ran: map[string]int{}}
		for _, b := range fences(sections[0]) {
			prelude.block(t, b)
		}
		for _, section := range sections[1:] {
			name, body, _ := strings.Cut(section, "\n")
			t.Run(name, func(t *testing.T) {
				x := prelude
				x.ran = map[string]int{}
				for _, b := range fences(body) {
					x.block(t, b)
				}
				assert.Positive(t, x.ran["results"]+x.ran["watch"], "nothing is expected")
			})
		}
	}
}

// executed is what the blocks of a file so far have come to.
type executed struct {
	file, prelude            string
	engine                   *sla.Engine
	report                   *sla.Report
	given, contract, mapping string
	wrong                    string
	ran                      map[string]int
}

// block executes one block.
func (x *executed) block(t *testing.T, b fence) {
	x.ran[b.kind]++
	name := fmt.Sprintf("%s:%d", x.file, b.line)
	switch b.kind {
	case "sla prelude":
		x.prelude = b.text
	case "sla":
		x.engine, x.contract = compiled(t, name, b.text, x.prelude), b.text
		if !strings.HasPrefix(x.contract, "sla 1") {
			x.contract = x.prelude + x.contract
		}
	case "sla wrong":
		x.wrong = b.text
		if !strings.HasPrefix(x.wrong, "sla 1") {
			x.wrong = x.prelude + x.wrong
		}
	case "errors":
		said := dsl.Analyze("spec.sla", x.wrong).Diagnostics.Draw(words.English(), x.wrong, false)
		for _, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
			assert.Contains(t, said, line, name)
		}
	case "sla test":
		tested(t, name, x.contract, x.given, b.text)
	case "facts":
		x.report, x.given = evaluated(t, name, x.engine, b.text), b.text
		for _, no := range x.report.Intake.Refusals {
			t.Errorf("%s: line %d was refused: %s %v", name, no.Line, no.Reason, no.Args)
		}
	case "bad facts":
		x.report, x.given = evaluated(t, name, x.engine, b.text), b.text
	case "mapping":
		x.mapping = b.text
	case "export":
		x.report = mapped(t, name, x.engine, x.mapping, b.text)
	case "exposure":
		exposed(t, name, x.engine, strings.Split(strings.TrimSpace(b.text), "\n"))
	case "watch":
		watched(t, name, x.engine, x.given, strings.Split(strings.TrimSpace(b.text), "\n"))
	case "results":
		said := describe(x.report)
		for _, want := range strings.Split(strings.TrimSpace(b.text), "\n") {
			assert.Contains(t, said, want, "%s: said was\n%s", name, strings.Join(said, "\n"))
		}
	default:
		t.Errorf("%s: nothing executes a block of %q", name, b.kind)
	}
}

// tested runs a file of tests about the contract before it, beside the facts
// before it: all must pass.
func tested(t *testing.T, name, contract, given, tests string) {
	formatted, ok := dsl.Format(tests)
	assert.True(t, ok, name)
	assert.Equal(t, formatted, tests, "%s is not laid out as the formatter does it", name)
	files := fstest.MapFS{"contract.sla": {Data: []byte(contract)}, "contract_test.sla": {Data: []byte(tests)}, "facts.ndjson": {Data: []byte(given)}}
	result, err := slatest.RunFiles(context.Background(), files, []string{"contract_test.sla"}, slatest.Options{})
	require.NoError(t, err, name)
	var said strings.Builder
	require.NoError(t, slatest.WriteText(&said, result, words.English(), false))
	assert.Contains(t, said.String(), " passed, 0 failed", "%s: %s", name, said.String())
	assert.NotContains(t, said.String(), "\n0 passed", name)
}

// A fence is a block of code of a Markdown file.
type fence struct {
	kind, text string
	line       int
}

func fences(text string) (out []fence) {
	var open *fence
	for i, line := range strings.Split(text, "\n") {
		switch {
		case open == nil && strings.HasPrefix(line, "```"):
			open = &fence{kind: strings.TrimPrefix(line, "```"), line: i + 1}
		case open != nil && line == "```":
			out = append(out, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	return out
}

func compiled(t *testing.T, name, text, prelude string) *sla.Engine {
	formatted, ok := dsl.Format(text)
	assert.True(t, ok, name)
	assert.Equal(t, formatted, text, "%s is not laid out as the formatter does it", name)
	if !strings.HasPrefix(text, "sla 1") {
		text = prelude + text
	}
	a := dsl.Analyze(name, text)
	for _, d := range a.Diagnostics {
		if d.Accepted == "" {
			t.Error(d.Draw(words.English(), text, false))
		}
	}
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err, name)
	return engine
}

func evaluated(t *testing.T, name string, engine *sla.Engine, text string) *sla.Report {
	require.NotNil(t, engine, name)
	run, err := engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, name+".ndjson", strings.NewReader(text), facts.Options{}))
	report, err := run.Report(sla.Options{AllTickets: true})
	require.NoError(t, err, name)
	return report
}

// mapped evaluates an export by the mapping before it.
func mapped(t *testing.T, name string, engine *sla.Engine, mapping, text string) *sla.Report {
	m, err := facts.ParseMapping("our.mapping", mapping)
	require.NoError(t, err)
	run, err := engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "export.csv", strings.NewReader(text), facts.Options{Mapping: m}))
	report, err := run.Report(sla.Options{AllTickets: true})
	require.NoError(t, err, name)
	return report
}

// watched follows the facts to the instant of each line and compares it with
// what the clock it names says then.
func watched(t *testing.T, name string, engine *sla.Engine, text string, lines []string) {
	run, err := engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, name+".ndjson", strings.NewReader(text), facts.Options{}))
	for _, want := range lines {
		local, said, _ := strings.Cut(want, ": ")
		at, err := time.ParseInLocation("2006-01-02 15:04", local, engine.Zone().Location())
		require.NoError(t, err, "%s: %s", name, want)
		w, err := run.Watch(at)
		require.NoError(t, err)
		clocks, err := w.Tickets()
		require.NoError(t, err)
		var all []string
		for i := range clocks {
			all = append(all, local+": "+describeLive(&clocks[i], w, strings.Contains(said, ", next ")))
		}
		assert.Contains(t, all, want, "%s: said was\n%s", name, strings.Join(all, "\n"))
	}
}

// describeLive puts a clock at an instant into the words of the specification.
func describeLive(r *sla.TicketResult, w *sla.Watch, next bool) string {
	const local = "2006-01-02 15:04"
	left, over := strings.CutPrefix(r.Left, "-")
	line := fmt.Sprintf("%s %s %s, %s %s", r.Ticket, r.Clock, r.Verdict,
		words.English().Phrase("report duration", sla.Arg{Name: "time", Kind: sla.ArgDuration, Value: left}), map[bool]string{true: "over", false: "left"}[over])
	if r.Due != nil {
		line += ", due " + r.Due.Format(local)
	}
	line += ", " + r.Percent
	if r.Warned != "" {
		line += ", warned at " + r.Warned
	}
	if r.Level != "" {
		line += ", " + r.Level
	}
	if at, ok := w.Next(); ok && next {
		line += ", next " + at.Format(local)
	}
	return line
}

// exposed compares lines with what the contract can cost at the worst.
func exposed(t *testing.T, name string, engine *sla.Engine, lines []string) {
	x, err := engine.Exposure()
	require.NoError(t, err, name)
	said := describeExposure(x)
	for _, want := range lines {
		assert.Contains(t, said, want, "%s: said was\n%s", name, strings.Join(said, "\n"))
	}
}

// describeExposure puts an exposure into the lines that the specification uses.
func describeExposure(x *sla.Exposure) (out []string) {
	amount := func(name string, w *sla.WorstAmount) {
		switch {
		case w == nil:
		case w.Unlimited:
			out = append(out, name+": no limit")
		default:
			out = append(out, name+": "+w.Amount.String()+map[bool]string{true: " and more"}[w.Unknown])
		}
	}
	for _, s := range append(slices.Clone(x.Services), sla.ServiceExposure{For: "together", Worst: x.Total}) {
		amount(s.For+" month", s.Worst.Month)
		amount(s.For+" quarter", s.Worst.Quarter)
		amount(s.For+" year", s.Worst.Year)
	}
	for _, c := range x.Caps {
		out = append(out, fmt.Sprintf("%s: %s, cuts from %d", c.Cap, c.Limit, c.CutsFrom))
		for _, by := range c.Alone {
			out = append(out, strings.TrimSuffix(fmt.Sprintf("%s: %s %s alone at %s", c.Cap, by.Objective, by.For, by.At), " at "))
		}
	}
	for _, c := range x.Curves {
		for _, p := range c.Points {
			at := " at " + p.Shown
			if c.Each != "" {
				at = ", one " + c.Each
			}
			out = append(out, fmt.Sprintf("%s %s%s: %s", c.Objective, c.For, at, p.Credit))
		}
	}
	return out
}

// describe puts a report into the lines that the specification uses.
func describe(r *sla.Report) (out []string) {
	for _, res := range r.Results {
		line := fmt.Sprintf("%s %s %s:", res.Objective, res.For, res.Period.Name)
		var said []string
		if res.Measured != nil {
			said = append(said, res.Measured.Shown)
		}
		said = append(said, string(res.Verdict))
		if res.Credit != nil && res.Verdict == sla.Missed {
			said = append(said, res.Credit.String())
		}
		out = append(out, line+" "+strings.Join(said, ", "))
	}
	for _, f := range r.Findings {
		out = append(out, "finding "+string(f.Code))
	}
	for _, ticket := range r.Tickets {
		line := fmt.Sprintf("%s %s: %s", ticket.Ticket, ticket.Clock, ticket.Verdict)
		switch {
		case ticket.Due != nil && ticket.Stopped == nil:
			line += ", due " + ticket.Due.Format("2006-01-02 15:04")
		case ticket.Elapsed != "":
			line += ", " + words.English().Phrase("report duration", sla.Arg{Name: "time", Kind: sla.ArgDuration, Value: ticket.Elapsed})
		}
		for _, s := range ticket.Why {
			if code, ok := strings.CutPrefix(s.Code, "note-"); ok {
				out = append(out, fmt.Sprintf("%s %s: note %s, %s", ticket.Ticket, ticket.Clock, code, s.Args[0].Value))
			} else if ticket.Clock == "" {
				out = append(out, fmt.Sprintf("%s : note %s", ticket.Ticket, s.Code))
			}
		}
		if ticket.Missed > 0 {
			line += fmt.Sprintf(", %d missed", ticket.Missed)
		}
		out = append(out, line)
	}
	for _, s := range r.Settlements {
		for _, l := range s.Lines {
			out = append(out, fmt.Sprintf("posted %s %s %s: %s", l.Objective, l.For, l.Window, l.Posted))
		}
		out = append(out, fmt.Sprintf("total %s: %s of %s", s.Period.Name, s.Total, s.BeforeCaps), fmt.Sprintf("due %s: %s", s.Period.Name, s.Due))
		for _, b := range s.EarnedBack {
			out = append(out, fmt.Sprintf("earn back %s of %.7s: %s in %s", b.Objective, b.Of, b.Amount, s.Period.Name))
		}
		for _, b := range s.Bonuses {
			out = append(out, fmt.Sprintf("bonus %s %s: %s", b.Bonus, b.Window, b.Posted))
		}
		for _, a := range s.Adjustments {
			out = append(out, fmt.Sprintf("adjustment %s of %.7s: %s", a.Objective, a.Period, a.Amount))
		}
	}
	for _, r := range r.Rights {
		line := fmt.Sprintf("termination by %s: %s", r.By, r.State)
		if r.From != nil {
			line += " from " + r.From.Format("2006-01-02")
		}
		if r.LastDay != nil {
			line += " to " + r.LastDay.String()
		}
		line += ", " + r.Window + " by " + strings.Join(r.Triggers, ", ")
		if r.Refund != nil {
			line += ", " + r.Refund.String() + " back"
		}
		out = append(out, line)
	}
	for _, d := range r.Duties {
		line := fmt.Sprintf("%s: %s", strings.TrimSpace("plan "+d.Clause+" "+d.Period), d.State)
		if d.Due != nil {
			line += ", due " + d.Due.Add(-1).Format("2006-01-02")
		}
		out = append(out, line)
	}
	for _, no := range r.Intake.Refusals {
		out = append(out, fmt.Sprintf("line %d: %s", no.Line, words.English().Phrase("refused "+string(no.Reason), no.Args...)))
	}
	slices.Sort(out)
	return out
}
