package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The published agreements compile without a word that is not answered, are
// laid out by the formatter, and say in their headers where they come from and
// what the source leaves open. Each has tests beside it.
func TestPublished(t *testing.T) {
	files, err := filepath.Glob("published/*/*.sla")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.sla") {
			continue
		}
		prepared(t, file)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Contains(t, string(text), "# Source: ", file)
		tests, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*_test.sla"))
		require.NoError(t, err)
		assert.NotEmpty(t, tests, "%s has no tests", file)
	}
}
