package internal_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A file whose name ends in an operating system is built there only: named
// x_windows_test.go, tests of windows of time run nowhere. Every file is built
// everywhere, unless it is a program of its own that `go generate` runs.
func TestEveryFileIsBuilt(t *testing.T) {
	for _, os := range []string{"linux", "windows", "darwin"} {
		on := build.Default
		on.GOOS = os
		require.NoError(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || d.Name() == "generate.go" {
				return err
			}
			built, err := on.MatchFile(filepath.Dir(path), d.Name())
			assert.True(t, built, "%s is not built on %s", path, os)
			return err
		}))
	}
}
