package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Whether a contract covers a ticket is said by its receipt, not by an event
// that is dated before it.
func TestCoveredByTheReceipt(t *testing.T) {
	assert.Equal(t, []string{
		"respond met", "restore late, open",
		"ticket T: acknowledged at 2026-01-30 08:00 is before the receipt at 2026-02-02 09:00",
	}, toldOfTicket(t, []string{"received 02-02 09:00 service=web priority=P1", "responded 02-02 09:10", "acknowledged 01-30 08:00"}))
}
