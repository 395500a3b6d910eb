package dsl

import (
	"github.com/sla-lang/sla/sla"
)

// Units and quantities of the contract's own, pools, and the worth of a day.

type unitLine struct {
	Name name  `parser:"'unit' @@"`
	Text *text `parser:"@@?"`
}

func unitForm() *form[sla.Contract] {
	return say(`unit NAME ["…"]`, `unit service-point "Service point"`, func(l *lowering, c *sla.Contract, n *unitLine) {
		if l.declare("unit/"+n.Name.text, n.Name.at, "unit "+n.Name.text) {
			c.Units = append(c.Units, sla.UnitRule{Name: n.Name.text, Text: textOf(n.Text)})
		}
	}).again()
}

type quantityLine struct {
	Name name  `parser:"'quantity' @@ 'in'"`
	Unit name  `parser:"@@"`
	Text *text `parser:"@@?"`
}

func quantityForm() *form[sla.Contract] {
	return say(`quantity NAME in UNIT ["…"]`, `quantity late-value in EUR "Value of the late part"`, func(l *lowering, c *sla.Contract, n *quantityLine) {
		if l.declare("quantity/"+n.Name.text, n.Name.at, "quantity "+n.Name.text) {
			l.at("quantity/"+n.Name.text+"/unit", n.Unit.at)
			c.Quantities = append(c.Quantities, sla.QuantityRule{Name: n.Name.text, Unit: n.Unit.text, Text: textOf(n.Text)})
		}
	}).again()
}

type poolLine struct {
	Name name  `parser:"'pool' @@"`
	Pays share `parser:"@@ 'of'"`
	Base base  `parser:"@@"`
}

func poolForm() *form[sla.Contract] {
	return say(`pool NAME SHARE of BASE`, `pool at-risk 10% of the fees of the month`, func(l *lowering, c *sla.Contract, n *poolLine) {
		id := "pool/" + n.Name.text
		if l.declare(id, n.Name.at, "pool "+n.Name.text) {
			n.Base.places(l, id)
			c.Pools = append(c.Pools, sla.Pool{Name: n.Name.text, Pays: n.Pays.v, Base: n.Base.value()})
		}
	}).again()
}

type convertLine struct {
	Unit name  `parser:"'convert' @@"`
	Rate rate  `parser:"@@"`
	Of   *base `parser:"( 'of' @@ )?"`
	Each *name `parser:"( 'for' 'each' @@ )?"`
}

func convertForm() *form[sla.Contract] {
	return open(`convert UNITs AMOUNT [of BASE] for each UNIT | share|money [of BASE] { TABLE }`, `convert service-points 0.5% of the fees of the month for each service-point`,
		func(l *language) *scope[sla.Conversion] { return l.conversion },
		func(l *lowering, c *sla.Contract, n *convertLine) (string, *sla.Conversion, func()) {
			conv := &sla.Conversion{Unit: withoutPlural(n.Unit.text)}
			id := "convert/" + conv.Unit
			if !n.Rate.pay.IsZero() {
				conv.Pays = &n.Rate.pay
			}
			if n.Of != nil {
				conv.Base = n.Of.value()
				n.Of.places(l, id)
			}
			if !l.declare(id, n.Unit.at, "convert "+n.Unit.text) {
				return id, conv, nil
			}
			return id, conv, func() {
				if len(conv.Bands) == 0 {
					conv.Bands = l.bandsOfRanges(id, nil)
				}
				c.Conversions = append(c.Conversions, *conv)
			}
		}).bare().again()
}

// withoutPlural takes the plural's s off a name.
func withoutPlural(name string) string {
	if i := len(name) - 1; i > 0 && name[i] == 's' {
		return name[:i]
	}
	return name
}

func conversionScope() *scope[sla.Conversion] {
	return &scope[sla.Conversion]{key: "convert", forms: []*form[sla.Conversion]{acceptForm[sla.Conversion]()}, table: func(l *lowering, c *sla.Conversion, t *table) {
		c.Bands = append(c.Bands, lowerBands(l, t)...)
	}}
}

type dayOfFeeLine struct {
	Thirtieth bool `parser:"'day' 'of' 'fee' 'is' ( @( '1/30' 'of' 'the' 'month' )"`
	Calendar  bool `parser:"| @( 'the' 'month' 'over' 'its' 'calendar' 'days' )"`
	Year      bool `parser:"| @( '1/365' 'of' 'the' 'year' ) )"`
}

func dayOfFeeForm() *form[sla.Contract] {
	return say(`day of fee  is 1/30 of the month | the month over its calendar days | 1/365 of the year`, `day of fee is 1/30 of the month`,
		func(_ *lowering, c *sla.Contract, n *dayOfFeeLine) {
			switch {
			case n.Thirtieth:
				c.DayOfFee = sla.DayThirtieth
			case n.Calendar:
				c.DayOfFee = sla.DayCalendar
			default:
				c.DayOfFee = sla.DayYear
			}
		})
}
