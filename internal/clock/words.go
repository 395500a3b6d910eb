package clock

// A Word is the number of an event's name among those that most tickets have or
// rules speak of; 0 is every other name. What events do is looked up by their words, of which
// each event needs one, however many rules ask.
type Word uint32

// The words of the names that most tickets have. Facts are hashed with them: no
// number is ever given to another name.
const (
	wordReceived Word = iota + 1
	wordRecorded
	wordReopened
	wordCancelled
	wordResumed
	wordClosed
	wordMessage
	wordRecoveredTo
	wordAcknowledged
	wordResponded
	wordUpdated
	wordRestored
	wordResolved
	// LastCommon is the last of them: they are the same for all contracts.
	LastCommon = wordResolved
)

// names are those of the words.
var names = [LastCommon + 1]string{
	"", Received, Recorded, Reopened, Cancelled, Resumed, Closed, Message, RecoveredTo,
	"acknowledged", "responded", "updated", "restored", "resolved",
}

// common is the word of a name that most tickets have; 0 for any other. It is
// asked for every event, which a map would be too slow for.
func common(name string) Word {
	switch name {
	case Received:
		return wordReceived
	case Recorded:
		return wordRecorded
	case Reopened:
		return wordReopened
	case Cancelled:
		return wordCancelled
	case Resumed:
		return wordResumed
	case Closed:
		return wordClosed
	case Message:
		return wordMessage
	case RecoveredTo:
		return wordRecoveredTo
	case "acknowledged":
		return wordAcknowledged
	case "responded":
		return wordResponded
	case "updated":
		return wordUpdated
	case "restored":
		return wordRestored
	case "resolved":
		return wordResolved
	}
	return 0
}

// Words number the names of events.
type Words struct{ others map[string]Word }

// NewWords numbers the names that most tickets have.
func NewWords() Words { return Words{map[string]Word{}} }

// Find is the word of a name; 0 for one that no rule speaks of.
func (w *Words) Find(name string) Word {
	if n := common(name); n != 0 {
		return n
	}
	return w.others[name]
}

// Of is the word of a name, which is numbered if it is new; 0 for no name.
func (w *Words) Of(name string) Word {
	n := w.Find(name)
	if n == 0 && name != "" {
		n = LastCommon + Word(len(w.others)+1)
		w.others[name] = n
	}
	return n
}

// NameOf is the name of a word; empty for none.
func (w *Words) NameOf(n Word) string {
	for name, other := range w.others {
		if other == n {
			return name
		}
	}
	return n.Name()
}

// Name is the name that most tickets have for the event; empty for any other.
func (n Word) Name() string {
	if n > LastCommon {
		return ""
	}
	return names[n]
}

// Received says that the event is the receipt of a ticket; AtOnce that it is one
// that most tickets have and that comes after the receipt where both happen at
// one instant.
func (n Word) Received() bool { return n == wordReceived }

// AtOnce is told with Received.
func (n Word) AtOnce() bool {
	return n > wordRecorded && n <= LastCommon && rank(n) > rank(wordReceived)
}

// Opens says whether a ticket begins with the event.
func (n Word) Opens() bool { return n == wordReceived || n == wordRecorded }

// Closes says whether the event ends a ticket, until it is reopened.
func (n Word) Closes() bool { return n == wordClosed || n == wordCancelled }

// Reopens says whether the event opens a ticket again.
func (n Word) Reopens() bool { return n == wordReopened }

// Set is the set of some names.
func (w *Words) Set(names ...string) Set {
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

// with is the union of two sets.
func (s Set) with(o Set) Set {
	out := make(Set, max(len(s), len(o)))
	copy(out, s)
	for i := range o {
		out[i] |= o[i]
	}
	return out
}
