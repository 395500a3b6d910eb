package sla_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The slow twin of settlements: semantics 5 and the forms of remedies, step by
// step in big.Rat, one month after the other, over random contracts and
// records of a year. It knows the text of the contract only through the values
// that the text was written from.

// A slowRow is one row of a table: below a level in percent, so much is due.
type slowRow struct{ below, pays *big.Rat }

// A slowCredit is a schedule: amount × base × count.
type slowCredit struct {
	kind         string // share, money, days, points (of the contract's own)
	pays         *big.Rat
	rows         []slowRow
	lost, beyond bool
	each         string // "", time, percentage
	size         int64  // minutes, or hundredths of a point
	count        string
	beyondEach   bool
	missedBy     *big.Rat // in points
	text         string
	belowMinimum bool
}

type slowObjective struct {
	name, service      string
	target             *big.Rat
	credit, plus       *slowCredit
	tolerance, minimum *big.Rat
	startUp            int
	repeatFrom, of     int
	times              int64
	capMoney           *big.Rat
	floorMoney         *big.Rat
	down               [12]int // −1: not measured
	claim              [12]int // days after the end of the month; 0: none
}

type slowCap struct {
	name       string
	money      *big.Rat
	share      *big.Rat
	perService bool
	window     string // month, year, term, N months
	months     int
	carried    bool
}

type slowContract struct {
	fees         map[string]*big.Rat
	objectives   []*slowObjective
	point        *big.Rat // share of the fees of the month for each
	claim        bool
	sameService  bool
	samePeriod   bool
	caps         []slowCap
	floor        *big.Rat
	floorAbove   bool
	floorKept    bool
	floorPerServ bool
	floorPaid    bool
}

func rat(n, d int64) *big.Rat      { return big.NewRat(n, d) }
func mul(a, b *big.Rat) *big.Rat   { return new(big.Rat).Mul(a, b) }
func add(a, b *big.Rat) *big.Rat   { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

// cents rounds: half up, or down.
func cents(r *big.Rat, down bool) *big.Rat {
	n := mul(r, rat(100, 1))
	if !down {
		n = add(n, rat(1, 2))
	}
	return new(big.Rat).SetFrac(new(big.Int).Div(n.Num(), n.Denom()), big.NewInt(100))
}

var slowMonths = []int64{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// drawCredit draws a schedule and its text.
func drawCredit(t *rapid.T, service string, minimum, plus bool) *slowCredit {
	c := &slowCredit{pays: rat(rapid.Int64Range(1, 12).Draw(t, "pays"), 1)}
	kinds := []string{"share", "share", "table", "money", "days", "lost", "time", "percentage", "points", "by"}
	if plus {
		kinds = []string{"money", "time"}
	}
	what := rapid.SampledFrom(kinds).Draw(t, "kind")
	counted := func() string {
		c.count = rapid.SampledFrom([]string{"started", "whole", "in proportion"}).Draw(t, "counted")
		return c.count
	}
	of := fmt.Sprintf("%s%% of the fee of %s", c.pays.FloatString(0), service)
	switch what {
	case "share":
		c.kind, c.text = "share", of
		if minimum && rapid.Bool().Draw(t, "below the minimum") {
			c.belowMinimum, c.text = true, of+" when below the minimum"
		}
	case "table":
		c.kind = "share"
		level, pays := int64(9950), int64(0)
		lines := []string{"share of the fee of " + service + " {", "    | below | credit |"}
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			pays += rapid.Int64Range(1, 8).Draw(t, "row")
			c.rows = append(c.rows, slowRow{rat(level, 10000), rat(pays, 1)})
			lines = append(lines, fmt.Sprintf("    | %d.%02d%% | %d%% |", level/100, level%100, pays))
			level -= rapid.Int64Range(1, 80).Draw(t, "step")
		}
		c.text = strings.Join(lines, "\n") + "\n  }"
	case "money":
		c.kind, c.pays = "money", rat(rapid.Int64Range(1, 90000).Draw(t, "cents"), 100)
		c.text = c.pays.FloatString(2) + " EUR"
	case "days":
		c.kind, c.text = "days", fmt.Sprintf("%s days of the fee of %s", c.pays.FloatString(0), service)
	case "lost":
		c.kind, c.lost, c.pays = "share", true, rat(rapid.Int64Range(1, 50).Draw(t, "times")*100, 1)
		c.text = fmt.Sprintf("%s%% of the fee of %s during the lost time", c.pays.FloatString(0), service)
		if c.beyond = rapid.Bool().Draw(t, "beyond"); c.beyond {
			c.text += " beyond the allowance"
		}
	case "time":
		c.kind, c.each, c.size = "share", "time", rapid.SampledFrom([]int64{10, 30, 60, 90}).Draw(t, "size")
		counted()
		c.text = of + " for each " + c.order(fmt.Sprintf("%d min", c.size), "of downtime", func() string {
			if c.beyondEach = rapid.Bool().Draw(t, "beyond"); c.beyondEach {
				return " beyond the allowance"
			}
			return ""
		})
	case "percentage":
		c.kind, c.each, c.size = "share", "percentage", rapid.SampledFrom([]int64{10, 25, 100}).Draw(t, "size")
		counted()
		c.text = of + " for each " + c.order(fmt.Sprintf("%d.%02d points", c.size/100, c.size%100), "below the target", func() string { return "" })
	case "points":
		c.kind, c.text = "points", c.pays.FloatString(0)+" service-points"
	case "by":
		hundredths := rapid.Int64Range(1, 60).Draw(t, "by")
		c.kind, c.missedBy = "share", rat(hundredths, 100)
		c.text = of + fmt.Sprintf(" missed by more than 0.%02d points", hundredths)
	}
	return c
}

// order puts the unit, what it is a unit of, and how it is counted in order.
func (c *slowCredit) order(size, what string, beyond func() string) string {
	if c.count == "in proportion" {
		return size + " " + what + beyond() + ", in proportion"
	}
	return c.count + " " + size + " " + what + beyond()
}

func drawSlow(t *rapid.T) *slowContract {
	c := &slowContract{fees: map[string]*big.Rat{
		"erp":  rat(rapid.Int64Range(1, 900000).Draw(t, "fee of erp"), 100),
		"mail": rat(rapid.Int64Range(1, 900000).Draw(t, "fee of mail"), 100),
	}}
	c.point = rat(rapid.Int64Range(1, 30).Draw(t, "point"), 10)
	for i := range rapid.IntRange(1, 4).Draw(t, "objectives") {
		o := &slowObjective{name: fmt.Sprint("o", i), service: rapid.SampledFrom([]string{"erp", "mail"}).Draw(t, "service"), target: rat(9950, 10000)}
		if rapid.IntRange(0, 3).Draw(t, "minimum") == 0 {
			o.minimum = rat(rapid.Int64Range(9800, 9940).Draw(t, "level"), 10000)
		}
		o.credit = drawCredit(t, o.service, o.minimum != nil, false)
		if rapid.IntRange(0, 3).Draw(t, "plus") == 0 {
			o.plus = drawCredit(t, o.service, false, true)
		}
		if rapid.IntRange(0, 3).Draw(t, "tolerance") == 0 {
			o.tolerance = rat(rapid.Int64Range(1, 20).Draw(t, "points"), 100)
		}
		if rapid.IntRange(0, 3).Draw(t, "start-up") == 0 {
			o.startUp = rapid.IntRange(1, 4).Draw(t, "months")
		}
		if rapid.IntRange(0, 2).Draw(t, "repeat") == 0 {
			o.times, o.repeatFrom = rapid.Int64Range(2, 4).Draw(t, "times"), rapid.IntRange(2, 3).Draw(t, "from")
			if rapid.Bool().Draw(t, "of any") {
				o.of = rapid.IntRange(o.repeatFrom, 6).Draw(t, "of")
			}
		}
		if rapid.IntRange(0, 2).Draw(t, "cap") == 0 {
			o.capMoney = rat(rapid.Int64Range(1, 60000).Draw(t, "cents"), 100)
		}
		if rapid.IntRange(0, 3).Draw(t, "floor") == 0 {
			o.floorMoney = rat(rapid.Int64Range(1, 20000).Draw(t, "cents"), 100)
		}
		for m := range 12 {
			o.down[m] = rapid.SampledFrom([]int{-1, 0, 0, 100, 215, 216, 217, 223, 224, 225, 300, 400, 1000, 3000}).Draw(t, "down")
			o.claim[m] = rapid.SampledFrom([]int{0, 1, 29, 31, 60}).Draw(t, "claim")
		}
		c.objectives = append(c.objectives, o)
	}
	c.claim = rapid.IntRange(0, 2).Draw(t, "claims") == 0
	switch rapid.IntRange(0, 4).Draw(t, "once") {
	case 0:
		c.sameService = true
	case 1:
		c.samePeriod = true
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "caps") {
		limit := slowCap{name: fmt.Sprint("c", i), perService: rapid.IntRange(0, 2).Draw(t, "per service") == 0}
		limit.window = rapid.SampledFrom([]string{"calendar month", "calendar quarter", "contract year", "term", "months"}).Draw(t, "window")
		limit.months = rapid.IntRange(2, 12).Draw(t, "months")
		limit.money = rat(rapid.Int64Range(1, 300000).Draw(t, "cents"), 100)
		if limit.window == "calendar month" && rapid.Bool().Draw(t, "share") {
			limit.share = rat(rapid.Int64Range(1, 30).Draw(t, "percent"), 100)
		}
		limit.carried = rapid.IntRange(0, 2).Draw(t, "carried") == 0
		c.caps = append(c.caps, limit)
	}
	if rapid.IntRange(0, 1).Draw(t, "floor") == 0 {
		c.floor, c.floorAbove = rat(rapid.Int64Range(1, 50000).Draw(t, "cents"), 100), rapid.Bool().Draw(t, "above")
		c.floorPerServ = rapid.Bool().Draw(t, "per service")
		if c.floorKept = rapid.Bool().Draw(t, "kept"); c.floorKept {
			c.floorPaid = rapid.Bool().Draw(t, "paid")
		}
	}
	return c
}

// text writes the contract.
func (c *slowContract) text() string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("6000.00", c.fees["erp"].FloatString(2), "3000.00", c.fees["mail"].FloatString(2)).Replace(twoServices))
	b.WriteString("unit service-point\nday of fee is the month over its calendar days\n")
	fmt.Fprintf(&b, "convert service-points %s%% of the fees of the month for each service-point\n", c.point.FloatString(1))
	for _, o := range c.objectives {
		var lines []string
		if o.minimum != nil {
			lines = append(lines, "minimum at least "+mul(o.minimum, rat(100, 1)).FloatString(2)+"%")
		}
		if o.tolerance != nil {
			lines = append(lines, "tolerance "+o.tolerance.FloatString(2)+" points")
		}
		if o.startUp > 0 {
			lines = append(lines, fmt.Sprintf("start-up %d months", o.startUp))
		}
		lines = append(lines, "credit "+o.credit.text)
		if o.plus != nil {
			lines = append(lines, "plus "+o.plus.text)
		}
		if o.times > 0 {
			again := map[int]string{2: "2nd", 3: "3rd"}[o.repeatFrom] + " miss in a row"
			if o.of > 0 {
				again = strings.TrimSuffix(again, "in a row") + fmt.Sprintf("in any %d calendar months", o.of)
			}
			lines = append(lines, fmt.Sprintf("repeat %d times from the %s", o.times, again))
		}
		if o.capMoney != nil {
			lines = append(lines, "cap "+o.capMoney.FloatString(2)+" EUR")
		}
		if o.floorMoney != nil {
			lines = append(lines, "floor at least "+o.floorMoney.FloatString(2)+" EUR, otherwise lost")
		}
		b.WriteString(available(o.name, o.service, lines...))
	}
	b.WriteString("credits {\n  settled each calendar month, 40 days after month end\n")
	if c.claim {
		b.WriteString("  claim within 30 days of the end of the month, otherwise lost\n")
	} else {
		b.WriteString("  claim not needed\n")
	}
	if c.sameService {
		b.WriteString("  same service counts once, for the highest credit\n")
	}
	if c.samePeriod {
		b.WriteString("  same period counts once, for the highest credit\n")
	}
	for _, l := range c.caps {
		b.WriteString("  cap " + l.name + " ")
		if l.share != nil {
			of := "the fees of the month"
			if l.perService {
				of = "the fee of the service"
			}
			b.WriteString(mul(l.share, rat(100, 1)).FloatString(0) + "% of " + of)
		} else {
			b.WriteString(l.money.FloatString(2) + " EUR")
		}
		if l.perService {
			b.WriteString(" per service")
		}
		b.WriteString(map[string]string{"term": " over the term", "months": fmt.Sprintf(" in any %d months", l.months)}[l.window])
		if l.window != "term" && l.window != "months" {
			b.WriteString(" each " + l.window)
		}
		if l.carried {
			b.WriteString(", excess carried to the next period")
		}
		b.WriteString("\n")
	}
	if c.floor != nil {
		op := map[bool]string{true: "above", false: "at least"}[c.floorAbove]
		per := map[bool]string{true: " per service"}[c.floorPerServ]
		end := "lost"
		if c.floorKept {
			end = "kept, at the end " + map[bool]string{true: "paid", false: "lost"}[c.floorPaid]
		}
		fmt.Fprintf(&b, "  floor %s %s EUR%s, otherwise %s\n", op, c.floor.FloatString(2), per, end)
	}
	b.WriteString("}\n")
	return b.String()
}

// A slowLine is a credit on its way.
type slowLine struct {
	id, objective, service string
	exact, posted          *big.Rat
	since                  int
	carried                bool
}

// value is the availability of a month, and what it lost.
func (o *slowObjective) value(m int) *big.Rat {
	return minus(rat(1, 1), rat(int64(o.down[m]), slowMonths[m]*1440))
}

func (o *slowObjective) missed(m int) bool {
	return o.down[m] >= 0 && o.value(m).Cmp(o.target) < 0
}

func (o *slowObjective) tolerated(m int) bool {
	return o.tolerance != nil && o.missed(m) && mul(minus(o.target, o.value(m)), rat(100, 1)).Cmp(o.tolerance) <= 0
}

// row is the amount of a schedule for a month: money, and points.
func (c *slowContract) row(o *slowObjective, s *slowCredit, m int) (money, points *big.Rat) {
	money, points = new(big.Rat), new(big.Rat)
	if s == nil || !o.missed(m) && !s.beyondEach {
		return money, points
	}
	if s.belowMinimum && o.value(m).Cmp(o.minimum) >= 0 {
		return money, points
	}
	if s.missedBy != nil && mul(minus(o.target, o.value(m)), rat(100, 1)).Cmp(s.missedBy) <= 0 {
		return money, points
	}
	pays := s.pays
	if len(s.rows) > 0 {
		pays = new(big.Rat)
		for _, r := range s.rows { // each below the one before
			if o.value(m).Cmp(r.below) < 0 {
				pays = r.pays
			}
		}
	}
	agreed, down := slowMonths[m]*1440, rat(int64(o.down[m]), 1)
	spare := minus(down, mul(minus(rat(1, 1), o.target), rat(agreed, 1)))
	if spare.Sign() < 0 {
		spare = new(big.Rat)
	}
	count := rat(1, 1)
	switch s.each {
	case "time":
		count = mul(down, rat(1, s.size))
		if s.beyondEach {
			count = mul(spare, rat(1, s.size))
		}
	case "percentage":
		count = mul(minus(o.target, o.value(m)), rat(10000, s.size))
	}
	whole := new(big.Int).Div(count.Num(), count.Denom())
	switch s.count {
	case "whole":
		count = new(big.Rat).SetInt(whole)
	case "started":
		if !count.IsInt() {
			whole.Add(whole, big.NewInt(1))
		}
		count = new(big.Rat).SetInt(whole)
	}
	switch fee := c.fees[o.service]; s.kind {
	case "money":
		return mul(s.pays, count), points
	case "days":
		return mul(mul(fee, s.pays), rat(1, slowMonths[m])), points
	case "points":
		return money, s.pays
	default:
		money = mul(mul(fee, pays), mul(rat(1, 100), count))
		if s.lost {
			part := down
			if s.beyond {
				part = spare
			}
			money = mul(money, mul(part, rat(1, agreed)))
		}
		return money, points
	}
}

// again says whether a miss is to be multiplied. What is in the start-up, or
// was not measured, counts as the text of semantics 6 says.
func (o *slowObjective) again(m int) bool {
	var seen []string
	for k := range m + 1 {
		switch {
		case k < o.startUp:
		case o.down[k] < 0:
			seen = append(seen, "?")
		case o.missed(k) && !o.tolerated(k):
			seen = append(seen, "x")
		default:
			seen = append(seen, "o")
		}
	}
	if len(seen) == 0 || seen[len(seen)-1] != "x" {
		return false
	}
	if o.of == 0 {
		return len(seen) >= o.repeatFrom && strings.Trim(strings.Join(seen[len(seen)-o.repeatFrom:], ""), "x") == ""
	}
	return strings.Count(strings.Join(seen[max(0, len(seen)-o.of):], ""), "x") >= o.repeatFrom
}

// settleSlowly gives the lines of each month.
func (c *slowContract) settleSlowly() [12][]*slowLine {
	var out [12][]*slowLine
	var waiting []*slowLine
	for m := range 12 {
		name := fmt.Sprintf("2026-%02d", m+1)
		var lines []*slowLine
		points := new(big.Rat)
		for _, o := range c.objectives {
			if o.down[m] < 0 {
				continue
			}
			money, own := c.row(o, o.credit, m)
			more, _ := c.row(o, o.plus, m)
			money = add(money, more)
			if !o.missed(m) && cents(money, false).Sign() == 0 {
				continue
			}
			if m < o.startUp || o.tolerated(m) {
				money, own = new(big.Rat), new(big.Rat)
			}
			if o.times > 0 && o.missed(m) && o.again(m) {
				money, own = mul(money, rat(o.times, 1)), mul(own, rat(o.times, 1))
			}
			points = add(points, own)
			if c.claim && (o.claim[m] == 0 || o.claim[m] > 30) && money.Sign() > 0 {
				money = new(big.Rat)
			}
			lines = append(lines, &slowLine{id: o.name + "/" + o.service + "/" + name, objective: o.name, service: o.service, exact: money, since: m})
		}
		slices.SortFunc(lines, func(a, b *slowLine) int { return strings.Compare(a.id, b.id) })
		if points.Sign() > 0 {
			money := mul(points, mul(add(c.fees["erp"], c.fees["mail"]), mul(c.point, rat(1, 100))))
			if c.claim {
				money = new(big.Rat) // nobody claims it
			}
			lines = append(lines, &slowLine{id: "convert/service-point/" + name, objective: "convert/service-point", exact: money, since: m})
		}
		for _, w := range waiting {
			w.id = strings.ReplaceAll(w.objective+"/"+w.service+fmt.Sprintf("/2026-%02d/carried", w.since+1), "//", "/")
			lines = append(lines, w)
		}
		for _, l := range lines {
			l.posted = cents(l.exact, false)
		}
		waiting = c.limitSlowly(m, lines, out[:m])
		out[m] = lines
	}
	return out
}

// limitSlowly goes through the levels: objective, service, period by the width
// of their windows.
func (c *slowContract) limitSlowly(m int, lines []*slowLine, before [][]*slowLine) []*slowLine {
	var waits []*slowLine
	wait := func(l *slowLine, amount *big.Rat) {
		for _, w := range waits {
			if w.objective == l.objective && w.service == l.service && w.since == l.since {
				w.exact = add(w.exact, amount)
				return
			}
		}
		waits = append(waits, &slowLine{objective: l.objective, service: l.service, exact: amount, since: l.since, carried: true})
	}
	for _, o := range c.objectives {
		own := pick(lines, func(l *slowLine) bool { return l.objective == o.name })
		if o.capMoney != nil {
			cutSlowly(own, o.capMoney, nil)
		}
		if o.floorMoney != nil && sumExact(own).Cmp(o.floorMoney) < 0 {
			zero(own)
		}
	}
	for _, perService := range []bool{true, false} {
		if perService && c.sameService || !perService && c.samePeriod {
			for _, group := range groupsOf(lines, perService) {
				highestSlowly(group)
			}
		}
		type step struct {
			days, rank int
			name       string
			do         func(group []*slowLine)
		}
		var steps []step
		for _, l := range c.caps {
			if l.perService != perService {
				continue
			}
			steps = append(steps, step{l.days(), 1, l.name, func(group []*slowLine) {
				if l.carried {
					cutSlowly(group, l.room(c, m, group, before), wait)
				} else {
					cutSlowly(group, l.room(c, m, group, before), nil)
				}
			}})
		}
		if c.floor != nil && c.floorPerServ == perService {
			steps = append(steps, step{31, 2, "floor", func(group []*slowLine) {
				sum := sumExact(group)
				if x := sum.Cmp(c.floor); x > 0 || x == 0 && !c.floorAbove || c.floorKept && c.floorPaid && m == 11 {
					return
				}
				for _, l := range group {
					if c.floorKept && l.posted.Sign() > 0 {
						wait(l, l.posted)
					}
				}
				zero(group)
			}})
		}
		slices.SortFunc(steps, func(a, b step) int {
			return cmp.Or(cmp.Compare(a.days, b.days), cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name))
		})
		for _, s := range steps {
			for _, group := range groupsOf(lines, perService) {
				s.do(group)
			}
		}
	}
	slices.SortFunc(waits, func(a, b *slowLine) int {
		return cmp.Or(cmp.Compare(a.since, b.since), cmp.Compare(a.objective, b.objective), cmp.Compare(a.service, b.service))
	})
	return waits
}

func (l slowCap) days() int {
	return map[string]int{"calendar month": 31, "calendar quarter": 93, "contract year": 372, "term": 1 << 20, "months": 31 * l.months}[l.window]
}

// room is what a cap leaves in a month.
func (l slowCap) room(c *slowContract, m int, group []*slowLine, before [][]*slowLine) *big.Rat {
	amount := l.money
	if l.share != nil {
		of := add(c.fees["erp"], c.fees["mail"])
		if l.perService {
			of = c.fees[group[0].service]
		}
		amount = mul(of, l.share)
	}
	first := map[string]int{"calendar month": m, "calendar quarter": m / 3 * 3, "months": max(0, m-l.months+1)}[l.window]
	room := cents(amount, true)
	for k := first; k < m; k++ {
		for _, p := range before[k] {
			if !l.perService || p.service == group[0].service {
				room = minus(room, p.posted)
			}
		}
	}
	if room.Sign() < 0 {
		return new(big.Rat)
	}
	return room
}

func pick(lines []*slowLine, which func(*slowLine) bool) (out []*slowLine) {
	for _, l := range lines {
		if which(l) {
			out = append(out, l)
		}
	}
	return out
}

func groupsOf(lines []*slowLine, perService bool) (out [][]*slowLine) {
	if !perService {
		return [][]*slowLine{lines}
	}
	for _, s := range []string{"erp", "mail"} {
		if g := pick(lines, func(l *slowLine) bool { return l.service == s }); len(g) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func sumExact(lines []*slowLine) *big.Rat {
	sum := new(big.Rat)
	for _, l := range lines {
		sum = add(sum, l.exact)
	}
	return sum
}

func zero(lines []*slowLine) {
	for _, l := range lines {
		l.exact, l.posted = new(big.Rat), new(big.Rat)
	}
}

func highestSlowly(group []*slowLine) {
	var best *slowLine
	for _, l := range group {
		if !l.carried && (best == nil || l.exact.Cmp(best.exact) > 0 || l.exact.Cmp(best.exact) == 0 && l.id < best.id) {
			best = l
		}
	}
	zero(pick(group, func(l *slowLine) bool { return !l.carried && l != best }))
}

// cutSlowly shares a room one cent after the other: each line first its
// proportion rounded down, then the largest remainders.
func cutSlowly(group []*slowLine, room *big.Rat, wait func(*slowLine, *big.Rat)) {
	total := new(big.Rat)
	for _, l := range group {
		total = add(total, l.posted)
	}
	room = cents(room, true)
	if total.Cmp(room) <= 0 {
		return
	}
	was := map[*slowLine]*big.Rat{}
	rest := map[*slowLine]*big.Rat{}
	left := room
	for _, l := range group {
		part := mul(mul(l.posted, room), new(big.Rat).Inv(total))
		was[l], l.posted = l.posted, cents(part, true)
		rest[l] = minus(part, l.posted)
		left = minus(left, l.posted)
	}
	byRest := slices.Clone(group)
	slices.SortFunc(byRest, func(a, b *slowLine) int { return cmp.Or(rest[b].Cmp(rest[a]), strings.Compare(a.id, b.id)) })
	for _, l := range byRest {
		if left.Sign() > 0 && rest[l].Sign() > 0 {
			l.posted, left = add(l.posted, rat(1, 100)), minus(left, rat(1, 100))
		}
	}
	for _, l := range group {
		if taken := minus(was[l], l.posted); taken.Sign() > 0 {
			l.exact = l.posted
			if wait != nil {
				wait(l, taken)
			}
		}
	}
}

// record says what was measured and claimed.
func (c *slowContract) record(r *ruling) {
	for _, o := range c.objectives {
		for m := range 12 {
			month := fmt.Sprintf("2026-%02d", m+1)
			if o.down[m] >= 0 {
				r.down(o.name, o.service, month, o.down[m])
			}
			if o.claim[m] > 0 {
				day := june(0).AddDate(0, m-4, o.claim[m]-1)
				r.fact(`{"kind":"claim","id":"C %s %s","objective":"%[1]s","period":"%[2]s","occurred":"%[3]s"}`, o.name, month, day.Format("2006-01-02"))
			}
		}
	}
}

func TestSettlementsAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		r := ruledBy(t, c.text())
		c.record(r)
		rep := r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		require.Empty(t, rep.Intake.Refusals)
		var want []string
		for _, lines := range c.settleSlowly() {
			for _, l := range lines {
				want = append(want, l.id+" "+l.posted.FloatString(2)+" EUR")
			}
		}
		require.Equal(t, strings.Join(want, "\n"), strings.Join(posted(rep), "\n"), c.text())
	})
}
