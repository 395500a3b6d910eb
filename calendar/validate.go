package calendar

// A Fault is what is wrong with a line of a definition.
type Fault string

// The faults of definitions.
const (
	// FaultNoOpening is a calendar with no `open` line at all.
	FaultNoOpening Fault = "no opening"
	// FaultSeveralKinds is a line or calendar that says several exclusive
	// things, such as both days and a date, or both `24x7` and hours.
	FaultSeveralKinds Fault = "several kinds at once"
	// FaultNoDates is a line that does not say which dates it is about.
	FaultNoDates Fault = "no dates"
	// FaultNoHours is an `open` line for days without hours.
	FaultNoHours Fault = "no hours"
	// FaultHours is a time of day outside 00:00 to 24:00, or a shift that
	// would open at 24:00.
	FaultHours Fault = "impossible hours"
	// FaultBackwards is a range of dates that ends before it begins.
	FaultBackwards Fault = "range ends before it begins"
	// FaultMonthDay is a day of the year that exists in no year.
	FaultMonthDay Fault = "no such day of the year"
	// FaultAlthough is `although closed` on a line without a date.
	FaultAlthough Fault = "although closed without a date"
	// FaultNothingCombined is a combination of no calendars.
	FaultNothingCombined Fault = "nothing combined"
	// FaultNested is a combination of combinations more than [MaxNesting] deep.
	FaultNested Fault = "nested too deep"
	// FaultBusinessDay is a business-day rule with unknown words.
	FaultBusinessDay Fault = "business day"
)

// Faults returns everything that is wrong with a definition as it stands,
// without looking at zones and holidays: of the calendar itself, then of its
// lines in order. [Compile] refuses a definition that has any.
func Faults(def Definition) []*DefinitionError {
	var out []*DefinitionError
	add := func(part string, line int, f Fault) {
		if f != "" {
			out = append(out, &DefinitionError{Calendar: def.Name, Part: part, Line: line, Fault: f})
		}
	}
	add("", 0, kindFault(&def))
	for i := range def.Open {
		add("open", i, openingFault(&def.Open[i]))
	}
	for i := range def.Closed {
		add("closed", i, closingFault(&def.Closed[i]))
	}
	if def.BusinessDay != nil {
		add("business day", 0, businessDayFault(def.BusinessDay))
	}
	return out
}

// validate is the first of the faults.
func validate(def Definition) error {
	if faults := Faults(def); len(faults) > 0 {
		return faults[0]
	}
	return nil
}

// kindFault checks that hours, `24x7` and combination exclude each other.
func kindFault(def *Definition) Fault {
	switch n := count(len(def.Open) > 0, def.Always, def.Combine != nil); {
	case n == 0:
		return FaultNoOpening
	case n > 1:
		return FaultSeveralKinds
	case def.Combine != nil && len(def.Combine.Of) == 0:
		return FaultNothingCombined
	}
	return ""
}

func count(conditions ...bool) int {
	n := 0
	for _, c := range conditions {
		if c {
			n++
		}
	}
	return n
}

func openingFault(o *Opening) Fault {
	switch n := count(o.Days != 0, o.Holidays != "", o.On != nil); {
	case n == 0:
		return FaultNoDates
	case n > 1:
		return FaultSeveralKinds
	case o.AlthoughClosed && o.On == nil:
		return FaultAlthough
	case len(o.Hours) == 0 && o.On == nil:
		return FaultNoHours
	case backwards(o.From, o.To):
		return FaultBackwards
	case o.Season != nil && !(validDay(o.Season.From) && validDay(o.Season.To)):
		return FaultMonthDay
	}
	return hoursFault(o.Hours)
}

func closingFault(c *Closing) Fault {
	switch n := count(len(c.Holidays) > 0, c.On != nil, c.Yearly != nil, c.Calendar != "", c.Between != nil); {
	case n == 0:
		return FaultNoDates
	case n > 1 || c.To != nil && c.On == nil || c.YearlyTo != nil && c.Yearly == nil, c.Between != nil && (len(c.Hours) > 0 || c.Since != nil || c.Until != nil):
		return FaultSeveralKinds
	case backwards(c.On, c.To) || backwards(c.Since, c.Until):
		return FaultBackwards
	case c.Yearly != nil && !validDay(*c.Yearly), c.YearlyTo != nil && !validDay(*c.YearlyTo):
		return FaultMonthDay
	}
	return hoursFault(c.Hours)
}

func hoursFault(hours []Hours) Fault {
	for _, h := range hours {
		if h.From < 0 || h.From >= EndOfDay || h.To < 0 || h.To > EndOfDay {
			return FaultHours
		}
	}
	return ""
}

func backwards(from, to *Date) bool { return from != nil && to != nil && to.Before(*from) }

func validDay(m MonthDay) bool {
	_, err := ParseMonthDay(m.String())
	return err == nil
}

func businessDayFault(r *BusinessDayRule) Fault {
	if r.LateReceipt != "" && r.LateReceipt != KeepsItsDate && r.LateReceipt != NextOpening {
		return FaultBusinessDay
	}
	if r.Cutoff != nil && (*r.Cutoff < 0 || *r.Cutoff > EndOfDay) {
		return FaultHours
	}
	switch r.Due {
	case "", AtClosing, AtSameTime, AtEndOfDay, AtNextOpening:
		return ""
	case AtFixedTime:
		if r.At != nil && *r.At >= 0 && *r.At <= EndOfDay {
			return ""
		}
	}
	return FaultBusinessDay
}
