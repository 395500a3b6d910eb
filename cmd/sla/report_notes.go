package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/sla"
)

// writeNotes writes the lines of credit notes for accounting systems: as CSV,
// or as JSON, one a line.
func writeNotes(w io.Writer, lines []sla.NoteLine, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		for _, n := range lines {
			if err := enc.Encode(n); err != nil {
				return err
			}
		}
		return nil
	}
	rows := [][]string{{"contract", "kind", "period", "from", "to", "clause", "for", "window", "amount", "currency", "nature", "final", "settledOn", "invoice"}}
	for _, n := range lines {
		amount, currency, _ := strings.Cut(n.Amount.String(), " ")
		rows = append(rows, []string{
			n.Contract, string(n.Kind), n.Period, n.From.String(), n.To.String(), n.Clause, n.For, n.Window, amount, currency,
			string(n.Nature), strconv.FormatBool(n.Final), dateOf(n.SettledOn), dateOf(n.Invoice),
		})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// dateOf is the date of an instant, as the text form of a report shows it.
func dateOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}
