package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A block takes part in evaluation where one of its lines does: a report never
// says that `security` was not evaluated beside the clocks of its patches.
func TestSecurityTakesPart(t *testing.T) {
	const head = "sla 1\ncontract \"A\" {\n  kind fragment\n  timezone UTC\n}\n"
	for text, want := range map[string]map[string]sla.Use{
		"security {\n  patches critical within 72 h after release\n}\n": {
			"security": sla.Evaluated, "security/patches/critical": sla.Evaluated,
		},
		"security {\n  audit every 12 months\n  encryption at rest \"AES-256\", in transit \"TLS 1.3\"\n}\n": {
			"security": sla.Evaluated, "security/audit": sla.Evaluated, "security/encryption": sla.CheckedOnly,
		},
		"security {\n  encryption at rest \"AES-256\", in transit \"TLS 1.3\"\n}\n": {
			"security": sla.CheckedOnly, "security/encryption": sla.CheckedOnly,
		},
	} {
		a := dsl.Analyze("a.sla", head+text)
		for clause, use := range want {
			assert.Equal(t, use, sla.UseOf(a.Contract, clause), "%s in\n%s", clause, text)
		}
	}
}
