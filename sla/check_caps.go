package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/credits"
)

// caps: a cap that cuts the credit of a single objective, or that no sum of
// credits can reach, is worth a second look.
func (k *checker) caps(r *CreditRules) {
	var sized []sizedCap
	for i := range r.Caps {
		if s, ok := k.sizeOf(&r.Caps[i]); ok {
			sized = append(sized, s)
		}
	}
	slices.SortStableFunc(sized, func(a, b sizedCap) int { return cmp.Compare(a.months, b.months) })
	worst := k.worst()
	// tightest is, of the caps of shorter windows, the one that allows least
	// in a month, by what they are a share of.
	tightest := map[string]sizedCap{}
	for i := 0; i < len(sized); {
		same := i
		for ; same < len(sized) && sized[same].months == sized[i].months; same++ {
			s := sized[same]
			k.capBelowCredit(s, worst)
			if short, ok := tightest[s.Base.Service]; !ok || !k.capAgainst(s, short) {
				k.capReachable(s, worst)
			}
		}
		for ; i < same; i++ {
			of := sized[i].Base.Service
			if short, ok := tightest[of]; !ok || sized[i].tighter(short) {
				tightest[of] = sized[i]
			}
		}
	}
}

// limitWindows: what a cap or a floor adds up over lies in one settlement period
// or is made of them; or it is what the objective itself is judged by.
func (k *checker) limitWindows(tiles func(w Window, clause string)) {
	settled := CalendarMonth
	if r := k.c.Credits; r != nil && r.Settled != nil && r.Settled.Window.Tiles() {
		settled = r.Settled.Window
	}
	look := func(caps []Cap, floors []Floor, objective string, measured Window) {
		check := func(w Window, clause string) {
			if objective != "" && w == measured || w == TheTerm {
				return
			}
			if tiles(w, clause); w == Week && settled != Week {
				k.find(CodeLimitWindow, clause, Name("window", string(w)), Name("settled", string(settled)))
			}
		}
		for i := range caps {
			check(caps[i].window(""), limitID("cap", objective, caps[i].Name))
		}
		for i := range floors {
			check(floors[i].Each, limitID("floor", objective, floors[i].Name))
		}
	}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		look(o.Caps, o.Floors, o.Name, o.Measure.Window)
	}
	if r := k.c.Credits; r != nil {
		look(r.Caps, r.Floors, "", "")
	}
}

// A sizedCap is a cap with what it allows in one of its windows and the months
// in that.
type sizedCap struct {
	*Cap
	allowed credits.Amount
	months  int
}

// tighter says whether a cap allows less in a month than another.
func (s sizedCap) tighter(o sizedCap) bool {
	return s.allowed.Exact.Mul(credits.Int(int64(o.months))).Cmp(o.allowed.Exact.Mul(credits.Int(int64(s.months)))) < 0
}

// sizeOf works out what a cap allows; false where that is not known.
func (k *checker) sizeOf(limit *Cap) (sizedCap, bool) {
	months := monthsIn(limit.window(""))
	if limit.Pays.Kind == credits.PayMoney {
		return sizedCap{limit, limit.Pays.Money.Exact(), months}, months > 0
	}
	share, sized := k.shareOf(limit.Pays, months)
	if !sized || !limit.Base.plainFee() || limit.Months > 0 || limit.PerService || limit.Base.Window != limit.window("") {
		return sizedCap{}, false
	}
	total, ok := k.monthlyFees(limit.Base.Service)
	allowed := total.Times(credits.Int(int64(months))).Times(share)
	return sizedCap{limit, allowed, months}, ok && months > 0 && total.Currency != ""
}

// shareOf is the part of the fee of so many months that an amount is; false
// where it is none, or differs from month to month.
func (k *checker) shareOf(p credits.Pay, months int) (credits.Ratio, bool) {
	switch {
	case p.Kind == credits.PayShare || p.Kind == credits.PayTimes:
		return p.Size(), true
	case p.Kind == credits.PayNone:
		return credits.Ratio{}, true
	case p.Kind != credits.PayDays || months == 0:
		return credits.Ratio{}, false
	case k.c.DayOfFee == DayThirtieth:
		return p.Size().Mul(part(1, 30*months)), true
	case k.c.DayOfFee == DayYear:
		return p.Size().Mul(part(12, 365*months)), true
	}
	return credits.Ratio{}, false
}

// monthlyFees is the fee of a service for one month, or that of all services
// where the name is empty; false where one is not known.
func (k *checker) monthlyFees(service string) (credits.Amount, bool) {
	if sum, done := k.feesOf[service]; done {
		return sum, sum.Currency != ""
	}
	total, known := credits.Amount{}, true
	for _, s := range k.index.in(ObjectiveScope{Service: service}) {
		if s.Fee == nil {
			continue
		}
		fee, ok := monthlyFee(s)
		if total.Currency == "" {
			total.Currency = fee.Currency
		}
		sum, err := total.Add(fee)
		if !ok || err != nil { // other currencies are reported as such
			total, known = credits.Amount{}, false
			break
		}
		total = sum
	}
	k.feesOf[service] = total
	return total, known && total.Currency != ""
}

// monthsIn is the number of months in each window of a kind; 0 where they are of
// days, or lie anew at the end of each period.
func monthsIn(w Window) int {
	if !w.Tiles() {
		return 0
	}
	s, _ := w.shape()
	return s.months
}

// monthlyFee is a service's fee for one month at the volume written.
func monthlyFee(s *Service) (credits.Amount, bool) {
	if s.Fee == nil {
		return credits.Amount{}, false
	}
	n := int64(1)
	if s.Fee.Unit != "" {
		n = int64(s.Fee.Volume)
	}
	unit, once := s.monthlyRate()
	return plus(unit.Times(credits.Int(n)), once), n > 0
}

// most is the largest credit an objective can cost for one service and window;
// false where that is not known, as of the fee of a week.
func (k *checker) most(o *Objective, s *Service) (credits.Amount, bool) {
	months := max(monthsIn(o.Measure.Window), 1)
	if o.Credit.Base.Window != "" {
		months = monthsIn(o.Credit.Base.Window)
	}
	share, ok := k.highest(o.Credit, months)
	if !ok || months == 0 || len(o.Plus) > 0 || o.Choice != nil || o.Repeat != nil || !o.Credit.Base.plainFee() {
		return credits.Amount{}, false
	}
	name := o.Credit.Base.Service
	if name == TheService {
		name = s.Name
	}
	total, ok := k.monthlyFees(name)
	return total.Times(credits.Int(int64(months))).Times(share), ok
}

// A worstCase is what objectives can cost at their worst.
type worstCase struct {
	// highest is the largest credit of one objective for one service, of all
	// and of those about each service.
	highest map[string]worstCredit
	// byWindow sums the credits of the objectives by the months of their
	// windows; bounded says that each has a largest credit.
	byWindow map[int]credits.Amount
	bounded  bool
}

type worstCredit struct {
	objective *Objective
	service   *Service
	most      credits.Amount
}

// worst goes through the credits of all objectives once for all caps.
func (k *checker) worst() worstCase {
	w := worstCase{highest: map[string]worstCredit{}, byWindow: map[int]credits.Amount{}, bounded: true}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		if o.Credit == nil {
			continue
		}
		for _, s := range k.index.in(o.Scope) {
			most, ok := k.most(o, s)
			if !ok {
				w.bounded = false
				continue
			}
			w.add(worstCredit{o, s, most}, monthsIn(o.Measure.Window))
		}
	}
	return w
}

func (w *worstCase) add(c worstCredit, months int) {
	of := []string{""}
	if c.objective.Scope.Service != "" {
		of = append(of, c.objective.Scope.Service)
	}
	for _, name := range of {
		if had, ok := w.highest[name]; !ok || c.most.Exact.Cmp(had.most.Exact) > 0 {
			w.highest[name] = c
		}
	}
	sum := w.byWindow[months]
	if sum.Currency == "" {
		sum.Currency = c.most.Currency
	}
	total, err := sum.Add(c.most)
	w.byWindow[months], w.bounded = total, w.bounded && err == nil && months > 0
}

// capBelowCredit: the highest credit of one objective alone exceeds the cap.
func (k *checker) capBelowCredit(limit sizedCap, w worstCase) {
	c, ok := w.highest[limit.Base.Service]
	if !ok || c.most.Currency != limit.allowed.Currency || c.most.Exact.Cmp(limit.allowed.Exact) <= 0 {
		return
	}
	rounding := credits.DefaultRounding(c.most.Currency)
	k.find(CodeCapBelowCredit, "cap/"+limit.Name, Money("cap", limit.allowed.Round(rounding)), Money("credit", c.most.Round(rounding)),
		Name("objective", c.objective.Name), Name("service", c.service.Name)).related(c.objective.Name+"/credit", "credit-here")
}

// capAgainst: a cap of a longer window that the caps of its parts never reach.
func (k *checker) capAgainst(long, short sizedCap) (dead bool) {
	if long.allowed.Currency != short.allowed.Currency {
		return false
	}
	most := short.allowed.Times(credits.Int(int64(long.months / short.months)))
	if most.Exact.Cmp(long.allowed.Exact) >= 0 {
		return false
	}
	rounding := credits.DefaultRounding(most.Currency)
	k.find(CodeCapDead, "cap/"+long.Name, Money("cap", long.allowed.Round(rounding)), Money("most", most.Round(rounding)), Name("other", short.Name)).
		related("cap/"+short.Name, "other-cap-here")
	return true
}

// capReachable: all objectives at their worst in every window stay below it.
func (k *checker) capReachable(limit sizedCap, w worstCase) {
	if limit.Base.Service != "" || !w.bounded || len(w.byWindow) == 0 {
		return
	}
	sum := credits.Amount{Currency: limit.allowed.Currency}
	for each, most := range w.byWindow {
		total, err := sum.Add(most.Times(credits.Int(int64(limit.months / each))))
		if each > limit.months || err != nil {
			return // it is not compared
		}
		sum = total
	}
	if sum.Exact.Cmp(limit.allowed.Exact) < 0 {
		rounding := credits.DefaultRounding(sum.Currency)
		k.find(CodeCapDead, "cap/"+limit.Name, Money("cap", limit.allowed.Round(rounding)), Money("most", sum.Round(rounding)))
	}
}

// plainFee says that a base is nothing but the fees of its window.
func (b Base) plainFee() bool {
	return b.Of == BaseFees && !b.Dependents && b.Shift == 0 && b.Trailing == nil && !b.Lost && len(b.And) == 0 && b.Window != TheTerm
}
