package dsl

import (
	"github.com/sla-lang/sla/sla"
)

// A problem is what is wrong at a place, before it is phrased and its place
// is given in lines and columns.
type problem struct {
	code    sla.Code
	place   place
	args    []sla.Arg
	related []relatedPlace
	fix     *edit
	clause  string
	// why explains what came out instead.
	why []sla.Step
	// severity overrides that of the code; empty takes the code's.
	severity sla.Severity
}

// Error lets value grammars return a problem through the parser.
func (p *problem) Error() string { return string(p.code) }

// A relatedPlace is a second place that matters, with a label's key.
type relatedPlace struct {
	place place
	label string
	args  []sla.Arg
}

// An edit replaces what stands at a place.
type edit struct {
	place place
	text  string
}

func (p *problem) with(args ...sla.Arg) *problem {
	p.args = append(p.args, args...)
	return p
}

func (p *problem) fixed(at place, text string) *problem {
	p.fix = &edit{at, text}
	return p
}

func (p *problem) seeAlso(at place, label string, args ...sla.Arg) *problem {
	p.related = append(p.related, relatedPlace{at, label, args})
	return p
}
