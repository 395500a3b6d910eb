package sla

import "github.com/sla-lang/sla/internal/spelling"

// CodeUnknownSite: tickets are at a site of which the contract says nothing,
// though it speaks of others: what holds everywhere holds there.
const CodeUnknownSite Code = "unknown-site"

// An unknownSite is such a site, with the first of its tickets and their number.
type unknownSite struct {
	ticket string
	n      int
}

// maxSites is how many sites are told.
const maxSites = 100

// elsewhere gathers the sites of a ticket that the contract does not name.
func (t *tallies) elsewhere(e *Engine, v *ticketView) {
	if len(e.contract.Sites) == 0 {
		return
	}
	for i := range v.changes {
		site := v.changes[i].site
		if site == "" || e.names.has(siteName, site) || i > 0 && v.changes[i-1].site == site {
			continue
		}
		t.addSite(site, unknownSite{v.id, 1})
	}
}

func (t *tallies) addSite(site string, found unknownSite) {
	s, known := t.sites[site]
	if !known && len(t.sites) >= maxSites {
		return
	}
	if t.sites == nil {
		t.sites = map[string]unknownSite{}
	}
	if !known || found.ticket < s.ticket {
		s.ticket = found.ticket
	}
	s.n += found.n
	t.sites[site] = s
}

// unknownSites tells of them.
func (v *view) unknownSites() {
	for site, s := range v.tallies.sites {
		known := v.e.names.list(siteName)
		args := []Arg{Prose("site", site), Name("ticket", s.ticket), Count("n", s.n)}
		if near := spelling.Nearest(site, known); near != "" {
			args = append(args, Name("suggestion", near))
		} else {
			args = append(args, List("known", known))
		}
		v.found(CodeUnknownSite, "site/"+known[0], args...)
	}
}
