package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/sla-lang/sla/sla"
)

// writeCSV writes the results of a report, a row each, for spreadsheets:
// amounts and exact seconds, without grouping.
func writeCSV(w io.Writer, r *sla.Report) error {
	out := csv.NewWriter(w)
	rows := [][]string{{
		"contract", "objective", "for", "period", "from", "to", "target", "verdict", "soFar", "measured", "exact",
		"agreedSeconds", "excludedSeconds", "downSeconds", "allowsSeconds", "allowsInYearSeconds", "tickets", "late", "allowed", "credit", "posted", "currency",
	}}
	posted := map[string]*sla.CreditLine{}
	for i := range r.Settlements {
		for j := range r.Settlements[i].Lines {
			l := &r.Settlements[i].Lines[j]
			posted[l.Objective+"\x00"+l.For+"\x00"+l.Window] = l
		}
	}
	for i := range r.Results {
		res := &r.Results[i]
		m := res.Measured
		if m == nil {
			m = &sla.Measurement{}
		}
		allows := sla.Allows{}
		if res.Allows != nil {
			allows = *res.Allows
		}
		row := []string{
			r.Contract, res.Objective, res.For, res.Period.Name, res.Period.From.String(), res.Period.To.AddDays(-1).String(), res.Target,
			string(res.Verdict), string(res.SoFar), m.Shown, m.Exact, m.Agreed, m.Excluded, m.Down, allows.Window, allows.Year,
			number(m.Total), number(m.Late), number(m.Allowed), "", "", "",
		}
		if res.Credit != nil {
			row[19], row[21], _ = strings.Cut(res.Credit.String(), " ")
		}
		if l := posted[res.Objective+"\x00"+res.For+"\x00"+res.Period.Name]; l != nil {
			row[20], row[21], _ = strings.Cut(l.Posted.String(), " ")
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
