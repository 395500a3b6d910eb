package slatest_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

// A counting file system counts how often each file is opened.
type counting struct {
	fs.FS
	mu     sync.Mutex
	opened map[string]int
}

func (c *counting) Open(name string) (fs.File, error) {
	c.mu.Lock()
	c.opened[name]++
	c.mu.Unlock()
	return c.FS.Open(name)
}

// many is a contract with many files of tests, of which some fail and one is
// broken.
func many(files int) fstest.MapFS {
	out := fstest.MapFS{"shop.sla": {Data: []byte(outsideContract)}}
	for i := range files {
		text := strings.ReplaceAll(outsideTests, "../", "")
		switch {
		case i == files/2:
			text = strings.ReplaceAll(text, "outage shop", "outage shp")
		case i%3 == 1:
			text = strings.ReplaceAll(text, "99.4977%", "99.4978%")
		}
		out[fmt.Sprintf("f%02d_test.sla", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// However many tests run at the same time, the same text comes out, and the
// contract is read once.
func TestParallel(t *testing.T) {
	var first string
	for _, parallel := range []int{1, 2, 0, 16} {
		fsys := &counting{FS: many(20), opened: map[string]int{}}
		names, err := slatest.Find(fsys, "...")
		require.NoError(t, err)
		r, err := slatest.RunFiles(context.Background(), fsys, names, slatest.Options{Parallel: parallel})
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, slatest.WriteText(&b, r, words.English(), false))
		require.NoError(t, slatest.WriteJSON(&b, r, words.English()))
		if first == "" {
			first = b.String()
		}
		require.Equal(t, first, b.String(), "%d at a time", parallel)
		assert.Equal(t, 1, fsys.opened["shop.sla"])
		assert.True(t, r.Broken())
		assert.False(t, r.BadFacts())
		assert.Equal(t, [2]int{51, 6}, [2]int{r.Passed, r.Failed}, "three tests a file, none of the broken one")
	}
	assert.Contains(t, first, "\n51 passed, 6 failed\n")
}

// What is left out is named; what is interrupted says so and gives no result.
func TestMatchAndInterrupt(t *testing.T) {
	fsys := many(2)
	r, err := slatest.RunFiles(context.Background(), fsys, []string{"f00_test.sla"}, slatest.Options{Match: regexp.MustCompile("bound.*216")})
	require.NoError(t, err)
	assert.Equal(t, 1, r.Passed)
	assert.Equal(t, []string{"217 minutes in April earn 300.00 EUR", "The bound: 217 min"}, r.Skipped)

	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = slatest.RunFiles(ctx, fsys, []string{"f00_test.sla"}, slatest.Options{})
	assert.ErrorIs(t, err, context.Canceled)
	_, err = slatest.RunFiles(context.Background(), fsys, []string{"nowhere_test.sla"}, slatest.Options{})
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// Patterns name files, folders, all below a folder, or several by their names.
func TestFind(t *testing.T) {
	fsys := fstest.MapFS{
		"a/x_test.sla": {}, "a/x.sla": {}, "a/b/y_test.sla": {}, "a/.git/z_test.sla": {}, "c_test.sla": {},
	}
	for pattern, want := range map[string]string{
		"...":            "a/b/y_test.sla a/x_test.sla c_test.sla",
		".":              "a/b/y_test.sla a/x_test.sla c_test.sla",
		"a":              "a/b/y_test.sla a/x_test.sla",
		"a/...":          "a/b/y_test.sla a/x_test.sla",
		"a/b":            "a/b/y_test.sla",
		"a/x_test.sla":   "a/x_test.sla",
		"a/*/*_test.sla": "a/.git/z_test.sla a/b/y_test.sla",
	} {
		got, err := slatest.Find(fsys, pattern)
		require.NoError(t, err, pattern)
		assert.Equal(t, want, strings.Join(got, " "), pattern)
	}
	_, err := slatest.Find(fsys, "nowhere")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A test that asks for little, so that little is worked out for it, comes out
// as it does with the whole report: here every test of the examples.
func TestWholeReportAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("runs all examples")
	}
	examples := os.DirFS("../../examples")
	names, err := slatest.Find(examples, ".")
	require.NoError(t, err)
	tests := 0
	for _, name := range names {
		suite, err := dsl.CompileTests(examples, name)
		require.NoError(t, err)
		load := func(run *sla.Run, file string) error {
			return facts.Load(context.Background(), run, examples, facts.Options{}, path.Join(path.Dir(name), file))
		}
		for i := range suite.Tests {
			whole := suite.Tests[i]
			if whole.From == whole.To && len(whole.Facts)+len(whole.Files) == 0 {
				continue // only the contract is tested
			}
			whole.Expectations = append(slices.Clone(whole.Expectations), expect.Expectation{Claim: expect.Snapshot{}})
			out := expect.Run(suite, &whole, expect.Options{Load: load})
			assert.Equal(t, expect.Passed, out.Status, "%s: %s: %v", name, whole.Name, out.Failures)
			tests++
		}
	}
	assert.Greater(t, tests, 300)
}
