package spelling

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearest(t *testing.T) {
	known := []string{"calendar", "clocks", "charge", "contract", "credits", "credit", "P1", "P2", "night-hours", "on", "of"}
	for word, want := range map[string]string{
		"calender": "calendar", "Calendar": "calendar", "clcoks": "clocks", "nigth-hours": "night-hours",
		"credts": "credits",
		"credix": "credit", "abcde1": "",
		"P3":    "", // too short to guess
		"xyzzy": "", "": "", "calendar": "",
	} {
		assert.Equal(t, want, Nearest(word, known), word)
	}
	assert.Equal(t, []string{"P1", "P10"}, Near("P1x", []string{"P1", "P10", "Q"}), "equally near: both")
	assert.Empty(t, Nearest("P1x", []string{"P1", "P10", "Q"}), "unsure: silent")
}

func TestSlip(t *testing.T) {
	known := []string{"received", "assigned", "restored", "resolved", "replied"}
	for word, want := range map[string]string{
		"recieved": "received", "restore": "restored", "resolvedd": "resolved", "asigned": "assigned",
		"reassigned": "", "replaced": "", "received": "", "": "", // two slips may well be another word
	} {
		assert.Equal(t, want, Slip(word, known), word)
	}
	assert.Empty(t, Slip("abx", []string{"aby", "abz"}), "unsure: silent")
}
