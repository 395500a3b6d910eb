package bench

import (
	"fmt"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

var sizes = []int{10 << 10, 100 << 10, 1 << 20, 10 << 20}

// BenchmarkParse compares reading a contract, from bytes to the checked typed
// model, with hclsyntax reading the same document into its syntax tree alone.
// MB/s are of the contract's bytes in both, so that they compare documents.
func BenchmarkParse(b *testing.B) {
	for _, size := range sizes {
		text, hclText := SLADocument(size), []byte(HCLDocument(size))
		name := fmt.Sprintf("%dkB", size>>10)
		b.Run("sla-analyze/"+name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if a := dsl.Analyze("bench.sla", text); a.Diagnostics.HasErrors() {
					b.Fatal(a.Diagnostics)
				}
			}
		})
		b.Run("hclsyntax/"+name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, diags := hclsyntax.ParseConfig(hclText, "bench.hcl", hcl.InitialPos); diags.HasErrors() {
					b.Fatal(diags)
				}
			}
		})
	}
}

// BenchmarkCheck is the part of reading that checks what a contract means.
func BenchmarkCheck(b *testing.B) {
	a := dsl.Analyze("bench.sla", SLADocument(1<<20))
	for b.Loop() {
		sla.Check(a.Contract)
	}
}
