package internal_test

import (
	"flag"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the lists of exported names anew")

// published are the packages whose exported names are a promise. Their lists
// in testdata/api change only on purpose: go test ./internal -update.
var published = []string{"calendar", "calendar/zones", "calendar/holidays", "calendar/ics", "credits", "dsl", "sla", "sla/facts", "sla/words", "sla/expect", "sla/slatest"}

func TestExportedNames(t *testing.T) {
	names := map[string][]string{}
	eachFile(t, func(path string, file *ast.File) {
		dir := filepath.ToSlash(filepath.Dir(path))
		if slices.Contains(published, dir) {
			names[dir] = append(names[dir], exported(file)...)
		}
	})
	for dir, list := range names {
		slices.Sort(list)
		golden := filepath.Join("testdata", "api", strings.ReplaceAll(dir, "/", "_")+".txt")
		got := strings.Join(slices.Compact(list), "\n") + "\n"
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			continue
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, "the exported names of %s changed", dir)
	}
}

// exported lists the exported names of a file: types, functions, constants,
// variables, methods and fields of exported types.
func exported(file *ast.File) []string {
	var out []string
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || receiver(d) != "") {
				out = append(out, "func "+receiver(d)+d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				out = append(out, exportedSpec(d, spec)...)
			}
		}
	}
	return out
}

func exportedSpec(d *ast.GenDecl, spec ast.Spec) []string {
	var out []string
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return nil
		}
		out = append(out, "type "+s.Name.Name)
		if st, ok := s.Type.(*ast.StructType); ok {
			for _, f := range st.Fields.List {
				for _, n := range f.Names {
					if n.IsExported() {
						out = append(out, "field "+s.Name.Name+"."+n.Name)
					}
				}
			}
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() {
				out = append(out, d.Tok.String()+" "+n.Name)
			}
		}
	}
	return out
}

// receiver is "T." for a method of an exported type, "" otherwise.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	if id, ok := typ.(*ast.Ident); ok && id.IsExported() {
		return id.Name + "."
	}
	return ""
}
