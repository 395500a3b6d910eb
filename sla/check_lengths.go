package sla

import "github.com/sla-lang/sla/calendar"

// exactLengths: downtime, the lateness of tickets and what is excluded are exact
// time, and are compared with and counted by exact time; a day is a date, of
// 23 to 25 hours (semantics 1.5).
func (k *checker) exactLengths() {
	need := func(clause string, l *calendar.Length) {
		if l != nil && !l.IsExact() {
			k.find(CodeCountLength, clause, Length("found", *l))
		}
	}
	unit := func(clause string, l *calendar.Length) {
		if need(clause, l); l != nil && l.IsExact() && l.Duration() <= 0 {
			k.find(CodeCountLength, clause, Length("found", *l))
		}
	}
	c := k.c
	for i := range c.Objectives {
		for _, p := range c.Objectives[i].priced() {
			if e := p.Each; e != nil {
				unit(p.id+"/each", e.Time)
				need(p.id+"/each/than", e.Beyond)
				need(p.id+"/each/than", e.LongerThan)
			}
			need(p.id+"/base/beyond", p.Base.Beyond)
		}
		if count := c.Objectives[i].Count; count != nil {
			for _, s := range count.lengths() {
				unit(c.Objectives[i].Name+"/count/"+s.step, &s.length)
			}
		}
	}
	if x := c.Exclusions; x != nil {
		need("exclusions/judged", x.JudgedOnlyIf)
	}
	for _, m := range c.Maintenance {
		id := "maintenance/" + m.Kind
		for _, l := range m.Limits {
			need(id+"/limit/"+string(l.Each), &l.Length)
		}
		for _, n := range m.Notices {
			need(id+"/notice/beyond/than", n.Beyond)
			need(id+"/notice/upto/than", n.Upto)
		}
	}
}

// monthEnds: a length in months or years that is counted from an event says
// what stands for a date that does not exist, such as a month after 31
// January (semantics 1.5). Lengths counted from a date that is written, and
// rhythms, need not.
func (k *checker) monthEnds() {
	check := func(clause string, l *calendar.Length) {
		if l != nil && l.OrLastDay() != *l {
			k.find(CodeMonthEnd, clause, Length("length", *l), Length("suggestion", l.OrLastDay()))
		}
	}
	c := k.c
	for i := range c.Tiers {
		k.rowMonths(c.Tiers[i].Name, c.Tiers[i].Rows, check)
	}
	for i := range c.Requests {
		k.rowMonths("requests/"+c.Requests[i].Service, c.Requests[i].Rows, check)
	}
	for i := range c.Sites {
		for _, in := range c.Sites[i].Instead {
			check("site/"+c.Sites[i].Name, &in.Within)
		}
	}
	if p := c.Priorities; p != nil {
		check("priorities/contested", p.ContestWithin)
	}
	for _, clocks := range append([]Clocks{ptrOr(c.Clocks)}, c.ClocksOf...) {
		if clocks.Reopen != nil {
			check(clocks.id()+"/reopen", &clocks.Reopen.Within)
		}
	}
	for i := range c.Parties {
		for _, d := range c.Parties[i].Duties {
			check("party/"+c.Parties[i].Role+"/must/"+d.Name, d.Within)
		}
	}
	k.remedyMonths(check)
}

func (k *checker) rowMonths(id string, rows []Commitment, check func(string, *calendar.Length)) {
	for i := range rows {
		for _, p := range rows[i].Promises {
			if !p.Every {
				check(id+"/"+rows[i].Name()+"/"+p.Measure, &p.Within)
			}
		}
	}
}

// remedyMonths are the lengths of what follows from a miss.
func (k *checker) remedyMonths(check func(string, *calendar.Length)) {
	c := k.c
	if x := c.Exclusions; x != nil {
		for _, p := range x.Proofs {
			if len(p.Of) > 0 { // one length for all of them
				check("exclusions/proof/"+p.Of[0], &p.Within)
			}
		}
	}
	if r := c.Credits; r != nil {
		if r.Settled != nil {
			check("credits/settled", &r.Settled.After)
		}
		if r.Claim != nil {
			for i := range r.Claim.Steps {
				check("credits/claim", r.Claim.Steps[i].Within)
			}
		}
	}
	if c.Payment != nil {
		check("payment/issued", &c.Payment.Issued)
	}
	for i := range c.RemedyPlans {
		check("remedy-plan/"+c.RemedyPlans[i].Name, &c.RemedyPlans[i].Within)
	}
	for i := range c.Terminations {
		t := &c.Terminations[i]
		if t.Cure != nil {
			check("termination/"+t.By+"/cure", &t.Cure.Length)
		}
		if t.Terms != nil {
			check("termination/"+t.By+"/notice", &t.Terms.Length)
			check("termination/"+t.By+"/notice", t.Terms.GivenWithin)
		}
	}
}

// cadences: what is owed again and again is owed after some time.
func (k *checker) cadences() {
	check := func(clause string, row *Commitment) {
		for _, p := range row.Promises {
			if p.Every && p.Within.Count() <= 0 {
				k.find(CodeEveryZero, clause, Length("found", p.Within))
			}
		}
	}
	for i := range k.c.Tiers {
		for j := range k.c.Tiers[i].Rows {
			row := &k.c.Tiers[i].Rows[j]
			check(k.c.Tiers[i].Name+"/"+row.Name()+"/update", row)
		}
	}
	for _, d := range k.c.duties() {
		check(d.clause, &d.row)
	}
}
