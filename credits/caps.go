package credits

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// A Line is an amount that a cap may cut; its id breaks ties.
type Line struct {
	ID     string
	Amount Money
}

// Room is what a cap leaves: its amount rounded down to the minor unit, less
// what was used, never below 0 (semantics 5.5). The error is a *CurrencyError.
func Room(limit Amount, used Money) (Money, error) {
	room, err := limit.Floor().Sub(used)
	if err != nil || room.Sign() < 0 {
		return Zero(limit.Currency), err
	}
	return room, nil
}

// CutTo cuts lines in proportion so that they sum to at most room: each line
// is floored to the minor unit, and the units left over go to the largest
// remainders, ties to the smaller id (semantics 5.5). Lines keep their order,
// and their order never matters. Amounts must not be below 0. The error is a
// *CurrencyError.
func CutTo(lines []Line, room Money) ([]Line, error) {
	out := slices.Clone(lines)
	total := Zero(room.Currency)
	var err error
	for _, l := range lines {
		if total, err = total.Add(l.Amount); err != nil {
			return nil, err
		}
	}
	if room.Sign() < 0 {
		room = Zero(room.Currency)
	}
	if total.Amount.LessThanOrEqual(room.Amount) {
		return out, nil
	}
	unit := minorUnit(room.Currency)
	parts := make([]part, len(lines))
	left := units(room.Amount, unit)
	for i, l := range lines {
		parts[i] = proportion(i, l, room, total, unit)
		left.Sub(left, parts[i].units)
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(b.rest.Cmp(a.rest), cmp.Compare(a.id, b.id))
	})
	for _, p := range parts {
		if left.Sign() > 0 && p.rest.Sign() > 0 {
			p.units.Add(p.units, big.NewInt(1))
			left.Sub(left, big.NewInt(1))
		}
		out[p.line].Amount.Amount = decimal.NewFromBigInt(p.units, 0).Mul(unit)
	}
	return out, nil
}

// A part is a line's share of the room in whole minor units, and what the
// flooring left.
type part struct {
	line  int
	id    string
	units *big.Int
	rest  *big.Rat
}

func proportion(i int, l Line, room, total Money, unit decimal.Decimal) part {
	exact := new(big.Rat).Mul(l.Amount.Amount.Rat(), room.Amount.Rat())
	exact.Quo(exact, total.Amount.Rat())
	exact.Quo(exact, unit.Rat())
	floor := new(big.Int).Quo(exact.Num(), exact.Denom())
	rest := new(big.Rat).Sub(exact, new(big.Rat).SetInt(floor))
	return part{i, l.ID, floor, rest}
}

// units is how many whole units an amount has.
func units(amount, unit decimal.Decimal) *big.Int {
	r := new(big.Rat).Quo(amount.Rat(), unit.Rat())
	return new(big.Int).Quo(r.Num(), r.Denom())
}
