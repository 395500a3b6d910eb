// Package zones holds the IANA time zone database, embedded with its edition.
// Neither the machine's zone files nor its own zone are ever read, so that a
// deadline is the same on every machine. (semantics 1.2)
package zones

import (
	"archive/zip"
	"bytes"
	_ "embed" // for the data
	"io"
	"slices"
	"sync"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/internal/nearest"
)

//go:generate go run generate.go

//go:embed zoneinfo.zip
var zoneinfo []byte

// index reads the directory of the data once, and nothing of the zones.
var index = sync.OnceValue(readIndex)

// An entry loads its zone once, when it is first asked for.
type entry func() (*calendar.Zone, error)

func readIndex() map[string]entry {
	archive, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return nil // cannot happen: the tests read every zone of the embedded data
	}
	entries := make(map[string]entry, len(archive.File))
	for _, f := range archive.File {
		entries[f.Name] = sync.OnceValues(func() (*calendar.Zone, error) { return read(f) })
	}
	return entries
}

func read(f *zip.File) (*calendar.Zone, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	loc, err := time.LoadLocationFromTZData(f.Name, data)
	if err != nil {
		return nil, err
	}
	return calendar.NewZone(f.Name, loc).WithEdition(Edition), nil
}

// Load returns the zone of an IANA name such as "Europe/Paris", exactly as
// spelled there. Older names that the database keeps ("Asia/Calcutta") are
// zones too. An unknown name is a *calendar.UnknownError with the nearest
// names. The same name always gives the same pointer.
func Load(name string) (*calendar.Zone, error) {
	if load, ok := index()[name]; ok {
		return load()
	}
	return nil, &calendar.UnknownError{Kind: "zone", Name: name, Nearest: nearest.Names(name, Names())}
}

// Names returns the names of all zones, sorted.
func Names() []string {
	names := make([]string, 0, len(index()))
	for name := range index() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
