package ics

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	ical "github.com/emersion/go-ical"

	"github.com/sla-lang/sla/calendar"
)

// Options say how a file is read.
type Options struct {
	// From and To bound the dates to which recurring events are repeated,
	// both included.
	From, To calendar.Date
	// Zone is that of local times which name none; nil refuses them.
	Zone *calendar.Zone
	// Zones finds the zones that events name, as zones.Load does; nil
	// refuses them.
	Zones func(name string) (*calendar.Zone, error)
	// Limit bounds the repetitions of one event; 0 means 10,000.
	Limit int
}

const defaultLimit = 10_000

// Read reads a file. The error is about the file as a whole: it is not
// iCalendar. What is wrong with single events is in Feed.Refused.
func Read(r io.Reader, o Options) (*Feed, error) {
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	feed := &Feed{From: o.From, To: o.To}
	decoder := ical.NewDecoder(r)
	for n := 0; ; n++ {
		file, err := decode(decoder)
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, e := range file.Events() {
			reader{&o, feed, e.Component}.guarded()
		}
	}
	slices.SortStableFunc(feed.Days, func(a, b Day) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.UID, b.UID))
	})
	slices.SortStableFunc(feed.Spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.UID, b.UID))
	})
	return feed, nil
}

// decode reads one calendar of the file. The library panics on some broken
// lines; a broken file must not stop the program that reads it.
func decode(d *ical.Decoder) (file *ical.Calendar, err error) {
	defer func() {
		if recover() != nil {
			file, err = nil, &calendar.SyntaxError{What: "iCalendar file"}
		}
	}()
	return d.Decode()
}

// A reader reads one event into the feed.
type reader struct {
	*Options
	feed      *Feed
	component *ical.Component
}

func (r reader) text(name string) string {
	p := r.component.Props.Get(name)
	if p == nil {
		return ""
	}
	s, err := p.Text()
	if err != nil {
		return p.Value
	}
	return s
}

func (r reader) refuse(f *fault) {
	r.feed.Refused = append(r.feed.Refused, Refusal{UID: r.text(ical.PropUID), Title: r.text(ical.PropSummary), Reason: f.reason, Text: f.text})
}

// A fault is why an event is refused.
type fault struct {
	reason Reason
	text   string
}

// guarded is event, refusing what the libraries stumble over.
func (r reader) guarded() {
	defer func() {
		if recover() != nil {
			r.refuse(&fault{reason: BadTime})
		}
	}()
	r.event()
}

func (r reader) event() {
	if strings.EqualFold(r.text(ical.PropStatus), string(ical.EventCancelled)) {
		return
	}
	start := r.component.Props.Get(ical.PropDateTimeStart)
	if start == nil {
		r.refuse(&fault{reason: NoStart})
		return
	}
	read := r.spans
	if isDate(start) {
		read = r.days
	}
	if f := read(start); f != nil {
		r.refuse(f)
	}
}

func isDate(p *ical.Prop) bool {
	return p.ValueType() == ical.ValueDate || len(p.Value) == len("20260525")
}

// days reads an event of whole days.
func (r reader) days(start *ical.Prop) *fault {
	first, f := dateIn(start.Value)
	if f != nil {
		return f
	}
	n, f := r.daysLong(first)
	if f != nil {
		return f
	}
	starts, f := r.repeated(moment{date: first}, nil, -n)
	if f != nil {
		return f
	}
	for _, s := range starts {
		for i := range n {
			r.feed.Days = append(r.feed.Days, Day{s.date.AddDays(i), r.text(ical.PropSummary), r.text(ical.PropUID)})
		}
	}
	return nil
}

// daysLong is how many days an event lasts; its end is the date after its
// last. Some programs write an end equal to the start for one day.
func (r reader) daysLong(first calendar.Date) (int, *fault) {
	n := 1
	text := first.String()
	if end := r.component.Props.Get(ical.PropDateTimeEnd); end != nil {
		after, f := dateIn(end.Value)
		if f != nil {
			return 0, f
		}
		n, text = after.DaysSince(first), end.Value
	} else if d := r.component.Props.Get(ical.PropDuration); d != nil {
		length, err := d.Duration()
		if err != nil {
			return 0, &fault{BadTime, d.Value}
		}
		n, text = int(length/day), d.Value
	}
	switch {
	case n < 0:
		return 0, &fault{Backwards, text}
	case n > r.Limit:
		return 0, &fault{TooMany, text}
	}
	return max(n, 1), nil
}

// spans reads an event with times. Its length is kept over repetitions.
func (r reader) spans(start *ical.Prop) *fault {
	zone, f := r.zoneOf(start)
	if f != nil {
		return f
	}
	first, f := momentIn(start.Value)
	if f != nil {
		return f
	}
	begin, f := first.in(zone)
	if f != nil {
		return f
	}
	end, f := r.end(begin)
	if f != nil {
		return f
	}
	starts, f := r.repeated(first, zone, -1-int((end-begin)/calendar.Instant(day)))
	if f != nil {
		return f
	}
	for _, s := range starts {
		at := zone.FirstAtOrAfter(s.date, s.tod)
		r.feed.Spans = append(r.feed.Spans, Span{calendar.Interval{Start: at, End: at + end - begin}, r.text(ical.PropSummary), r.text(ical.PropUID)})
	}
	return nil
}

// end is the end of the first occurrence.
func (r reader) end(begin calendar.Instant) (calendar.Instant, *fault) {
	if p := r.component.Props.Get(ical.PropDateTimeEnd); p != nil {
		zone, f := r.zoneOf(p)
		if f != nil {
			return 0, f
		}
		m, f := momentIn(p.Value)
		if f != nil {
			return 0, f
		}
		at, f := m.in(zone)
		if f == nil && at < begin {
			f = &fault{Backwards, p.Value}
		}
		return at, f
	}
	if p := r.component.Props.Get(ical.PropDuration); p != nil {
		d, err := p.Duration()
		if err != nil || d < 0 {
			return 0, &fault{BadTime, p.Value}
		}
		return begin.Add(d), nil
	}
	return begin, nil
}
