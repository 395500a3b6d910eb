package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A terminal is where the program reads and writes. Colour and progress are
// shown to people only, never into files and pipes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
}

// person says whether a writer is a terminal that somebody looks at.
func person(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour says whether to colour what goes to a writer (https://no-color.org).
func colour(w io.Writer) bool {
	return person(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// progress gives a function to be told of bytes read, which shows a bar on
// standard error once the work lasts, and one that takes the bar away.
func (t *terminal) progress(total int64) (read func(n int64), done func()) {
	if !person(t.err) || total <= 0 {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	begun := t.now()
	read = func(n int64) {
		if bar == nil {
			if t.now().Sub(begun) < time.Second {
				total -= n
				return
			}
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription("reading facts"),
				progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
		}
		_ = bar.Add64(n) // a bar that cannot be drawn harms nobody
	}
	return read, func() {
		if bar != nil {
			_ = bar.Finish()
		}
	}
}
