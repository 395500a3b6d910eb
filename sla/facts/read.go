package facts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/sla"
)

// A Sink takes what is read: a [sla.Run], or anything else that wants facts.
type Sink interface {
	// AddFrom takes a fact with its place; the refusal is not looked at.
	AddFrom(f sla.Fact, file string, line int) *sla.Refusal
	// Refuse is told of a row that could not be read.
	Refuse(no sla.Refusal)
}

// Options say how files are read.
type Options struct {
	// Zone is that of local times where a file names none; nil means the
	// contract's where facts are read into a run, UTC otherwise.
	Zone *calendar.Zone
	// Mapping says how the files are read, where they are exports of another
	// system; nil means that they hold facts. A file called like an export with
	// the ending `.mapping` beside it comes first.
	Mapping *Mapping
	// Progress, if set, is told of bytes read.
	Progress func(bytes int64)
}

// Read reads one file of facts into a run or another sink. The name's extension says the
// format (`.csv` or `.tsv`, `.json` where there is a mapping, otherwise NDJSON)
// and, in CSV without a kind, the rest of the name the kind: outages.csv. Text
// is UTF-8, or UTF-16 with its mark, unless the mapping says otherwise. Facts that cannot be read, or that a run
// refuses, are in its intake with the file's name and their line; the error is
// r's.
func Read(to Sink, name string, r io.Reader, o Options) error {
	zone := o.Zone
	run, isRun := to.(*sla.Run)
	switch {
	case zone == nil && isRun:
		zone = run.Engine().Zone()
	case zone == nil:
		utc, err := zones.Load("UTC")
		if err != nil {
			return err
		}
		zone = utc
	}
	return read(to, name, r, zone, o)
}

// A reader reads one file.
type reader struct {
	to     Sink
	name   string
	zone   *calendar.Zone
	load   func(name string) (*calendar.Zone, error)
	file   header
	row    row
	values values
	lines  lineReader
}

func read(to Sink, name string, r io.Reader, zone *calendar.Zone, o Options) error {
	in := &reader{to: to, name: name, zone: zone, load: zones.Load}
	if o.Mapping != nil {
		r = decoded(r, o.Mapping.encoding)
	} else {
		r = decoded(r, nil)
	}
	in.lines = newLineReader(r, o.Progress)
	in.values = values{row: &in.row, times: timeReader{zone: zone}, names: interned{}}
	extension := strings.ToLower(path.Ext(name))
	isCSV := extension == ".csv" || extension == ".tsv"
	switch {
	case o.Mapping != nil && isCSV:
		return in.mappedCSV(o.Mapping)
	case o.Mapping != nil && extension == ".json":
		return in.mappedJSON(o.Mapping)
	case o.Mapping != nil:
		return in.mappedNDJSON(o.Mapping)
	case isCSV:
		return in.csv(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	}
	return in.ndjson()
}

// refuse reports a row that could not be read.
func (r *reader) refuse(line int, kind sla.FactKind, id string, no *refused) {
	r.to.Refuse(sla.Refusal{Reason: no.reason, Kind: kind, ID: id, Args: no.args, File: r.name, Line: line})
}

// refuseRow reports the row that was read last.
func (r *reader) refuseRow(kind sla.FactKind, no *refused) {
	r.to.Refuse(sla.Refusal{
		Reason: no.reason, Kind: kind, ID: clip(string(r.row.get(fID))), Ticket: clip(string(r.row.get(fTicket))), Args: no.args, File: r.name, Line: r.row.line,
	})
}

// add builds the fact of the row and adds it.
func (r *reader) add() {
	kind, no := r.kind()
	if no != nil {
		r.refuseRow("", no)
		return
	}
	if extra := r.row.set &^ (headFields | kind.fields); extra != 0 {
		no := unknownField(extra.names()[0], kind.kind, (headFields | kind.fields).names())
		r.refuseRow(kind.kind, no)
		return
	}
	if f, lacks := kind.lacks(r.row.set); lacks {
		r.refuseRow(kind.kind, &refused{sla.RefusedMissing, []sla.Arg{sla.Name("field", f.String())}})
		return
	}
	f, no := r.values.fact(&r.file, kind.kind)
	if no != nil {
		r.refuseRow(kind.kind, no)
		return
	}
	r.to.AddFrom(f, r.name, r.row.line)
}

// kind is that of the row, or of the whole file.
func (r *reader) kind() (*kindOfFact, *refused) {
	name := r.values.name(fKind)
	if name == "" {
		name = r.file.Kind
	}
	if name == "" {
		return nil, &refused{sla.RefusedMissing, []sla.Arg{sla.Name("field", "kind")}}
	}
	if k := kindNamed(name); k != nil {
		return k, nil
	}
	return nil, unknownKind(name)
}

// Load reads files of facts, and folders with the files below them whose
// names end in .ndjson, .jsonl, .csv or .tsv, or in .json with a mapping, in the order of their names. Other
// files in folders are left alone; one that is named is refused with an
// *[UnknownTypeError], unless its name has no extension: then it is read as
// NDJSON, as standard input is.
func Load(ctx context.Context, to Sink, fsys fs.FS, o Options, names ...string) error {
	for _, name := range names {
		files, err := filesOf(fsys, name, o)
		var unknown *UnknownTypeError
		switch {
		case errors.As(err, &unknown):
			return fmt.Errorf("%s: %w", name, err)
		case err != nil:
			return err
		}
		for _, file := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := loadFile(ctx, to, fsys, file, o); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return nil
}

func loadFile(ctx context.Context, to Sink, fsys fs.FS, file string, o Options) error {
	f, err := fsys.Open(file)
	if err != nil {
		return err
	}
	if o.Mapping, err = mappingOf(fsys, file, o.Mapping); err == nil {
		err = Read(to, file, &interruptible{ctx, f}, o)
	}
	return errors.Join(err, f.Close())
}

// mappingOf is the mapping of a file: the one beside it, else the one that was
// given, which may be nil.
func mappingOf(fsys fs.FS, file string, given *Mapping) (*Mapping, error) {
	text, err := fs.ReadFile(fsys, besideName(file))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return given, nil
		}
		return nil, err
	}
	return ParseMapping(path.Base(besideName(file)), string(text))
}

// interruptible ends reading when its context does.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

var extensions = []string{".ndjson", ".jsonl", ".csv", ".tsv"}

// known says whether a file is of facts, by its name, or an export in JSON
// that has a mapping.
func known(fsys fs.FS, file string, o Options) bool {
	extension := strings.ToLower(path.Ext(file))
	if extension == ".json" {
		_, err := fs.Stat(fsys, besideName(file))
		return err == nil || o.Mapping != nil
	}
	return slices.Contains(extensions, extension)
}

// An UnknownTypeError is a file whose name does not say how its facts are
// written.
type UnknownTypeError struct{ File string }

// Error names the forms.
func (e *UnknownTypeError) Error() string {
	extension := strings.ToLower(path.Ext(e.File))
	const forms = "files of facts end in .ndjson or .jsonl (one fact a line, in JSON), or in .csv or .tsv (one fact a row)"
	switch extension {
	case ".xlsx", ".xls", ".xlsm", ".ods":
		return forms + "; save the sheet as CSV (in UTF-8)"
	case ".json":
		return forms + "; an export in .json needs a mapping beside it or named"
	}
	return forms + ", not in " + extension
}

func filesOf(fsys fs.FS, name string, o Options) ([]string, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir() && path.Ext(name) != "" && !known(fsys, name, o):
		return nil, &UnknownTypeError{name}
	case !info.IsDir():
		return []string{name}, nil
	}
	var out []string
	err = fs.WalkDir(fsys, name, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && known(fsys, file, o) {
			out = append(out, file)
		}
		return err
	})
	return out, err // WalkDir goes in the order of names
}
