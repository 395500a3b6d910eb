package dsl

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A fact behind the period that is tested is a mistake of the test, of whatever
// kind it is; so is an outage before it. What reaches into the period, what the
// contract remembers, and evidence that comes later are none.
func TestFactsOutside(t *testing.T) {
	text, err := os.ReadFile("../examples/groupe-lenoir/groupe-lenoir.sla")
	require.NoError(t, err)
	contract := NewSubject(Analyze("groupe-lenoir.sla", string(text)))
	require.NotNil(t, contract.Engine)
	for line, outside := range map[string]bool{
		`outage erp 2026-05-10 09:00 to 12:50`:                                                   true,
		`outage erp 2026-04-30 23:00 to 2026-05-01 01:00`:                                        false,
		`outage erp 2026-03-31 23:00 to 2026-04-01 01:00`:                                        false,
		`outage erp 2026-03-10 09:00 to 12:50`:                                                   false, // three months in a row are remembered
		`outage erp 2024-03-10 09:00 to 12:50`:                                                   true,
		`maintenance planned of erp 2026-05-17 02:30 to 05:00, announced 2026-05-01`:             true,
		`checks "Centreon vpn-tcp" from 2026-03-31 00:00 "1x50000"`:                              false,
		`erp-availability measured 99.00% in 2026-05`:                                            true,
		`erp-availability measured 99.00% in 2026-03`:                                            false,
		`tickets of erp priority P1 count 8, restore late 5 in 2026-05`:                          true,
		`survey workplace 2026-05-05 4, 5`:                                                       false, // its quarter has begun
		`survey workplace 2028-05-05 4`:                                                          true,
		`outage erp 2026-04-10 09:00 to 12:00, incident INC-1`:                                   false,
		`claim for erp-availability in 2026-04 at 2026-05-10`:                                    false,
		`ticket T-1 of erp priority P1 { received 2026-04-30 23:00, restored 2026-05-02 10:00 }`: false,
	} {
		test := "sla 1\ntest of \"groupe-lenoir.sla\"\ntest \"x\" {\n  month 2026-04\n  given " + line + "\n  expect erp-availability is met\n}\n"
		a := AnalyzeTests("x_test.sla", test, func(string) *Subject { return contract })
		var codes []string
		for _, d := range a.Diagnostics {
			codes = append(codes, string(d.Code))
			assert.Equal(t, 5, d.Span.Line)
		}
		if outside {
			assert.Equal(t, []string{string(codeFactOutside)}, codes, line)
		} else {
			assert.Empty(t, codes, line)
		}
	}
}
