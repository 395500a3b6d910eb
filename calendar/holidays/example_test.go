package holidays_test

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
)

func ExampleLoad() {
	set, err := holidays.Load("public-holidays FR-57")
	if err != nil {
		fmt.Println(err)
		return
	}
	from, _ := calendar.ParseDate("2026-04-01")
	to, _ := calendar.ParseDate("2026-04-30")
	days, _ := set.Between(from, to)
	for _, d := range days {
		fmt.Println(d.Date, d.Name)
	}
	// Output:
	// 2026-04-03 Vendredi saint / Good Friday
	// 2026-04-06 Lundi de Pâques / Easter Monday
}
