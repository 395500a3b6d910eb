package calendar

import (
	"iter"
	"time"
)

// counted is the time of an interval that counts.
func (k *Clock) counted(v Interval) (time.Duration, error) {
	if err := k.check(v); err != nil || v.IsEmpty() {
		return 0, err
	}
	if len(k.held.parts) == 0 {
		return k.measure(v), nil
	}
	var total uint64
	for run := range k.running(v) {
		total += uint64(k.measure(run))
	}
	return saturate(total), nil
}

// running iterates over the parts of an interval that no pause holds.
func (k *Clock) running(v Interval) iter.Seq[Interval] {
	return func(yield func(Interval) bool) {
		at := v.Start
		for _, p := range k.held.parts[k.held.after(v.Start):] {
			if p.Start >= v.End {
				break
			}
			if at < p.Start && !yield(Interval{at, p.Start}) {
				return
			}
			at = p.End
		}
		if at < v.End {
			yield(Interval{at, v.End})
		}
	}
}

// measure is the open time of an interval by the calendars in force in it.
func (k *Clock) measure(v Interval) time.Duration {
	if k.phases == nil {
		return (&phase{calendar: k.calendar}).measure(v)
	}
	var total uint64
	for i := range k.phases {
		if part := v.Intersect(inForce(k.phases, i)); !part.IsEmpty() {
			total += uint64(k.phases[i].measure(part))
		}
	}
	return saturate(total)
}

// inForce is when the i-th phase is in force.
func inForce(phases []phase, i int) Interval {
	if i+1 < len(phases) {
		return Interval{phases[i].since, phases[i+1].since}
	}
	return Interval{phases[i].since, forever}
}

func (p *phase) measure(v Interval) time.Duration {
	if p.closed {
		return 0
	}
	if p.calendar == nil {
		return v.Length()
	}
	return p.calendar.Between(v.Start, v.End)
}

// check refuses an interval in which a calendar in force is not known.
func (k *Clock) check(v Interval) error {
	if k.phases == nil {
		return k.calendar.checkOrWall(v)
	}
	for i := range k.phases {
		if k.phases[i].closed {
			continue
		}
		if err := k.phases[i].calendar.checkOrWall(v.Intersect(inForce(k.phases, i))); err != nil {
			return err
		}
	}
	return nil
}

// checkOrWall is Check; the wall clock, which is nil, is known at any time.
func (c *Calendar) checkOrWall(v Interval) error {
	if c == nil || v.IsEmpty() || c.knows(v) {
		return nil
	}
	return c.Check(v)
}

// knows is Check as a plain answer, without allocating.
func (c *Calendar) knows(v Interval) bool {
	i := c.known.after(v.Start)
	return i < len(c.known.parts) && c.known.parts[i].Start <= v.Start && v.End <= c.known.parts[i].End
}

// run lets d of open time pass inside an interval, pauses aside: it returns
// when it has passed, earliest; or what is left of it when the interval ends
// first. A reached instant leaves nothing.
func (k *Clock) run(v Interval, d time.Duration) (at Instant, left time.Duration, reached bool, err error) {
	if d == 0 {
		return v.Start, 0, true, nil
	}
	if k.phases == nil {
		if v.IsEmpty() {
			return 0, d, false, nil
		}
		return (&phase{calendar: k.calendar}).run(v, d)
	}
	for i := range k.phases {
		part := v.Intersect(inForce(k.phases, i))
		if part.IsEmpty() || k.phases[i].closed {
			continue
		}
		at, left, reached, err = k.phases[i].run(part, d)
		if reached || err != nil {
			return at, left, reached, err
		}
		d = left
	}
	return 0, d, false, nil
}

func (p *phase) run(v Interval, d time.Duration) (at Instant, left time.Duration, reached bool, err error) {
	if p.calendar == nil {
		if l := v.Length(); l < d {
			return 0, d - l, false, nil
		}
		return v.Start + Instant(d), 0, true, nil
	}
	if v.End < MaxInstant && p.calendar.knows(v) {
		if l := p.calendar.Between(v.Start, v.End); l < d {
			return 0, d - l, false, nil
		}
	}
	at, err = p.calendar.Add(v.Start, d)
	return at, 0, err == nil, err
}
