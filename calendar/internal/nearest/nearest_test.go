package nearest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNames(t *testing.T) {
	zones := []string{"Europe/Paris", "Europe/Prague", "America/New_York", "Asia/Tokyo", "UTC"}
	for _, c := range []struct {
		name string
		want []string
	}{
		{"Europe/Pariss", []string{"Europe/Paris"}},
		{"europe/paris", []string{"Europe/Paris"}},
		{"Paris", []string{"Europe/Paris"}},
		{"Europe/Pairs", []string{"Europe/Paris"}},
		{"America/New York", []string{"America/New_York"}},
		{"Mars/Olympus", []string{}},
		{"", []string{}},
	} {
		assert.Equal(t, c.want, Names(c.name, zones), c.name)
	}
}
