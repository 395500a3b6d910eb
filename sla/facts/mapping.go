package facts

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A Mapping says how an export of another system – a list of tickets, a
// history of their states – is read as events of tickets: which columns there
// are, how times are written, what the system's states do to clocks. It is data, a small text
// file that people read and change:
//
//	sla mapping 1
//	title      "Our desk: history of states"
//	times      "DD/MM/YYYY hh:mm" in Europe/Paris
//	ticket     from "Number"
//	time       from "Changed at"
//	priority   from "Priority" {
//	  "1 - Critical"  P1
//	  "2 - High"      P2
//	}
//	state      from "New state" {
//	  "New"           received
//	  "In progress"   working
//	  "On hold"       waiting-on-customer
//	  "Solved"        restored, resolved
//	}
//
// Nothing is guessed: a state, priority or time of which the mapping says
// nothing refuses its row, with its place. A Mapping is immutable and safe for
// concurrent use.
type Mapping struct {
	// Name is that of the file, or of a ready-made mapping.
	Name string
	// Title says in words what it reads.
	Title string

	source string
	zone   *calendar.Zone
	twice  int
	times  []timeLayout
	// encoding is how the text is written, nil for UTF-8; heading the line of
	// the names of columns, 0 for the first; list where the rows of a JSON
	// document lie, empty for its top.
	encoding encoding.Encoding
	heading  int
	list     []string
	// empty are values that say nothing.
	empty []string
	only  []rowFilter
	rules
	branches []branch
	// others lets rows that no branch fits pass without a word.
	others bool
}

// rules say what is read from a row.
type rules struct {
	ticket, number, time *columnSource
	fields               []fieldSource
	state                *columnSource
	events               []eventSource
}

// A columnSource is a column, the part of it that is meant, and what its
// values stand for.
type columnSource struct {
	// columns are the names it may have; the first that the file has is read.
	columns []string
	// and is another column whose value follows behind a space, nil if none.
	and *columnSource
	// part of the value, from 1, between the texts of between; 0 for all of it.
	part    int
	between string
	// absent lets a file be without the column.
	absent bool
	// values are what the export's values stand for; nil takes them as they
	// are. rest, not nil, is what any other value stands for.
	values map[string][]string
	rest   []string
}

// A fieldSource fills in a field of the facts: from a column, or always alike.
type fieldSource struct {
	field field
	from  *columnSource
	is    string
	// own marks what a branch says for its rows alone.
	own bool
}

// An eventSource is an event whose instant stands in a column of its own.
type eventSource struct {
	event string
	at    columnSource
}

// A rowFilter holds for rows that have one of the values in a column.
type rowFilter struct {
	column columnSource
	values []string
}

// A branch holds for the rows that its filter lets pass; what it says stands
// in the place of what is said for all rows.
type branch struct {
	filter rowFilter
	rules
}

// over fills in what a branch does not say.
func (b rules) over(all *rules) rules {
	if b.ticket == nil {
		b.ticket = all.ticket
	}
	if b.number == nil {
		b.number = all.number
	}
	if b.time == nil {
		b.time = all.time
	}
	if b.state == nil {
		b.state = all.state
	}
	for _, f := range all.fields {
		if b.fieldSource(f.field) == nil {
			b.fields = append(b.fields, f)
		}
	}
	b.events = append(b.events, all.events...)
	return b
}

func (b *rules) fieldSource(f field) *fieldSource {
	for i := range b.fields {
		if b.fields[i].field == f {
			return &b.fields[i]
		}
	}
	return nil
}

// A MappingError is one thing that is wrong with the text of a mapping.
type MappingError struct {
	// Name is that of the mapping, Line the line, from 1.
	Name string
	Line int
	// Code says what is wrong, with its arguments; the words are in the
	// catalogue under "mapping" and the code.
	Code string
	Args []sla.Arg
}

// Error is the code and its place; package words has the sentence.
func (e *MappingError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s", e.Name, e.Line, e.Code)
	for _, a := range e.Args {
		fmt.Fprintf(&b, ", %s %s", a.Name, a.Value)
	}
	return b.String()
}

// MappingErrors are all that is wrong with the text of a mapping, in the order
// of its lines.
type MappingErrors []*MappingError

// Error lists them, one a line.
func (es MappingErrors) Error() string {
	var lines []string
	for _, e := range es {
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}
