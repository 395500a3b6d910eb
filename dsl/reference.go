package dsl

import "strings"

// A Statement is a kind of line of the language, for references, completion
// and help.
type Statement struct {
	// Words are those that begin the line; empty for a line that begins with
	// a name of its own.
	Words string
	// Block is the kind of block in which it stands, as a key of the
	// catalogue: "scope objective".
	Block string
	// Pattern is the line with what is to be filled in in capitals and what
	// may be left out in brackets.
	Pattern string
	// Examples are whole lines, all of which compile; there is at least one.
	Examples []string
}

// Statements lists the kinds of line, those of contracts before those of
// files of tests, by block, in the order of the language.
func Statements() []Statement {
	var out []Statement
	lang := edition1()
	for _, s := range append(lang.scopes(), lang.testScopes()...) {
		for _, f := range s.infos() {
			out = append(out, Statement{
				Words: strings.Join(f.head, " "), Block: s.scopeKey(), Pattern: f.reads, Examples: f.nearest(nil),
			})
		}
	}
	return out
}
