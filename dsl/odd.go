package dsl

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Problems of single tokens: what they look like tells what was meant.

// malformed says what is wrong with a run that begins like a number.
func malformed(t *lexer.Token) *problem { return malformedValue(t.Value, placeOf(t)) }

func malformedValue(s string, at place) *problem {
	found := sla.Prose("found", s)
	comma := strings.IndexByte(s, ',')
	switch {
	case comma >= 0 && strings.Count(s, ",") == 1 && !strings.Contains(s, ".") && !thousandsComma(s):
		mended := strings.Replace(s, ",", ".", 1)
		return (&problem{code: codeDecimalComma, place: at}).with(found, sla.Prose("suggestion", mended)).fixed(at, mended)
	case comma >= 0 && strings.IndexByte(s, '.') >= 0 && strings.IndexByte(s, '.') < comma && strings.Count(s, ",") == 1:
		joined := strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1) // 6.000,00
		return (&problem{code: codeThousands, place: at}).with(sla.Prose("joined", joined)).fixed(at, joined)
	case comma >= 0:
		joined := strings.ReplaceAll(s, ",", "")
		p := (&problem{code: codeThousands, place: at}).with(sla.Prose("joined", joined))
		if strings.Contains(s, ".") || strings.Count(s, ",") > 1 {
			p.fixed(at, joined)
		}
		return p
	case strings.HasSuffix(s, "%%"):
		mended := strings.TrimRight(s, "%") + "%"
		return (&problem{code: codeMalformedNumber, place: at}).with(found, sla.Prose("suggestion", mended)).fixed(at, mended)
	case dateOtherwise(s):
		p := (&problem{code: codeNoSuchDate, place: at}).with(sla.Prose("written", s))
		if mended := yearFirst(s); mended != "" {
			p.with(sla.Prose("suggestion", mended)).fixed(at, mended)
		}
		return p
	case len(s) == len("2026-3") && s[4] == '-' && strings.Trim(s, "0123456789") == "-":
		mended := s[:5] + "0" + s[5:]
		return (&problem{code: codeNoSuchDate, place: at}).with(sla.Prose("written", s), sla.Prose("suggestion", mended)).fixed(at, mended)
	case strings.Count(s, "-") == 2 && strings.Trim(s, "0123456789-") == "":
		return (&problem{code: codeNoSuchDate, place: at}).with(found)
	case strings.Contains(s, ":") || isClock(s):
		return noSuchTime(s, s, at)
	}
	return (&problem{code: codeMalformedNumber, place: at}).with(found)
}

// dateOtherwise says whether a run is a date in another notation: 31/01/2026,
// 31.1.2026, 31-01-2026.
func dateOtherwise(s string) bool { return dateParts(s) != nil }

// dateParts are the three numbers of such a date; nil where it is none.
func dateParts(s string) []string {
	for _, sep := range []string{"/", ".", "-"} {
		parts := strings.Split(s, sep)
		if len(parts) != 3 || strings.Trim(strings.Join(parts, ""), "0123456789") != "" || slices.Contains(parts, "") {
			continue
		}
		if sep == "-" && len(parts[0]) == 4 && len(parts[1])+len(parts[2]) < 4 { // 2026-3-5
			return parts
		}
		if len(parts[2]) == 4 && len(parts[0]) <= 2 && len(parts[1]) <= 2 || sep != "-" && len(parts[0]) == 4 {
			return parts
		}
	}
	return nil
}

// yearFirst writes such a date as the language does, where there is no doubt
// which number is the day.
func yearFirst(s string) string {
	p := dateParts(s)
	if len(p[0]) == 4 {
		p[0], p[2] = p[2], p[0]
	} else if a, b := twoDigits(p[0]), twoDigits(p[1]); b > "12" {
		p[0], p[1] = p[1], p[0]
	} else if a <= "12" && a != b {
		return "" // the 1st of February, or the 2nd of January
	}
	mended := p[2] + "-" + twoDigits(p[1]) + "-" + twoDigits(p[0])
	if _, err := calendar.ParseDate(mended); err != nil {
		return ""
	}
	return mended
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// noSuchTime is about a time, alone or in hours, that is none as it stands.
func noSuchTime(found, text string, at place) *problem {
	p := (&problem{code: codeNoSuchTime, place: at}).with(sla.Prose("found", found))
	if mended := clockTimes(text); mended != "" && mended != text {
		p.with(sla.Prose("suggestion", mended)).fixed(at, mended)
	}
	return p
}

// clockTimes writes a time, or two with a dash between, as the language does:
// 8:00-19:00 and 8h-19h are 08:00-19:00. It is empty where that gives no time.
func clockTimes(s string) string {
	parts := strings.Split(s, "-")
	for i, part := range parts {
		hour, minute, _ := strings.Cut(strings.Replace(part, "h", ":", 1), ":")
		if len(hour) == 1 {
			hour = "0" + hour
		}
		parts[i] = hour + ":" + cmp.Or(minute, "00")
		if _, err := calendar.ParseTimeOfDay(parts[i]); err != nil {
			return ""
		}
	}
	return strings.Join(parts, "-")
}

// thousandsComma says whether the comma groups three digits without a percent
// sign, as in 6,000: that is no decimal comma, but which is meant is unsure.
func thousandsComma(s string) bool {
	_, behind, _ := strings.Cut(s, ",")
	return len(behind) == 3 && strings.Trim(behind, "0123456789") == ""
}

// oddCharacters reports signs the language has no use for.
func oddCharacters(t *lexer.Token) *problem { return oddValue(t.Value, placeOf(t)) }

func oddValue(s string, at place) *problem {
	p := (&problem{code: codeOddCharacter, place: at}).with(sla.Prose("found", s))
	if s == "%" {
		return p.with(sla.Phrase("hint", "hint percent"))
	}
	p.with(sla.Prose("out", s))
	if other, ok := otherOps[s]; ok {
		return (&problem{code: codeOperator, place: at}).with(sla.Prose("found", s), sla.Name("suggestion", other)).fixed(at, other)
	}
	if _, ok := currencyNames[s]; ok || s == "$" {
		p.with(sla.Phrase("hint", "hint currency"))
	}
	if s == ":" || s == "=" || s == ";" || strings.Trim(s, "%") == "" {
		return p.fixed(at, "")
	}
	return p
}

// firstTokenProblem is about a line whose first token cannot be read.
func firstTokenProblem(t token) *problem {
	switch t.kind {
	case tokMalformed:
		return malformedValue(t.value, t.place())
	case tokUnclosed:
		return &problem{code: codeTextNotClosed, place: t.place()}
	}
	return oddValue(t.value, t.place())
}
