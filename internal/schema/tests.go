package schema

import "github.com/sla-lang/sla/sla/expect"

// testResult is what `sla test --format json` prints.
type testResult struct {
	Schema string     `json:"schema" jsonschema:"enum=sla-tests/1"`
	Passed int        `json:"passed" jsonschema:"minimum=0"`
	Failed int        `json:"failed" jsonschema:"minimum=0"`
	Files  []testFile `json:"files"`
}

type testFile struct {
	File        string       `json:"file"`
	Contract    string       `json:"contract,omitempty"`
	Ran         bool         `json:"ran"`
	Diagnostics []diagnostic `json:"diagnostics"`
	Tests       []testCase   `json:"tests"`
}

type testCase struct {
	Name     string        `json:"name"`
	Line     int           `json:"line"`
	Status   expect.Status `json:"status"`
	Failures []testFailure `json:"failures,omitempty"`
}

type testFailure struct {
	Status   expect.Status `json:"status"`
	Code     string        `json:"code"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Message  string        `json:"message"`
	Expected string        `json:"expected,omitempty"`
	Got      string        `json:"got,omitempty"`
	Why      []testStep    `json:"why,omitempty"`
}

type testStep struct {
	Label  string `json:"label"`
	Amount string `json:"amount,omitempty"`
	Text   string `json:"text,omitempty"`
	Clause string `json:"clause,omitempty"`
}
