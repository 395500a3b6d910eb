package slatest

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// The first line of a stored snapshot says which file of tests it belongs to.
const (
	snapshotOf = "# snapshot of "
	writtenBy  = "; written by `sla test --update`\n"
)

// snapshot compares what came out with a stored text, or stores it.
func (r *runner) snapshot(out *expect.Outcome, tests, file string) {
	text := snapshotOf + path.Base(tests) + writtenBy + out.Snapshot.Text
	fail := func(status expect.Status, code string, args ...sla.Arg) {
		out.Fail(expect.Failure{Status: status, Span: out.Snapshot.Span, Code: code, Args: append(args, sla.Prose("file", file))})
	}
	if r.o.Write != nil {
		r.wrote.Lock()
		defer r.wrote.Unlock()
		if err := r.o.Write(file, text); err != nil {
			fail(expect.Broken, "snapshot-unwritable", sla.Prose("reason", err.Error()))
		}
		return
	}
	stored, err := fs.ReadFile(r.fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fail(expect.Broken, "snapshot-missing")
		return
	case err != nil:
		fail(expect.Broken, "snapshot-missing", sla.Prose("reason", err.Error()))
		return
	}
	was, is := lines(string(stored)), lines(text)
	if slices.Equal(was, is) {
		return
	}
	if said := difference(was, is); said == "" {
		fail(expect.Failed, "snapshot-order")
	} else {
		fail(expect.Failed, "snapshot-differs", sla.Prose("lines", said))
	}
}

// tellOfOrphans warns of snapshots beside the tests that none of them expects:
// those of files of tests that were read, or that are gone.
func (r *runner) tellOfOrphans(result *Result, suites []*expect.Suite) {
	expected := map[string]bool{}
	for _, s := range suites {
		for _, file := range snapshotsOf(s) {
			expected[file] = true
		}
	}
	seen := map[string]bool{}
	for i := range result.Files {
		f := &result.Files[i]
		folder := path.Dir(f.Name)
		if seen[folder] {
			continue
		}
		seen[folder] = true
		entries, _ := fs.ReadDir(r.fsys, folder) // its files of tests were read
		for _, e := range entries {
			file := path.Join(folder, e.Name())
			if of, ok := r.storedFor(file, e); !ok || expected[file] || !r.decided(result, suites, path.Join(folder, of)) {
				continue
			}
			at := sla.Span{File: f.Name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
			f.Diagnostics = append(f.Diagnostics, dsl.Diagnostic{Code: dsl.CodeSnapshotOrphaned, Severity: sla.Warning, Span: at, Args: []sla.Arg{sla.Prose("file", file)}})
		}
	}
}

// snapshotsOf lists the files that the tests of a suite compare with.
func snapshotsOf(s *expect.Suite) (files []string) {
	if s == nil {
		return nil
	}
	for i := range s.Tests {
		for _, e := range s.Tests[i].Expectations {
			if c, ok := e.Claim.(expect.Snapshot); ok {
				files = append(files, path.Join(path.Dir(s.File), c.File))
			}
		}
	}
	return files
}

// decided says whether it is known what a file of tests expects: it was read
// without errors, or there is none.
func (r *runner) decided(result *Result, suites []*expect.Suite, tests string) bool {
	if i := slices.IndexFunc(result.Files, func(f File) bool { return f.Name == tests }); i >= 0 {
		return suites[i] != nil
	}
	_, err := fs.Stat(r.fsys, tests)
	return errors.Is(err, fs.ErrNotExist)
}

// storedFor reads the beginning of a file and says for which file of tests it
// was stored; ok is false for all that are no snapshots.
func (r *runner) storedFor(file string, e fs.DirEntry) (tests string, ok bool) {
	if !e.Type().IsRegular() || path.Ext(file) == ".sla" {
		return "", false
	}
	f, err := r.fsys.Open(file)
	if err != nil {
		return "", false
	}
	defer f.Close()
	head := make([]byte, len(snapshotOf)+256)
	n, _ := io.ReadFull(f, head)
	name, ok := strings.CutPrefix(string(head[:n]), snapshotOf)
	name, _, _ = strings.Cut(name, ";")
	return name, ok
}

// maxDifferences is how many differences of a snapshot are told.
const maxDifferences = 20

// difference lists the lines that are stored (-) or come out (+) and not both,
// those about the same thing beside each other; "" where there are none. Each
// line begins with what it is about, up to "is", "took" or "are".
func difference(stored, now []string) string {
	var out []string
	for _, line := range stored {
		if slices.Contains(now, line) {
			continue
		}
		out = append(out, "- "+line)
		if other := about(now, line); other != "" {
			out[len(out)-1] += "\n+ " + other
		}
	}
	for _, line := range now {
		if !slices.Contains(stored, line) && about(stored, line) == "" {
			out = append(out, "+ "+line)
		}
	}
	if more := len(out) - maxDifferences; more > 0 {
		out = append(out[:maxDifferences], "and "+strconv.Itoa(more)+" more")
	}
	return strings.Join(out, "\n")
}

// lines are those of a text, without comments and whatever line ends are used.
func lines(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' }),
		func(line string) bool { return strings.HasPrefix(line, "#") })
}

// about finds the line that is about the same as another.
func about(lines []string, other string) string {
	for _, line := range lines {
		if subject(line) == subject(other) {
			return line
		}
	}
	return ""
}

func subject(line string) string {
	for _, verb := range []string{" is ", " took ", " are "} {
		if before, _, found := strings.Cut(line, verb); found {
			return before
		}
	}
	return line
}
