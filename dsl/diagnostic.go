package dsl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// A Diagnostic is one thing to say about a file: what is wrong, where, and
// what would mend it. It is data; its words come from package words.
type Diagnostic struct {
	// Code names the kind of problem for good; `sla explain CODE` tells more.
	Code     sla.Code
	Severity sla.Severity
	// Span is the narrowest stretch of the file that is wrong.
	Span sla.Span
	// Clause is the id of the clause concerned, "" where there is none.
	Clause string
	Args   []sla.Arg
	// Related are second places that matter.
	Related []Related
	// Fix is an edit, where one is certain.
	Fix *Fix
	// Suggest is an edit that would mend it by changing what is owed: it is
	// shown, and made by nobody but the one who decides so.
	Suggest *Fix
	// Why explains a result that the file says otherwise; mostly empty.
	Why []sla.Step
	// Accepted is the reason for which a warning was waived; "" if it was not.
	Accepted string
}

// A Related is a second place and what is to be seen there.
type Related struct {
	Span  sla.Span
	Label string
	Args  []sla.Arg
}

// A Fix replaces a stretch of the file, which is empty where it inserts.
type Fix struct {
	Span    sla.Span
	Replace string
}

// Message says in one short sentence what is wrong, in a language that
// package words has.
func (d Diagnostic) Message(w *words.Catalogue) string { return w.Finding(d.Code, d.Args).Title }

// Help says what was expected and what to do, "" where the title says it all.
func (d Diagnostic) Help(w *words.Catalogue) string { return w.Finding(d.Code, d.Args).Help }

// Diagnostics are sorted by place. As an error they are what [Compile]
// returns when a file cannot be used.
type Diagnostics []Diagnostic

// Error lists the errors, one a line: FILE:LINE:COL: severity CODE: message.
func (ds Diagnostics) Error() string {
	var b strings.Builder
	for _, d := range ds {
		if d.Severity != sla.Error {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(d.Line(words.English()))
	}
	return b.String()
}

// Line is a diagnostic on one line: FILE:LINE:COL: severity CODE: message.
func (d Diagnostic) Line(w *words.Catalogue) string {
	return fmt.Sprintf("%s:%d:%d: %s %s: %s", d.Span.File, d.Span.Line, d.Span.Column, d.Severity, d.Code, d.Message(w))
}

// Count counts the diagnostics of a severity that were not accepted.
func (ds Diagnostics) Count(s sla.Severity) int {
	n := 0
	for _, d := range ds {
		if d.Severity == s && d.Accepted == "" {
			n++
		}
	}
	return n
}

// HasErrors says whether any is an error.
func (ds Diagnostics) HasErrors() bool { return ds.Count(sla.Error) > 0 }

// ordered sorts by file, place and code, so that equal input always gives
// equal output.
func ordered(ds Diagnostics) Diagnostics {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Line, b.Span.Line),
			cmp.Compare(a.Span.Column, b.Span.Column), cmp.Compare(a.Code, b.Code))
	})
	return slices.CompactFunc(ds, func(a, b Diagnostic) bool {
		return a.Code == b.Code && a.Span == b.Span && slices.Equal(a.Args, b.Args) && len(a.Related)+len(b.Related) == 0
	})
}

// maxPlaces is how many places of one mistake are shown.
const maxPlaces = 10

// withoutSamples leaves the lines out that differ with what was written.
func withoutSamples(args []sla.Arg) []sla.Arg {
	return slices.DeleteFunc(slices.Clone(args), func(a sla.Arg) bool { return a.Name == "example" || a.Name == "lines" })
}

// together makes one diagnostic of those that say the same: a mistake in ten
// rows is one message with ten places.
func (ds Diagnostics) together() Diagnostics {
	out := make(Diagnostics, 0, len(ds))
	first := map[string]int{}
	places := map[string]int{}
	for _, d := range ds {
		key := fmt.Sprint(d.Span.File, d.Code, d.Severity, d.Accepted, withoutSamples(d.Args))
		at, again := first[key]
		if len(d.Related) > 0 || !again {
			if len(d.Related) == 0 {
				first[key] = len(out)
			}
			out = append(out, d)
			continue
		}
		if places[key]++; places[key] < maxPlaces {
			out[at].Related = append(out[at].Related, Related{Span: d.Span, Label: "again"})
		}
	}
	for key, n := range places {
		if n >= maxPlaces {
			last := &out[first[key]].Related[maxPlaces-2]
			last.Label, last.Args = "again-more", []sla.Arg{sla.Count("more", n-maxPlaces+1)}
		}
	}
	return out
}
