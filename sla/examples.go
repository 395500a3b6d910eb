package sla

// An Example is a worked example that the parties wrote into the contract: facts
// and what they must come to. Package dsl compiles it with the contract, runs
// it, and refuses a contract that says otherwise (see dsl.CheckExamples for
// contracts from JSON or from Go).
//
// It is part of the text that the parties agree on, but adds nothing to what
// the contract means: with and without it every report is the same. So
// [Contract.MeaningHash] leaves it out.
type Example struct {
	// Title says what it shows.
	Title string `json:"title"`
	// Text is what stands between its braces, in the lines of the language:
	// "month 2026-04\ngiven erp down 217 min\nexpect …". Comments are left out.
	Text string `json:"text"`
}

// ID is the clause id of the example: "example/217-minutes-down".
func (e Example) ID() string { return "example/" + Slug(e.Title) }
