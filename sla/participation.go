package sla

import (
	"cmp"
	"slices"
	"strings"
)

// A Use says what a clause is for, so that nobody believes more of a report
// than is true.
type Use string

// The uses.
const (
	// Evaluated clauses take part in the computation of reports, or are run
	// whenever the contract is read.
	Evaluated Use = "evaluated"
	// CheckedOnly clauses are typed and checked; no number comes from them yet.
	CheckedOnly Use = "checked only"
	// ProseOnly clauses are for people and are never evaluated.
	ProseOnly Use = "prose"
)

// A Participant is a clause of a source file and its use.
type Participant struct {
	Clause string `json:"clause"`
	Use    Use    `json:"use"`
	// Statement is the kind of statement in words: "party must".
	Statement string `json:"statement"`
	At        Span   `json:"at"`
}

// participation gives the use of clauses by patterns of their ids, where `*`
// is any name; the first that fits an id, or the beginning of one, holds. The
// first name of objectives and tiers is written <objective> and <tier>.
var participation = []struct {
	use      Use
	patterns string
}{
	{ProseOnly, `contract/title contract/kind contract/template contract/schedule-of contract/precedence contract/approval
		contract/language contract/governing-law contract/status party/*/desk clause priorities/*/when
		service/*/includes service/*/excludes escalation/*/who raci/*/note security/firewall security/anti-malware
		party/*/must priorities/set credits/nature credits/formal-notice accept */accept */*/accept`},
	{Evaluated, `<party-must> amendment`},
	{CheckedOnly, `charge discount raci underpinning dispute`},
	{Evaluated, `security/patches security/breach-notice security/audit backup recovery report review`},
	{Evaluated, `<security>`},
	{CheckedOnly, `security/encryption security`},
	{Evaluated, `contract party holidays calendar priorities clocks <tier> <objective> service part event payment maintenance exclusions requests
		site escalation credits cap floor pool unit quantity convert day-of-fee bonus remedy-plan termination example`},
}

// Participation lists the clauses of a contract that was read from files, in
// their order, with what each is for. A contract built in Go has no places and
// gives an empty list.
func Participation(c *Contract) []Participant {
	kinds := kindsOf(c)
	out := make([]Participant, 0, len(c.Spans))
	for id, at := range c.Spans {
		use, statement := useOf(id, kinds)
		out = append(out, Participant{Clause: id, Use: use, Statement: statement, At: at})
	}
	slices.SortFunc(out, func(a, b Participant) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column), cmp.Compare(a.Clause, b.Clause))
	})
	return out
}

// UseOf says what one clause of a contract is for.
func UseOf(c *Contract, id string) Use {
	use, _ := useOf(id, kindsOf(c))
	return use
}

// kindsOf names the kind of the clauses whose ids begin with their own name.
func kindsOf(c *Contract) map[string]string {
	kinds := map[string]string{}
	for _, o := range c.allObjectives() {
		kinds[o.Name] = "<objective>"
	}
	for _, t := range c.allTiers() {
		kinds[t.Name] = "<tier>"
	}
	for _, p := range c.Parties {
		for _, d := range p.Duties {
			if d.Within != nil || d.Every != nil || d.By != nil { // it has a deadline, and may hold clocks
				kinds["party/"+p.Role+"/must/"+d.Name] = "<party-must>"
			}
		}
	}
	if s := c.Security; s != nil && (len(s.Patches) > 0 || s.BreachNotice != nil || s.AuditEvery != nil) {
		kinds["security {"] = "<security>" // the block, for its lines hold clocks
	}
	for i := range c.Bonuses {
		for _, limit := range c.Bonuses[i].Caps {
			kinds["cap/"+limit.Name] = "bonus"
		}
	}
	return kinds
}

func useOf(id string, kinds map[string]string) (use Use, statement string) {
	names := strings.Split(id, "/")
	if names[0] == "amendment" && len(names) > 2 {
		return useOf(strings.Join(names[2:], "/"), kinds)
	}
	if kind, ok := kinds[id+" {"]; ok {
		names[0] = kind
	} else if kind, ok := kinds[names[0]]; ok {
		names[0] = kind
	} else if kind, ok := kinds[strings.Join(names[:min(len(names), 4)], "/")]; ok {
		names[0] = kind
	}
	for _, rule := range participation {
		for _, pattern := range strings.Fields(rule.patterns) {
			if begins(names, strings.Split(pattern, "/")) {
				return rule.use, statementOf(pattern)
			}
		}
	}
	return CheckedOnly, names[0]
}

// statementOf puts a pattern into words.
func statementOf(pattern string) string {
	return strings.Join(strings.FieldsFunc(pattern, func(r rune) bool { return strings.ContainsRune("/*-<>", r) }), " ")
}

// begins says whether names begin with a pattern.
func begins(names, pattern []string) bool {
	if len(names) < len(pattern) {
		return false
	}
	for i, p := range pattern {
		if p != "*" && names[i] != p {
			return false
		}
	}
	return true
}
