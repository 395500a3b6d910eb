package dsl

import (
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/internal/spelling"
)

// The headings that people bring along from other contracts. As with first
// words of lines, each is answered with the heading this language has for it,
// and none is ever read.
const columnWordsText = `
priority: severity, prio, class, priorité, gravité, priorität
when: description, meaning, definition, impact, criteria, définition, beschreibung
respond within: response, response time, first response, reaction, reaction time, respond, délai de réponse, reaktionszeit
restore within: restoration, restoration time, recovery, recovery time, restore, rétablissement, wiederherstellung
resolve within: resolution, resolution time, resolve, fix, fix time, repair, résolution, lösungszeit
clock: hours, service hours, support hours, business hours, coverage, calendar, during, horaires
in time: target, compliance, percentage, percent, rate, objectif
credit: penalty, rebate, refund, service credit, pays, discount, pénalité, avoir, gutschrift
below: less than, under, lower than
at least: no less than, not less than
at most: up to, no more than, not more than
above: more than, greater than, over, higher than
request: type, request type, item, catalogue item, demande
level: step, escalation level, niveau
who: contact, person, role, name
activity: task, deliverable, tâche
`

// columnWords are the headings that a word may be meant for.
var columnWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(columnWordsText)) {
		heading, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for word := range strings.SplitSeq(words, ", ") {
			out[word] = heading
		}
	}
	return out
})

// meantColumn is the heading that another most likely stands for, "" where
// that is unsure.
func meantColumn(heading string, known []string) string {
	if near := spelling.Nearest(heading, known); near != "" {
		return near
	}
	if meant := columnWords()[strings.ToLower(heading)]; slices.Contains(known, meant) {
		return meant
	}
	return ""
}
