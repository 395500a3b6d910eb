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
	"unicode/utf8"

	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
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
		return nil, &brokenLock{&statusError{status: exitFindings}, path, string(b)}
	}
	return &l, nil
}

// A brokenLock is a file that stands in the place of a lock and is none.
type brokenLock struct {
	*statusError
	path, text string
}

// Error names the file.
func (b *brokenLock) Error() string { return b.diagnostic().Line(words.English()) }

// Unwrap gives the exit status.
func (b *brokenLock) Unwrap() error { return b.statusError }

func (b *brokenLock) diagnostic() dsl.Diagnostic {
	line, _, _ := strings.Cut(b.text, "\n")
	return dsl.Diagnostic{Code: sla.CodeLockBroken, Severity: sla.Error,
		Span: sla.Span{File: filepath.ToSlash(b.path), Line: 1, Column: 1, EndLine: 1, EndColumn: max(2, 1+utf8.RuneCountInString(line))}}
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

// honourLock compares the tables a contract uses with the lock beside it. A
// lock that is none is a *brokenLock.
func honourLock(file string, c *sla.Contract) (dsl.Diagnostics, error) {
	if file == stdin {
		return nil, nil
	}
	lock, err := readLock(lockOf(file))
	if lock == nil || err != nil {
		return nil, err
	}
	used, err := tablesUsed(c)
	if err != nil {
		return nil, fail(exitFindings, "%s: %v", filepath.ToSlash(file), err)
	}
	var found dsl.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(used)) {
		d := dsl.Diagnostic{Severity: sla.Error, Args: []sla.Arg{sla.Prose("holidays", name)}}
		d.Clause, d.Span = tablePlace(c, name)
		switch pinned, ok := lock.Holidays[name]; {
		case !ok:
			d.Code = sla.CodeLockMissing
		case pinned != used[name]:
			d.Code = sla.CodeLockDiffers
			d.Args = append(d.Args, sla.Prose("pinned", pinned), sla.Prose("found", used[name]))
		default:
			continue
		}
		found = append(found, d)
	}
	return found, nil
}

// tablePlace is the first place where a contract names public holidays, or
// where the contract begins.
func tablePlace(c *sla.Contract, name string) (clause string, at sla.Span) {
	code := strings.TrimPrefix(name, holidays.Prefix)
	clause, at = "contract", c.Spans["contract"]
	found := false
	for id, span := range c.Spans {
		if !strings.Contains(id+"/", "/"+name+"/") && !strings.HasSuffix(id, "/as/"+code) {
			continue
		}
		if first := span.Line < at.Line || span.Line == at.Line && (span.Column < at.Column || span.Column == at.Column && id < clause); !found || first {
			clause, at, found = id, span, true
		}
	}
	return clause, at
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
	old, err := readLock(path)
	if err != nil {
		return err
	}
	if old != nil {
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
