package sla_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// Pauses are a set (semantics 2.1): however the waits of a ticket lie to each
// other, and in whatever order they come in, what any of them covers is paused
// once.
func TestWaitsAreUnited(t *testing.T) {
	e := lawsEngine(t)
	const received, restored = 10, 1000 // P2: 30 h at any time
	const noEnd = 0
	state := func(name string, from, until int) *sla.TicketEvent {
		f := &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(from)}, Ticket: "T", Event: name}
		if until != noEnd {
			f.Until = minuteOfMarch(until)
		}
		return f
	}
	wait := func(from, until int) *sla.TicketEvent { return state("waiting-on-customer", from, until) }
	for _, c := range []struct {
		name   string
		waits  []*sla.TicketEvent
		paused int // minutes
	}{
		{"the second within the first", []*sla.TicketEvent{wait(20, 500), wait(60, 200)}, 480},
		{"the second outlasts the first", []*sla.TicketEvent{wait(20, 100), wait(60, 200)}, 180},
		{"of one beginning", []*sla.TicketEvent{wait(20, 100), wait(20, 200)}, 180},
		{"touching", []*sla.TicketEvent{wait(20, 100), wait(100, 200)}, 180},
		{"apart", []*sla.TicketEvent{wait(20, 100), wait(150, 200)}, 130},
		{"three, each beginning in the one before", []*sla.TicketEvent{wait(20, 100), wait(90, 150), wait(140, 200)}, 180},
		{"a stretch within a wait without an end", []*sla.TicketEvent{wait(20, noEnd), wait(60, 200)}, 980},
		{"a wait without an end within a stretch", []*sla.TicketEvent{wait(20, 200), wait(60, noEnd)}, 980},
		{"asked again, without an end", []*sla.TicketEvent{wait(20, noEnd), wait(60, noEnd)}, 980},
		{"a wait without an end, then another state", []*sla.TicketEvent{wait(20, noEnd), state("in-progress", 60, noEnd)}, 40},
		{"a stretch, then another state within it", []*sla.TicketEvent{wait(20, 200), state("in-progress", 60, noEnd)}, 180},
		{"a wait without an end, and a stretch of another state", []*sla.TicketEvent{wait(20, noEnd), state("in-progress", 60, 80)}, 980},
		{"resumed within two stretches", []*sla.TicketEvent{wait(20, 200), wait(30, 300), state("resumed", 60, noEnd)}, 40},
		{"a stretch that outlasts the stop", []*sla.TicketEvent{wait(20, 2000)}, 980},
	} {
		for _, backwards := range []bool{false, true} {
			run, err := e.Open(nil)
			require.NoError(t, err)
			facts := []*sla.TicketEvent{state("received", received, noEnd)}
			facts[0].Service, facts[0].Priority = "erp", "P2"
			facts = append(append(facts, c.waits...), state("restored", restored, noEnd))
			for i := range facts {
				if backwards {
					i = len(facts) - 1 - i
				}
				require.Nil(t, run.Add(facts[i]))
			}
			w, err := run.Watch(minuteOfMarch(5000))
			require.NoError(t, err)
			clocks, err := w.Ticket("T")
			require.NoError(t, err)
			for _, k := range clocks {
				if k.Clock == "restore" {
					assert.Equal(t, c.paused, seconds(t, k.Paused)/60, "%s, backwards %v", c.name, backwards)
				}
			}
		}
	}
}

func seconds(t *testing.T, text string) int {
	d, err := time.ParseDuration(text + "s")
	require.NoError(t, err)
	return int(d / time.Second)
}
