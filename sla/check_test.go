package sla_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each file in testdata/check holds mistakes of meaning beside clauses that
// come close to them and are right; its .txt is what a user reads.
func TestCheckGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.sla")
	require.NoError(t, err)
	found := map[sla.Code]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		a := dsl.Analyze(filepath.Base(file), string(text))
		for _, d := range a.Diagnostics {
			found[d.Code] = true
		}
		said := a.Diagnostics.Draw(words.English(), string(text), false)
		golden := strings.TrimSuffix(file, ".sla") + ".txt"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(said), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), said, file)
		sameFromJSON(t, a.Contract)
	}
	for _, code := range sla.Codes() {
		if !slices.Contains(notInText, code) {
			assert.True(t, found[code], "no fixture has %s", code)
		}
	}
}

// notInText are mistakes that the forms of the language cannot express (see
// TestBuiltInGo), and those of a lock, which the command finds.
var notInText = []sla.Code{sla.CodeDuplicate, sla.CodeBandMixed, sla.CodeNegativeAmount, sla.CodeLockDiffers, sla.CodeLockMissing, sla.CodeLockBroken, sla.CodePartMissing}

// Contracts built in Go or read from JSON can be wrong in more ways.
func TestBuiltInGo(t *testing.T) {
	share := credits.MustShare
	c := &sla.Contract{Schema: sla.ContractSchema, Edition: 1, ID: "GO", Kind: sla.KindFragment, Timezone: "UTC",
		Services:  []sla.Service{{Name: "erp"}, {Name: "erp"}},
		Calendars: []calendar.Definition{{Name: "noon", Open: []calendar.Opening{{Days: 1, Hours: []calendar.Hours{{From: calendar.EndOfDay, To: 5}}}}}},
		Objectives: []sla.Objective{{
			Name: "mixed", Scope: sla.ObjectiveScope{Service: "erp"}, Measure: sla.Measure{Kind: sla.MeasureAvailability, Window: sla.CalendarMonth},
			Sources: []sla.Source{{Kind: sla.SourceOutages, Name: "x"}}, Target: &sla.Target{Op: credits.AtLeast, Share: ptr(share("99%"))},
			Credit: &sla.Credit{Bands: []sla.Band{
				{Threshold: sla.Threshold{Op: credits.Below, Share: share("99%")}, Pays: credits.MustPay("1%")},
				{Threshold: sla.Threshold{Op: credits.Above, Share: share("98%")}, Pays: credits.MustPay("2%")},
			}},
			Plus: []sla.Credit{{Pays: ptr(credits.Pay{Kind: credits.PayMoney, Money: credits.MustMoney("-5.00 EUR")})}},
		}},
	}
	found := map[sla.Code]string{}
	for _, f := range sla.Check(c) {
		found[f.Code] = f.Clause
	}
	assert.Equal(t, "service/erp", found[sla.CodeDuplicate])
	assert.Equal(t, "mixed/credit/above-98%", found[sla.CodeBandMixed])
	assert.Equal(t, "mixed/plus/-5.00-EUR", found[sla.CodeNegativeAmount])
	assert.Contains(t, found[sla.CodeCalendar], "calendar/noon")
	_, err := sla.Prepare(c)
	var wrong *sla.CheckError
	require.ErrorAs(t, err, &wrong)
	sameFromJSON(t, c)
}

// What a text always says can be missing in data; such a contract is not
// evaluated.
func TestPartsMissingInData(t *testing.T) {
	c := &sla.Contract{Schema: sla.ContractSchema, Edition: 1, ID: "GO", Kind: sla.KindFragment, Timezone: "UTC",
		Conversions: []sla.Conversion{{Unit: "point"}},
		Bonuses:     []sla.Bonus{{Name: "fine", When: []sla.Condition{{Kind: sla.ConditionLevelEach}}}},
		Terminations: []sla.Termination{{By: "customer", When: []sla.TerminationWhen{
			{Name: "row", Condition: sla.Condition{Kind: sla.ConditionInARow}},
			{Name: "any", Condition: sla.Condition{Kind: sla.ConditionOfAny, Count: 3, Of: 2}},
		}}},
	}
	var found []string
	for _, f := range sla.Check(c) {
		if f.Code == sla.CodePartMissing {
			found = append(found, f.Clause+" "+f.Args[0].Value)
		}
	}
	assert.Equal(t, []string{
		"bonus/fine/when threshold", "convert/point pays", "termination/customer/when/any of", "termination/customer/when/row count",
	}, found)
	_, err := sla.Prepare(c)
	assert.Error(t, err)
	sameFromJSON(t, c)
}

// A contract that went through JSON is checked just the same.
func sameFromJSON(t *testing.T, c *sla.Contract) {
	var b bytes.Buffer
	require.NoError(t, c.WriteJSON(&b))
	again, err := sla.ReadContract(&b)
	require.NoError(t, err)
	assert.Equal(t, sla.Check(c), sla.Check(again))
	assert.Equal(t, c.MeaningHash(), again.MeaningHash())
}

// Every code has its words, and none is in the list twice.
func TestCodesHaveWords(t *testing.T) {
	seen := map[sla.Code]bool{}
	for _, code := range sla.Codes() {
		assert.False(t, seen[code], code)
		seen[code] = true
		assert.True(t, words.English().Has("finding "+string(code)+" title"), code)
		assert.True(t, words.English().Has("finding "+string(code)+" help"), code)
	}
}
