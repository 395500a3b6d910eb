package expect

import "github.com/sla-lang/sla/sla"

// Status is how a test came out.
type Status string

// How tests come out. Everything but Passed counts as failed.
const (
	Passed Status = "passed"
	// Failed: something else came out than was expected.
	Failed Status = "failed"
	// Broken: the test itself is wrong: it expects nothing, its facts do not
	// decide it, or they were refused.
	Broken Status = "error"
	// Unready: it expects something that is not evaluated yet.
	Unready Status = "not evaluable yet"
)

// An Outcome is how a test came out and why.
type Outcome struct {
	Test     *Test
	Status   Status
	Failures []Failure
	// Snapshot is what the report says, where the test compares it with a
	// stored text: see [Snapshot].
	Snapshot *Snapshotted
}

// A Snapshotted is a report in words, to be compared with the file of that
// name.
type Snapshotted struct {
	File, Text string
	Span       sla.Span
}

// A Failure is one expectation that does not hold, or one thing that keeps
// the test from being decided.
type Failure struct {
	Status Status
	Span   sla.Span
	// Expected is the sentence of the test, Got the same sentence with what
	// came out; one of them may be empty.
	Expected, Got string
	// Code and Args say it in words: see the section [expect] of package words.
	Code string
	Args []sla.Arg
	// Why explains the number that came out.
	Why []sla.Step
}

// A judgement is what became of one expectation.
type judgement struct {
	holds bool
	// code is empty for a plain difference between expected and got.
	status Status
	code   string
	args   []sla.Arg
	got    string
	why    []sla.Step
}

func differs(holds bool, got string, why []sla.Step) judgement {
	return judgement{holds: holds, status: Failed, code: "differs", got: got, why: why}
}

// undecided is an expectation that the facts of the test do not decide.
func undecided(code string, args ...sla.Arg) judgement {
	return judgement{status: Broken, code: code, args: args}
}

// unready is an expectation about something that no report carries yet.
func unready(what string) judgement {
	return judgement{status: Unready, code: "not-evaluable", args: []sla.Arg{sla.Prose("what", what)}}
}
