package sla

import "github.com/shopspring/decimal"

// What an amount is due for each of: how a part of it counts, and whether the
// objective measures it at all.

// unitRounding: 61 minutes are one hour or two, or something between, and the
// contract says which. A quantity that facts supply is counted as it is.
func (k *checker) unitRounding(e *Each, id string) {
	if e == nil || e.Counted != "" || e.Time == nil && e.Points == nil {
		return
	}
	size := ""
	if e.Time != nil {
		size = e.Time.String()
	} else {
		size = e.Points.String()
	}
	k.find(CodeUnitRounding, id+"/each", Prose("size", size), Prose("thing", string(e.Thing)))
}

// eachUnit: time is counted by lengths of time and a shortfall by points. In another
// unit, such as a word for an hour, nobody could say how many there are.
func (k *checker) eachUnit(e *Each, id string) {
	if e == nil || !e.unsized() {
		return
	}
	unit := "time"
	if e.Thing == ThingPoints {
		unit = "points"
	}
	k.find(CodeEachUnit, id+"/each", Prose("found", e.sizeText()), Prose("thing", string(e.Thing)), Phrase("unit", "each-unit "+unit), Phrase("form", "each-unit "+unit+"-form"))
}

// sizeText is the size of one unit as written.
func (e *Each) sizeText() string {
	switch {
	case e.Time != nil:
		return e.Time.String()
	case e.Points != nil:
		return e.Points.String()
	case e.Number == nil:
		return ""
	case e.Number.Value.Equal(decimal.New(1, 0)) && e.Number.Unit != "":
		return e.Number.Unit
	}
	return e.Number.String()
}

// ofMeasured says that what is counted follows from what was measured, so that
// a verdict alone does not tell it.
func (e *Each) ofMeasured() bool { return e != nil && e.Thing != ThingQuantity }

// unmeasured: lost time, outages, points and late tickets are those of what the
// objective measures; of anything else there are none, and nothing is ever due.
func (k *checker) unmeasured(o *Objective, c pricedCredit) {
	unit, clause, thing := unitOf(o.Measure.Kind), c.id+"/each", Thing("")
	downtime := o.Measure.Kind == MeasureAvailability || unit == "time" || o.Measure.Kind == MeasureOutages
	if c.Each != nil {
		wrong := false
		switch c.Each.Thing {
		case ThingDowntime, ThingOutages, ThingOutage:
			wrong = !downtime
		case ThingPoints:
			wrong = unit != "share" && !inPercents(k.c.quantityUnit(o))
		case ThingLateTicket, ThingLateness:
			wrong = !k.c.overTickets(o)
		}
		if wrong {
			thing = c.Each.Thing
		}
	}
	if c.Base.Lost && !downtime {
		thing, clause = ThingDowntime, c.id+"/base"
	}
	if thing != "" && o.Measure.Kind != "" {
		k.find(CodeCountsUnmeasured, clause, Phrase("thing", "unmeasured "+Slug(string(thing))), Name("measure", string(o.Measure.Kind)))
	}
}
