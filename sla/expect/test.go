package expect

import (
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A Suite is the tests of one contract, as one file holds them.
type Suite struct {
	// File is the file of the tests, Contract that of the contract.
	File, Contract string
	// Engine is the contract, compiled once for all its tests; nil when the
	// contract has errors and only findings can be expected.
	Engine *sla.Engine
	Tests  []Test
}

// A Test puts facts before a contract and says what must come out. It is
// plain data and may be run any number of times, also at the same time.
type Test struct {
	// Name says what the test shows; a row of a table has its cells in it.
	Name string
	// Span is where the test stands, that of a row for a table.
	Span sla.Span
	// From and To bound the dates tested, To excluded; zero means the periods
	// the facts touch. At is the instant tested; zero means the end of them.
	From, To calendar.Date
	At       time.Time
	// Facts are what is given in the test itself, Files what it names.
	Facts []sla.Fact
	Files []string
	// Ledger is what earlier periods settled, nil for nothing.
	Ledger *sla.Ledger
	// Changed says that the test changes the contract; Engine is what it is
	// then, nil when it has errors.
	Changed bool
	Engine  *sla.Engine
	// Findings are what checking the contract, with the changes, had to say.
	Findings []Finding
	// Only makes the expectations exhaustive: what is not expected must not
	// be there.
	Only         bool
	Expectations []Expectation
}

// A Finding is one thing to say about a contract, in words.
type Finding struct {
	Severity sla.Severity
	Code     sla.Code
	// Text is the message with its help.
	Text string
}

// An Expectation is one sentence of a test.
type Expectation struct {
	Span sla.Span
	// Text is the sentence as written.
	Text  string
	Claim Claim
	// Because must occur in the explanation; "" asks for none.
	Because string
}

// A Claim is what a sentence claims. The kinds are those of this package and
// no others.
type Claim interface {
	judge(w *world) judgement
}
