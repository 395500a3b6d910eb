// Package holidays holds public holidays by country and region as dated
// tables with an edition: France with Alsace-Moselle and overseas, Germany by
// Land, the nations of the United Kingdom, Belgium, Switzerland by canton,
// Spain by community, Italy, the Netherlands, the United States (federal),
// Canada by province, and Japan.
//
// The tables run from 1990 to 2040. They are data, not rules: an edition
// never changes. Where a holiday on a weekend is observed on another day both
// days are listed, the second marked in its name.
//
// Real calendars deviate, and a contract says so with its own dated list.
// Known not to be here: what Spanish communities decree for a single year
// (a Sunday's holiday moved to Monday), days kept in single communes
// (patron saints, Swiss districts; Bavaria's Catholic communes and Augsburg
// have their own sets, "DE-BY-KATHOLISCH" and "DE-BY-AUGSBURG"), and
// elections. Future years follow the law as known at the edition.
package holidays

import (
	"bufio"
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/calendar"
)

//go:generate sh -c "cd gen && go run . ../tables"

//go:embed tables/*.txt
var tables embed.FS

// Edition is the edition of the tables.
const Edition = "2026.1"

// Prefix is what names of holiday sets begin with in contracts.
const Prefix = "public-holidays "

// index parses the tables once, when the first is asked for.
var index = sync.OnceValue(parseAll)

// Load returns the public holidays of a country or region: "FR", "FR-57",
// "DE-BY" or, as contracts write it, "public-holidays FR". An unknown name is
// a *calendar.UnknownError with the nearest names. The set is shared: it must
// not be changed.
func Load(name string) (*calendar.HolidaySet, error) {
	if set, ok := index()[Prefix+strings.TrimPrefix(name, Prefix)]; ok {
		return set, nil
	}
	return nil, &calendar.UnknownError{Kind: "holidays", Name: name, Nearest: near(name[strings.LastIndexByte(name, ' ')+1:])}
}

// Names returns the names of all sets, sorted, each as contracts write it.
func Names() []string { return slices.Sorted(maps.Keys(index())) }

func parseAll() map[string]*calendar.HolidaySet {
	sets := map[string]*calendar.HolidaySet{}
	files, err := tables.ReadDir("tables")
	if err != nil {
		return sets // cannot happen: the tests read every embedded table
	}
	for _, f := range files {
		text, err := tables.ReadFile("tables/" + f.Name())
		if err == nil {
			parse(string(text), sets)
		}
	}
	return sets
}

// A reader reads a table: lines with a name under its letters, and lines of a
// year with its dates, each followed by the letters of its name.
type reader struct {
	edition  string
	from, to calendar.Date
	set      *calendar.HolidaySet
	names    map[string]string
}

func parse(text string, sets map[string]*calendar.HolidaySet) {
	var r reader
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		first, rest, _ := strings.Cut(lines.Text(), " ")
		switch {
		case first == "" || first == "#":
		case first == "edition":
			r.edition = rest
		case first == "years":
			from, to, _ := strings.Cut(rest, " ")
			r.from, _ = calendar.ParseDate(from + "-01-01")
			r.to, _ = calendar.ParseDate(to + "-12-31")
		case first == "region":
			code, _, _ := strings.Cut(rest, " ")
			r.set = &calendar.HolidaySet{Name: Prefix + code, Edition: r.edition, From: r.from, To: r.to}
			r.names = map[string]string{}
			sets[r.set.Name] = r.set
		case first[0] >= 'a':
			r.names[first] = rest
		default:
			r.year(first, rest)
		}
	}
}

// year reads "01-01a 04-06b …".
func (r *reader) year(year, dates string) {
	for entry := range strings.FieldsSeq(dates) {
		if d, err := calendar.ParseDate(year + "-" + entry[:len("01-01")]); err == nil {
			r.set.Days = append(r.set.Days, calendar.Holiday{Date: d, Name: r.names[entry[len("01-01"):]]})
		}
	}
}
