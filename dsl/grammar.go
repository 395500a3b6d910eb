package dsl

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// Each kind of line is a small participle grammar over that line's tokens.
//
// Lookahead is 0: an alternative whose first token fits must fit to its end,
// so an error is always reported at the token that is wrong and never at the
// start of what might have been. Alternatives that begin alike are therefore
// factored; after a comma the first word alone decides.

// vocabulary is the lexer definition participle needs to resolve token names;
// the lexing itself has been done.
type vocabulary struct{}

// Symbols names the token kinds for grammars.
func (vocabulary) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Word": symbol(tokWord), "Text": symbol(tokText), "Comma": symbol(tokComma),
	}
}

// Lex is never called: lines are parsed from tokens.
func (vocabulary) Lex(string, io.Reader) (lexer.Lexer, error) {
	return nil, errors.New("lines are parsed from tokens")
}

func symbol(k tokenKind) lexer.TokenType { return -2 - lexer.TokenType(k) }

func kindOf(t *lexer.Token) tokenKind {
	if t.EOF() {
		return tokEnd
	}
	return tokenKind(-2 - t.Type)
}

func placeOf(t *lexer.Token) place { return place{t.Pos.Offset, t.Pos.Column} }

// A grammar reads a line into an N. The parser is of one type whatever N is:
// its code for each N apart took most of the time to compile this package.
type grammar[N any] struct {
	parser func() *participle.Parser[lineOf]
}

// lineOf holds what a line was read into.
type lineOf struct {
	Line any `parser:"@@"`
}

func newGrammar[N any]() grammar[N] {
	return grammar[N]{parserOf(*new(N))}
}

func parserOf(line any) func() *participle.Parser[lineOf] {
	return sync.OnceValue(func() *participle.Parser[lineOf] {
		return participle.MustBuild[lineOf](participle.Lexer(vocabulary{}), participle.UseLookahead(0), participle.Union(line))
	})
}

// read parses all of the tokens; end is the offset behind them, where an
// unfinished line is reported.
func (g grammar[N]) read(tokens []token, end int) (*N, *problem) {
	line, p := readLine(g.parser(), tokens, end, reflect.TypeFor[N]())
	if p != nil {
		return nil, p
	}
	n := line.(N)
	return &n, nil
}

func readLine(parser *participle.Parser[lineOf], tokens []token, end int, of reflect.Type) (any, *problem) {
	f := feedOf(tokens, end)
	defer f.done()
	n, err := parser.ParseFromLexer(f.lexer)
	if err != nil {
		return nil, explain(err, f.lexer, end, firstValue(of))
	}
	return n.Line, nil
}

// explain turns what participle says into a problem of ours: a value grammar's
// own problem as it is, anything else by the token it met and what it wanted.
func explain(err error, feed *lexer.PeekingLexer, end int, first string) *problem {
	var own *problem
	if errors.As(err, &own) {
		return own
	}
	var unexpected *participle.UnexpectedTokenError
	if !errors.As(err, &unexpected) {
		return &problem{code: codeUnexpected, place: placeOf(feed.Peek())}
	}
	want := expected(unexpected.Message())
	found := unexpected.Unexpected
	if want == "" && feed.Cursor() == 0 {
		want = first // not even the first value fits
	}
	if found.EOF() {
		return unfinished(want, end)
	}
	return mismatch(want, &found)
}

// firstValue is the type of a grammar's first field, which is what was wanted
// when its first token does not fit.
func firstValue(of reflect.Type) string { return of.Field(0).Type.Name() }

// several stands for alternatives: none of them alone was expected.
const several = "|"

// expected finds what participle wanted next: a literal word, the name of a
// value's node type, or several things.
func expected(message string) string {
	_, rest, ok := strings.Cut(message, "(expected ")
	if !ok {
		return ""
	}
	if alternatives(rest) {
		return several
	}
	rest = strings.TrimLeft(rest, "(")
	if literal, ok := strings.CutPrefix(rest, `"`); ok {
		word, _, _ := strings.Cut(literal, `"`)
		return `"` + word
	}
	if i := strings.IndexAny(rest, " )?*+|"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// alternatives says whether what was expected begins with a choice.
func alternatives(rest string) bool {
	depth := 0
	for _, c := range rest {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth <= 0 {
				return false
			}
		case '|':
			if depth <= 1 {
				return true
			}
		}
	}
	return false
}

// wanted is the argument that tells what was expected: a phrase for a value,
// the word itself for a keyword, nothing where it could be several things.
func wanted(want string) []sla.Arg {
	if word, ok := strings.CutPrefix(want, `"`); ok {
		if word == "," {
			return nil
		}
		return []sla.Arg{sla.Name("word", word)}
	}
	if want == "word" {
		return nil // one of a few, which the pattern of the line lists
	}
	if want != "" && want[0] >= 'a' && want[0] <= 'z' {
		return []sla.Arg{sla.Phrase("expected", "value "+want)}
	}
	return nil
}

func unfinished(want string, end int) *problem {
	return (&problem{code: codeUnfinished, place: place{end, end}}).with(wanted(want)...)
}

// mismatch names the most telling problem for a token that stands where
// something else was wanted.
func mismatch(want string, found *lexer.Token) *problem {
	at := placeOf(found)
	switch kindOf(found) {
	case tokMalformed:
		if want == "text" {
			break // a number of a kind, such as a version, wants quotes
		}
		return malformed(found)
	case tokOdd:
		return oddCharacters(found)
	case tokUnclosed:
		return &problem{code: codeTextNotClosed, place: at}
	}
	p := &problem{place: at}
	p.with(sla.Prose("found", found.Value))
	switch {
	case want == "length" && kindOf(found) == tokWord:
		return lengthWord(found)
	case want == "text":
		p.code = codeTextNeeded
		if kindOf(found) != tokWord {
			p.with(sla.Prose("whole", found.Value))
		} else {
			p.with(sla.Prose("first", found.Value))
		}
		return p.fixed(at, `"`+found.Value+`"`)
	case (want == "name" || want == "word") && kindOf(found) == tokText:
		p.code = codeNameNeeded
		if word := (token{value: found.Value}).text(); isPlainName(word) {
			p.with(sla.Name("suggestion", word))
		}
		return p
	case want == "":
		p.code = codeTrailing
		return p
	}
	p.code = codeUnexpected
	return p.with(wanted(want)...)
}
