package calendar

import (
	"cmp"
	"slices"
)

// closed binds the `closed` lines.
func (b *binder) closed() (closings, error) {
	k := closings{zone: b.zone, cut: b.def.CutShifts}
	var stretches Builder
	for i := range b.def.Closed {
		var err error
		if line := &b.def.Closed[i]; line.Between != nil {
			err = b.stretch(&stretches, i, line.Between)
		} else {
			err = b.closing(&k, line)
		}
		if err != nil {
			return k, err
		}
	}
	k.stretches = stretches.Set()
	return k, nil
}

// stretch binds the closed stretch of a line.
func (b *binder) stretch(into *Builder, line int, s *Stretch) error {
	from, err := s.From.In(b.zone)
	if err != nil {
		return err
	}
	to, err := s.To.In(b.zone)
	if err != nil {
		return err
	}
	if to < from {
		return &DefinitionError{Calendar: b.def.Name, Part: "closed", Line: line, Fault: FaultBackwards}
	}
	into.Add(Interval{from, to})
	return nil
}

func (b *binder) closing(k *closings, line *Closing) error {
	dates, err := b.closedDates(line)
	if err != nil {
		return err
	}
	hours := spansOf(line.Hours)
	if len(line.Hours) > 0 && len(hours) == 0 {
		return nil // hours are written, and all of them are empty
	}
	switch {
	case line.Calendar != "":
		of, err := b.part(line.Calendar)
		if err != nil {
			return err
		}
		k.cals = append(k.cals, closedCalendar{of, dates, hours})
	case len(line.Hours) > 0:
		k.hours = append(k.hours, closedHours{dates, hours})
	default:
		k.dates = k.dates.or(dates)
	}
	return nil
}

// closedDates are the dates a `closed` line is about.
func (b *binder) closedDates(line *Closing) (dateSet, error) {
	effect := dateRange(line.Since, line.Until)
	switch {
	case line.On != nil && line.To != nil:
		return dateRange(line.On, line.To).and(effect), nil
	case line.On != nil:
		return dateRange(line.On, line.On).and(effect), nil
	case line.Yearly != nil && line.YearlyTo != nil:
		return everyYear(*line.Yearly, *line.YearlyTo).and(effect), nil
	case line.Yearly != nil:
		return everyYear(*line.Yearly, *line.Yearly).and(effect), nil
	case line.Calendar != "":
		return effect, nil
	}
	var dates dateSet
	for i, name := range line.Holidays {
		days, err := b.holidays(name, effect)
		switch {
		case err != nil:
			return dateSet{}, err
		case i > 0 && line.AllOf:
			dates = dates.and(days)
		default:
			dates = dates.or(days)
		}
	}
	return dates, nil
}

// MaxNesting is how deep combinations of combinations may go. Contracts need
// two or three; the work grows with the depth.
const MaxNesting = 16

// combination binds `open when any|all of … except …`.
func (b *binder) combination(def Combination) (*combined, error) {
	s := &combined{zone: b.zone, all: def.All}
	for _, name := range def.Of {
		p, err := b.part(name)
		if err != nil {
			return nil, err
		}
		s.of = append(s.of, p)
		if b.nesting = max(b.nesting, p.nesting+1); b.nesting > MaxNesting {
			return nil, &DefinitionError{Calendar: b.def.Name, Fault: FaultNested}
		}
		b.severalZones = b.severalZones || p.severalZones || p.zone.name != s.of[0].zone.name || p.zone.name != b.zone.name
		b.overnight = b.overnight || p.overnight
	}
	if def.Except != "" {
		p, err := b.part(def.Except)
		if err != nil {
			return nil, err
		}
		s.except = p
	}
	var err error
	s.closings, err = b.closed()
	return s, err
}

// part finds a calendar this one is made of; what it does not know, this one
// does not know either.
func (b *binder) part(name string) (*Calendar, error) {
	if name != "" && name == b.def.Name {
		return nil, &CycleError{Calendars: []string{name}}
	}
	p, err := b.env.calendar(name)
	if err != nil {
		return nil, err
	}
	b.parts = append(b.parts, p)
	b.known = b.known.Intersect(p.known)
	b.gaps = append(b.gaps, p.gaps...)
	for _, set := range p.uses {
		if !slices.Contains(b.uses, set) {
			b.uses = append(b.uses, set)
		}
	}
	return p, nil
}

// An Edition names data that answers depend on, for receipts.
type Edition struct {
	// Kind is "zone" or "holidays".
	Kind string `json:"kind"`
	// Name is the zone's or the holiday set's name.
	Name string `json:"name"`
	// Edition is the edition of its data.
	Edition string `json:"edition"`
}

// listEditions gathers the editions of the zone, the holiday sets and the
// calendar's parts, each once and in order of name.
func (b *binder) listEditions() []Edition {
	list := []Edition{{"zone", b.zone.name, b.zone.edition}}
	for _, set := range b.uses {
		list = append(list, Edition{"holidays", set.Name, set.Edition})
	}
	for _, p := range b.parts {
		list = append(list, p.editions...)
	}
	return tidyEditions(list)
}

func tidyEditions(list []Edition) []Edition {
	slices.SortFunc(list, func(x, y Edition) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Edition, y.Edition))
	})
	return slices.Compact(list)
}
