package sla

// An index finds the services, tiers and objectives of a contract by name, so
// that no check walks all of them for each of its clauses. Of two with one
// name, an error told elsewhere, it knows the first.
type index struct {
	services map[string]*Service
	inTier   map[string][]*Service
	all      []*Service
	tiers    map[string]*Tier
	// objectives by their name, and judged by the service they are about.
	objectives map[string]*Objective
	judged     map[string][]*Objective
}

func indexOf(c *Contract) index {
	x := index{
		services: map[string]*Service{}, inTier: map[string][]*Service{}, tiers: map[string]*Tier{},
		objectives: map[string]*Objective{}, judged: map[string][]*Objective{},
	}
	for i := range c.Services {
		s := &c.Services[i]
		if x.services[s.Name] == nil {
			x.services[s.Name] = s
		}
		x.inTier[s.Tier] = append(x.inTier[s.Tier], s)
		x.all = append(x.all, s)
	}
	for i := range c.Tiers {
		if t := &c.Tiers[i]; x.tiers[t.Name] == nil {
			x.tiers[t.Name] = t
		}
	}
	for i := range c.Objectives {
		o := &c.Objectives[i]
		if x.objectives[o.Name] == nil {
			x.objectives[o.Name] = o
		}
		x.judged[o.Scope.Service] = append(x.judged[o.Scope.Service], o)
	}
	return x
}

// in lists the services that an objective about a scope judges.
func (x *index) in(s ObjectiveScope) []*Service {
	switch {
	case s.Service != "":
		if one := x.services[s.Service]; one != nil {
			return []*Service{one}
		}
		return nil
	case s.Tier != "":
		return x.inTier[s.Tier]
	}
	return x.all
}
