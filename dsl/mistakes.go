package dsl

import (
	"slices"

	"github.com/sla-lang/sla/sla"
)

// A line may have several mistakes, and its grammar stops at the first. Those
// behind it are told where they are mistakes whatever was meant at the first:
// where its edit is certain the line is read as if it had been made, and a
// number that is written in another way is one wherever it stands. Nothing
// else is looked for, so that no mistake is told that only follows from one.

// maxMistakes is how many mistakes of a line are told.
const maxMistakes = 8

// tell reports the problem of a line and those behind it. read reads the line
// once more, with other tokens.
func (l *lowering) tell(p *problem, tokens []token, read func([]token) *problem, hints func([]token) []sla.Arg) {
	for n := 1; ; n++ {
		if written := inWords(p, tokens, read); written != nil {
			p = written
		} else if !l.full() && !p.taught(tokens) {
			p.with(hints(tokens)...)
		}
		l.add(p)
		mended, ok := p.mended(tokens)
		if !ok {
			break
		}
		next := read(mended)
		if next == nil || next.place.from < p.fix.place.to || n == maxMistakes {
			return
		}
		p, tokens = next, mended
	}
	for _, t := range tokens {
		if t.start < p.place.to || t.kind != tokMalformed {
			continue
		}
		if number := malformedValue(t.value, t.place()); number.fix != nil && slices.Contains([]sla.Code{codeDecimalComma, codeThousands}, number.code) {
			l.add(number)
		}
	}
}

// mended gives the tokens of a line with the edit of a problem, if it has one
// that replaces whole tokens by others. What is put in stands where the old
// stood.
func (p *problem) mended(tokens []token) ([]token, bool) {
	if p.fix == nil || p.fix.text == "" {
		return nil, false
	}
	at := p.fix.place
	from := slices.IndexFunc(tokens, func(t token) bool { return t.end > at.from })
	if from < 0 || tokens[from].start != at.from {
		return nil, false
	}
	to := from
	for to < len(tokens) && tokens[to].end <= at.to {
		to++
	}
	switch {
	case to == from || tokens[to-1].end != at.to:
		return nil, false
	case p.code == codeTextNeeded && to < len(tokens) && tokens[to].kind == tokWord:
		return nil, false // where the prose ends nobody knows
	}
	instead, odd := lex(p.fix.text)
	if len(odd) > 0 {
		return nil, false
	}
	out := slices.Clone(tokens[:from])
	for _, t := range instead {
		if t.kind == tokEnd || t.kind == tokNewline {
			continue
		}
		t.start, t.end = at.from, at.to
		out = append(out, t)
	}
	return append(out, tokens[to:]...), true
}
