package examples

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

var update = flag.Bool("update", false, "write the expected reports anew")

// contracts are the examples that come with facts.
var contracts = []string{"groupe-lenoir/groupe-lenoir.sla", "public-incidents/public-incidents.sla", "helpdesk/helpdesk.sla"}

func prepared(t testing.TB, name string) *sla.Engine {
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	a := dsl.Analyze(name, string(text))
	for _, d := range a.Diagnostics {
		assert.NotEmpty(t, d.Accepted, d.Draw(words.English(), string(text), false))
	}
	formatted, ok := dsl.Format(string(text))
	assert.True(t, ok && formatted == string(text), "%s is not laid out as the formatter does it", name)
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return engine
}

// load gives the facts beside a contract, line by line, after an edit of each
// file's lines.
func load(t testing.TB, e *sla.Engine, contract string, edit func(lines []string)) *sla.Report {
	run, err := e.Open(nil)
	require.NoError(t, err)
	folder := os.DirFS(path.Dir(contract))
	files, err := fs.Glob(folder, "facts/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		if path.Ext(file) == ".mapping" {
			continue
		}
		o := facts.Options{}
		if text, err := fs.ReadFile(folder, strings.TrimSuffix(file, path.Ext(file))+".mapping"); err == nil {
			o.Mapping, err = facts.ParseMapping(file, string(text))
			require.NoError(t, err)
		}
		text, err := fs.ReadFile(folder, file)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		first := slices.IndexFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "#") && !strings.HasPrefix(l, `{"file"`) })
		if strings.HasSuffix(file, ".csv") {
			first++ // the header
		}
		edit(lines[first:])
		require.NoError(t, facts.Read(run, file, strings.NewReader(strings.Join(lines, "\n")), o))
	}
	report, err := run.Report(sla.Options{AllTickets: true})
	require.NoError(t, err)
	return report
}

func asJSON(t testing.TB, r *sla.Report) string {
	b, err := json.MarshalIndent(r, "", "  ")
	require.NoError(t, err)
	return string(b) + "\n"
}

// What the examples come to is what was expected, whatever the order of the
// facts: not one byte changes.
func TestReports(t *testing.T) {
	for _, contract := range contracts {
		t.Run(path.Dir(contract), func(t *testing.T) {
			e := prepared(t, contract)
			report := load(t, e, contract, func([]string) {})
			assert.Empty(t, report.Intake.Refusals)
			got := asJSON(t, report)
			golden := path.Join(path.Dir(contract), "expected", "report.json")
			if *update {
				require.NoError(t, os.MkdirAll(path.Dir(golden), 0o755))
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
			for seed := range uint64(5) {
				r := rand.New(rand.NewPCG(seed, 7))
				shuffled := load(t, e, contract, func(lines []string) {
					r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
				})
				require.Equal(t, got, asJSON(t, shuffled), "shuffled with seed %d", seed)
			}
		})
	}
}

// The numbers of March, worked out by hand: 31 days with one hour less, one
// outage inside the announced Sunday window, one of 230 minutes.
func TestLenoirMarch(t *testing.T) {
	e := prepared(t, contracts[0])
	report := load(t, e, contracts[0], func([]string) {})
	i := slices.IndexFunc(report.Results, func(r sla.Result) bool { return r.Objective == "erp-availability" && r.Period.Name == "2026-03" })
	require.GreaterOrEqual(t, i, 0)
	march := report.Results[i]
	assert.Equal(t, "99.4823%", march.Measured.Shown)
	assert.Equal(t, sla.Missed, march.Verdict)
	assert.Equal(t, "300.00 EUR", march.Credit.String())
	assert.Equal(t, inSeconds(44430), march.Measured.Agreed)
	assert.Equal(t, inSeconds(150), march.Measured.Excluded)
	assert.Equal(t, inSeconds(230), march.Measured.Down)
	assert.True(t, slices.ContainsFunc(march.Why, func(s sla.Step) bool { return s.Code == "outage-excluded-work" && s.Facts[0] == "INC-2" }), march.Why)
}

func inSeconds(minutes int) string {
	return sla.Duration("", time.Duration(minutes)*time.Minute).Value
}

// All incidents of a quarter, clipped to it: a count that ignores overlaps is
// 1,488 minutes too high.
func TestOverlappingIncidents(t *testing.T) {
	f, err := os.Open("public-incidents/incidents-2026-q1.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	quarter := calendar.Interval{Start: at(t, "2026-01-01 00:00"), End: at(t, "2026-04-01 00:00")}
	var merged calendar.Builder
	var summed time.Duration
	for _, row := range rows[1:] {
		part := calendar.Interval{Start: at(t, row[1]), End: at(t, row[2])}.Intersect(quarter)
		merged.Add(part)
		summed += part.Length()
	}
	assert.Equal(t, 14_890*time.Minute, summed)
	assert.Equal(t, 13_402*time.Minute, merged.Set().Measure())
}

func at(t *testing.T, text string) calendar.Instant {
	parsed, err := time.Parse("2006-01-02 15:04", text)
	require.NoError(t, err)
	i, err := calendar.InstantOf(parsed)
	require.NoError(t, err)
	return i
}

// Live and afterwards agree: the help desk's tickets followed to an instant
// stand as a report of that instant says.
func TestHelpdeskLive(t *testing.T) {
	e := prepared(t, contracts[2])
	run, err := e.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Load(t.Context(), run, os.DirFS("helpdesk"), facts.Options{}, "facts"))
	w, err := run.Watch(time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	told := 0
	for range 20 {
		changes, err := w.Advance(w.Now().Add(37 * time.Hour))
		require.NoError(t, err)
		told += len(changes)
		live, err := w.Tickets()
		require.NoError(t, err)
		from, to, err := sla.ParsePeriods("2026-03")
		require.NoError(t, err)
		report, err := run.Report(sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: w.Now(), Known: w.Now()}, AllTickets: true})
		require.NoError(t, err)
		for i := range live { // whom to call next is asked of the live view only
			live[i].NextLevel, live[i].NextWho, live[i].NextAt = "", "", nil
		}
		require.Equal(t, report.Tickets, live, w.Now())
	}
	assert.Greater(t, told, 200)
}
