package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/sla"
)

// lockName is the file beside contracts that pins the editions of the tables
// of public holidays they use.
const lockName = "sla.lock"

const lockSchema = "sla-lock/1"

// A lockFile is what sla.lock holds.
type lockFile struct {
	Schema string `json:"schema"`
	// Holidays gives the edition of each table by its name.
	Holidays map[string]string `json:"holidays"`
}

// lockOf is the lock of the folder in which a contract stands.
func lockOf(contract string) string { return filepath.Join(filepath.Dir(contract), lockName) }

// readLock reads a lock, nil where there is none.
func readLock(path string) (*lockFile, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fail(exitUsage, "%s: cannot be read", filepath.ToSlash(path))
	}
	var l lockFile
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil || l.Schema != lockSchema {
		return nil, fail(exitUsage, "%s: is no lock; write it anew with `sla check --lock`", filepath.ToSlash(path))
	}
	return &l, nil
}

// tablesUsed are the tables of public holidays that a contract uses, with
// their editions: those its calendars name and those its lists take.
func tablesUsed(c *sla.Contract) (map[string]string, error) {
	engine, err := sla.Prepare(c)
	if err != nil {
		return nil, err
	}
	used := map[string]string{}
	for _, d := range c.Calendars {
		if compiled := engine.Calendar(d.Name); compiled != nil {
			for _, e := range compiled.Editions() {
				if strings.HasPrefix(e.Name, holidays.Prefix) {
					used[e.Name] = e.Edition
				}
			}
		}
	}
	for _, list := range c.Holidays {
		for _, name := range list.As {
			if set, err := holidays.Load(name); err == nil {
				used[set.Name] = set.Edition
			}
		}
	}
	return used, nil
}

// honourLock compares the tables a contract uses with the lock beside it.
func honourLock(file string, c *sla.Contract) error {
	if file == stdin {
		return nil
	}
	lock, err := readLock(lockOf(file))
	if lock == nil || err != nil {
		return err
	}
	used, err := tablesUsed(c)
	if err != nil {
		return fail(exitFindings, "%s: %v", filepath.ToSlash(file), err)
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		switch pinned, ok := lock.Holidays[name]; {
		case !ok:
			return fail(exitFindings, "%s: %s is not in %s; pin it with `sla check --lock`", filepath.ToSlash(file), name, lockName)
		case pinned != used[name]:
			return fail(exitFindings, "%s: %s pins edition %s of %s, this program has %s; use the program that has the one pinned, or accept the other with `sla check --lock`",
				filepath.ToSlash(file), lockName, pinned, name, used[name])
		}
	}
	return nil
}

// writeLock pins the tables that a contract uses. What other contracts of the
// folder use stays as it is.
func writeLock(file string, c *sla.Contract) error {
	if file == stdin {
		return fail(exitUsage, "--lock: standard input has no folder for %s", lockName)
	}
	used, err := tablesUsed(c)
	if err != nil {
		return fail(exitFindings, "%s: %v", filepath.ToSlash(file), err)
	}
	path := lockOf(file)
	pinned := lockFile{Schema: lockSchema, Holidays: map[string]string{}}
	if old, err := readLock(path); err == nil && old != nil {
		maps.Copy(pinned.Holidays, old.Holidays)
	}
	maps.Copy(pinned.Holidays, used)
	b, err := json.MarshalIndent(pinned, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		return fail(exitUsage, "%s: cannot be written", filepath.ToSlash(path))
	}
	return nil
}
