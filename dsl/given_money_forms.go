package dsl

import "github.com/sla-lang/sla/sla"

// Facts of a test about money: values of the contract's quantities, and lines
// that were invoiced.

type quantityGivenLine struct {
	Name  name        `parser:"'quantity' @@"`
	Value number      `parser:"@@"`
	Unit  *unitWord   `parser:"@@?"`
	Of    *name       `parser:"( 'of' @@ )?"`
	In    *periodName `parser:"( 'in' @@ )?"`
}

// A unitWord is a unit, never a keyword of the line.
type unitWord struct{ requestWord }

func quantityGivenForm() *form[draft] {
	return say(`quantity NAME NUMBER [UNIT] [of SERVICE] [in PERIOD]`, `quantity late-value 25000.00 EUR in 2026-04`,
		func(l *lowering, d *draft, n *quantityGivenLine) {
			d.givens = append(d.givens, func(w *record) {
				l.refer(n.Name.text, n.Name.at, "quantity", w.l.test.known.quantities())
				if q := w.l.test.known.quantity(n.Name.text); q != nil && n.Unit != nil {
					w.unit(&n.Unit.name, q.Unit)
				}
				period, ok := w.period(n.In, n.Name.at)
				if !ok {
					return
				}
				q := &sla.QuantityFact{Head: w.headOn("quantity", period.from), What: n.Name.text, Service: nameText(n.Of), Period: period.text, Value: n.Value.v}
				w.add(q, n.Name.at.through(n.Value.at))
			})
		}).again()
}

func (k *knownNames) quantity(name string) *sla.QuantityRule {
	for i := range k.contract.Quantities {
		if q := &k.contract.Quantities[i]; q.Name == name {
			return q
		}
	}
	return nil
}

func (k *knownNames) quantities() (out []string) {
	for _, q := range k.contract.Quantities {
		out = append(out, q.Name)
	}
	return out
}

type chargeGivenLine struct {
	Line   *text       `parser:"'charge' @@?"`
	Amount money       `parser:"@@"`
	Of     *name       `parser:"( 'of' @@ )?"`
	In     *periodName `parser:"( 'in' @@ )?"`
}

func chargeGivenForm() *form[draft] {
	return say(`charge ["LINE"] MONEY [of SERVICE] [in PERIOD]`, `charge "storage" 100.00 EUR of erp in 2026-04`,
		func(l *lowering, d *draft, n *chargeGivenLine) {
			d.givens = append(d.givens, func(w *record) {
				if n.Of != nil {
					l.refer(n.Of.text, n.Of.at, "service", w.l.test.known.services)
				}
				period, ok := w.period(n.In, n.Amount.at)
				if !ok {
					return
				}
				c := &sla.ChargeFact{Head: w.headOn("charge", period.from), What: textOf(n.Line), Service: nameText(n.Of), Period: period.text, Amount: n.Amount.v}
				w.add(c, n.Amount.at)
			})
		}).again()
}
