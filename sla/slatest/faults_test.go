package slatest_test

import (
	"context"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// lenoir is a file system with the reference contract and what is put beside
// it.
func lenoir(t *testing.T, beside map[string]string) fstest.MapFS {
	t.Helper()
	contract, err := os.ReadFile("../../examples/groupe-lenoir/groupe-lenoir.sla")
	require.NoError(t, err)
	out := fstest.MapFS{"groupe-lenoir.sla": {Data: contract}, "no-checks.ndjson": {Data: nil}}
	for name, text := range beside {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// ran runs a file of tests beside the reference contract.
func ran(t *testing.T, files fs.FS, name string) (*slatest.Result, string) {
	t.Helper()
	result, err := slatest.RunFiles(context.Background(), files, []string{name}, slatest.Options{})
	require.NoError(t, err)
	var said strings.Builder
	require.NoError(t, slatest.WriteText(&said, result, words.English(), false))
	return result, said.String()
}

// Every test in testdata/faults has a fault and must fail; what is told of it
// stands in the .txt beside. Each kind of expectation is among those that fail,
// and each way in which a test can come out is shown.
func TestFaults(t *testing.T) {
	names, err := filepath.Glob("testdata/faults/*_test.sla")
	require.NoError(t, err)
	failed, codes := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		base := filepath.Base(name)
		stored := "# snapshot of snapshots_test.sla; written by `sla test --update`\nerp-availability of erp in 2026-04 is 99.4976%, missed\nnobody of erp is well\n"
		beside := map[string]string{base: string(text)}
		if base == "snapshots_test.sla" {
			beside["april.txt"] = stored
		}
		result, said := ran(t, lenoir(t, beside), base)
		assert.Empty(t, result.Files[0].Diagnostics, base)
		formatted, _ := dsl.Format(string(text))
		assert.Equal(t, formatted, string(text), "%s is not laid out", name)
		for i := range result.Files[0].Outcomes {
			o := &result.Files[0].Outcomes[i]
			assert.NotEqual(t, expect.Passed, o.Status, "%s: %s", base, o.Test.Name)
			for _, f := range o.Failures {
				codes[f.Code] = true
				failed[kindAt(o.Test, f.Span.Line)] = true
			}
		}
		golden := strings.TrimSuffix(name, "_test.sla") + ".txt"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(said), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), said, name)
	}
	for _, kind := range kindsOfClaims(t) {
		assert.True(t, failed[kind], "no test in testdata/faults fails by an expectation of kind %s", kind)
	}
	for _, code := range codesOfFailures(t) {
		assert.True(t, codes[code] || slices.Contains(elsewhere, code), "no test in testdata/faults fails with %q", code)
	}
}

// elsewhere are the codes that no file of tests can show, and are tested beside
// what gives them.
var elsewhere = []string{"no-expectation", "not-evaluable", "snapshot-unwritable", "snapshot-order", "facts-unusable"}

// kindAt is the kind of the expectation on a line.
func kindAt(test *expect.Test, line int) string {
	for _, e := range test.Expectations {
		if e.Span.Line == line {
			return reflect.TypeOf(e.Claim).Name()
		}
	}
	return ""
}

// kindsOfClaims lists the types of package expect that judge.
func kindsOfClaims(t *testing.T) (kinds []string) {
	eachFunc(t, func(fn *ast.FuncDecl) {
		if fn.Name.Name == "judge" && fn.Recv != nil && fn.Type.Results != nil {
			if kind, ok := fn.Recv.List[0].Type.(*ast.Ident); ok && kind.Name != "world" {
				kinds = append(kinds, kind.Name)
			}
		}
	})
	require.Greater(t, len(kinds), 10)
	return kinds
}

// codesOfFailures lists the codes that package expect and this one give.
func codesOfFailures(t *testing.T) (codes []string) {
	eachFunc(t, func(fn *ast.FuncDecl) {
		ast.Inspect(fn, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				code := strings.Trim(lit.Value, `"`)
				if words.English().Has("expect "+code) && !slices.Contains(codes, code) && strings.Contains(code, "-") {
					codes = append(codes, code)
				}
			}
			return true
		})
	})
	require.Greater(t, len(codes), 10)
	return codes
}

func eachFunc(t *testing.T, visit func(fn *ast.FuncDecl)) {
	for _, pattern := range []string{"../expect/*.go", "snapshot.go", "run.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			require.NoError(t, err)
			for _, d := range parsed.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					visit(fn)
				}
			}
		}
	}
}
