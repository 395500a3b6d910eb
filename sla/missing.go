package sla

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
