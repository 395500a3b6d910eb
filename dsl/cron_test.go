package dsl

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSchedulesOfProgramsInWords(t *testing.T) {
	for text, want := range map[string]string{
		"0 2 * * *":           "every day at 02:00",
		"0 2 * * 1-5":         "every Mon-Fri at 02:00",
		"30 2,14 * * MON,wed": "every Mon, Wed at 02:30, 14:30",
		"0 4 * * 0":           "every Sun at 04:00",
		"0 4 * * 7":           "every Sun at 04:00",
		"*/15 * * * *":        "every 15 min",
		"* * * * *":           "every 1 min",
		"0 * * * *":           "every 1 h",
		"0 */6 * * *":         "every 6 h",
		"0 3 15 * *":          "every 15th day of the month at 03:00",
		"0 3 1 1,7 *":         "every 1st day of January, July at 03:00",
		"0 0 1 JAN *":         "every 1st day of January at 00:00",
		"0 9-17/4 * * *":      "every day at 09:00, 13:00, 17:00",
		"0 3 15 * 1":          "", "*/7 * * * *": "", "0 0 31 2 *": "", "0 24 * * *": "", "0 2 * *": "", "@daily": "", "a b c d e": "", "5-2 2 * * *": "", "*/0 2 * * *": "",
	} {
		got, ok := fromCron(text)
		assert.Equal(t, want != "", ok, text)
		if ok {
			assert.Equal(t, want, got, text)
		}
	}
}
