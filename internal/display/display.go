// Package display measures text as a terminal shows it, so that carets and
// tables line up under French accents and Chinese characters alike.
package display

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Width is the number of columns s takes in a terminal: two for wide East
// Asian characters, none for combining marks and characters without a shape.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += RuneWidth(r)
	}
	return n
}

// RuneWidth is the number of columns of one character.
func RuneWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Pad adds spaces to s until it is n columns wide.
func Pad(s string, n int) string {
	if w := Width(s); w < n {
		return s + strings.Repeat(" ", n-w)
	}
	return s
}
