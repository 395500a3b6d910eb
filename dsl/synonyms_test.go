package dsl

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a word of another language is answered with exists, and the word
// itself is none of this language in the same block.
func TestSynonymsLeadToForms(t *testing.T) {
	var all []string
	for _, s := range append(edition1().scopes(), edition1().testScopes()...) {
		for _, h := range heads(s) {
			all = append(all, h, strings.Fields(h)[0])
		}
	}
	for word, meant := range synonyms() {
		assert.Equal(t, strings.ToLower(word), word)
		for _, head := range meant {
			assert.Contains(t, all, head, word)
			assert.NotEqual(t, word, head)
		}
	}
}

// A heading is answered with one that some table has, and is no such heading
// itself.
func TestColumnWordsLeadToHeadings(t *testing.T) {
	known := slices.Concat(promised, keyColumns, []string{"priority", "request", "clock", "in time", "credit", "below", "at least", "at most", "above", "level", "who", "activity"})
	for word, heading := range columnWords() {
		assert.Equal(t, strings.ToLower(word), word)
		assert.Contains(t, known, heading, word)
		assert.NotContains(t, known[:len(promised)], word)
		assert.Equal(t, heading, meantColumn(word, []string{heading, "quite another"}), word)
	}
}
