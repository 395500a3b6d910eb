package facts

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// The text of a mapping taken apart: statements, one a line, some with a block
// of lines between braces.

// maxMapping bounds the text of a mapping; one is a page.
const maxMapping = 1 << 20

// A mapToken is a word, a quoted text or a mark.
type mapToken struct {
	text   string
	quoted bool
}

func (t mapToken) is(word string) bool { return !t.quoted && t.text == word }

// A mapStatement is a line and the lines of its block.
type mapStatement struct {
	line     int
	tokens   []mapToken
	hasBlock bool
	block    []mapStatement
}

// word is the token at a place; nothing behind the end.
func (s *mapStatement) word(i int) mapToken {
	if i < len(s.tokens) {
		return s.tokens[i]
	}
	return mapToken{}
}

// split takes a text apart into statements.
func (p *mappingParser) split(text string) []mapStatement {
	top := mapStatement{}
	open := []*mapStatement{&top}
	var carried *mapStatement
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		s := mapStatement{line: i + 1}
		s.tokens = p.tokens(line, s.line)
		if carried != nil { // the line before ended with a comma
			carried.tokens = append(carried.tokens, s.tokens...)
			s, carried = *carried, nil
		}
		n := len(s.tokens)
		switch {
		case n == 0:
		case n == 1 && s.tokens[0].is("}"):
			if len(open) == 1 {
				p.fail(s.line, "mapping-brace")
				continue
			}
			open = open[:len(open)-1]
		case s.tokens[n-1].is(","):
			carried = &s
		case s.tokens[n-1].is("{") && len(open) < maxDepth:
			s.tokens, s.hasBlock = s.tokens[:n-1], true
			into := open[len(open)-1]
			into.block = append(into.block, s)
			open = append(open, &into.block[len(into.block)-1])
		default:
			into := open[len(open)-1]
			into.block = append(into.block, s)
		}
	}
	if carried != nil {
		top.block = append(top.block, *carried)
	}
	if len(open) > 1 {
		p.fail(open[len(open)-1].line, "mapping-brace")
	}
	return top.block
}

// maxDepth is how deep blocks stand in one another: the rows' `when`, a table
// within it.
const maxDepth = 3

// tokens reads one line.
func (p *mappingParser) tokens(line string, number int) (out []mapToken) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		first, size := utf8.DecodeRuneInString(line)
		switch {
		case first == '#':
			return out
		case closing[first] != 0:
			end := strings.IndexRune(line[size:], closing[first])
			if end < 0 {
				p.fail(number, "mapping-quote")
				return out
			}
			out = append(out, mapToken{text: strings.TrimFunc(line[size:size+end], unicode.IsSpace), quoted: true})
			if first == '"' { // what stands between plain quotes is meant to the letter
				out[len(out)-1].text = line[size : size+end]
			}
			line = line[size+end+utf8.RuneLen(closing[first]):]
		case strings.ContainsRune("{},", first):
			out = append(out, mapToken{text: string(first)})
			line = line[size:]
		default:
			end := strings.IndexFunc(line, func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(`{},#`, r) || closing[r] != 0
			})
			if end < 0 {
				end = len(line)
			}
			out = append(out, mapToken{text: line[:end]})
			line = line[end:]
		}
	}
	return out
}

// closing gives the quote that ends what another began.
var closing = map[rune]rune{'"': '"', '“': '”', '«': '»'}

// A mappingParser reads the text of a mapping and collects what is wrong.
type mappingParser struct {
	name   string
	errors MappingErrors
	m      *Mapping
	said   map[string]bool
}

// fail reports what is wrong with a line, once.
func (p *mappingParser) fail(line int, code string, args ...sla.Arg) {
	if slices.ContainsFunc(p.errors, func(e *MappingError) bool { return e.Line == line }) {
		return
	}
	p.errors = append(p.errors, &MappingError{Name: p.name, Line: line, Code: code, Args: args})
}
