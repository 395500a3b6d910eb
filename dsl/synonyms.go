package dsl

import (
	"strings"
	"sync"
)

// The words that people bring along: from other contracts, other tools and
// other languages. Each is answered with the word this language has for it;
// none of them is ever read.
const synonymsText = `
contract: agreement, vertrag, contrat, 合同
party: provider, customer, client, supplier, vendor, subscriber, prestataire, fournisseur, auftragnehmer, 客户, 供应商
term: from, starts, start-date, begins, effective, valid, validity, duration, ends, expires, durée, duree, laufzeit
timezone: tz, time-zone, fuseau, zeitzone, 时区
currency: devise, monnaie, währung, 货币
governing: law, jurisdiction
calendar: schedule, business-hours, calendrier, horaires, kalender, 日历
open: hours, opening, working-hours, weekdays, ouvert, geöffnet
closed: holiday, public-holidays, bank-holidays, shut, fermé, férié, jours-fériés, feiertage, 节假日
priorities: priority, severity, severities, priorité, priorités, priorität, 优先级
clocks: timers, timer, ticket, tickets
pause: suspend, hold, stop-clock, suspension
tier: level, support-level, service-level, niveau
service: product, application, system, dienst, 服务
fee: price, cost, amount, monthly-fee, tarif, prix, redevance, preis, 费用
objective: slo, sla, kpi, commitment, objectif, ziel, 目标
measure: uptime, availability, sli, metric, indicator, kpi, disponibilité, verfügbarkeit, 可用性
source: monitoring, measured-by, tool, probe, data
target: threshold, goal, slo, cible, schwelle
count: downtime, counted-as, outage, outages
exclude: excluding, excluded, ignore, exclusion, exclure
exclusions: exceptions, exclusion, force-majeure
maintenance: planned-maintenance, maintenance-window, wartung, 维护
credit: penalty, penalties, credits, rebate, refund, compensation, liquidated-damages, pénalité, pénalités, avoir, gutschrift, 抵扣
credits: penalties, settlement
cap: maximum, max, at-risk, plafond, obergrenze
claim: request-credit, deadline, réclamation
termination: terminate, cancellation, exit, résiliation, kündigung
underpinning: subcontract, subcontractor, ola, sous-traitance, sous-traitant
escalation: escalate, escalade, eskalation
raci: responsibilities, responsible, responsabilités
review: meeting, committee, copil
report: reporting, rapport, bericht
desk: contact, phone, email, helpdesk
accept: waive, ignore, suppress, disable
when: if
expect: assert, should, then, verify, check, result
given: facts, setup, assume, with
month: during
credit of: credit, penalty, penalties, rebate, pénalité
total credit: total, sum, amount
termination by: termination
downtime of: downtime, down
agreed service time of: agreed
pauses of: pauses, paused
level of: level
so that: because, why, purpose, note, description
`

// synonyms are the first words of the forms that a word may be meant for.
var synonyms = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(synonymsText)) {
		head, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for word := range strings.SplitSeq(words, ", ") {
			out[word] = append(out[word], head)
		}
	}
	return out
})

// meantBy finds the form that somebody else's word stands for: one of this
// block before one of another.
func (l *lowering) meantBy(s anyScope, word string) (f formInfo, where string, ok bool) {
	heads := synonyms()[strings.ToLower(word)]
	if heads == nil {
		return formInfo{}, "", false
	}
	for _, sc := range append([]anyScope{s}, l.scopes()...) {
		for _, head := range heads {
			for _, f := range sc.infos() {
				if strings.Join(f.head, " ") == head || len(f.head) > 1 && f.head[0] == head {
					return f, sc.scopeKey(), true
				}
			}
		}
	}
	return formInfo{}, "", false
}
