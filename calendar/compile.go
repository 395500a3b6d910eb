package calendar

import "slices"

// An Environment finds what definitions name. A nil function finds nothing.
type Environment struct {
	// Zone finds a zone by its IANA name, as zones.Load does.
	Zone func(name string) (*Zone, error)
	// Holidays finds a holiday set by the name contracts use, such as
	// "public-holidays FR" or the name of a set the contract lists.
	Holidays func(name string) (*HolidaySet, error)
	// Calendar finds a calendar that others are combined of.
	Calendar func(name string) (*Calendar, error)
}

func (e Environment) zone(name string) (*Zone, error) {
	if e.Zone == nil {
		return nil, &UnknownError{Kind: "zone", Name: name}
	}
	return e.Zone(name)
}

func (e Environment) holidays(name string) (*HolidaySet, error) {
	if e.Holidays == nil {
		return nil, &UnknownError{Kind: "holidays", Name: name}
	}
	return e.Holidays(name)
}

func (e Environment) calendar(name string) (*Calendar, error) {
	if e.Calendar == nil {
		return nil, &UnknownError{Kind: "calendar", Name: name}
	}
	return e.Calendar(name)
}

// Compile binds a definition to its zone, its holidays and the calendars it
// is combined of. defaultZone is the contract's zone, for a definition
// without its own; nil stands for UTC.
//
// Errors are *DefinitionError for a definition that says nothing or
// contradicts itself, *UnknownError for names, *CycleError for a calendar
// made of itself, *CoverageError where no date is covered by all its holiday
// sets, and *NeverOpenError. Calendars that refer to each other are compiled
// by [CompileAll].
func Compile(def Definition, defaultZone *Zone, env Environment) (*Calendar, error) {
	if err := validate(def); err != nil {
		return nil, err
	}
	zone, err := zoneFor(def.Zone, defaultZone, env)
	if err != nil {
		return nil, err
	}
	b := binder{def: def, zone: zone, env: env, known: NewSet(Interval{MinInstant, MaxInstant})}
	c := &Calendar{name: def.Name, zone: zone}
	if c.source, c.continuous, err = b.source(); err != nil {
		return nil, err
	}
	c.hull, c.nesting = c.source.hull(), b.nesting
	c.known, c.gaps, c.editions = b.known, b.gaps, b.listEditions()
	c.severalZones, c.overnight, c.uses = b.severalZones, b.overnight, b.uses
	if err := c.bindBusinessDay(def, b.severalZones, env); err != nil {
		return nil, err
	}
	return c, c.mustOpen()
}

func zoneFor(name string, defaultZone *Zone, env Environment) (*Zone, error) {
	switch {
	case name != "":
		return env.zone(name)
	case defaultZone != nil:
		return defaultZone, nil
	}
	return NewZone("UTC", nil), nil
}

// A binder turns the lines of one definition into a source, and gathers what
// it came to rely on.
type binder struct {
	def  Definition
	zone *Zone
	env  Environment
	// known are the instants that all holiday sets in use cover.
	known Set
	gaps  []gap
	uses  []*HolidaySet
	parts []*Calendar
	// severalZones is set for a combination of calendars of several zones.
	severalZones bool
	nesting      int // of combinations below this one
	// overnight is set when a shift reaches into the next date.
	overnight bool
}

// A gap is what one holiday set leaves unknown.
type gap struct {
	set     *HolidaySet
	unknown Set
}

func (b *binder) source() (source, bool, error) {
	if b.def.Combine != nil {
		s, err := b.combination(*b.def.Combine)
		return s, err == nil && s.continuous(), err
	}
	w := &weekly{zone: b.zone, dated: map[int64]datedHours{}}
	b.overnight = slices.ContainsFunc(b.def.Open, reachesOver)
	if b.def.Always {
		w.lines = []openLine{{days: EveryDay, dates: dateRange(nil, nil), always: true, hours: []span{{0, day}}}}
	}
	for i := range b.def.Open {
		if err := b.open(w, &b.def.Open[i]); err != nil {
			return nil, false, err
		}
	}
	var err error
	w.closings, err = b.closed()
	return w, b.def.Always, err
}

// reachesOver reports whether an opening has a shift across midnight.
func reachesOver(o Opening) bool {
	return slices.ContainsFunc(spansOf(o.Hours), func(s span) bool { return s.to > day })
}

func (b *binder) open(w *weekly, o *Opening) error {
	hours := spansOf(o.Hours)
	dates := inEffect(o)
	switch {
	case o.On != nil:
		n := o.On.dayNumber()
		if d := w.dated[n]; dates.has(n) && o.AlthoughClosed {
			d.although = append(d.although, hours...)
			w.dated[n] = d
		} else if dates.has(n) {
			d.plain = append(d.plain, hours...)
			w.dated[n] = d
		}
	case o.Holidays != "":
		days, err := b.holidays(o.Holidays, dates)
		if err != nil {
			return err
		}
		w.lines = append(w.lines, openLine{days: EveryDay, dates: days, hours: hours})
	default:
		always := o.From == nil && o.To == nil && o.Season == nil
		w.lines = append(w.lines, openLine{days: o.Days, dates: dates, always: always, hours: hours})
	}
	return nil
}

// holidays are the dates of a holiday set on which a line is in effect. The
// dates of the line that the set does not cover become unknown.
func (b *binder) holidays(name string, line dateSet) (dateSet, error) {
	set, err := b.env.holidays(name)
	if err != nil {
		return dateSet{}, err
	}
	if !slices.Contains(b.uses, set) {
		b.uses = append(b.uses, set)
	}
	from, to := set.From, set.To
	covered := dateRange(&from, &to)
	if set.To.Before(set.From) {
		covered = dateSet{}
	}
	if beyond := line.Minus(covered.Set); !beyond.IsEmpty() {
		b.leaveUnknown(set, beyond)
	}
	return datesOf(set.Days).and(line).and(covered), nil
}

// leaveUnknown removes dates from what is known, and the date after them
// where a shift of an unknown date may reach into it.
func (b *binder) leaveUnknown(set *HolidaySet, dates Set) {
	var unknown Builder
	for r := range dates.All() {
		last := int64(r.End)
		if b.overnight {
			last++
		}
		unknown.Add(Interval{b.zone.startOfDay(int64(r.Start)), b.zone.startOfDay(last)})
	}
	g := gap{set, unknown.Set()}
	b.gaps = append(b.gaps, g)
	b.known = b.known.Minus(g.unknown)
}

// startOfDay is StartOf for a day number, with room beyond the range.
func (z *Zone) startOfDay(n int64) Instant {
	switch {
	case n <= firstDay+1:
		return MinInstant - reach
	case n >= lastDay-1:
		return MaxInstant + reach
	}
	return z.StartOf(dateOfDay(n))
}
