package main

import (
	"time"

	"github.com/rickar/cal/v2/gb"
)

const substitute = "substitute day"

// unitedKingdom is the Banking and Financial Dealings Act 1971 with the royal
// proclamations since. The source has England today; the nations and the
// special years are here.
func unitedKingdom() []region {
	goodFriday := named(gb.GoodFriday, "", "Good Friday")
	easterMonday := named(gb.EasterMonday, "", "Easter Monday")
	summer := named(gb.SummerHoliday, "", "Summer Bank Holiday")
	newYear := own("", "New Year's Day", each(time.January, 1)).shifted(mondayIfWeekend).noted(substitute)
	england := plus(bankHolidays(), newYear, goodFriday, easterMonday, summer)
	scotland := plus(bankHolidays(), goodFriday,
		// 2 January keeps its Monday when 1 January is a Sunday.
		newYear.shifted(tuesdayIfWeekend),
		own("", "2nd January", each(time.January, 2)).shifted(tuesdayIfWeekend).noted(substitute),
		named(gb.SummerHolidayScotland, "", "Summer Bank Holiday"),
		own("", "Saint Andrew's Day", each(time.November, 30)).since(2007).shifted(mondayIfWeekend).noted(substitute))
	northernIreland := plus(england,
		own("", "Saint Patrick's Day", each(time.March, 17)).shifted(mondayIfWeekend).noted(substitute),
		own("", "Battle of the Boyne", each(time.July, 12)).shifted(mondayIfWeekend).noted(substitute))
	return []region{
		{"GB", "England and Wales", england},
		{"GB-ENG", "England", england},
		{"GB-WLS", "Wales", england},
		{"GB-SCT", "Scotland", scotland},
		{"GB-NIR", "Northern Ireland", northernIreland},
	}
}

// bankHolidays are those of all nations.
func bankHolidays() []rule {
	return []rule{
		own("", "Early May Bank Holiday", nth(1, time.Monday, time.May)).notIn(1995, 2020),
		once("", "Early May Bank Holiday (VE Day)", 1995, time.May, 8),
		once("", "Early May Bank Holiday (VE Day)", 2020, time.May, 8),
		own("", "Spring Bank Holiday", nth(-1, time.Monday, time.May)).notIn(2002, 2012, 2022),
		once("", "Spring Bank Holiday", 2002, time.June, 4),
		once("", "Spring Bank Holiday", 2012, time.June, 4),
		once("", "Spring Bank Holiday", 2022, time.June, 2),
		own("", "Christmas Day", each(time.December, 25)).shifted(tuesdayIfWeekend).noted(substitute),
		own("", "Boxing Day", each(time.December, 26)).shifted(tuesdayIfWeekend).noted(substitute),
		once("", "Millennium Bank Holiday", 1999, time.December, 31),
		once("", "Golden Jubilee", 2002, time.June, 3),
		once("", "Royal Wedding", 2011, time.April, 29),
		once("", "Diamond Jubilee", 2012, time.June, 5),
		once("", "Platinum Jubilee", 2022, time.June, 3),
		once("", "State Funeral of Queen Elizabeth II", 2022, time.September, 19),
		once("", "Coronation of King Charles III", 2023, time.May, 8),
	}
}
