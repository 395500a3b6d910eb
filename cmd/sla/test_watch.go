package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

// quiet is how long nothing may change before the tests are run again: an
// editor writes a file in several steps.
const quiet = 100 * time.Millisecond

// A follower runs tests whenever a file that matters changes.
type follower struct {
	c       *testCommand
	watcher *fsnotify.Watcher
	// data are the files and folders of facts that the tests name.
	data map[string]bool
}

// follow runs the tests, and again after each change, until ctx ends. Folders
// are watched and not files, since editors put a new file in the place of the
// old one.
func (c *testCommand) follow(ctx context.Context, t *terminal, o slatest.Options) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fail(exitUsage, "--watch: files cannot be watched here: %v", err)
	}
	defer w.Close()
	f := &follower{c: c, watcher: w}
	if err := f.watchFolders(nil); err != nil {
		return err
	}
	for {
		r, err := c.run(ctx, o)
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			if err = f.watchFolders(r); err == nil {
				err = c.show(t, r)
			}
		}
		if err != nil {
			statusOf(err, t)
		}
		fmt.Fprintln(t.err, words.English().Phrase("cli watching"))
		if !f.changed(ctx) {
			return nil
		}
	}
}

// watchFolders watches the folders of the paths with all below them, and those
// of the contracts and facts that the tests name. One watched already stays.
func (f *follower) watchFolders(r *slatest.Result) error {
	folders := map[string]bool{}
	for _, path := range f.c.Paths {
		info, err := os.Stat(path)
		if err != nil {
			return fail(exitUsage, "%s: there is no such file or folder", path)
		}
		if !info.IsDir() {
			path = filepath.Dir(path)
		} else if err := foldersBelow(path, folders); err != nil {
			return fail(exitUsage, "--watch: %v", err)
		}
		folders[filepath.Clean(path)] = true
	}
	if r != nil {
		f.named(r, folders)
	}
	for folder := range folders {
		if err := f.watcher.Add(folder); err != nil {
			return fail(exitUsage, "--watch: %s: %v", folder, err)
		}
	}
	return nil
}

func foldersBelow(path string, folders map[string]bool) error {
	return filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir():
			return err
		case at != path && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		}
		folders[filepath.Clean(at)] = true
		return nil
	})
}

// named adds what the tests name outside of the paths.
func (f *follower) named(r *slatest.Result, folders map[string]bool) {
	f.data = map[string]bool{}
	for i := range r.Files {
		file := &r.Files[i]
		if file.Subject != nil {
			folders[filepath.Dir(filepath.FromSlash(file.Contract))] = true
		}
		for j := range file.Outcomes {
			for _, facts := range file.Outcomes[j].Test.Files {
				at := filepath.Join(filepath.Dir(filepath.FromSlash(file.Name)), filepath.FromSlash(facts))
				f.data[at] = true
				folder := filepath.Dir(at)
				if info, err := os.Stat(at); err == nil && info.IsDir() {
					folder = at
				}
				if _, err := os.Stat(folder); err == nil {
					folders[folder] = true
				}
			}
		}
	}
}

// changed waits until something that matters has changed and then been quiet;
// false when ctx ended.
func (f *follower) changed(ctx context.Context) bool {
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case e := <-f.watcher.Events:
			if f.matters(e) {
				settled = time.After(quiet)
			}
		case <-f.watcher.Errors: // events were lost: better once too often
			settled = time.After(quiet)
		case <-settled:
			return true
		}
	}
}

// matters says whether an event can change what comes out: of a contract,
// tests, a lock or facts, or a new folder. Rights and times do not.
func (f *follower) matters(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	name := filepath.Clean(e.Name)
	if strings.HasSuffix(name, extension) || filepath.Base(name) == lockName || f.data[name] || f.data[filepath.Dir(name)] {
		return true
	}
	info, err := os.Stat(name)
	return e.Has(fsnotify.Create) && err == nil && info.IsDir()
}
