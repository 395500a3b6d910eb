// Package schema describes the JSON forms of contracts, reports, ledgers,
// exposures, lines of credit notes, facts, diagnostics and results of tests as JSON Schemas (draft 2020-12), taken from the types
// that are written and read.
package schema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/invopop/jsonschema"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// base is the beginning of every schema's id; the version is that of the form.
const base = "https://sla-lang.org/schema/"

// forms are what there are schemas of.
func forms() map[string]any {
	return map[string]any{
		"contract": sla.Contract{}, "report": sla.Report{}, "ledger": sla.Ledger{}, "exposure": sla.Exposure{}, "credit-note": sla.NoteLine{}, "diagnostics": []diagnostic{}, "fact": row{}, "tests": testResult{},
	}
}

// Names lists the forms, in order.
func Names() []string {
	var out []string
	for name := range forms() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// JSON gives the schema of a form, indented, always the same bytes. The error
// says that there is no such form.
func JSON(name string) ([]byte, error) {
	form, ok := forms()[name]
	if !ok {
		return nil, fmt.Errorf("no schema %q", name)
	}
	r := &jsonschema.Reflector{Mapper: mapped, Anonymous: true, Namer: named}
	s := r.Reflect(form)
	s.ID = jsonschema.ID(base + name + "-1.json")
	b, err := json.MarshalIndent(s, "", "  ")
	return append(b, '\n'), err
}

// named keeps types of one name in different packages apart.
func named(t reflect.Type) string {
	if t.PkgPath() == reflect.TypeFor[calendar.Definition]().PkgPath() {
		return "Calendar" + t.Name()
	}
	return t.Name()
}

// texts are the types that are written as text, with the pattern of it.
func texts() map[reflect.Type]string {
	return map[reflect.Type]string{
		reflect.TypeFor[calendar.Date]():      `^-?\d{4,}-\d{2}-\d{2}$`,
		reflect.TypeFor[calendar.Month]():     `^-?\d{4,}-\d{2}$`,
		reflect.TypeFor[calendar.MonthDay]():  `^\d{2}-\d{2}$`,
		reflect.TypeFor[calendar.Moment]():    `^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$`,
		reflect.TypeFor[calendar.TimeOfDay](): `^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$`,
		reflect.TypeFor[calendar.Instant]():   `^\d{4}-\d{2}-\d{2}T`,
		reflect.TypeFor[calendar.Length]():    `^-?\d|^the (last|\d+(st|nd|rd|th)( last)?) business day of the month$`,
		reflect.TypeFor[calendar.Weekdays]():  ``,
		reflect.TypeFor[credits.Share]():      `^-?\d+(\.\d+)?%$|^-?\d+/\d+$`,
		reflect.TypeFor[credits.Pay]():        `^-?\d+(\.\d+)?(%| [^ ]+)$|^-?\d+/\d+$|^none$|^unstated$`,
		reflect.TypeFor[credits.Points]():     `points?$`,
		reflect.TypeFor[credits.Ratio]():      `^-?\d+`,
		reflect.TypeFor[credits.Money]():      `^-?\d+(\.\d+)? [A-Z]{3}$`,
		reflect.TypeFor[sla.Window]():         sla.WindowPattern(),
		reflect.TypeFor[decimal.Decimal]():    `^-?\d+(\.\d+)?$`,
	}
}

// enums are the closed lists of words.
func enums() map[reflect.Type][]any {
	return map[reflect.Type][]any{
		reflect.TypeFor[sla.Verdict]():         list(sla.Met, sla.Missed, sla.Open, sla.NotMeasured, sla.NotApplicable, sla.Disputed),
		reflect.TypeFor[sla.Severity]():        list(sla.Error, sla.Warning, sla.Info),
		reflect.TypeFor[expect.Status]():       list(expect.Passed, expect.Failed, expect.Broken, expect.Unready),
		reflect.TypeFor[sla.SettlementState](): list(sla.PeriodRunning, sla.PeriodEnded, sla.PeriodSettled),
		reflect.TypeFor[sla.RightState]():      list(sla.RightWaits, sla.RightOpen, sla.RightLapsed, sla.RightNoticed, sla.RightCured),
		reflect.TypeFor[sla.NoteKind]():        list(sla.NoteCredit, sla.NoteAdjustment, sla.NoteEarnedBack, sla.NoteBonus),
		reflect.TypeFor[sla.DutyState]():       list(sla.DutyWaits, sla.DutyOpen, sla.DutyMet, sla.DutyLate),
		reflect.TypeFor[credits.Op]():          list(credits.AtLeast, credits.Above, credits.AtMost, credits.Below),
		reflect.TypeFor[credits.Mode]():        list(credits.HalfUp, credits.HalfEven, credits.HalfDown, credits.Down, credits.Up),
	}
}

func list[T any](values ...T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// mapped gives the schema of the types that are no plain structs.
func mapped(t reflect.Type) *jsonschema.Schema {
	if pattern, ok := texts()[t]; ok {
		return &jsonschema.Schema{Type: "string", Pattern: pattern}
	}
	if values, ok := enums()[t]; ok {
		return &jsonschema.Schema{Type: "string", Enum: values}
	}
	if t == reflect.TypeFor[time.Time]() {
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	}
	return nil
}
