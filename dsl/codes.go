package dsl

import (
	"slices"

	"github.com/sla-lang/sla/sla"
)

// Codes of problems of form: how a file is written. Each has an explanation
// with an example in sla/words/en/codes.md, printed by `sla explain CODE`; a
// test compiles the examples and fails for a code without one. Problems of
// meaning have their codes in package sla.
const (
	// codeNotText is a file that is no text at all (not UTF-8).
	codeNotText sla.Code = "not-text"
	// codeTooLarge is a file above the size limit.
	codeTooLarge sla.Code = "file-too-large"
	// codeEditionMissing is a file that does not begin with its edition.
	codeEditionMissing sla.Code = "edition-missing"
	// codeUnknownEdition is an edition this version does not know.
	codeUnknownEdition sla.Code = "unknown-edition"
	// codeTooMany stands for the problems beyond the first thousand.
	codeTooMany sla.Code = "too-many-problems"
	// codeInvisible is a character that cannot be seen.
	codeInvisible sla.Code = "invisible-character"
	// codeLookAlike is a letter of another script that looks like a Latin one.
	codeLookAlike sla.Code = "look-alike-letter"
	// codeOddCharacter is a sign the language has no use for.
	codeOddCharacter sla.Code = "odd-character"
	// codeTextNotClosed is prose without its closing quote.
	codeTextNotClosed sla.Code = "text-not-closed"
	// codeBlockNotClosed is a block without its closing brace.
	codeBlockNotClosed sla.Code = "block-not-closed"
	// codeBraceExtra is a closing brace that closes nothing.
	codeBraceExtra sla.Code = "brace-extra"
	// codeBraceInTable is an opening brace in a table row.
	codeBraceInTable sla.Code = "brace-in-table"
	// codeTooDeep is a block nested deeper than any contract needs.
	codeTooDeep sla.Code = "nested-too-deep"
	// codeBlockWithoutHead is a block without a line that says what it is.
	codeBlockWithoutHead sla.Code = "block-without-head"
	// codeBlockNeeded is a line that needs a block and has none.
	codeBlockNeeded sla.Code = "block-needed"
	// codeBlockUnexpected is a block behind a line that takes none.
	codeBlockUnexpected sla.Code = "block-unexpected"

	// codeLineStart is a line that does not begin with a word.
	codeLineStart sla.Code = "line-start"
	// codeUnknownStatement is a line whose first word is not known.
	codeUnknownStatement sla.Code = "unknown-statement"
	// codeWrongPlace is a line that belongs into another block.
	codeWrongPlace sla.Code = "wrong-place"
	// codeUnexpected is a word where something else was wanted.
	codeUnexpected sla.Code = "unexpected-word"
	// codeUnfinished is a line that ends too early.
	codeUnfinished sla.Code = "line-unfinished"
	// codeTrailing is a word behind a line that was complete.
	codeTrailing sla.Code = "line-too-long"
	// codeSaidTwice is a second line that says the same thing.
	codeSaidTwice sla.Code = "said-twice"
	// codeNotOneOf is a word that is none of the few allowed.
	codeNotOneOf sla.Code = "not-one-of"
	// codeTextNeeded is prose without quotes.
	codeTextNeeded sla.Code = "text-needed"
	// codeNameNeeded is a text where a name was wanted.
	codeNameNeeded sla.Code = "name-needed"

	// codeDecimalComma is 99,5%.
	codeDecimalComma sla.Code = "decimal-comma"
	// codeThousands is 6 000.00 or 6,000.00.
	codeThousands sla.Code = "thousands-separator"
	// codeMalformedNumber is 10%% or 1.2.3.
	codeMalformedNumber sla.Code = "malformed-number"
	// codeNumberInWords is "five" or "5 percent".
	codeNumberInWords sla.Code = "number-in-words"
	// codeNumberTooLong is a number no contract needs.
	codeNumberTooLong sla.Code = "number-too-long"
	// codeWholeNumber is 2.5 where only whole numbers make sense.
	codeWholeNumber sla.Code = "whole-number-needed"
	// codeUnitMissing is a number without its unit.
	codeUnitMissing sla.Code = "unit-missing"
	// codeUnitGlued is 4h.
	codeUnitGlued sla.Code = "unit-glued"
	// codeUnknownUnit is 15 minutes.
	codeUnknownUnit sla.Code = "unknown-unit"
	// codeUnitMismatch is money where a share is wanted, and its like.
	codeUnitMismatch sla.Code = "unit-mismatch"
	// codeUnknownCurrency is an amount in a currency that does not exist.
	codeUnknownCurrency sla.Code = "unknown-currency"
	// codeThreeDecimals is 5.000 EUR, which may be five or five thousand.
	codeThreeDecimals sla.Code = "three-decimals"
	// codeCurrencyInFront is EUR 5000.00.
	codeCurrencyInFront sla.Code = "currency-in-front"
	// codeVagueDuration is "immediately".
	codeVagueDuration sla.Code = "vague-duration"
	// codeMinutes is 2 h 75.
	codeMinutes sla.Code = "minutes-above-59"
	// codeNoSuchDate is 2026-02-30.
	codeNoSuchDate sla.Code = "no-such-date"
	// codeNoSuchTime is 25:00.
	codeNoSuchTime sla.Code = "no-such-time"
	// codeNoSuchDay is a word that is no day of the week.
	codeNoSuchDay sla.Code = "no-such-day"
	// codeUnknownWindow is a period the language does not know.
	codeUnknownWindow sla.Code = "unknown-period"
	// codeOperator is ">=" or "over".
	codeOperator sla.Code = "operator-needed"

	// codeTableMisplaced is a table in a block that takes none.
	codeTableMisplaced sla.Code = "table-misplaced"
	// codeHeadingEmpty is a column without a heading.
	codeHeadingEmpty sla.Code = "heading-empty"
	// codeColumnTwice is a heading that stands twice.
	codeColumnTwice sla.Code = "column-twice"
	// codeColumnMissing is a table without a column it needs.
	codeColumnMissing sla.Code = "column-missing"
	// codeUnknownColumn is a heading the table has no use for.
	codeUnknownColumn sla.Code = "unknown-column"
	// codeRowCells is a row with too few or too many cells.
	codeRowCells sla.Code = "row-cells"
	// codeRowsOverlap is a value that two ranges of a table hold.
	codeRowsOverlap sla.Code = "rows-overlap"
	// codeCellEmpty is a cell without a value.
	codeCellEmpty sla.Code = "cell-empty"
)

// Codes of files of tests.
const (
	// codeTestOfMissing is a file of tests that names no contract.
	codeTestOfMissing sla.Code = "test-of-missing"
	// codeContractNotFound is a contract under test that cannot be read.
	codeContractNotFound sla.Code = "contract-not-found"
	// codeContractBroken is a contract under test that has errors.
	codeContractBroken sla.Code = "contract-has-errors"
	// codeNoExpectation is a test that expects nothing.
	codeNoExpectation sla.Code = "test-without-expectation"
	// codeTestTwice is a test with the name of another.
	codeTestTwice sla.Code = "test-named-twice"
	// codeCasesWithoutTable is a block of cases without its table.
	codeCasesWithoutTable sla.Code = "cases-without-table"
	// codeFactOutside is a fact that lies outside what is tested.
	codeFactOutside sla.Code = "fact-outside-test"
	// codeNothingHappened is a ticket to which nothing happens.
	codeNothingHappened sla.Code = "ticket-without-event"
	// codeNothingToComplete is a cell that adds to a fact the lines do not give.
	codeNothingToComplete sla.Code = "nothing-to-complete"
	// codeTooManySlots is a line of a test that makes more facts than a year of minutes.
	codeTooManySlots sla.Code = "too-many-slots"
	// codeNotDue is an exception at which no run is due.
	codeNotDue sla.Code = "no-run-due"
	// codePeriodNeeded is a figure for a period that nothing says.
	codePeriodNeeded sla.Code = "period-needed"
	// codePeriodMismatch is a figure for another window than is judged.
	codePeriodMismatch sla.Code = "period-of-another-window"
	// codeNoSuchPeriod is a word that is no period.
	codeNoSuchPeriod sla.Code = "no-such-period"
	// codeTimeSkipped is a local time that the clocks pass over.
	codeTimeSkipped sla.Code = "time-skipped"
	// codeTimeTwice is a local time that happens twice.
	codeTimeTwice sla.Code = "time-happens-twice"
	// codeExactNeeded is a length in days where clocks give exact time.
	codeExactNeeded sla.Code = "exact-time-needed"
	// codeWrongAnswer is an answer that its subject cannot have.
	codeWrongAnswer sla.Code = "answer-of-another-kind"
	// codeChangeNowhere is a change whose address names nothing.
	codeChangeNowhere sla.Code = "change-finds-nothing"
	// codeChangeTwice is a change whose address names several places.
	codeChangeTwice sla.Code = "change-finds-several"
	// codeExampleWrong is a worked example that the contract contradicts.
	codeExampleWrong sla.Code = "example-wrong"
	// codeExampleUndecided is a worked example that its facts do not decide.
	codeExampleUndecided sla.Code = "example-undecided"
	// codeNotInExample is a line that only a file of tests can have.
	codeNotInExample sla.Code = "not-in-example"
	// CodeSnapshotOrphaned is a stored snapshot that no test expects; package
	// slatest, which knows of files, finds it.
	CodeSnapshotOrphaned sla.Code = "snapshot-orphaned"
)

// testCodes lists the codes of files of tests.
func testCodes() []sla.Code {
	return []sla.Code{
		codeTestOfMissing, codeContractNotFound, codeContractBroken, codeNoExpectation, codeTestTwice, codeCasesWithoutTable, codeFactOutside,
		codeNothingHappened, codeNothingToComplete, codeTooManySlots, codeNotDue, codePeriodNeeded, codePeriodMismatch, codeNoSuchPeriod, codeTimeSkipped,
		codeTimeTwice, codeExactNeeded, codeWrongAnswer, codeChangeNowhere, codeChangeTwice,
		codeExampleWrong, codeExampleUndecided, codeNotInExample, CodeSnapshotOrphaned,
	}
}

// Codes lists every code a diagnostic may have, of form and of meaning.
func Codes() []sla.Code { return slices.Concat(formCodes(), testCodes(), sla.Codes()) }

// formCodes lists the codes of form.
func formCodes() []sla.Code {
	return []sla.Code{
		codeNotText, codeTooLarge, codeEditionMissing, codeUnknownEdition, codeTooMany, codeInvisible, codeLookAlike, codeOddCharacter,
		codeTextNotClosed, codeBlockNotClosed, codeBraceExtra, codeBraceInTable, codeTooDeep, codeBlockWithoutHead,
		codeBlockNeeded, codeBlockUnexpected, codeLineStart, codeUnknownStatement, codeWrongPlace, codeUnexpected,
		codeUnfinished, codeTrailing, codeSaidTwice, codeNotOneOf, codeTextNeeded, codeNameNeeded, codeDecimalComma,
		codeThousands, codeThreeDecimals, codeMalformedNumber, codeNumberInWords, codeNumberTooLong, codeWholeNumber, codeUnitMissing, codeUnitGlued,
		codeUnknownUnit, codeUnitMismatch, codeUnknownCurrency, codeCurrencyInFront, codeVagueDuration, codeMinutes,
		codeNoSuchDate, codeNoSuchTime, codeNoSuchDay, codeUnknownWindow, codeOperator, codeTableMisplaced,
		codeHeadingEmpty, codeColumnTwice, codeColumnMissing, codeUnknownColumn, codeRowCells, codeRowsOverlap, codeCellEmpty,
	}
}
