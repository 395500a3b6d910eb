package calendar_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plain are operations that need no example: what they do is their name.
var plain = []string{
	"Error", "String", "MarshalText", "UnmarshalText", "Unwrap", "Name", "Year", "Month", "Day", "Weekday", "MonthOf", "Before", "After", "Compare",
	"In", "At", "Time", "Sub", "IsEmpty", "Length", "Len", "Start", "Zone", "Location", "Edition", "WithEdition", "First", "Last", "Next",
	"Has", "Duration", "Count", "IsExact", "IsZero", "Unit", "LastDay", "OrLastDay", "Bounds", "DateAt",
}

// The documentation of the package has a runnable example for each operation.
func TestEveryOperationHasAnExample(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	d, err := doc.NewFromFiles(set, files, "github.com/sla-lang/sla/calendar")
	require.NoError(t, err)
	checked := 0
	need := func(owner *doc.Type, funcs []*doc.Func) {
		for _, f := range funcs {
			if owner != nil && (owner.Name == "Builder" || slices.Contains(plain, f.Name)) {
				continue
			}
			checked++
			assert.True(t, slices.ContainsFunc(f.Examples, func(e *doc.Example) bool { return e.Output != "" }), "%s%s has no example", f.Recv, f.Name)
		}
	}
	need(nil, d.Funcs)
	for _, typ := range d.Types {
		need(nil, typ.Funcs)
		need(typ, typ.Methods)
		if typ.Name == "Builder" || typ.Name == "Clock" || typ.Name == "Course" {
			assert.NotEmpty(t, typ.Examples, typ.Name)
		}
	}
	assert.Greater(t, checked, 60)
}
