package dsl

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/sla"
)

// A line that could not be read is answered with lines that can: those of its
// form in the specification that are most like it. samples.txt is written
// from spec.md by a test, so what is shown is known to compile.

//go:embed samples.txt
var samplesText string

// samples are the lines of each form, by its pattern.
var samples = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	pattern := ""
	for line := range strings.Lines(samplesText) {
		line = strings.TrimRight(line, "\n")
		if sample, ok := strings.CutPrefix(line, "\t"); ok {
			out[pattern] = append(out[pattern], sample)
		} else {
			pattern = line
		}
	}
	return out
})

// shownSamples is how many lines a message shows.
const shownSamples = 3

// hints are the arguments of a message about a line that a form cannot read:
// the pattern and one line where the pattern is short, otherwise the lines
// most like the one that was written. Nobody reads a long pattern.
func (f formInfo) hints(written []token) []sla.Arg {
	args := []sla.Arg{sla.Name("head", strings.Join(f.head, " "))}
	near := f.nearest(written)
	if len(near) == 1 || len(f.reads) <= 70 {
		return append(args, sla.Prose("reads", f.reads), sla.Prose("example", near[0]))
	}
	if len(near) > shownSamples && len(f.head) > 0 {
		near = near[:shownSamples]
		args = append(args, sla.Name("more", f.head[0]))
	}
	return append(args, sla.Prose("lines", "`"+strings.Join(near, "`\n`")+"`"))
}

// nearest orders the known lines of a form by how many words they share with
// what was written.
func (f formInfo) nearest(written []token) []string {
	var words []string
	for _, t := range written {
		words = append(words, gist(t.value))
	}
	type candidate struct {
		line string
		// like is four for each shared word, less one for each word; the
		// form's own example counts as if it shared one more.
		like int
	}
	all := []candidate{{f.example, 4}}
	for _, line := range samples()[f.reads] {
		if line != f.example {
			all = append(all, candidate{line: line})
		}
	}
	for i := range all {
		left := slices.Clone(words)
		for word := range strings.FieldsSeq(all[i].line) {
			all[i].like--
			if at := slices.Index(left, gist(strings.TrimSuffix(word, ","))); at >= 0 {
				left = slices.Delete(left, at, at+1)
				all[i].like += 4
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return b.like - a.like })
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.line
	}
	return out
}

// gist is a word without what its number is: 99.50% and 5% are alike.
func gist(word string) string {
	return strings.Join(strings.FieldsFunc(word, func(r rune) bool { return r >= '0' && r <= '9' || r == '.' }), "#")
}
