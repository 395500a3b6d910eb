package dsl

import (
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
