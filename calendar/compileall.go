package calendar

import "slices"

// CompileAll compiles the calendars of a contract, which may be combined of
// each other in any order. Names that no definition has are looked up in the
// environment. It returns the calendars by name, and the errors by name: one
// bad definition does not stop the others, and a calendar made of a bad one
// is in neither, for its fault is told once. Calendars on a cycle each get a
// *CycleError.
func CompileAll(defs []Definition, defaultZone *Zone, env Environment) (map[string]*Calendar, map[string]error) {
	a := &assembly{defs: map[string]Definition{}, zone: defaultZone, env: env, done: map[string]*Calendar{}, failed: map[string]error{}}
	for _, d := range defs {
		a.defs[d.Name] = d
	}
	for _, d := range defs {
		_, _ = a.calendar(d.Name) // the errors are gathered
	}
	for name, err := range a.failed {
		if err == errPart {
			delete(a.failed, name)
		}
	}
	return a.done, a.failed
}

// An assembly compiles definitions as others need them.
type assembly struct {
	defs   map[string]Definition
	zone   *Zone
	env    Environment
	done   map[string]*Calendar
	failed map[string]error
	// way are the calendars being compiled, outermost first.
	way []string
}

// partError is the error of a calendar one of whose parts has an error.
type partError struct{}

// Error is never shown.
func (partError) Error() string { return "calendar: made of a calendar with an error" }

// errPart is compared by identity and never leaves this package.
var errPart error = partError{}

func (a *assembly) calendar(name string) (*Calendar, error) {
	if c, ok := a.done[name]; ok {
		return c, nil
	}
	if _, ok := a.failed[name]; ok {
		return nil, errPart
	}
	def, ok := a.defs[name]
	if !ok {
		return a.env.calendar(name)
	}
	if i := slices.Index(a.way, name); i >= 0 {
		return nil, &CycleError{Calendars: slices.Clone(a.way[i:])}
	}
	a.way = append(a.way, name)
	env := a.env
	env.Calendar = a.calendar
	c, err := Compile(def, a.zone, env)
	a.way = a.way[:len(a.way)-1]
	if err != nil {
		a.failed[name] = err
		return nil, a.passedOn(err)
	}
	a.done[name] = c
	return c, nil
}

// passedOn is what a calendar's error is to those made of it: a cycle is the
// error of every calendar on it, and others are told once.
func (a *assembly) passedOn(err error) error {
	if cycle, ok := err.(*CycleError); ok && len(a.way) > 0 && slices.Contains(cycle.Calendars, a.way[len(a.way)-1]) {
		return err
	}
	return errPart
}
