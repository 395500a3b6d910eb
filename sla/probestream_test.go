package sla_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

func probedEngine(t require.TestingT) *sla.Engine {
	text := "sla 1\ncontract \"PROBES\" {\n  kind fragment\n  timezone Europe/Paris\n}\nservice s\npart site of s\n" +
		"objective up of s for each site {\n  measure availability each day\n  source checks \"probe\" every 1 min\n" +
		"  down after 3 failed checks, counted from the first\n  up after 2 good checks, counted from the last\n  target at least 99.00%\n  report only\n}\n"
	a := dsl.Analyze("probes.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return e
}

var probesBegin = time.Date(2026, 6, 9, 22, 0, 0, 0, time.UTC)

// Answers in the order of time, folded into runs, give the report of the same
// answers in any order: with gaps, odd rhythms, contradictions and answers
// that come again.
func TestProbeStreamEqualsBatch(t *testing.T) {
	e := probedEngine(t)
	rapid.Check(t, func(t *rapid.T) {
		late := time.Duration(rapid.IntRange(0, 3).Draw(t, "late")) * time.Minute
		var facts []sla.Fact
		at := probesBegin
		for range rapid.IntRange(1, 300).Draw(t, "n") {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 20, 60, 60, 60, 60, 60, 150}).Draw(t, "step")) * time.Second)
			facts = append(facts, &sla.Probe{
				Head: sla.Head{Occurred: at, Source: "probe"}, Service: "s", Part: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "part"), OK: rapid.IntRange(0, 3).Draw(t, "ok") > 0,
			})
		}
		o := sla.Options{From: dateOf(probesBegin.Add(2 * time.Hour)), To: dateOf(probesBegin.Add(26 * time.Hour))}
		o.AsOf.Valid = at.Add(time.Hour)
		batch, err := sla.Evaluate(context.Background(), e, slices.Values(rapid.Permutation(facts).Draw(t, "order")), o)
		require.NoError(t, err)
		run, err := e.Open(nil)
		require.NoError(t, err)
		run.Declare(sla.Order{InTime: true, Late: late})
		for i := 0; i < len(facts); {
			// Within what may be late, the order is any.
			j := i
			for j < len(facts) && facts[j].Header().Occurred.Sub(facts[i].Header().Occurred) <= late {
				j++
			}
			for _, f := range rapid.Permutation(facts[i:j]).Draw(t, "near") {
				if no := run.Add(f); no != nil {
					require.Equal(t, sla.RefusedConflict, no.Reason)
				}
			}
			i = j
		}
		stream, err := run.Report(o)
		require.NoError(t, err)
		require.Equal(t, batch.Results, stream.Results)
		require.Equal(t, batch.Receipt, stream.Receipt)
		require.Equal(t, batch.Intake.Accepted, stream.Intake.Accepted)
	})
}

// An answer that is later than the stream declares is refused, and told.
func TestProbeTooLate(t *testing.T) {
	run, err := probedEngine(t).Open(nil)
	require.NoError(t, err)
	run.Declare(sla.Order{InTime: true, Late: time.Minute})
	probe := func(minute int) *sla.Probe {
		return &sla.Probe{Head: sla.Head{Occurred: probesBegin.Add(time.Duration(minute) * time.Minute)}, Service: "s", Part: "a", OK: true}
	}
	assert.Nil(t, run.Add(probe(5)))
	assert.Nil(t, run.Add(probe(4)))
	no := run.Add(probe(3))
	require.NotNil(t, no)
	assert.Equal(t, sla.RefusedTooLate, no.Reason)
}

// What is remembered does not grow with the answers.
func TestProbeStreamMemory(t *testing.T) {
	held := func(n int) uint64 {
		run, err := probedEngine(t).Open(nil)
		require.NoError(t, err)
		run.Declare(sla.Order{InTime: true})
		for i := range n {
			require.Nil(t, run.Add(&sla.Probe{Head: sla.Head{Occurred: probesBegin.Add(time.Duration(i) * time.Minute)}, Service: "s", Part: fmt.Sprint("a", i%2), OK: i%5000 > 4}))
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		runtime.KeepAlive(run)
		return m.HeapAlloc
	}
	few, many := held(1_000), held(41_000)
	assert.Less(t, many, few+1_000_000, "40,000 answers more take less than 25 bytes each")
}
