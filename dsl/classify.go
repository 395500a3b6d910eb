package dsl

import "strings"

// classify says what a run that begins with a digit is, by its shape alone.
// Whether a date or a time exists is decided where it is used.
func classify(s string) tokenKind {
	switch {
	case shape(s, "d"):
		return tokNumber
	case shape(s, "d.d"):
		return tokNumber
	case shape(s, "d%"), shape(s, "d.d%"):
		return tokPercent
	case shape(s, "d/d"):
		return tokFraction
	case shape(s, "4-2-2"):
		return tokDate
	case shape(s, "4-2"):
		return tokMonth
	case shape(s, "2-2"):
		return tokMonthDay
	case isTime(s):
		return tokTime
	case isHours(s):
		return tokHours
	case isInstant(s):
		return tokInstant
	case isClock(s):
		return tokMalformed
	case isName(s):
		return tokWord
	}
	return tokMalformed
}

// shape matches s against a pattern in which d stands for one or more digits,
// 2 and 4 for that many, and any other character for itself.
func shape(s, pattern string) bool {
	i := 0
	for _, p := range []byte(pattern) {
		switch p {
		case 'd', '2', '4':
			from := i
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			if n := i - from; n == 0 || p == '2' && n != 2 || p == '4' && n != 4 {
				return false
			}
		default:
			if i >= len(s) || s[i] != p {
				return false
			}
			i++
		}
	}
	return i == len(s)
}

func isTime(s string) bool {
	return shape(s, "d:2") || shape(s, "d:2:2") || shape(s, "d:2:2.d")
}

func isHours(s string) bool {
	for i := range len(s) {
		if s[i] == '-' {
			return isTime(s[:i]) && isTime(s[i+1:])
		}
	}
	return false
}

// isInstant is a date and a time with a T between, with an offset or without.
func isInstant(s string) bool {
	date, clock, ok := strings.Cut(s, "T")
	if !ok || !shape(date, "4-2-2") {
		return false
	}
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		offset := clock[i:]
		return isTime(clock[:i]) && (offset == "Z" || shape(offset, "+2:2") || shape(offset, "-2:2"))
	}
	return isTime(clock)
}

// isPlainName says whether a text could be written as a name.
func isPlainName(s string) bool {
	tokens, odd := lex(s)
	return len(odd) == 0 && len(tokens) == 2 && tokens[0].kind == tokWord && tokens[0].value == s
}

// isName accepts words that begin with a digit, such as 24x7.
func isName(s string) bool {
	letter := false
	for _, c := range s {
		if !isWordRune(c) {
			return false
		}
		letter = letter || (c < '0' || c > '9') && c != '-' && c != '.' && c != '_'
	}
	return letter
}

// isClock recognises hours as people write them beside the language's way:
// 8h-12h, 8h30-12h00. They are no names.
func isClock(s string) bool {
	from, to, two := strings.Cut(s, "-")
	side := func(t string) bool {
		hour, minute, ok := strings.Cut(t, "h")
		return ok && (shape(hour, "d") && len(hour) <= 2) && (minute == "" || shape(minute, "2"))
	}
	return two && side(from) && side(to)
}
