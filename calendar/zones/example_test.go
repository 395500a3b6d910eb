package zones_test

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

// Samoa skipped 30 December 2011.
func ExampleLoad() {
	apia, err := zones.Load("Pacific/Apia")
	if err != nil {
		fmt.Println(err)
		return
	}
	d, _ := calendar.ParseDate("2011-12-30")
	fmt.Println(apia.Day(d).IsEmpty(), apia.Day(d.AddDays(1)).Length())
	// Output: true 24h0m0s
}
