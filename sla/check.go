package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/credits"
)

// Check says what is wrong with the meaning of a contract: names that nothing
// declares, schedules with holes, promises that cannot be kept, parts that a
// complete contract has. It never stops at the first and never fails; what it
// finds names clauses by id, so contracts from text, from JSON and built in Go
// are checked alike. Findings are sorted by clause and code.
//
// A warning answered by an `accept` line is returned with Accepted set.
func Check(c *Contract) []Finding {
	if len(c.Amendments) > 0 {
		return checkAmended(c)
	}
	k := newChecker(c)
	k.run()
	return k.findings
}

// checkAmended checks a contract as it reads before any amendment, and as it
// reads by each.
func checkAmended(c *Contract) []Finding {
	k := newChecker(c.Amended(0))
	k.run()
	k.c = c
	k.amendments()
	k.findingsAmended()
	k.sort()
	return k.findings
}

func newChecker(c *Contract) *checker {
	return &checker{c: c, declared: declare(c), used: map[nameKind]map[string]bool{}, shortestOf: map[string]shortWindow{}, index: indexOf(c), feesOf: map[string]credits.Amount{}}
}

// run makes every check.
func (k *checker) run() {
	for _, check := range checks() {
		check(k)
	}
	k.acceptances()
	k.sort()
}

func (k *checker) sort() {
	slices.SortStableFunc(k.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Clause, b.Clause), cmp.Compare(a.Code, b.Code))
	})
}

// checks lists every check. Their order does not matter, but that references
// come before what is unused.
func checks() []func(*checker) {
	return []func(*checker){
		(*checker).duplicates, (*checker).references, (*checker).complete, (*checker).calendars, (*checker).objectives, (*checker).measures, (*checker).budgets,
		(*checker).schedules, (*checker).encodings, (*checker).amounts, (*checker).capped, (*checker).pools, (*checker).ratchets, (*checker).money, (*checker).tiers, (*checker).clocks, (*checker).exactLengths, (*checker).monthEnds, (*checker).cadences, (*checker).escalation, (*checker).responsibility, (*checker).activities, (*checker).suppliers,
		(*checker).backups, (*checker).conditions, (*checker).shape, (*checker).cover, (*checker).unused,
	}
}

// A checker collects findings about one contract.
type checker struct {
	c        *Contract
	declared *names
	index    index
	findings []Finding
	unknown  int // references to names that nothing declares
	// used are the names that clauses refer to.
	used map[nameKind]map[string]bool
	// binding is the contract's zone and calendars, once they were tried.
	binding    *binding
	tried      bool
	shortestOf map[string]shortWindow
	// feesOf caches monthlyFees.
	feesOf map[string]credits.Amount
}

// find adds a finding and returns it for more detail.
func (k *checker) find(code Code, clause string, args ...Arg) *Finding {
	k.findings = append(k.findings, Finding{Code: code, Severity: severityOf(code), Clause: clause, Args: args})
	return &k.findings[len(k.findings)-1]
}

func (f *Finding) related(clause, label string, args ...Arg) *Finding {
	f.Related = append(f.Related, Related{clause, label, args})
	return f
}

// signed says whether the contract claims to be more than a draft.
func (k *checker) signed() bool {
	return k.c.Status.State != "" && k.c.Status.State != StatusDraft
}

// incomplete adds a finding about something a whole contract has: a warning
// while it is a draft, as severe as its code afterwards, nothing in a fragment.
func (k *checker) incomplete(code Code, clause string, args ...Arg) *Finding {
	if k.c.Kind == KindFragment {
		return &Finding{}
	}
	f := k.find(code, clause, args...)
	f.Absent = true
	if !k.signed() && f.Severity == Error {
		f.Severity = Warning
	}
	return f
}

// acceptances marks warnings that an accept line answers and reports the
// lines that answer nothing, or what cannot be accepted.
func (k *checker) acceptances() {
	used, severe := k.accept()
	for i := range k.c.Accepts {
		a := &k.c.Accepts[i]
		id := "accept/" + a.Code
		if a.In != "" {
			id = a.In + "/" + id
		}
		switch {
		case severe[i]:
			k.find(CodeAcceptError, id, Name("code", a.Code))
		case !used[i]:
			k.find(CodeAcceptUnused, id, Name("code", a.Code)).Unused = true
		}
	}
}

// holder is the clause that another stands in. Caps and floors of the credits
// block, and caps of bonuses, have ids of their own at the top.
func (k *checker) holder(id string) string {
	of := Parent(id)
	if of != "cap" && of != "floor" && id != "cap" && id != "floor" {
		return of
	}
	for _, b := range k.c.Bonuses {
		if slices.ContainsFunc(b.Caps, func(l MoneyCap) bool { return "cap/"+l.Name == id }) {
			return "bonus/" + b.Name
		}
	}
	return "credits"
}

// accept marks the warnings that an accept line answers: those about the block
// it stands in or a part of it, or anything where it stands in the header. Of
// the accept lines it tells which answer a warning, and which an error.
func (k *checker) accept() (used, severe map[int]bool) {
	type answer struct{ code, in string }
	lines := map[answer][]int{}
	for i, a := range k.c.Accepts {
		in := a.In
		if in == "contract" {
			in = ""
		}
		lines[answer{a.Code, in}] = append(lines[answer{a.Code, in}], i)
	}
	used, severe = map[int]bool{}, map[int]bool{}
	for j := range k.findings {
		f := &k.findings[j]
		for in := f.Clause; len(lines) > 0; in = k.holder(in) {
			for _, i := range lines[answer{string(f.Code), in}] {
				if f.Severity == Error {
					severe[i] = true
				} else {
					f.Accepted, used[i] = &k.c.Accepts[i], true
				}
			}
			if in == "" {
				break
			}
		}
	}
	return used, severe
}
