// Package memory counts the outcomes of windows that follow each other: rows
// of misses, misses of any n, what is met afterwards (semantics 6). It knows
// no contract and no calendar.
package memory

import "slices"

// An Outcome is what a window came to.
type Outcome uint8

// The outcomes. NotApplicable windows are skipped; Unknown ones count as
// nothing and break a row.
const (
	Unknown Outcome = iota
	Held
	Failed
	NotApplicable
)

// judged leaves out the windows that do not apply.
func judged(history []Outcome) []Outcome {
	out := make([]Outcome, 0, len(history))
	for _, o := range history {
		if o != NotApplicable {
			out = append(out, o)
		}
	}
	return out
}

// InARow says whether the last window failed and ends a row of at least k
// failures.
func InARow(history []Outcome, k int) bool {
	h := judged(history)
	if ends(history) != Failed || len(h) < k {
		return false
	}
	for _, o := range h[len(h)-k:] {
		if o != Failed {
			return false
		}
	}
	return k > 0
}

// OfAny says whether the last window failed and is one of at least k failures
// among the last n windows.
func OfAny(history []Outcome, k, n int) bool {
	h := judged(history)
	if ends(history) != Failed {
		return false
	}
	failed := 0
	for _, o := range h[max(0, len(h)-n):] {
		if o == Failed {
			failed++
		}
	}
	return failed >= k && k > 0
}

// RowEnding are the indexes of the failures of the row that the last window
// ends, where there are at least k.
func RowEnding(history []Outcome, k int) []int {
	if !InARow(history, k) {
		return nil
	}
	return failures(history, RowLength(history))
}

// Among are the indexes of the failures among the last n windows, where the
// last one failed and there are at least k.
func Among(history []Outcome, k, n int) []int {
	if !OfAny(history, k, n) {
		return nil
	}
	return failures(history, n)
}

// failures are the indexes of those among the last n windows that apply.
func failures(history []Outcome, n int) []int {
	var out []int
	for i := len(history) - 1; i >= 0 && n > 0; i-- {
		if history[i] == NotApplicable {
			continue
		}
		n--
		if history[i] == Failed {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}

// All says whether every window held, those that do not apply left out; at
// least one must have held.
func All(history []Outcome) bool {
	h := judged(history)
	for _, o := range h {
		if o != Held {
			return false
		}
	}
	return len(h) > 0
}

// HeldAfter counts how many windows it takes until n have held, one after the
// other, skipping those that do not apply; ok is false when one of them did
// not hold, or when there are not enough.
func HeldAfter(following []Outcome, n int) (windows int, ok bool) {
	held := 0
	for i, o := range following {
		switch o {
		case Held:
			held++
		case NotApplicable:
			continue
		default:
			return i + 1, false
		}
		if held == n {
			return i + 1, true
		}
	}
	return len(following), false
}

// RowLength is the number of failures in a row that the last window ends; 0
// where it did not fail.
func RowLength(history []Outcome) int {
	if ends(history) != Failed {
		return 0
	}
	n := 0
	h := judged(history)
	for i := len(h) - 1; i >= 0 && h[i] == Failed; i-- {
		n++
	}
	return n
}

func ends(history []Outcome) Outcome {
	if len(history) == 0 {
		return Unknown
	}
	return history[len(history)-1]
}
