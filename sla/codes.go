package sla

// Codes of problems of meaning. Each is explained, with an example that a
// test checks, in words/codes.en.md (`sla explain CODE`); a code never changes
// its meaning.
const (
	// CodeDuplicate: two clauses share an id.
	CodeDuplicate Code = "duplicate-name"
	// CodeUnknownName: a name that nothing declares (R104).
	CodeUnknownName Code = "unknown-name"
	// CodeAcceptUnused: an accept line that answers no warning.
	CodeAcceptUnused Code = "accept-unused"
	// CodeAcceptError: an accept line for an error; errors cannot be waived.
	CodeAcceptError Code = "accept-error"
)

// severities of the codes; a code that is not here is an error.
func severityOf(code Code) Severity {
	switch code {
	case CodeAcceptUnused:
		return Warning
	}
	return Error
}

// Codes lists every code of meaning.
func Codes() []Code {
	return []Code{CodeDuplicate, CodeUnknownName, CodeAcceptUnused, CodeAcceptError}
}
