package sla

import "slices"

// complete: what every whole contract says. A fragment is exempt; in a draft
// these are warnings.
func (k *checker) complete() {
	c := k.c
	need := func(missing bool, clause, part string) {
		if missing {
			k.incomplete(CodeIncomplete, clause, Phrase("what", "part "+part), Phrase("write", "part-line "+part))
		}
	}
	has := func(role string) bool {
		return slices.ContainsFunc(c.Parties, func(p Party) bool { return p.Role == role })
	}
	need(c.ID == "", "contract", "id")
	need(c.Timezone == "", "contract/timezone", "timezone")
	need(c.Term == nil, "contract/term", "term")
	need(c.Law == nil, "contract/governing-law", "law")
	need(!has("provider"), "party/provider", "provider")
	need(!has("customer"), "party/customer", "customer")
	need(len(c.Services) == 0, "service", "service")
	need(len(c.Objectives) == 0 && len(c.Tiers) == 0, "objective", "objective")
	need(k.paysCredits() && (c.Credits == nil || c.Credits.Settled == nil), "credits/settled", "settlement")
}

func (k *checker) paysCredits() bool {
	return slices.ContainsFunc(k.c.Objectives, func(o Objective) bool { return o.Credit != nil })
}

// unused: what is declared is there for something. Parties, services and
// objectives speak for themselves, priorities that no tier has are another
// finding; in a fragment others may refer to it.
func (k *checker) unused() {
	for _, o := range k.c.Objectives {
		k.use(causeName, o.Exclude...)
		k.use(tierName, o.Scope.Tier)
	}
	for _, m := range k.c.Maintenance {
		if m.CountsAsDowntime {
			k.use(causeName, m.Cause())
		}
	}
	if k.c.Kind == KindFragment {
		return
	}
	for _, kind := range []nameKind{calendarName, holidaysName, tierName, causeName, milestoneName} {
		for _, name := range k.declared.list(kind) {
			if !k.used[kind][name] {
				k.find(CodeUnusedName, k.declared.byKind[kind][name], Name("name", name), Phrase("kind", "name "+string(kind))).Unused = true
			}
		}
	}
}
