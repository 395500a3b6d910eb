package sla

// shape: what the language cannot leave out and data can. A contract that was
// read from JSON or built in Go may lack a value that a kind cannot do without.
func (k *checker) shape() {
	if x := k.c.Exclusions; x != nil {
		for _, p := range x.Proofs {
			k.lacks(len(p.Of) == 0, "exclusions/proof-by/"+p.By, "of")
		}
	}
	for _, b := range k.c.Bonuses {
		for _, w := range b.When {
			k.conditionShape(w, "bonus/"+b.Name+"/when")
		}
	}
	for _, c := range k.c.Conversions {
		k.lacks(c.Pays == nil && len(c.Bands) == 0, "convert/"+c.Unit, "pays")
	}
	for _, t := range k.c.Terminations {
		for _, w := range t.When {
			k.conditionShape(w.Condition, "termination/"+t.By+"/when/"+w.Name)
		}
	}
}

// lacks reports a value that is not there.
func (k *checker) lacks(missing bool, clause, what string) {
	if missing {
		k.find(CodePartMissing, clause, Name("part", what))
	}
}

func (k *checker) conditionShape(c Condition, clause string) {
	switch c.Kind {
	case ConditionLevelEach, ConditionLevelAny:
		k.lacks(c.Threshold == nil, clause, "threshold")
	case ConditionInARow:
		k.lacks(c.Count < 1, clause, "count")
	case ConditionOfAny:
		k.lacks(c.Count < 1, clause, "count")
		k.lacks(c.Of < c.Count, clause, "of")
	}
}
