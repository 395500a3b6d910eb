package main

import (
	"os"
	"runtime/debug"
)

// spendMemory lets memory grow to nine times what is in use before it is
// collected, where nobody said otherwise: contracts and their tests are small,
// and collecting at twice took a third of the time of reading and running them.
// The result puts it back.
func spendMemory() (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	was := debug.SetGCPercent(800)
	return func() { debug.SetGCPercent(was) }
}
