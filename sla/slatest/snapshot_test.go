package slatest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla/slatest"
)

const april = `sla 1
test of "groupe-lenoir.sla"

test "April" {
  month 2026-04
  given erp down 217 min
  expect snapshot "april.txt"
}
`

// updated runs all tests of a file system as `sla test --update` does.
func updated(t *testing.T, files fstest.MapFS) {
	t.Helper()
	write := func(file, text string) error {
		files[file] = &fstest.MapFile{Data: []byte(text)}
		return nil
	}
	_, err := slatest.RunFiles(context.Background(), files, []string{"a_test.sla"}, slatest.Options{Write: write})
	require.NoError(t, err)
}

// The way of a snapshot: it is missing, is written, holds, tells a change line
// by line, is written anew, and is told of once nobody expects it.
func TestSnapshot(t *testing.T) {
	files := lenoir(t, map[string]string{"a_test.sla": april})
	result, said := ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Failed)
	assert.Contains(t, said, "a_test.sla:7: error: April\n  there is no snapshot april.txt; `sla test --update` writes it\n")

	updated(t, files)
	stored := string(files["april.txt"].Data)
	assert.True(t, strings.HasPrefix(stored, "# snapshot of a_test.sla; written by `sla test --update`\n"), stored)
	assert.Contains(t, stored, "\nerp-availability of erp in 2026-04 is 99.4977%, missed\n")
	assert.Contains(t, stored, "\ntotal credit in 2026-04 is 300.00 EUR\n")
	result, _ = ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Passed)

	files["april.txt"].Data = []byte(strings.ReplaceAll(stored, "\n", "\r\n"))
	result, _ = ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Passed, "line ends are those of a machine")

	files["april.txt"].Data = []byte(stored)
	files["a_test.sla"].Data = []byte(strings.Replace(april, "217 min", "433 min", 1))
	_, said = ran(t, files, "a_test.sla")
	assert.Equal(t, "a_test.sla:7: failed: April\n"+
		"  the snapshot april.txt says otherwise (- is stored, + comes out); `sla test --update` writes it anew\n"+
		`  - erp-availability of erp in 2026-04 is 99.4977%, missed
  + erp-availability of erp in 2026-04 is 98.9977%, missed
  - downtime of erp-availability of erp in 2026-04 is 3 h 37
  + downtime of erp-availability of erp in 2026-04 is 7 h 13
  - credit of erp-availability of erp in 2026-04 is 300.00 EUR
  + credit of erp-availability of erp in 2026-04 is 600.00 EUR
  - posted credit of erp-availability of erp in 2026-04 is 300.00 EUR
  + posted credit of erp-availability of erp in 2026-04 is 600.00 EUR
  - total credit before caps in 2026-04 is 300.00 EUR
  + total credit before caps in 2026-04 is 600.00 EUR
  - total credit in 2026-04 is 300.00 EUR
  + total credit in 2026-04 is 600.00 EUR

0 passed, 1 failed
`, said)

	updated(t, files)
	result, said = ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Passed, said)

	files["a_test.sla"].Data = []byte(strings.Replace(april, "april.txt", "may.txt", 1))
	updated(t, files)
	result, said = ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Passed)
	assert.Contains(t, said, "a_test.sla:1:1: warning: no test expects the snapshot april.txt  [snapshot-orphaned]\n")
	assert.NotContains(t, said, "the snapshot may.txt")
}

// A snapshot of another file of tests is not told of, unless that is gone.
func TestSnapshotsOfOthers(t *testing.T) {
	files := lenoir(t, map[string]string{
		"a_test.sla": april, "b_test.sla": april, "notes.txt": "# snapshot", "b.txt": "# snapshot of b_test.sla; written by `sla test --update`\n",
	})
	updated(t, files)
	_, said := ran(t, files, "a_test.sla")
	assert.NotContains(t, said, "orphaned")
	delete(files, "b_test.sla")
	_, said = ran(t, files, "a_test.sla")
	assert.Contains(t, said, "no test expects the snapshot b.txt")
	files["a_test.sla"].Data = []byte("sla 1\n?")
	_, said = ran(t, files, "a_test.sla")
	assert.NotContains(t, said, "the snapshot april.txt", "what it expects is not known")
}

// The same lines in another order are not the same snapshot, and a snapshot
// that cannot be written is no pass.
func TestSnapshotFaults(t *testing.T) {
	files := lenoir(t, map[string]string{"a_test.sla": april})
	updated(t, files)
	files["april.txt"].Data = append(files["april.txt"].Data, "total credit in 2026-04 is 300.00 EUR\n"...)
	result, said := ran(t, files, "a_test.sla")
	assert.Equal(t, 1, result.Failed)
	assert.Contains(t, said, "the snapshot april.txt has the same lines otherwise, in another order or twice")

	result, err := slatest.RunFiles(context.Background(), files, []string{"a_test.sla"}, slatest.Options{
		Write: func(string, string) error { return errors.New("the disk is full") },
	})
	require.NoError(t, err)
	require.Equal(t, 1, result.Failed)
	assert.Equal(t, "snapshot-unwritable", result.Files[0].Outcomes[0].Failures[0].Code)

	files["a_test.sla"].Data = []byte(strings.Replace(april, "}\n", "  expect snapshot \"may.txt\"\n}\n", 1))
	_, said = ran(t, files, "a_test.sla")
	assert.Contains(t, said, "`snapshot` is said twice")
}
