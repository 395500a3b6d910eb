package examples

import (
	"os"
	"testing"

	"github.com/sla-lang/sla/sla/slatest"
)

// The tests of the contracts in this folder pass, each under its own name.
func TestContracts(t *testing.T) {
	slatest.Run(t, os.DirFS("."), "...")
}
