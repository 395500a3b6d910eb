package internal_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The house rules as data: who may import whom, what must never be called
// where. The rest of this file only checks them.

const module = "github.com/sla-lang/sla"

// ladder says which packages of the module a package may import. A package
// that is not here may not exist.
var ladder = map[string][]string{
	"internal":                  {}, // these tests
	"calendar":                  {"calendar/internal/..."},
	"calendar/zones":            {"calendar", "calendar/internal/..."},
	"calendar/holidays":         {"calendar", "calendar/internal/..."},
	"calendar/ics":              {"calendar", "calendar/internal/..."},
	"calendar/internal/nearest": {},
	"credits":                   {},
	"internal/measure":          {"calendar", "credits"},
	"internal/clock":            {"calendar"},
	"internal/memory":           {},
	"internal/ci":               {},
	"internal/spelling":         {},
	"internal/display":          {},
	"internal/snippet":          {"internal/display"},
	"internal/golden":           {},
	"internal/schema":           {"sla", "sla/expect", "calendar", "credits"},
	"sla":                       {"calendar", "calendar/zones", "calendar/holidays", "credits", "internal/measure", "internal/clock", "internal/memory", "internal/spelling"},
	"sla/facts":                 {"sla", "calendar", "calendar/zones", "credits", "internal/spelling"},
	"sla/words":                 {"sla", "internal/display"},
	"sla/expect":                {"sla", "sla/words", "calendar", "credits"},
	"sla/slatest":               {"dsl", "sla", "sla/expect", "sla/words", "sla/facts"},
	"dsl":                       {"sla", "sla/expect", "sla/words", "calendar", "credits", "internal/spelling", "internal/display", "internal/snippet"},
	"cmd/sla":                   {"..."},
}

// modulesOf says which other modules a package may reach, directly or not;
// packages that are not here may use what they like.
var modulesOf = map[string][]string{
	"credits":           {"github.com/shopspring/decimal"},
	"calendar":          civilDates,
	"calendar/zones":    civilDates,
	"calendar/holidays": civilDates,
	"sla":               append([]string{"github.com/shopspring/decimal"}, civilDates...),
	"dsl":               append([]string{"github.com/shopspring/decimal", "github.com/alecthomas/participle/v2", "golang.org/x/text"}, civilDates...),
	"sla/words":         append([]string{"github.com/shopspring/decimal", "golang.org/x/text"}, civilDates...),
}

// civilDates are the modules that civil dates bring.
var civilDates = []string{"github.com/rickb777/date/v2", "github.com/rickb777/period", "github.com/rickb777/plural", "github.com/govalues/decimal"}

// forbidden are calls and imports that libraries do without, and the folders
// that may use them all the same.
var forbidden = []struct {
	what string
	in   []string
}{
	{"time.Now", nil}, {"time.Since", nil}, {"time.Until", nil}, {"time.Local", nil}, {"time.LoadLocation", nil}, {"time.Sleep", nil},
	{"time.Date", []string{"calendar"}},
	{"fmt.Print", nil}, {"fmt.Println", nil}, {"fmt.Printf", nil},
	{"import os", nil}, {"import log", nil}, {"import net", nil}, {"import math/rand", nil}, {"import math/rand/v2", nil}, {"import unsafe", nil},
	{"float64", nil}, {"float32", nil}, {"func init", nil},
}

// outside are the folders that are no libraries: commands, generators, tests
// of performance.
var outside = []string{"cmd", "examples", "internal/bench", "calendar/holidays/gen", "sla/slatest", "internal/golden"}

// names that say nothing about what is in a package.
var emptyNames = []string{"util", "utils", "common", "types", "helpers", "misc", "base"}

func TestImportLadder(t *testing.T) {
	for _, p := range packages(t) {
		rel := relative(p.ImportPath)
		allowed, known := ladder[rel]
		if rel == "examples" || strings.HasPrefix(rel, "examples/") {
			continue
		}
		if !assert.True(t, known, "package %s has no place on the ladder", rel) {
			continue
		}
		for _, imported := range p.Imports {
			if own := relative(imported); strings.HasPrefix(imported, module) {
				assert.True(t, matches(allowed, own), "%s must not import %s", rel, own)
			}
		}
	}
}

func TestModulesReached(t *testing.T) {
	for rel, allowed := range modulesOf {
		if !exists(rel) {
			continue
		}
		for _, dep := range list(t, "-deps", "./"+rel) {
			if dep.Module != nil && dep.Module.Path != module && !slices.Contains(allowed, dep.Module.Path) {
				t.Errorf("%s reaches module %s through %s", rel, dep.Module.Path, dep.ImportPath)
			}
		}
	}
}

func TestForbidden(t *testing.T) {
	eachFile(t, func(path string, file *ast.File) {
		if slices.ContainsFunc(outside, func(o string) bool { return path == o || strings.HasPrefix(path, o+"/") }) {
			return
		}
		for _, f := range forbidden {
			if slices.ContainsFunc(f.in, func(dir string) bool { return strings.HasPrefix(path, dir+"/") }) {
				continue
			}
			assert.False(t, uses(file, f.what), "%s uses %s", path, f.what)
		}
	})
}

func TestNamesSaySomething(t *testing.T) {
	for _, p := range packages(t) {
		base := filepath.Base(p.ImportPath)
		assert.NotContains(t, emptyNames, base, p.ImportPath)
	}
}

// uses looks for a selector such as time.Now, an import, an identifier, or an
// init function.
func uses(file *ast.File, what string) bool {
	if path, ok := strings.CutPrefix(what, "import "); ok {
		return slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"`+path+`"` })
	}
	found := false
	pkg, name, selector := strings.Cut(what, ".")
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && selector && x.Name == pkg && n.Sel.Name == name && x.Obj == nil {
				found = true
			}
		case *ast.Ident:
			found = found || !selector && n.Name == what
		case *ast.FuncDecl:
			found = found || what == "func init" && n.Name.Name == "init" && n.Recv == nil
		}
		return !found
	})
	return found
}

// eachFile parses every Go file of the module that is no test and not
// generated by hand-run tools.
func eachFile(t *testing.T, visit func(path string, file *ast.File)) {
	t.Helper()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		if strings.Contains(string(src[:min(len(src), 200)]), "//go:build ignore") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			return err
		}
		visit(path, file)
		return nil
	})
	require.NoError(t, err)
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Module     *struct{ Path string }
}

func packages(t *testing.T) []goPackage { return list(t, "./...") }

func list(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Module"}, args...)...)
	cmd.Dir = ".."
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, p)
	}
}

func relative(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, module), "/") }

func matches(allowed []string, rel string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		prefix, wild := strings.CutSuffix(a, "...")
		return a == rel || wild && strings.HasPrefix(rel, prefix)
	})
}

func exists(rel string) bool {
	_, err := os.Stat(filepath.Join("..", rel))
	return err == nil
}
