package dsl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// The scanner cuts the source into tokens in one pass. It never fails: what it
// cannot read becomes a token of its own kind, so one odd character costs one
// message and not the file.
type scanner struct {
	src    string
	at     int
	tokens []token
	odd    []oddity
}

// An oddity is a character that must not stand where it stands, although the
// token around it can be read.
type oddity struct {
	code  sla.Code
	place place
	char  rune
	// removable says that leaving it out changes no meaning.
	removable bool
}

// lex returns all tokens, comments and line ends among them, ending with one
// tokEnd.
func lex(src string) ([]token, []oddity) {
	l := &scanner{src: src, tokens: make([]token, 0, len(src)/5+8)}
	if strings.HasPrefix(src, "\ufeff") {
		l.at = len("\ufeff") // a byte order mark at the start says nothing
	}
	for l.at < len(src) {
		l.next()
	}
	l.emit(tokEnd, l.at)
	return l.tokens, l.odd
}

func (l *scanner) emit(kind tokenKind, start int) {
	l.tokens = append(l.tokens, token{kind: kind, start: start, end: l.at, value: l.src[start:l.at]})
}

func (l *scanner) next() {
	start := l.at
	c, size := l.rune()
	l.at += size
	switch mark := plain(c); {
	case c == '\n':
		l.emit(tokNewline, start)
	case c == '\r' || isSpace(c):
	case isInvisible(c):
		l.invisible(c, start)
	case mark == '{':
		l.mark(tokOpen, start, "{")
	case mark == '}':
		l.mark(tokClose, start, "}")
	case mark == '|':
		l.mark(tokBar, start, "|")
	case mark == ',':
		l.mark(tokComma, start, ",")
	case mark == '#':
		l.comment(start)
	case isQuote(c):
		l.quoted(start, c)
	case mark >= '0' && mark <= '9':
		l.numeric(start)
	case isWordRune(mark):
		l.word(start)
	case mark == '(' && l.choice(start):
	default:
		l.oddRun(start)
	}
}

// choice reads "(first)" and "(second)", which say which of the two instants
// is meant where the clocks read a time twice.
func (l *scanner) choice(start int) bool {
	for _, word := range []string{"(first)", "(second)"} {
		if strings.HasPrefix(l.src[start:], word) {
			l.at = start + len(word)
			l.emit(tokWord, start)
			return true
		}
	}
	return false
}

func (l *scanner) mark(kind tokenKind, start int, value string) {
	l.tokens = append(l.tokens, token{kind: kind, start: start, end: l.at, value: value})
}

func (l *scanner) rune() (rune, int) {
	if c := l.src[l.at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(l.src[l.at:])
}

func (l *scanner) comment(start int) {
	end := l.lineEnd(start)
	l.reportBidi(start, end)
	l.at = end
	l.emit(tokComment, start)
}

// lineEnd is the offset of the line's end, without a carriage return.
func (l *scanner) lineEnd(from int) int {
	end := strings.IndexByte(l.src[from:], '\n')
	if end < 0 {
		end = len(l.src)
	} else {
		end += from
	}
	for end > from && l.src[end-1] == '\r' {
		end--
	}
	return end
}

// quoted reads prose up to its closing quote on the same line. A straight
// quote may be closed by a curly one only where no straight one follows, as a
// word processor leaves it.
func (l *scanner) quoted(start int, open rune) {
	end := l.lineEnd(start)
	body := l.src[l.at:end]
	closing, size := closingQuote(body, open)
	if closing < 0 {
		l.at = end
		l.at = start + len(strings.TrimRight(l.src[start:l.at], " \t"))
		if head, ok := strings.CutSuffix(l.src[start:l.at], " {"); ok {
			l.at = start + len(strings.TrimRight(head, " \t")) // the block is still a block
		}
		l.emit(tokUnclosed, start)
		return
	}
	value := l.src[start : l.at+closing+size]
	if open != '"' || size != 1 {
		value = `"` + strings.Trim(body[:closing], guillemetSpace(open)) + `"`
	}
	l.at += closing + size
	l.reportBidi(start, l.at)
	l.tokens = append(l.tokens, token{kind: tokText, start: start, end: l.at, value: value})
}

func closingQuote(body string, open rune) (at, size int) {
	candidates := []string{`"`, "”", "“"}
	switch open {
	case '“', '„', '”':
		candidates = []string{"”", "“", `"`}
	case '«':
		candidates = []string{"»"}
	case '»':
		candidates = []string{"«", "»"}
	}
	for _, c := range candidates {
		if i := strings.Index(body, c); i >= 0 {
			return i, len(c)
		}
	}
	return -1, 0
}

// guillemetSpace is what French typography puts inside guillemets.
func guillemetSpace(open rune) string {
	if open == '«' {
		return " \u00a0\u202f"
	}
	return ""
}

// word reads letters, digits, "-", "_" and "."; dashes that a word processor
// put in are read as "-".
func (l *scanner) word(start int) {
	plainASCII := true
	l.at = start
	for l.at < len(l.src) {
		c, size := l.rune()
		if isInvisible(c) {
			l.invisible(c, l.at)
		} else if p := plain(c); !isWordRune(p) && (l.at == start || p != '/' && p != '+') {
			break // zone names have "/" and "+" inside: Europe/Paris, Etc/GMT+3
		}
		plainASCII = plainASCII && c < utf8.RuneSelf && !isInvisible(c)
		l.at += size
	}
	value := l.src[start:l.at]
	if !plainASCII {
		value = strings.Map(visible, value)
		l.reportLookAlikes(start, value)
	}
	l.tokens = append(l.tokens, token{kind: tokWord, start: start, end: l.at, value: value})
}

// numeric reads a run that begins with a digit and decides what it is.
func (l *scanner) numeric(start int) {
	l.at = start
	for l.at < len(l.src) {
		c, size := l.rune()
		p := plain(c)
		if isInvisible(c) {
			l.invisible(c, l.at)
			l.at += size
			continue
		}
		if isWordRune(p) || p == ':' || p == '/' || p == '%' {
			l.at += size
			continue
		}
		if p == '+' && strings.IndexByte(l.src[start:l.at], 'T') > 0 {
			l.at += size // the offset of an instant
			continue
		}
		if p == ',' && l.commaInNumber(start, l.at+size) {
			l.at += size
			continue
		}
		break
	}
	value := strings.Map(visible, l.src[start:l.at])
	if n := l.spacedPercent(); n > 0 && strings.Trim(value, "0123456789.,") == "" {
		l.at += n
		value += "%"
	}
	l.tokens = append(l.tokens, token{kind: classify(value), start: start, end: l.at, value: value})
}

// spacedPercent is the length of a percent sign behind spaces, as French
// typography writes 99,50 %; 0 where there is none.
func (l *scanner) spacedPercent() int {
	rest := strings.TrimLeftFunc(l.src[l.at:], isSpace)
	spaces := len(l.src) - l.at - len(rest)
	for _, sign := range []string{"%", "％"} {
		if spaces > 0 && strings.HasPrefix(rest, sign) {
			return spaces + len(sign)
		}
	}
	return 0
}

// commaInNumber tells a decimal or thousands comma, as in 99,5%, 6,000.00 or
// 6.000,00, from the mark: only digits before it and a digit directly behind.
func (l *scanner) commaInNumber(start, behind int) bool {
	if behind >= len(l.src) || l.src[behind] < '0' || l.src[behind] > '9' {
		return false
	}
	for _, c := range l.src[start : behind-1] {
		if (c < '0' || c > '9') && c != ',' && c != '.' {
			return false
		}
	}
	return true
}

// oddRun collects characters the language has no use for, such as ">=".
func (l *scanner) oddRun(start int) {
	for l.at < len(l.src) {
		c, size := l.rune()
		p := plain(c)
		if c == '\n' || c == '\r' || isSpace(c) || isQuote(c) || isWordRune(p) || strings.ContainsRune("{}|,#", p) {
			break
		}
		l.at += size
	}
	l.emit(tokOdd, start)
}

// invisible reports a character outside of prose that cannot be seen; it
// belongs to nothing and is passed over.
func (l *scanner) invisible(c rune, at int) {
	l.odd = append(l.odd, oddity{code: codeInvisible, place: place{at, at + utf8.RuneLen(c)}, char: c, removable: true})
}

// visible is [plain] without what cannot be seen.
func visible(c rune) rune {
	if isInvisible(c) {
		return -1
	}
	return plain(c)
}

func (l *scanner) reportBidi(from, to int) {
	for i, c := range l.src[from:to] {
		if isBidi(c) {
			at := from + i
			l.odd = append(l.odd, oddity{code: codeInvisible, place: place{at, at + utf8.RuneLen(c)}, char: c})
		}
	}
}

// reportLookAlikes finds Cyrillic or Greek letters in a word that also has
// Latin ones: the eye cannot tell them apart, a comparison can.
func (l *scanner) reportLookAlikes(start int, value string) {
	latin := strings.ContainsFunc(value, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	if !latin {
		return
	}
	for i, c := range l.src[start:l.at] {
		if unicode.In(c, unicode.Cyrillic, unicode.Greek) {
			l.odd = append(l.odd, oddity{code: codeLookAlike, place: place{start + i, start + i + utf8.RuneLen(c)}, char: c})
			return
		}
	}
}

// plain gives the character that a typed or pasted one stands for.
func plain(c rune) rune {
	switch c {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return '-' // hyphens, dashes and the minus sign
	case '，':
		return ','
	case '｛':
		return '{'
	case '｝':
		return '}'
	case '｜':
		return '|'
	case '＃':
		return '#'
	case '：':
		return ':'
	case '％':
		return '%'
	}
	if c >= '０' && c <= '９' {
		return c - '０' + '0'
	}
	return c
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\t' }

func isSpace(c rune) bool {
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\u00a0' || c == '\u3000' || c == '\u202f' || c >= '\u2000' && c <= '\u200a'
}

func isQuote(c rune) bool {
	switch c {
	case '"', '“', '”', '„', '«', '»':
		return true
	}
	return false
}

func isWordRune(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
	}
	return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c)
}

func isBidi(c rune) bool {
	return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u200e' || c == '\u200f' || c == '\u061c'
}

func isInvisible(c rune) bool {
	return isBidi(c) || c == '\u200b' || c == '\u200c' || c == '\u200d' || c == '\u2060' || c == '\ufeff' || c == '\u00ad' || c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\v' && c != '\f' || c == 0x7f
}
