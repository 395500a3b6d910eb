// Package ci writes what was found in files, and how tests came out, in the
// forms that other tools read: SARIF for code scanning, the workflow commands
// of GitHub, JUnit XML, and TAP. It knows no contract; every text comes from
// its caller.
//
// The same results always give the same bytes: no form carries times, machine
// names or random ids.
package ci

import (
	"fmt"
	"io"
)

// Results are those of one run of a command.
type Results struct {
	Tool Tool
	// Command is what was run, such as "sla check"; it tells apart several
	// results of one tool.
	Command string
	// Suites are the files that were looked at, in order.
	Suites []Suite
	// Rule describes a kind of finding by its code.
	Rule func(code string) Rule
}

// A Tool is the program that speaks.
type Tool struct{ Name, Version, URI string }

// A Suite is a file and its cases.
type Suite struct {
	File  string
	Cases []Case
}

// A Case is one test, or a file that was checked as a whole.
type Case struct {
	// Name is that of the test, or the file's.
	Name   string
	Span   Span
	Status Status
	// Findings say what is wrong; a case that passed may have warnings.
	Findings []Finding
}

// Status is how a case came out.
type Status int

// How cases come out.
const (
	Passed Status = iota
	// Failed: something else came out than was expected.
	Failed
	// Broken: the case could not be decided, because it is wrong itself.
	Broken
)

// A Finding is one thing to say about a place.
type Finding struct {
	// Code is the kind of the finding, see [Results.Rule].
	Code  string
	Level Level
	Span  Span
	// Title is one line, Text the rest, "" where there is none.
	Title, Text string
	Related     []Related
	Fix         *Fix
}

// Level is how severe a finding is, in the words of SARIF.
type Level string

// How severe findings are.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Note    Level = "note"
)

// A Span is a stretch of a file: lines and columns count from 1, columns in
// characters, the end is behind the last. A line of 0 is the whole file.
type Span struct {
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

// A Related is a second place that matters.
type Related struct {
	Span Span
	Text string
}

// A Fix is an edit that mends a finding.
type Fix struct {
	Span    Span
	Replace string
	// Text says what it does.
	Text string
}

// A Rule is a kind of finding.
type Rule struct {
	// Title is one line, Help Markdown, "" where there is no more to say.
	Title, Help string
}

// Formats are the names of the forms, with their writers.
func Formats() map[string]func(io.Writer, *Results) error {
	return map[string]func(io.Writer, *Results) error{
		"sarif": WriteSARIF, "github": WriteGitHub, "junit": WriteJUnit, "tap": WriteTAP,
	}
}

// findings gives all findings with their cases, in order.
func (r *Results) findings(yield func(*Case, *Finding) bool) {
	for i := range r.Suites {
		for j := range r.Suites[i].Cases {
			c := &r.Suites[i].Cases[j]
			for k := range c.Findings {
				if !yield(c, &c.Findings[k]) {
					return
				}
			}
		}
	}
}

// test says whether the case is a test of its own, and not its whole file.
func (c *Case) test() bool { return c.Name != c.Span.File }

// said is a finding in one text of several lines.
func (f *Finding) said() string {
	if f.Text == "" {
		return f.Title
	}
	return f.Title + "\n" + f.Text
}

// String is FILE:LINE:COLUMN, as editors read it.
func (s Span) String() string {
	switch {
	case s.Line == 0:
		return s.File
	case s.Column == 0:
		return fmt.Sprintf("%s:%d", s.File, s.Line)
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column)
}
