package sla_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// A ledger is a file that somebody may have edited, or that another version
// wrote: it is refused with what is wrong, or gone on with; it never panics, nor
// takes time or memory by what it says.
func TestLedgersNeverPanic(t *testing.T) { rapid.Check(t, ledgersFromJSON(t)) }

func FuzzLedger(f *testing.F) { f.Fuzz(rapid.MakeFuzz(ledgersFromJSON(f))) }

func ledgersFromJSON(tb testing.TB) func(*rapid.T) {
	settled := settledContracts(tb)
	return func(t *rapid.T) {
		c := rapid.SampledFrom(settled).Draw(t, "contract")
		var led sla.Ledger
		if json.Unmarshal(mutant(t, c.ledger, 3), &led) != nil {
			return
		}
		defer neverPanics(t)
		c.goOn(t, &led)
	}
}

// A settledContract is one with facts of which periods are settled.
type settledContract struct {
	engine *sla.Engine
	facts  string
	ledger []byte
	last   sla.AsOf
}

func (c *settledContract) String() string { return c.engine.Contract().ID }

// goOn reports what came after, with the same facts and those that follow.
func (c *settledContract) goOn(t require.TestingT, led *sla.Ledger) {
	run, err := c.engine.Open(led)
	var wrong *sla.LedgerError
	if errors.As(err, &wrong) {
		require.NotEmpty(t, err.Error())
		return
	}
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "facts.ndjson", strings.NewReader(c.facts), facts.Options{}))
	later := c.last.Valid.AddDate(0, 3, 0)
	_, err = run.Report(sla.Options{AsOf: sla.AsOf{Valid: later, Known: later}})
	if err != nil {
		require.NotEmpty(t, err.Error())
	}
}

// settledContracts are those of the specification that settle something half a year
// after their facts.
func settledContracts(tb testing.TB) (out []*settledContract) {
	contracts, given := jsonContracts(tb)
	for i, text := range contracts {
		var c sla.Contract
		require.NoError(tb, json.Unmarshal(text, &c))
		engine, err := sla.Prepare(&c)
		require.NoError(tb, err)
		run, err := engine.Open(nil)
		require.NoError(tb, err)
		require.NoError(tb, facts.Read(run, "facts.ndjson", strings.NewReader(given[i]), facts.Options{}))
		rep, err := run.Report(sla.Options{})
		require.NoError(tb, err)
		last := rep.AsOf
		last.Valid, last.Known = last.Valid.AddDate(0, 6, 0), last.Known.Add(200*24*time.Hour)
		if rep, err = run.Report(sla.Options{AsOf: last}); err != nil || rep.Ledger == nil || len(rep.Ledger.Results)+len(rep.Ledger.Posted) == 0 {
			continue
		}
		ledger, err := json.Marshal(rep.Ledger)
		require.NoError(tb, err)
		out = append(out, &settledContract{engine, given[i], ledger, last})
	}
	require.NotEmpty(tb, out)
	return out
}
