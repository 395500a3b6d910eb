package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// stdin is the name that stands for standard input.
const stdin = "-"

// extension is that of contracts; their tests end in testSuffix.
const (
	extension  = ".sla"
	testSuffix = "_test.sla"
)

// slaFiles lists the contracts and the tests of contracts under paths: files
// as they are named, folders with all below them.
func slaFiles(paths []string) ([]string, error) {
	var out []string
	for _, path := range paths {
		if path == stdin {
			out = append(out, path)
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, fail(exitUsage, "%s: there is no such file or folder", path)
		}
		if !info.IsDir() {
			out = append(out, path)
			continue
		}
		found, err := below(path)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fail(exitUsage, "%s: no contract (*%s) in this folder", path, extension)
		}
		out = append(out, found...)
	}
	return out, nil
}

func below(folder string) (out []string, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != folder && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, extension):
			out = append(out, path)
		}
		return nil
	})
	slices.Sort(out)
	return out, err
}

// read reads a contract's file, or standard input.
func (t *terminal) read(path string) (name, text string, err error) {
	if path == stdin {
		b, err := io.ReadAll(io.LimitReader(t.in, dsl.MaxFileSize+1))
		return "<stdin>", string(b), err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", "", fail(exitUsage, "%s: cannot be read", path)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, dsl.MaxFileSize+1))
	return filepath.ToSlash(path), string(b), err
}

// oneContract finds the contract to evaluate: a file, or the only one that
// stands in a folder.
func oneContract(path string) (string, error) {
	info, err := os.Stat(path)
	if path != stdin && err != nil {
		return "", fail(exitUsage, "%s: there is no such file or folder", path)
	}
	if path == stdin || !info.IsDir() {
		return path, nil
	}
	found, err := filepath.Glob(filepath.Join(path, "*"+extension))
	if err != nil {
		return "", err
	}
	found = slices.DeleteFunc(found, func(p string) bool { return strings.HasSuffix(p, testSuffix) })
	switch len(found) {
	case 0:
		return "", fail(exitUsage, "%s: no contract (*%s) in this folder", path, extension)
	case 1:
		return found[0], nil
	}
	hint := ""
	if id := sameContract(found); id != "" {
		hint = fmt.Sprintf(". All are %s: what changes during a term is an `amendment` in the same text, and one report then covers it", id)
	}
	return "", fail(exitUsage, "%s: several contracts in this folder; name one: %s%s", path, strings.Join(found, ", "), hint)
}

// sameContract is the id of a contract of which all files are versions; "" where
// they are several contracts.
func sameContract(paths []string) (id string) {
	for i, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return ""
		}
		c := dsl.Analyze(path, string(text)).Contract
		if c.ID == "" || i > 0 && c.ID != id {
			return ""
		}
		id = c.ID
	}
	return id
}

// compile reads a contract that must be free of errors; what is wrong goes to
// standard error.
func (t *terminal) compile(path string) (*sla.Contract, error) {
	name, text, err := t.read(path)
	if err != nil {
		return nil, err
	}
	a := dsl.Analyze(name, text)
	if !a.Diagnostics.HasErrors() {
		locked, err := honourLock(path, a.Contract)
		if err != nil {
			return nil, t.broken(err)
		}
		a.Diagnostics = append(a.Diagnostics, locked...)
	}
	if !a.Diagnostics.HasErrors() {
		return a.Contract, nil
	}
	for _, d := range a.Diagnostics {
		if d.Severity == sla.Error {
			io.WriteString(t.err, d.Draw(words.English(), text, colour(t.err))+"\n")
		}
	}
	n := a.Diagnostics.Count(sla.Error)
	return nil, fail(exitFindings, "%s", words.English().Phrase("cli not-evaluated", sla.Prose("file", name), sla.Count("n", n)))
}

// broken shows what is wrong with a lock; other errors are returned.
func (t *terminal) broken(err error) error {
	var b *brokenLock
	if !errors.As(err, &b) {
		return err
	}
	io.WriteString(t.err, b.diagnostic().Draw(words.English(), b.text, colour(t.err)))
	return &statusError{status: exitFindings}
}
