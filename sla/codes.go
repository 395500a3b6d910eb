package sla

// Codes of problems of meaning. Each is explained, with an example that a
// test checks, in words/en/codes.md (`sla explain CODE`); a code never changes
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

	// CodeAmendmentOrder: an amendment that comes into force before the one above
	// it, or before the term.
	CodeAmendmentOrder Code = "amendment-order"
	// CodeNothingToReplace: a tier of an amendment whose name the contract does not
	// have.
	CodeNothingToReplace Code = "nothing-to-replace"
	// CodeAmendmentWindow: more than the target of an objective changes in the
	// middle of a window (semantics 8).
	CodeAmendmentWindow Code = "amendment-in-mid-window"
	// CodeAmendmentRatchet: an amendment of an objective whose target moves by a
	// ratchet.
	CodeAmendmentRatchet Code = "amendment-of-ratchet"

	// CodeIncomplete: a part that every whole contract has is missing.
	CodeIncomplete Code = "incomplete"
	// CodeUnusedName: something is declared and nothing refers to it.
	CodeUnusedName Code = "unused-name"

	// CodeUnknownZone: a time zone that does not exist.
	CodeUnknownZone Code = "unknown-timezone"
	// CodeUnknownHolidays: public holidays of a place that has no table.
	CodeUnknownHolidays Code = "unknown-holidays"
	// CodeHolidaysEnd: a table of holidays that does not cover the term.
	CodeHolidaysEnd Code = "holidays-not-covered"
	// CodeLockDiffers: sla.lock pins another edition of public holidays than the
	// program has.
	CodeLockDiffers Code = "lock-differs"
	// CodeLockMissing: a contract uses public holidays that sla.lock does not pin.
	CodeLockMissing Code = "lock-incomplete"
	// CodeLockBroken: a file sla.lock that cannot be read.
	CodeLockBroken Code = "lock-unreadable"
	// CodeNeverOpen: a calendar without an open instant (semantics 1.3).
	CodeNeverOpen Code = "never-open"
	// CodeCalendarCycle: calendars made of each other.
	CodeCalendarCycle Code = "calendar-cycle"
	// CodeCalendarNested: a calendar made of calendars made of calendars, deeper
	// than [calendar.MaxNesting].
	CodeCalendarNested Code = "calendar-nested"
	// CodeCalendar: hours or dates that cannot be.
	CodeCalendar Code = "impossible-hours"
	// CodeBackwards: a range of dates or a closed stretch that ends before it
	// begins.
	CodeBackwards Code = "ends-before-it-begins"
	// CodeLocalTime: a local time that the clocks skip or show twice
	// (semantics 1.6).
	CodeLocalTime Code = "local-time"
	// CodeMinuteHole: hours that end at 23:59, which leaves a minute out.
	CodeMinuteHole Code = "minute-hole"
	// CodeHoursOverlap: hours of one day that overlap.
	CodeHoursOverlap Code = "hours-overlap"
	// CodeHoursEmpty: hours that begin and end at the same time.
	CodeHoursEmpty Code = "hours-empty"
	// CodeHoursOvernight: hours that end before they begin and so last over
	// midnight for most of a day.
	CodeHoursOvernight Code = "hours-overnight"
	// CodeBusinessDays: business days, and nothing says whose (semantics 1.5).
	CodeBusinessDays Code = "business-days-unclear"
	// CodeBusinessDayUnused: how business days are counted, in a calendar
	// whose business days nothing counts (semantics 1.5).
	CodeBusinessDayUnused Code = "business-day-unused"
	// CodeRecurrence: dates that are said to come again, and never do.
	CodeRecurrence Code = "recurrence-never"
	// CodeScheduleStep: a step of the clock that does not divide a day.
	CodeScheduleStep Code = "schedule-uneven"
	// CodeScheduled: runs are due, and something is not said, or said of what is
	// not counted by a schedule.
	CodeScheduled Code = "scheduled-unclear"
	// CodeEveryZero: something is owed again and again after no time at all.
	CodeEveryZero Code = "every-zero"
	// CodeMonthEnd: months counted from an event, and nothing says what stands
	// for a date that does not exist (semantics 1.5).
	CodeMonthEnd Code = "month-end-unclear"

	// CodeNoConsequence: an objective whose miss costs nothing and that does
	// not say so (R060).
	CodeNoConsequence Code = "no-consequence"
	// CodeReportOnlyCredit: `report only` and a credit in one objective.
	CodeReportOnlyCredit Code = "report-only-with-credit"
	// CodeTargetMissing: an objective that nothing can miss.
	CodeTargetMissing Code = "target-missing"
	// CodeMeasureMissing: an objective that does not say what is measured.
	CodeMeasureMissing Code = "measure-missing"
	// CodeSourceMissing: an objective that nobody measures (R067).
	CodeSourceMissing Code = "source-missing"
	// CodeDownRuleMissing: checks without a rule that makes downtime of them.
	CodeDownRuleMissing Code = "down-rule-missing"
	// CodeTargetRange: a target outside what can be measured.
	CodeTargetRange Code = "target-out-of-range"
	// CodeTargetUnit: a target of another unit than what is measured.
	CodeTargetUnit Code = "target-unit"
	// CodeMeasureMisfit: a measure is to be joined, averaged or counted in a way
	// that it cannot be.
	CodeMeasureMisfit Code = "measure-misfit"
	// CodeNothingDown: time that is down is measured, and nothing tells when.
	CodeNothingDown Code = "nothing-down"
	// CodeNoAnnouncedWork: `down or not` of a cause that is no kind of
	// maintenance.
	CodeNoAnnouncedWork Code = "no-announced-work"
	// CodeIdleLine: a line of an objective from which nothing comes.
	CodeIdleLine Code = "line-without-effect"
	// CodeCountNothing: downtime is counted where none is measured.
	CodeCountNothing Code = "count-without-downtime"
	// CodeCountLength: downtime is counted in lengths that are no exact time.
	CodeCountLength Code = "count-inexact"
	// CodeEmptySlots: a mean over slots that does not say what a slot without
	// events counts as.
	CodeEmptySlots Code = "empty-slots-unsaid"
	// CodeScores: an average score without scores, scores that nothing
	// averages, or a score outside 0 to 1.
	CodeScores Code = "scores-unclear"
	// CodeJoinMissing: a service has parts, and nothing says how their
	// downtime becomes that of the service.
	CodeJoinMissing Code = "join-missing"
	// CodeObjectiveCycle: objectives that depend on each other.
	CodeObjectiveCycle Code = "objective-cycle"
	// CodeAttributeKind: an attribute is used as what it is not, CodeAttributeValue
	// compared with a word that it cannot be, CodeConditionUnit with a level of
	// another unit.
	CodeAttributeKind  Code = "attribute-kind"
	CodeAttributeValue Code = "attribute-value"
	CodeConditionUnit  Code = "condition-unit"
	// CodeTargetHole: a table of attributes says nothing for some values,
	// CodeRowUnused: earlier rows leave nothing for a row.
	CodeTargetHole Code = "table-incomplete"
	CodeRowUnused  Code = "row-unused"
	// CodeLimitMissing: a condition refers to a limit that no table sets,
	// CodeLimitSize: a limit by size, and no one attribute that says the size.
	CodeLimitMissing Code = "limit-missing"
	CodeLimitSize    Code = "limit-size"
	// CodePartOwner: a part or an event that belongs to no service.
	CodePartOwner Code = "part-of-nothing"
	// CodeWindowSlides: windows that do not follow one another where that is
	// needed.
	CodeWindowSlides Code = "window-slides"
	// CodeUnrealistic: a target that allows less than a minute a day of the
	// window, or nothing at all.
	CodeUnrealistic Code = "unrealistic-availability"
	// CodeRestoreBudget: one ticket restored in time breaks the availability.
	CodeRestoreBudget Code = "restore-exceeds-budget"
	// CodeEncodings: one level in percent and in minutes, which agree in months
	// of one length alone.
	CodeEncodings Code = "two-encodings"
	// CodeMaintenanceBudget: agreed maintenance takes longer than the target
	// allows to be down.
	CodeMaintenanceBudget Code = "maintenance-exceeds-budget"
	// CodeTargetBackwards: a target that the worst service meets.
	CodeTargetBackwards Code = "target-backwards"
	// CodeUnjudged: a share in time, and nothing says of which periods (form T4).
	CodeUnjudged Code = "in-time-unjudged"
	// CodeMeasureUnpromised: rules about a measure to which nothing promises a
	// time.
	CodeMeasureUnpromised Code = "measure-not-promised"
	// CodeRestoredIdle: the time while restored counts on a clock that begins anew.
	CodeRestoredIdle Code = "restored-time-idle"
	// CodeEventNoState: a pause while something that only happens.
	CodeEventNoState Code = "event-no-state"
	// CodeEventMisspelt: an event a slip away from one that tickets have.
	CodeEventMisspelt Code = "event-misspelt"
	// CodeNoSuchPromise: an objective about a promise that no tier makes.
	CodeNoSuchPromise Code = "no-such-promise"
	// CodeSharesDiffer: a target as in a tier whose rows set different shares,
	// or none.
	CodeSharesDiffer Code = "shares-differ"
	// CodeSmallVolume: a rule for few tickets that is stricter than the share.
	CodeSmallVolume Code = "small-volume-stricter"

	// CodeCreditInversion: worse service earns a smaller credit.
	CodeCreditInversion Code = "credit-inversion"
	// CodeBandTwice: two rows of a schedule for one level.
	CodeBandTwice Code = "band-twice"
	// CodeRowsOrder: rows that stand in no order.
	CodeRowsOrder Code = "rows-out-of-order"
	// CodeBandMixed: rows that run in opposite directions.
	CodeBandMixed Code = "bands-in-opposite-directions"
	// CodePartMissing: a value that a text always has, missing in a contract
	// built in Go or read from JSON.
	CodePartMissing Code = "part-missing"
	// CodeCreditGap: a miss that earns no credit because no row holds.
	CodeCreditGap Code = "credit-gap"
	// CodeCreditBeforeMiss: a row for service that meets the target.
	CodeCreditBeforeMiss Code = "credit-without-miss"
	// CodeScheduleUnit: a row whose level is of another unit than what is
	// measured.
	CodeScheduleUnit Code = "schedule-unit"
	// CodeDeadRow: a row that changes nothing, because no value reaches it or
	// the row before it pays the same.
	CodeDeadRow Code = "dead-row"
	// CodeRowPaysNothing: a row that pays 0.
	CodeRowPaysNothing Code = "row-pays-nothing"
	// CodeUnstatedRow: a row that leaves open what is due.
	CodeUnstatedRow Code = "unstated-row"
	// CodeCountsUnmeasured: an amount for each of something that the objective
	// does not measure.
	CodeCountsUnmeasured Code = "credit-for-unmeasured"
	// CodeEachUnit: an amount for each of a unit in which the thing is not counted.
	CodeEachUnit Code = "each-unit"
	// CodeUnitRounding: an amount for each length of time or for each point, and
	// nothing says what a part of one counts as.
	CodeUnitRounding Code = "unit-rounding"
	// CodeNegativeAmount: an amount below 0.
	CodeNegativeAmount Code = "negative-amount"
	// CodePaysMixed: rows of one schedule that pay in different units.
	CodePaysMixed Code = "credit-in-two-units"
	// CodeCreditAbove100: a credit above the whole fee.
	CodeCreditAbove100 Code = "credit-above-100"
	// CodeFeeMissing: a share of the fee of a service that has none.
	CodeFeeMissing Code = "fee-missing"
	// CodeBasePeriod: a share of a fee for windows that are a part of what the fee
	// is for, and nothing says of which time.
	CodeBasePeriod Code = "base-period-unclear"
	// CodeCurrency: an amount in another currency than the contract's.
	CodeCurrency Code = "currency-mismatch"
	// CodeCapBelowCredit: one credit alone exceeds a cap.
	CodeCapBelowCredit Code = "cap-below-credit"
	// CodeCapDead: a cap that can never be reached.
	CodeCapDead Code = "cap-never-reached"
	// CodeLimitWindow: a cap or a floor over windows that lie in two settlement
	// periods.
	CodeLimitWindow Code = "limit-window"
	// CodeDayOfFee: days of a fee are paid, and nothing says what one is worth.
	CodeDayOfFee Code = "day-of-fee-missing"
	// CodeUncapped: a credit that grows with a number that nothing bounds, and
	// no cap that cuts it.
	CodeUncapped Code = "uncapped-credits"
	// CodePoolOver: credits that together can draw more than all of a pool.
	CodePoolOver Code = "pool-over-allocated"
	// CodeMinimumMissing: a credit below the minimum of an objective that has
	// none, CodeMinimumAbove: a minimum that is no easier than the target.
	CodeMinimumMissing Code = "minimum-missing"
	CodeMinimumAbove   Code = "minimum-above-target"
	// CodeChoice: other remedies without anybody who chooses, or a choice
	// without other remedies.
	CodeChoice Code = "or-without-choice"
	// CodeRatchetTarget: a ratchet without one target that it could move,
	// CodeRatchetLoosens: one that would make the target easier to meet,
	// CodeBandsBehind: one whose credit stays where the target was.
	CodeRatchetTarget  Code = "ratchet-target"
	CodeRatchetLoosens Code = "ratchet-loosens"
	CodeBandsBehind    Code = "bands-left-behind"
	// CodeWindow: a condition that counts other windows than are measured.
	CodeWindow Code = "window-mismatch"

	// CodeAmbiguousRow: two rows of a table fit the same ticket, and neither
	// says more about it.
	CodeAmbiguousRow Code = "ambiguous-row"
	// CodeWindowOverlap: rows for tickets received in different hours, which are
	// not different; CodeWindowHole: hours in which no row has the tickets
	// received then.
	CodeWindowOverlap Code = "received-overlap"
	CodeWindowHole    Code = "received-hole"
	// CodePriorityOrder: a lower priority with a shorter limit.
	CodePriorityOrder Code = "priority-order"
	// CodeClockMissing: of several calendars none is said to count a row's times.
	CodeClockMissing Code = "clock-missing"
	// CodePriorityMissing: a tier without a row for a priority.
	CodePriorityMissing Code = "priority-not-in-tier"
	// CodeAllAround: every service is promised at every hour (R037).
	CodeAllAround Code = "all-24x7"
	// CodeOutsideHours: what is most urgent has hours, and nothing is said of the
	// time outside (R038).
	CodeOutsideHours Code = "nothing-outside-hours"
	// CodeRespondLate: a response may take longer than the restoration.
	CodeRespondLate Code = "respond-after-restore"
	// CodePauseAndNever: a state that pauses the clock and never does.
	CodePauseAndNever Code = "pause-and-never"
	// CodeEscalationOrder: a higher level is called before a lower one.
	CodeEscalationOrder Code = "escalation-order"

	// CodeNoAccountable: a RACI row without an accountable party.
	CodeNoAccountable Code = "raci-no-accountable"
	// CodeTwoAccountables: a RACI row with more than one.
	CodeTwoAccountables Code = "raci-two-accountables"
	// CodeNoActivity: the activities of a party are a cause, and it is accountable
	// for none.
	CodeNoActivity Code = "activities-of-nobody"
	// CodeNoResponsible: a RACI row in which nobody does the work.
	CodeNoResponsible Code = "raci-no-responsible"
	// CodeSupplierMargin: a supplier is not better than us by the margin that
	// is asked for (R098).
	CodeSupplierMargin Code = "supplier-margin"
	// CodeUnsupportedTarget: a supplier promises less than we do (R097).
	CodeUnsupportedTarget Code = "unsupported-target"
	// CodeSupplierHours: a supplier does not work at all of our hours (A11).
	CodeSupplierHours Code = "supplier-hours"
	// CodeRPO: backups are further apart than the data that may be lost.
	CodeRPO Code = "backup-exceeds-rpo"
	// CodeKept: a backup is gone before the next one is made.
	CodeKept Code = "backup-kept-too-short"
)
