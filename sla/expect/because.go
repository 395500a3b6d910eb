package expect

import (
	"regexp"
	"strings"

	"github.com/sla-lang/sla/sla"
)

// explains says whether an explanation has the words behind `because`. A test
// quotes the reason, not the layout: each part between commas must occur, in
// any order, however thousands are grouped and whole hours are written; a time
// of day may stand without its date.
func (w *world) explains(why []sla.Step, because string) bool {
	var b strings.Builder
	for _, s := range why {
		said := w.words.Step(s)
		b.WriteString(said.Amount + " " + said.Label + " " + said.Text + " " + said.Label + " " + said.Amount + "\n")
	}
	whole := plain(b.String())
	timed := date.ReplaceAllString(whole, "")
	for _, part := range strings.Split(because, ", ") {
		if part = plain(part); !says(whole, part) && !says(timed, part) {
			return false
		}
	}
	return true
}

// date is a date before a time of day.
var date = regexp.MustCompile(`\d{4}-\d\d-\d\d `)

// says finds a phrase that is whole: "4 h" is not said by "14 h" nor by "4 h
// 30".
func says(text, phrase string) bool {
	for phrase != "" {
		before, after, found := strings.Cut(text, phrase)
		if !found {
			return false
		}
		if !endsInWord(before, phrase) && !goesOn(phrase, after) {
			return true
		}
		text = text[len(before)+1:]
	}
	return true
}

func endsInWord(before, phrase string) bool {
	n := len(before)
	return n > 0 && wordByte(phrase[0]) && (wordByte(before[n-1]) || before[n-1] == '.' && n > 1 && digit(before[n-2]))
}

func goesOn(phrase, after string) bool {
	last := phrase[len(phrase)-1]
	switch {
	case after == "" || !wordByte(last):
		return false
	case wordByte(after[0]), digit(last) && len(after) > 1 && after[0] == '.' && digit(after[1]):
		return true
	}
	return strings.HasSuffix(phrase, " h") && len(after) > 1 && after[0] == ' ' && digit(after[1])
}

func wordByte(c byte) bool {
	return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// plain writes text without the liberties of layout: no thousands commas, "3
// h" for "3 h 00", one blank.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == ',' && i > 0 && i+1 < len(s) && digit(s[i-1]) && digit(s[i+1]) {
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.ReplaceAll(b.String(), " h 00", " h")
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
