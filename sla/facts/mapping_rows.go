package facts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// A mappedFile reads the rows of an export by a mapping.
type mappedFile struct {
	reader *reader
	m      *Mapping
	times  mappedTimes
	// all and within are the rules of all rows and of each branch, completed.
	all    rules
	within []rules
	// cells gives the cells of a row by the number of their column, columns
	// the number of each source's, -1 for none.
	header  []string
	columns map[*columnSource]int
	cells   []string
	names   interned
}

func (r *reader) mapped(m *Mapping) *mappedFile {
	zone := r.zone
	if m.zone != nil {
		zone = m.zone
	}
	f := &mappedFile{reader: r, m: m, all: m.rules, names: interned{}, columns: map[*columnSource]int{}}
	f.times = mappedTimes{layouts: m.times, usual: timeReader{zone: zone, doubled: m.twice}}
	for i := range m.branches {
		f.within = append(f.within, m.branches[i].over(&m.rules))
	}
	return f
}

// begin takes the names of the columns.
func (f *mappedFile) begin(header []string) {
	f.header = f.header[:0]
	clear(f.columns)
	for _, h := range header {
		f.header = append(f.header, strings.TrimSpace(h))
	}
}

// column finds the number of a source's column.
func (f *mappedFile) column(c *columnSource) int {
	if i, ok := f.columns[c]; ok {
		return i
	}
	found := -1
	for _, name := range c.columns {
		if found = slices.Index(f.header, name); found >= 0 {
			break
		}
	}
	f.columns[c] = found
	return found
}

// value is the part of a row's cell that a source means.
func (f *mappedFile) value(c *columnSource) (string, *refused) {
	i := f.column(c)
	if i < 0 {
		if c.absent {
			return "", nil
		}
		args := []sla.Arg{sla.Prose("found", strings.Join(c.columns, " / ")), sla.Prose("mapping", f.m.Name)}
		if near := spelling.Nearest(c.columns[0], f.header); near != "" {
			args = append(args, sla.Prose("suggestion", near))
		}
		return "", &refused{sla.RefusedColumn, args}
	}
	v := strings.TrimSpace(f.cells[i])
	if slices.Contains(f.m.empty, v) {
		v = ""
	}
	if c.and != nil && v != "" {
		more, no := f.value(c.and)
		if no != nil {
			return "", no
		}
		v = strings.TrimSpace(v + " " + more)
	}
	if c.part == 0 || v == "" {
		return v, nil
	}
	parts := strings.Split(v, c.between)
	if c.part > len(parts) {
		return "", &refused{sla.RefusedField, []sla.Arg{
			sla.Prose("field", f.header[i]), sla.Prose("found", clip(v)), sla.Phrase("expected", "expected mapped-part"), sla.Count("part", c.part), sla.Prose("between", c.between),
		}}
	}
	return strings.TrimSpace(parts[c.part-1]), nil
}

// stands is what a row's value stands for; nothing for one that is ignored.
func (f *mappedFile) stands(c *columnSource) ([]string, *refused) {
	v, no := f.value(c)
	if no != nil || v == "" {
		return nil, no
	}
	if c.values == nil {
		return []string{f.names.of([]byte(v))}, nil
	}
	if s, ok := c.values[v]; ok {
		return s, nil
	}
	if c.rest != nil {
		return c.rest, nil
	}
	args := []sla.Arg{sla.Prose("found", clip(v)), sla.Prose("field", f.header[f.column(c)]), sla.Prose("mapping", f.m.Name)}
	known := make([]string, 0, len(c.values))
	for k := range c.values {
		known = append(known, k)
	}
	if near := spelling.Nearest(v, known); near != "" {
		args = append(args, sla.Prose("suggestion", near))
	}
	return nil, &refused{sla.RefusedUnmapped, args}
}

// passes says whether a row has what a filter asks for.
func (f *mappedFile) passes(filter *rowFilter) (bool, *refused) {
	v, no := f.value(&filter.column)
	return no == nil && slices.Contains(filter.values, v), no
}

// row reads one row, all of it or nothing.
func (f *mappedFile) row(line int, cells []string) {
	f.cells = cells
	events, no := f.events()
	if no != nil {
		ticket, _ := f.value(f.all.ticket)
		f.reader.to.Refuse(sla.Refusal{Reason: no.reason, Kind: sla.FactTicket, ID: clip(ticket), Ticket: clip(ticket), Args: no.args, File: f.reader.name, Line: line})
		return
	}
	for _, e := range events {
		f.reader.to.AddFrom(e, f.reader.name, line)
	}
}

// events are those of a row.
func (f *mappedFile) events() ([]*sla.TicketEvent, *refused) {
	for i := range f.m.only {
		if ok, no := f.passes(&f.m.only[i]); no != nil || !ok {
			return nil, no
		}
	}
	rules := &f.all
	for i := range f.within {
		ok, no := f.passes(&f.m.branches[i].filter)
		if no != nil {
			return nil, no
		}
		if ok {
			rules = &f.within[i]
			break
		}
	}
	if rules == &f.all && rules.state == nil && len(rules.events) == 0 {
		if f.m.others {
			return nil, nil
		}
		v, _ := f.value(&f.m.branches[0].filter.column)
		return nil, &refused{sla.RefusedUnmapped, []sla.Arg{
			sla.Prose("found", clip(v)), sla.Prose("field", strings.Join(f.m.branches[0].filter.column.columns, " / ")), sla.Prose("mapping", f.m.Name),
		}}
	}
	return f.eventsBy(rules)
}

// changed is the event of a row that only says what a ticket is.
const changed = "changed"

// working is what a state stands for in which a ticket is being worked on: it
// ends a wait, and undoes a stop.
const working = "working"

// eventsBy reads a row by rules.
func (f *mappedFile) eventsBy(rules *rules) ([]*sla.TicketEvent, *refused) {
	base, no := f.base(rules)
	if no != nil {
		return nil, no
	}
	var out []*sla.TicketEvent
	add := func(event string, at time.Time, own bool) {
		e := *base
		e.Event, e.Occurred = event, at
		if !own {
			e.Note, e.Until = "", time.Time{}
		}
		if e.ID != "" {
			e.ID += " " + event
		}
		if event != "received" && !f.ownChannel(rules) {
			e.Channel = ""
		}
		out = append(out, &e)
	}
	for i := range rules.events {
		e := &rules.events[i]
		at, no := f.time(&e.at, itsStart)
		if no != nil {
			return nil, no
		}
		if !at.IsZero() {
			add(e.event, at, false)
		}
	}
	names, timed := []string{changed}, rules.state != nil || len(rules.events) == 0
	if rules.state != nil {
		if names, no = f.stands(rules.state); no != nil {
			return nil, no
		}
		timed = len(names) > 0
		if v, _ := f.value(rules.state); v == "" && len(out) == 0 {
			return nil, missingCell(rules.state)
		}
	}
	if timed {
		at, no := f.time(rules.time, itsStart)
		if no != nil {
			return nil, no
		}
		if at.IsZero() {
			return nil, missingCell(rules.time)
		}
		for _, name := range names {
			if name == working {
				add("resumed", at, true)
				name = "reopened"
			}
			add(name, at, true)
		}
	}
	if len(out) == 0 && rules.state == nil {
		return nil, missingCell(&rules.events[0].at)
	}
	return out, nil
}

// ownChannel says that a branch speaks of the channel of its own events.
func (f *mappedFile) ownChannel(r *rules) bool {
	c := r.fieldSource(fChannel)
	return c != nil && c.own
}

func missingCell(c *columnSource) *refused {
	return &refused{sla.RefusedMissing, []sla.Arg{sla.Prose("field", c.columns[0])}}
}

func (f *mappedFile) time(c *columnSource, means dateMeans) (time.Time, *refused) {
	v, no := f.value(c)
	if no != nil || v == "" {
		return time.Time{}, no
	}
	return f.times.read(c.columns[0], v, means)
}

// base is what all events of a row have in common.
func (f *mappedFile) base(rules *rules) (*sla.TicketEvent, *refused) {
	e := &sla.TicketEvent{Head: sla.Head{Source: f.m.source}}
	var no *refused
	if e.Ticket, no = f.value(rules.ticket); no != nil {
		return nil, no
	}
	if e.Ticket == "" {
		return nil, missingCell(rules.ticket)
	}
	if rules.number != nil {
		v, no := f.value(rules.number)
		if no != nil {
			return nil, no
		}
		n, err := strconv.ParseUint(v, 10, 32)
		if err != nil {
			return nil, badNamed(rules.number.columns[0], v, "count")
		}
		e.ID = fmt.Sprintf("%s %010d", e.Ticket, n)
	}
	for i := range rules.fields {
		if no := f.fill(e, &rules.fields[i]); no != nil {
			return nil, no
		}
	}
	return e, nil
}

// fill puts the value of a field into an event.
func (f *mappedFile) fill(e *sla.TicketEvent, s *fieldSource) (no *refused) {
	value := s.is
	if s.from != nil {
		if s.field == fUntil {
			e.Until, no = f.time(s.from, itsEnd)
			return no
		}
		stands, no := f.stands(s.from)
		if no != nil || len(stands) == 0 {
			return no
		}
		value = stands[0]
	}
	switch s.field {
	case fAutomatic, fWorkaround:
		yes, known := map[string]bool{"true": true, "yes": true, "1": true}[strings.ToLower(value)], slices.Contains([]string{"true", "yes", "1", "false", "no", "0"}, strings.ToLower(value))
		if !known {
			return badNamed(s.field.String(), value, "yes-or-no")
		}
		if s.field == fAutomatic {
			e.Automatic = yes
		} else {
			e.Workaround = yes
		}
	default:
		*textField(e, s.field) = value
	}
	return nil
}

// textField is where a field of texts stands in an event.
func textField(e *sla.TicketEvent, f field) *string {
	return map[field]*string{
		fAuthor: &e.Author, fReason: &e.Reason, fService: &e.Service, fPriority: &e.Priority, fSite: &e.Site, fRequest: &e.Request, fType: &e.Type,
		fImpact: &e.Impact, fUrgency: &e.Urgency, fChannel: &e.Channel, fIncident: &e.Incident, fNote: &e.Note,
	}[f]
}
