package dsl

import (
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/sla"
)

// Lines of other contracts, of sketches and of other tools which this language
// says in quite another way: a word in the place of theirs would not help, so
// the message teaches the form that exists. The texts are in the catalogue,
// under "lesson" and the key.

// Lines by their first word; where a block stands before it, in that block
// only.
const firstLessons = `
duty: duty, obligation, deliverable, deliverables
annex: annex, annexes, exhibit, appendix, attachment, annexe, anlage
playbook: playbook, policy, rules
parameter: param, parameter, parameters, variable, let, var, define, file/set
template: file/template
include: file/include, file/import, file/use, file/extends
amendment: file/amend, file/amends, file/addendum, file/avenant, contract/amendment
amended: amendment/instead, amendment/change, amendment/replace, amendment/add, amendment/remove, amendment/service, amendment/clocks, amendment/calendar, amendment/priorities, amendment/escalation, amendment/because, amendment/approval, amendment/party, amendment/site, amendment/credits, amendment/fee, amendment/term, amendment/termination, amendment/holidays, amendment/timezone
terms: terms
standards: service/complies, file/complies, contract/complies
exit: exit, exit-plan, reversibility, handover
escalation-start: escalation/start
tier-report: tier/report
when-missed: objective/when
other-target: objective/instead, objective/override, objective/unless
baseline: baseline, baselines, reference-value
together: same-incident
`

// Lines by their words up to the one at which they cannot be read; `*` stands
// for any words, `%` for a share in percent.
const lineLessons = `
baseline: target * the
no-target: target * no
score-by: score by
zone-of-site: window * in the zone
good-within: measure share of good * within
share-failed: measure share of failed *
share-failed: measure share of missed *
share-samples: measure share of samples *
share-duty: measure share of duty *
number-of: measure count
average: measure mean
percentile: measure 90th
percentile: measure 95th
percentile: measure 99th
schedule: scheduled at
schedule: scheduled daily
schedule: scheduled hourly
schedule: scheduled weekly
schedule: scheduled on
schedule: scheduled each
started: started in
started: started at
started: started on
started: started by
started: ended by
started: ended at
started: ended before
recurrence: window monthly
recurrence: window weekly
recurrence: window daily
recurrence: window on
recurrence: window each
recurrence: window the
recurrence: window first
recurrence: window last
recurrence: window second
recurrence: window third
recurrence: window fourth
source-events: source items of *
down-checks: down when 1
down-checks: down when 2
down-checks: down when 3
down-checks: down when 4
down-checks: down when 5
down-checks: down when checks *
down-checks: down when check *
maintenance-notice: maintenance * notice
maintenance-of: maintenance * of
matrix: priorities from
charge-each: charge * per
calendar-closed: calendar * closed
calendar-closed: calendar * holidays
calendar-closed: calendar * except
fee-window: credit * of the monthly
fee-window: credit * of the quarterly
fee-window: credit * of the yearly
fee-window: credit * of the annual
fee-window: cap * of the monthly
fee-window: cap * of the quarterly
fee-window: cap * of the yearly
fee-window: cap * of the annual
times-the-fee: credit * times the
credit-each: credit * each
credit-per: credit * per
credit-once: credit * once
credit-steps: credit * for each %
claim-from: claim within * after
below-level: when * less
below-level: when * under
measure-work: measure delivery
measure-work: measure deliveries
measure-work: measure missed
measure-work: measure restore
measure-work: measure respond
measure-work: measure resolve
measure-work: measure punctuality
late-of: measure number of late * of
when-name: when * is missed
when-name: when * was missed
start-several: start when detected by monitoring ,
`

// A lineLesson is a pattern of words and the key of its lesson.
type lineLesson struct {
	words []string
	key   string
}

var lessons = sync.OnceValues(func() (first map[string]string, lines []lineLesson) {
	first = map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(firstLessons)) {
		key, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for word := range strings.SplitSeq(words, ", ") {
			first[word] = key
		}
	}
	for line := range strings.Lines(strings.TrimSpace(lineLessons)) {
		key, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		lines = append(lines, lineLesson{strings.Fields(words), key})
	}
	return first, lines
})

// lessonOf is what is taught where a line begins with a word that no line of a
// block begins with.
func lessonOf(s anyScope, word string) (sla.Arg, bool) {
	first, _ := lessons()
	word = strings.ToLower(word)
	_, block, _ := strings.Cut(s.scopeKey(), " ")
	key, ok := first[block+"/"+word]
	if !ok {
		key, ok = first[word]
	}
	return sla.Phrase("lesson", "lesson "+key), ok
}

// taught makes the problem of a line that cannot be read a lesson, if there is
// one for the words up to where it stopped and it is none already.
func (p *problem) taught(tokens []token) bool {
	if slices.ContainsFunc(p.args, func(a sla.Arg) bool { return a.Name == "lesson" }) {
		return true
	}
	if p.code != codeUnexpected && p.code != codeTrailing {
		return false
	}
	at := slices.IndexFunc(tokens, func(t token) bool { return t.start >= p.place.from })
	if at < 0 || at > maxTaught {
		return false
	}
	_, lines := lessons()
	for _, l := range lines {
		if l.fits(tokens[:at+1]) {
			p.code, p.args = codeUnexpected, []sla.Arg{sla.Prose("found", tokens[at].value), sla.Phrase("lesson", "lesson "+l.key)}
			return true
		}
	}
	return false
}

// maxTaught bounds how many words of a line are compared.
const maxTaught = 30

// fits says whether the words are those of the pattern, all of them.
func (l lineLesson) fits(tokens []token) bool {
	if len(l.words) == 0 || len(tokens) == 0 {
		return len(l.words) == len(tokens)
	}
	rest := lineLesson{l.words[1:], l.key}
	if l.words[0] == "*" {
		return rest.fits(tokens[1:]) || l.fits(tokens[1:])
	}
	if l.words[0] == "%" {
		return strings.HasSuffix(tokens[0].value, "%") && rest.fits(tokens[1:])
	}
	return tokens[0].value == l.words[0] && rest.fits(tokens[1:])
}
