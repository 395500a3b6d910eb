package sla

import "slices"

// dependents are a service and all that cannot be used without it, in the order
// of the contract: those that depend on it, and those that depend on them.
func (c *Contract) dependents(service string) []string {
	down := map[string]bool{service: true}
	for grown := true; grown; {
		grown = false
		for _, s := range c.Services {
			if !down[s.Name] && slices.ContainsFunc(s.DependsOn, func(on string) bool { return down[on] }) {
				down[s.Name], grown = true, true
			}
		}
	}
	out := []string{service}
	for _, s := range c.Services {
		if s.Name != service && down[s.Name] {
			out = append(out, s.Name)
		}
	}
	return out
}
