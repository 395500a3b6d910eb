package dsl_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each file in testdata/broken is a contract somebody could have written,
// named after the mistake it shows; its .txt is what the writer reads.
func TestBroken(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.sla")
	require.NoError(t, err)
	found := map[sla.Code]bool{}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text := readFile(t, file)
			codes, said := drawn(filepath.Base(file), text)
			for code := range codes {
				found[code] = true
			}
			golden(t, strings.TrimSuffix(file, ".sla")+".txt", said)
			if name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".sla"), "_test"); words.English().Has("finding " + name + " title") {
				assert.True(t, codes[sla.Code(name)], "the mistake it is named after")
			}
			if dsl.IsTest(file) {
				return
			}
			_, err := dsl.Compile(fstest.MapFS{"a.sla": {Data: []byte(text)}}, "a.sla")
			ds, ok := dsl.AsDiagnostics(err)
			require.True(t, ok, "it must not compile")
			assert.True(t, ds.HasErrors())
		})
	}
	for _, code := range dsl.Codes() {
		if meaning := fromMeaning(code); !meaning && code != "file-too-large" && code != "too-many-problems" && code != dsl.CodeSnapshotOrphaned { // tested below, and in slatest
			assert.True(t, found[code], "no fixture has %s", code)
		}
		assert.True(t, words.English().Has("finding "+string(code)+" title"), code)
		assert.True(t, words.English().Has("finding "+string(code)+" help"), code)
	}
}

func fromMeaning(code sla.Code) bool {
	for _, c := range sla.Codes() {
		if c == code {
			return true
		}
	}
	return false
}

// drawn is everything a person reads about a file.
func drawn(name, text string) (codes map[sla.Code]bool, said string) {
	codes = map[sla.Code]bool{}
	ds := diagnosed(name, text)
	for _, d := range ds {
		codes[d.Code] = true
	}
	return codes, ds.Draw(words.English(), text, false)
}

// diagnosed is what there is to say about a contract, or about tests of the
// contracts in testdata/tests.
func diagnosed(name, text string) dsl.Diagnostics {
	if !dsl.IsTest(name) {
		return dsl.Analyze(name, text).Diagnostics
	}
	return dsl.AnalyzeTests(name, text, subject).Diagnostics
}

// subject is a contract under test; broken.sla has errors.
func subject(file string) *dsl.Subject {
	if file == "broken.sla" {
		return dsl.NewSubject(dsl.Analyze(file, "sla 1\n?\n"))
	}
	text, err := os.ReadFile(filepath.Join("testdata/tests", filepath.Base(file)))
	if err != nil {
		return nil
	}
	return dsl.NewSubject(dsl.Analyze(file, string(text)))
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	assert.Equal(t, readFile(t, file), got, file)
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(b)
}

// A file above the limit is one message, and is not read.
func TestFileTooLarge(t *testing.T) {
	text := strings.Repeat("#\n", dsl.MaxFileSize/2) + "sla 1\n"
	ds := dsl.Analyze("large.sla", text).Diagnostics
	require.Len(t, ds, 1)
	assert.Equal(t, "large.sla:1:1: error file-too-large: this file is larger than 64 MB", ds[0].Line(words.English()))
	_, err := dsl.Compile(fstest.MapFS{"large.sla": {Data: []byte(text)}}, "large.sla")
	assert.ErrorContains(t, err, "file-too-large")
}

// Nobody reads thousands of messages; but none is dropped in silence.
func TestTooManyProblems(t *testing.T) {
	text := "sla 1\n" + strings.Repeat("?\n", 4000)
	ds := dsl.Analyze("noise.sla", text).Diagnostics
	require.Len(t, ds, 1001)
	last := ds[1000]
	assert.Equal(t, "3,000 more problems follow", last.Message(words.English()))
	assert.Equal(t, sla.Error, last.Severity)
}
