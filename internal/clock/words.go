package clock

// A Word is the number of an event's name among the names that rules speak of;
// 0 is every other name. What events do is looked up by their words, of which
// each event needs one, however many rules ask.
type Word uint32

// The words of the milestones that every ticket may have.
const (
	wordReceived Word = iota + 1
	wordRecorded
	wordReopened
	wordCancelled
	wordResumed
	wordClosed
	wordMessage
	wordRecoveredTo
)

// Words number the names of events.
type Words map[string]Word

// NewWords numbers the milestones that every ticket may have.
func NewWords() Words {
	return Words{
		Received: wordReceived, Recorded: wordRecorded, Reopened: wordReopened, Cancelled: wordCancelled,
		Resumed: wordResumed, Closed: wordClosed, Message: wordMessage, RecoveredTo: wordRecoveredTo,
	}
}

// Of is the word of a name, which is numbered if it is new; 0 for no name.
func (w Words) Of(name string) Word {
	n, ok := w[name]
	if !ok && name != "" {
		n = Word(len(w) + 1)
		w[name] = n
	}
	return n
}

// Set is the set of some names.
func (w Words) Set(names ...string) Set {
	set := Set{0}
	for _, name := range names {
		n := w.Of(name)
		for int(n/64) >= len(set) {
			set = append(set, 0)
		}
		set[n/64] |= 1 << (n % 64)
	}
	return set
}

// A Set is a set of words; nil is empty.
type Set []uint64

// Has says whether a word is in the set.
func (s Set) Has(n Word) bool {
	return int(n/64) < len(s) && s[n/64]>>(n%64)&1 == 1
}
