package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Two parties may have duties of one name; each is held to its own.
func TestDutiesOfOneName(t *testing.T) {
	a := dsl.Analyze("duties.sla", `sla 1
contract "DUTIES" {
  kind           fragment
  timezone       Europe/Paris
}
party provider "P" {
  must           answer "Answer a question" within 2 h
  must           drill "Rehearse a failure" every 6 months
}
party customer "C" {
  must           answer "Answer a question" within 8 h
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run, err := e.Open(nil)
	require.NoError(t, err)
	for request, promise := range map[string]string{
		"must-provider-answer": "party/provider/must/answer/deliver",
		"must-customer-answer": "party/customer/must/answer/deliver",
		"must-drill":           "party/provider/must/drill/deliver",
	} {
		f := &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(600)}, Ticket: request, Request: request, Event: "received"}
		require.Nil(t, run.Add(f), request)
		w, err := run.Watch(minuteOfMarch(601))
		require.NoError(t, err)
		clocks, err := w.Ticket(request)
		require.NoError(t, err)
		require.Len(t, clocks, 1, request)
		assert.Equal(t, promise, clocks[0].Promise)
	}
	no := run.Add(&sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(600)}, Ticket: "T", Request: "must-answer", Event: "received"})
	require.NotNil(t, no, "it does not say whose")
	assert.Equal(t, sla.RefusedUnknown, no.Reason)
}
