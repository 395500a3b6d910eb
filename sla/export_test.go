package sla

// Folded is how many tickets a stream has counted and forgotten.
func (r *Run) Folded() int { return r.folded }
