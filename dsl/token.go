package dsl

// tokenKind says what a token is. The kinds are few and decided by the
// token's own characters alone: no keyword is known here.
type tokenKind uint8

const (
	tokEnd       tokenKind = iota // behind the last token
	tokNewline                    // end of a source line
	tokComment                    // "#" to the end of the line
	tokOpen                       // {
	tokClose                      // }
	tokBar                        // |
	tokComma                      // ,
	tokWord                       // keyword or name: erp, Mon-Fri, 24x7, P1, -
	tokText                       // "…"
	tokNumber                     // 420, 4.2
	tokPercent                    // 99.50%
	tokFraction                   // 1/3000
	tokDate                       // 2026-01-31
	tokMonth                      // 2026-01
	tokMonthDay                   // 12-25
	tokTime                       // 09:05, 09:05:30
	tokHours                      // 08:00-19:00
	tokInstant                    // 2026-10-25T02:30:00+02:00
	tokUnclosed                   // a text without its closing quote
	tokMalformed                  // begins like a number, is none: 99,5% 1.2.3
	tokOdd                        // characters the language has no use for: ; = >=
)

// A token is a piece of source text. value is the text as it is meant: curly
// quotes, no-break spaces and dashes already taken for what they stand for,
// and a tokText keeps its quotes so that prose never equals a keyword.
type token struct {
	kind       tokenKind
	start, end int // byte offsets in the source
	value      string
}

// text is the prose of a tokText without its quotes.
func (t token) text() string {
	if len(t.value) < 2 {
		return ""
	}
	return t.value[1 : len(t.value)-1]
}
