package dsl

import (
	"sync"

	"github.com/alecthomas/participle/v2/lexer"
)

// A feed hands the tokens of a line to participle. A token's place travels in
// its position: Offset is its start, Column its end. Making a lexer for each
// line was a fifth of reading it, so one is lent to line after line: what a
// grammar keeps of a line are strings and places, and no tokens.
type feed struct {
	lexer *lexer.PeekingLexer
	room  []lexer.Token // the lexer's own
	begin lexer.Checkpoint
}

// feedRoom is for how many tokens the feeds that are kept have room: of longer
// lines there are few.
const feedRoom = 64

var feeds = sync.Pool{New: func() any { return newFeed(feedRoom) }}

func newFeed(room int) *feed {
	blank := blanks(room)
	lex, _ := lexer.Upgrade(&blank) // blanks have no error
	return &feed{lexer: lex, room: lex.Range(0, lexer.RawCursor(room+1)), begin: lex.MakeCheckpoint()}
}

// blanks are so many tokens, which a line overwrites.
type blanks int

// Next gives the next of them.
func (b *blanks) Next() (lexer.Token, error) {
	if *b--; *b < 0 {
		return lexer.EOFToken(lexer.Position{}), nil
	}
	return lexer.Token{Type: symbol(tokWord)}, nil
}

// feedOf is a feed of a line's tokens, to be given back when the line is read.
func feedOf(tokens []token, end int) *feed {
	f := (*feed)(nil)
	if len(tokens) > feedRoom {
		f = newFeed(len(tokens))
	} else {
		f = feeds.Get().(*feed)
	}
	for i, t := range tokens {
		f.room[i] = lexer.Token{Type: symbol(t.kind), Value: t.value, Pos: lexer.Position{Offset: t.start, Column: t.end}}
	}
	f.room[len(tokens)] = lexer.EOFToken(lexer.Position{Offset: end, Column: end})
	f.lexer.LoadCheckpoint(f.begin)
	return f
}

func (f *feed) done() {
	if len(f.room) == feedRoom+1 {
		clear(f.room) // what lines hold is theirs to be forgotten
		feeds.Put(f)
	}
}
