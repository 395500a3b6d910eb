package dsl

import (
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/sla"
)

// Numbers and the sign of percent as prose has them, in the languages that
// contracts are mostly brought along in. None of them is ever read.
const numbersText = `
1 one, eine, einen, un, une
2 two, zwei, deux
3 three, drei, trois
4 four, vier, quatre
5 five, fünf, cinq
6 six, sechs
7 seven, sieben, sept
8 eight, acht, huit
9 nine, neun, neuf
10 ten, zehn, dix
11 eleven, elf, onze
12 twelve, zwölf, douze
14 fourteen, vierzehn, quatorze
15 fifteen, fünfzehn, quinze
20 twenty, zwanzig, vingt
24 twenty-four, vierundzwanzig, vingt-quatre
30 thirty, dreißig, trente
45 forty-five, fünfundvierzig, quarante-cinq
60 sixty, sechzig, soixante
90 ninety, neunzig
100 hundred, hundert, cent
`

var numberWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(numbersText)) {
		digits, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		for word := range strings.SplitSeq(words, ", ") {
			out[word] = digits
		}
	}
	return out
})

var percentWords = []string{"percent", "pct", "prozent", "pourcent"}

// inWords finds the number in words that a problem of a line comes from: it
// stands there or just before, or has its sign written out, which is read
// nowhere; and with digits the line reads on behind it.
func inWords(p *problem, tokens []token, read func([]token) *problem) *problem {
	for i := range tokens {
		number, sign := spelledAt(tokens[i:])
		if number == nil {
			continue
		}
		end := number.place.to
		if i+1 < len(tokens) {
			end = max(end, tokens[i+1].end)
		}
		if !sign && (p.place.to < number.place.from || p.place.from > end) {
			continue
		}
		if mended, ok := number.mended(tokens); ok {
			if next := read(mended); next == nil || next.place.from >= number.place.to {
				return number
			}
		}
	}
	return nil
}

// spelledAt is the problem of a number in words with which tokens begin; sign
// says that the sign behind it is written out.
func spelledAt(tokens []token) (p *problem, sign bool) {
	at, text := tokens[0].place(), tokens[0].value
	behind := tokens[1:]
	spelled := false
	switch tokens[0].kind {
	case tokNumber:
	case tokWord:
		if text, spelled = numberWords()[strings.ToLower(text)]; !spelled {
			return nil, false
		}
		if text == "1" && len(behind) > 0 && numberWords()[strings.ToLower(behind[0].value)] == "100" {
			at, text, behind = at.through(behind[0].place()), "100", behind[1:]
		}
	default:
		return nil, false
	}
	if n := percentAt(behind); n > 0 {
		at, text, sign = at.through(behind[n-1].place()), text+"%", true
	}
	if !spelled && !sign {
		return nil, false
	}
	return (&problem{code: codeNumberInWords, place: at}).with(sla.Prose("suggestion", text)).fixed(at, text), sign
}

// percentAt is how many tokens say percent: `percent`, or `per cent`.
func percentAt(tokens []token) int {
	is := func(i int, words ...string) bool {
		return i < len(tokens) && tokens[i].kind == tokWord && slices.Contains(words, strings.ToLower(tokens[i].value))
	}
	switch {
	case is(0, percentWords...):
		return 1
	case is(0, "per") && is(1, "cent"), is(0, "pour") && is(1, "cent"):
		return 2
	}
	return 0
}
