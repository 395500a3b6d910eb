package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
	"github.com/sla-lang/sla/internal/spelling"
)

// Codes of what a report has to say about facts and results.
const (
	// CodeWarn: a written share of the allowed downtime is used (R080).
	CodeWarn Code = "downtime-warning"
	// CodeUnknownCause: an outage has a cause the contract does not know; it
	// counts as downtime.
	CodeUnknownCause Code = "unknown-cause"
	// CodeUnknownPart: facts name a part of which nothing else is known, where
	// the other parts of the service are described.
	CodeUnknownPart Code = "unknown-part"
	// CodeWatermelon: all promises are met and the users are not content (R064).
	CodeWatermelon Code = "watermelon"
	// CodeBeforeReceipt: an event of a ticket dated before its receipt.
	CodeBeforeReceipt Code = "event-before-receipt"
	// CodeOrderUnknown: two events of a ticket at one instant, of which the facts
	// do not say which came first.
	CodeOrderUnknown Code = "order-unknown"
	// CodeSettledFact: a fact about a settled period came later, and the record
	// by which that was settled is not there to evaluate it with.
	CodeSettledFact Code = "fact-after-settlement"
	// CodeClaimWithoutCredit: a claim of a period in which there is no credit
	// to claim.
	CodeClaimWithoutCredit Code = "claim-without-credit"
)

// findAll collects what the report has to say beside its results.
func (v *view) findAll(evs []evaluated, from, to calendar.Date) []Finding {
	for i := range evs {
		ev := &evs[i]
		if ev.period.To.After(from) && ev.period.From.Before(to) {
			v.warnings(ev)
		}
	}
	v.unknownCauses()
	v.earlyEvents()
	v.unorderedEvents()
	v.unknownSites()
	v.unknownParts()
	v.resolved()
	v.unusedFigures()
	v.watermelons(evs, from, to)
	slices.SortStableFunc(v.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Clause, b.Clause), slices.CompareFunc(a.Args, b.Args, compareArgs))
	})
	return v.findings
}

func compareArgs(a, b Arg) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
}

func (v *view) found(code Code, clause string, args ...Arg) {
	v.findings = append(v.findings, Finding{Code: code, Severity: Warning, Clause: clause, Args: args})
}

// warnings finds the instants at which a written share of the allowed
// downtime was used up, in windows measured by their facts.
func (v *view) warnings(ev *evaluated) {
	p := ev.plan
	if p.kind != MeasureAvailability || len(p.written.Warn) == 0 || p.target == nil || v.measuredFact(p, ev.service, ev.period) != nil {
		return
	}
	if p.written.Measure.Join != nil {
		return
	}
	in, _, whole := v.input(p, ev.subject, ev.period, nil)
	in.Agreed = whole
	got := in.Compute()
	allowed := got.Allowed(*p.level)
	for _, share := range p.written.Warn {
		part := share.Ratio().Mul(measure.Exact(allowed))
		level := time.Duration(measure.Floor(part))
		if level <= 0 || got.Counted < level {
			continue
		}
		at, _ := got.CountedSet().Nth(calendar.MinInstant, level)
		v.found(CodeWarn, p.id+"/warn/"+share.String(), ShareArg("share", share), Duration("used", level), Duration("allowed", allowed.Truncate(time.Second)),
			v.e.instantArg("at", at), Arg{"period", ArgPeriod, ev.period.Name})
	}
}

// unknownCauses finds outages whose cause no clause declares.
func (v *view) unknownCauses() {
	for _, o := range knownFacts[*Outage](v) {
		if cause, _ := v.e.causeOf(o.Cause); cause != "" && cause != "provider" && !v.e.names.has(causeName, cause) {
			v.found(CodeUnknownCause, "service/"+v.e.own(o.Service), Name("fact", o.ID), Prose("cause", o.Cause), List("known", v.e.names.list(causeName)))
		}
	}
}

// watermelons finds windows in which every promise was met and a survey was
// missed: green outside, red inside.
func (v *view) watermelons(evs []evaluated, from, to calendar.Date) {
	for _, s := range evs {
		if s.plan.kind != MeasureSurvey || s.result.Verdict != Missed || !s.period.To.After(from) || !s.period.From.Before(to) {
			continue
		}
		red := slices.ContainsFunc(evs, func(ev evaluated) bool {
			within := !ev.period.From.Before(s.period.From) && !ev.period.To.After(s.period.To)
			return within && ev.plan.kind != MeasureSurvey && ev.result.Verdict == Missed
		})
		if !red {
			v.found(CodeWatermelon, s.plan.id, Arg{"mean", ArgNumber, s.result.Measured.Shown}, Prose("target", s.result.Target), Arg{"period", ArgPeriod, s.period.Name})
		}
	}
}

// unknownParts names the parts that facts speak of and nobody describes, where
// any part of the service is described: most are misspelt. They count all the
// same.
func (v *view) unknownParts() {
	for i := range v.e.contract.Services {
		service := v.e.contract.Services[i].Name
		r := v.recordOf(service)
		var described []string
		for _, id := range r.order {
			if len(r.parts[id].pieces) > 0 {
				described = append(described, id)
			}
		}
		for _, id := range r.order {
			if len(described) == 0 || len(r.parts[id].pieces) > 0 {
				continue
			}
			args := []Arg{Name("part", id), Name("service", service)}
			if near := spelling.Nearest(id, described); near != "" {
				args = append(args, Name("suggestion", near))
			}
			v.found(CodeUnknownPart, "service/"+service, args...)
		}
	}
}
