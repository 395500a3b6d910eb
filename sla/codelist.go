package sla

// Which codes of meaning there are, and how severe they are.

// warnings are the codes that may be accepted; all others are errors.
func warnings() []Code {
	return []Code{CodeNoActivity, CodeIdleLine, CodeNoAnnouncedWork,
		CodeAcceptUnused, CodeUnusedName, CodeHolidaysEnd, CodeMinuteHole, CodeHoursOverlap, CodeHoursEmpty, CodeHoursOvernight, CodeBusinessDayUnused, CodeNoConsequence, CodeUnrealistic,
		CodeRestoreBudget, CodeMaintenanceBudget, CodeEncodings, CodeSmallVolume, CodeCreditGap, CodeCreditBeforeMiss, CodeDeadRow, CodeRowsOrder, CodeRowPaysNothing, CodeUnstatedRow, CodeCapBelowCredit, CodeCapDead, CodeUncapped, CodePoolOver, CodeBandsBehind,
		CodePriorityOrder, CodePriorityMissing, CodeAllAround, CodeOutsideHours, CodeWindowHole, CodeRespondLate, CodeTargetBackwards, CodeUnjudged, CodeMeasureUnpromised, CodeRestoredIdle, CodeEventNoState, CodeEventMisspelt, CodeEscalationOrder, CodeRPO, CodeKept,
	}
}

// severityOf a code; a code that is no warning is an error.
func severityOf(code Code) Severity {
	for _, w := range warnings() {
		if code == w {
			return Warning
		}
	}
	return Error
}

// Codes lists every code of meaning.
func Codes() []Code {
	return append(warnings(),
		CodeDuplicate, CodeUnknownName, CodeAcceptError, CodeAmendmentOrder, CodeNothingToReplace, CodeAmendmentWindow, CodeAmendmentRatchet, CodeIncomplete, CodeLimitWindow, CodeDayOfFee, CodeUnknownZone, CodeUnknownHolidays, CodeLockDiffers, CodeLockMissing, CodeLockBroken, CodeNeverOpen,
		CodeCalendarCycle, CodeCalendarNested, CodeCalendar, CodeBackwards, CodeLocalTime, CodeBusinessDays, CodeRecurrence, CodeScheduleStep, CodeScheduled, CodeEveryZero, CodeMonthEnd, CodeReportOnlyCredit, CodeTargetMissing, CodeMeasureMissing, CodeSourceMissing, CodeDownRuleMissing,
		CodeTargetRange, CodeTargetUnit, CodeMeasureMisfit, CodeNothingDown, CodeCountNothing, CodeCountLength, CodeWindowSlides, CodeEmptySlots, CodeScores, CodeJoinMissing, CodeObjectiveCycle, CodePartOwner, CodeNoSuchPromise, CodeSharesDiffer, CodeCreditInversion, CodeBandTwice, CodeBandMixed, CodePartMissing, CodeScheduleUnit, CodeUnitRounding, CodeEachUnit, CodeCountsUnmeasured, CodeNegativeAmount, CodePaysMixed, CodeCreditAbove100, CodeFeeMissing,
		CodeAttributeKind, CodeAttributeValue, CodeConditionUnit, CodeTargetHole, CodeRowUnused, CodeLimitMissing, CodeLimitSize,
		CodeCurrency, CodeBasePeriod, CodeMinimumMissing, CodeMinimumAbove, CodeChoice, CodeRatchetTarget, CodeRatchetLoosens, CodeWindow, CodePauseAndNever, CodeClockMissing, CodeAmbiguousRow, CodeWindowOverlap, CodeNoAccountable, CodeTwoAccountables, CodeNoResponsible,
		CodeSupplierMargin, CodeUnsupportedTarget, CodeSupplierHours,
	)
}
