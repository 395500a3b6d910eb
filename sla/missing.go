package sla

import "github.com/sla-lang/sla/calendar"

// MissingData says what a window is worth that is over and was not measured.
type MissingData string

// What missing data count as.
const (
	// MissingMissed: missed, by no one knows how much; what needs a value is
	// not determined.
	MissingMissed MissingData = "missed"
	// MissingLastRow: missed, by the most severe row of each table.
	MissingLastRow MissingData = "the last row"
	MissingMet     MissingData = "met"
)

// deem gives a window that is over and was not measured the verdict that the
// contract writes for missing data.
func (ev *evaluated) deem() {
	o := ev.plan.written
	if o == nil || o.Missing == "" || ev.result.Verdict != NotMeasured {
		return
	}
	ev.result.Verdict, ev.hasValue = Missed, false
	switch o.Missing {
	case MissingMet:
		ev.result.Verdict = Met
	case MissingLastRow:
		ev.lastRow = true
	}
	ev.result.Why = append(ev.result.Why, Step{Code: "missing-data", Clause: o.Name + "/missing-data", Args: []Arg{Phrase("as", "missing "+Slug(string(o.Missing)))}})
}

// A LateReport deems a window missed whose report was not delivered in time,
// whatever was measured: by the most severe row of each table, or as missed.
type LateReport struct {
	As MissingData `json:"as"`
	// After is counted from the end of the window.
	After calendar.Length `json:"after"`
}

// deemLate gives a window the verdict of one whose report came too late. Until
// the report is due the result is provisional.
func (v *view) deemLate(ev *evaluated) {
	o := ev.plan.written
	if o == nil || o.LateReport == nil || ev.result.Verdict == Open || ev.result.Verdict == NotApplicable {
		return
	}
	due, err := calendar.DueFromDate(ev.period.To.AddDays(-1), o.LateReport.After, v.e.zone, nil, v.e.business)
	if err != nil {
		return
	}
	at := v.reportOf(ev.period)
	switch {
	case at != nil && v.timely(*at, &o.LateReport.After, due):
		return
	case v.valid <= due:
		ev.result.Provisional = true
		return
	}
	ev.result.Verdict, ev.lastRow = Missed, o.LateReport.As == MissingLastRow
	ev.hasValue = ev.hasValue && !ev.lastRow
	ev.result.Why = append(ev.result.Why, Step{Code: "late-report", Clause: o.Name + "/late-report", Args: []Arg{
		v.e.instantArg("due", due), Phrase("as", "missing "+Slug(string(o.LateReport.As))),
	}})
}
