package slatest

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/sla-lang/sla/dsl"
)

// Find lists the files of tests that patterns name: a file, a folder with all
// below it ("..." may stand behind it, "." is the whole file system), or a
// pattern as of [path.Match]. The names are in order, each once.
func Find(fsys fs.FS, patterns ...string) ([]string, error) {
	var out []string
	for _, p := range patterns {
		found, err := find(fsys, p)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func find(fsys fs.FS, pattern string) ([]string, error) {
	pattern = path.Clean(strings.TrimSuffix(strings.TrimSuffix(pattern, "..."), "/"))
	if info, err := fs.Stat(fsys, pattern); err == nil {
		if !info.IsDir() {
			return []string{pattern}, nil
		}
		return below(fsys, pattern)
	}
	found, err := fs.Glob(fsys, pattern)
	if err == nil && len(found) == 0 {
		err = &fs.PathError{Op: "open", Path: pattern, Err: fs.ErrNotExist}
	}
	return found, err
}

func below(fsys fs.FS, folder string) (out []string, err error) {
	err = fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != folder && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && dsl.IsTest(name):
			out = append(out, name)
		}
		return nil
	})
	return out, err
}
