package facts

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A header is what a file says of all its facts. In NDJSON it is the value of
// a line {"file":{…}}, in CSV lines such as `# source: …` before the header.
type header struct {
	Kind      string   `json:"kind"`
	Source    string   `json:"source"`
	Author    string   `json:"author"`
	Service   string   `json:"service"`
	Timezone  string   `json:"timezone"`
	LocalTime string   `json:"localTimes"`
	Covered   *covered `json:"covered"`
}

// covered says that the source observed from one time until another.
type covered struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

// headerKeys are the names in a header.
var headerKeys = []string{"author", "covered", "kind", "localTimes", "service", "source", "timezone"}

// say takes a `key: value` line of a CSV file; keys may be written in words.
func (h *header) say(key, value string) *refused {
	switch strings.ToLower(strings.ReplaceAll(key, " ", "")) {
	case "kind":
		h.Kind = value
	case "source":
		h.Source = value
	case "author":
		h.Author = value
	case "service":
		h.Service = value
	case "timezone":
		h.Timezone = value
	case "localtimes":
		h.LocalTime = value
	case "covered":
		from, until, ok := strings.Cut(value, " to ")
		if !ok {
			return badHeader("covered", value, "covered")
		}
		h.Covered = &covered{strings.TrimSpace(from), strings.TrimSpace(until)}
	default:
		return unknownField(key, "", headerKeys)
	}
	return nil
}

func badHeader(name, found, expected string) *refused {
	return &refused{sla.RefusedField, []sla.Arg{sla.Name("field", name), sla.Prose("found", clip(found)), sla.Phrase("expected", "expected "+expected)}}
}

// begin makes a header hold, and reports what of it cannot be read.
func (r *reader) begin(h header) {
	coverage, no := r.apply(h)
	if no != nil {
		r.refuse(r.lines.number, "", "", no)
	} else if coverage != nil {
		r.to.AddFrom(coverage, r.name, r.lines.number)
	}
}

// apply makes a header hold for the rows that follow, and gives the coverage
// it declares, nil if none.
func (r *reader) apply(h header) (sla.Fact, *refused) {
	zone := r.zone
	if h.Timezone != "" {
		z, err := r.load(h.Timezone)
		if err != nil {
			return nil, badHeader("timezone", h.Timezone, "timezone")
		}
		zone = z
	}
	doubled, ok := map[string]int{"": 0, "refused": 0, "first": 1, "second": 2}[h.LocalTime]
	if !ok {
		return nil, badHeader("localTimes", h.LocalTime, "local-times")
	}
	if h.Kind != "" && kindNamed(h.Kind) == nil {
		return nil, unknownKind(h.Kind)
	}
	r.file = h
	r.values.times = timeReader{zone: zone, doubled: doubled}
	if h.Covered == nil {
		return nil, nil
	}
	return r.coverage(&h, zone)
}

// coverage is the fact that the file's source observed for a while. Its id
// says what it says, so that files may repeat it.
func (r *reader) coverage(h *header, zone *calendar.Zone) (sla.Fact, *refused) {
	from, no := r.values.times.read(fOccurred, []byte(h.Covered.From), itsStart)
	if no != nil {
		return nil, badHeader("covered", h.Covered.From, "covered")
	}
	until, no := r.values.times.read(fUntil, []byte(h.Covered.Until), itsEnd)
	if no != nil {
		return nil, badHeader("covered", h.Covered.Until, "covered")
	}
	id := strings.TrimSpace(fmt.Sprintf("%s %s", h.Source, h.Service))
	return &sla.Coverage{
		Head:    sla.Head{ID: fmt.Sprintf("covered %s %s to %s", id, h.Covered.From, h.Covered.Until), Occurred: from, Source: h.Source, Author: h.Author},
		Service: h.Service, Until: until,
	}, nil
}

func unknownKind(found string) *refused {
	no := unknownField(found, "", kindNames())
	no.args[0] = sla.Prose("found", clip(found))
	return &refused{sla.RefusedKind, no.args}
}
