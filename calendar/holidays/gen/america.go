package main

import (
	"time"

	"github.com/rickar/cal/v2/us"
)

const observed = "observed"

// unitedStates is 5 U.S.C. 6103: both the day and, for a weekend's, the day
// observed by Executive Order 11582.
func unitedStates() []region {
	fixed := func(r rule) rule { return r.shifted(nearestWeekday).noted(observed) }
	return []region{{"US", "United States, federal", []rule{
		fixed(named(us.NewYear, "", "New Year's Day")),
		named(us.MlkDay, "", "Birthday of Martin Luther King, Jr."),
		named(us.PresidentsDay, "", "Washington's Birthday"),
		named(us.MemorialDay, "", "Memorial Day"),
		fixed(named(us.Juneteenth, "", "Juneteenth National Independence Day").since(2021)),
		fixed(named(us.IndependenceDay, "", "Independence Day")),
		named(us.LaborDay, "", "Labor Day"),
		named(us.ColumbusDay, "", "Columbus Day"),
		fixed(named(us.VeteransDay, "", "Veterans Day")),
		named(us.ThanksgivingDay, "", "Thanksgiving Day"),
		fixed(named(us.ChristmasDay, "", "Christmas Day")),
	}}}
}

// canada is the Canada Labour Code and the employment standards of the
// provinces. The source has one list for all, with a civic holiday that is
// not federal; the provinces and the years are here.
func canada() []region {
	fixed := func(name string, m time.Month, d int) rule {
		return own("", name, each(m, d)).shifted(mondayIfWeekend).noted(observed)
	}
	mon := func(name string, n int, m time.Month) rule { return own("", name, nth(n, time.Monday, m)) }
	victoria := own("", "Victoria Day", func(y int) time.Time {
		d := date(y, time.May, 24)
		return d.AddDate(0, 0, -((int(d.Weekday()) - int(time.Monday) + 7) % 7))
	})
	// Only federal law gives another day for these two.
	truth := own("", "National Day for Truth and Reconciliation", each(time.September, 30))
	remembrance := own("", "Remembrance Day", each(time.November, 11))
	federal := func(r rule) rule { return r.shifted(mondayIfWeekend).noted(observed) }
	thanksgiving := mon("Thanksgiving", 2, time.October)
	boxing := own("", "Boxing Day", each(time.December, 26)).shifted(tuesdayIfWeekend).noted(observed)
	august := func(name string) rule { return mon(name, 1, time.August) }
	february := func(name string, since int) rule { return mon(name, 3, time.February).since(since) }
	indigenous := own("", "National Indigenous Peoples Day", each(time.June, 21))
	all := []rule{
		fixed("New Year's Day", time.January, 1),
		own("", "Good Friday", easter(-2)),
		fixed("Canada Day", time.July, 1),
		mon("Labour Day", 1, time.September),
		// 26 December is taken by Boxing Day, where that is a holiday.
		fixed("Christmas Day", time.December, 25),
	}
	common := plus(all, victoria, thanksgiving)
	return []region{
		{"CA", "Canada, federal", plus(common, federal(truth.since(2021)), federal(remembrance), boxing)},
		{"CA-AB", "Alberta", plus(common, february("Family Day", 1990), remembrance)},
		{"CA-BC", "British Columbia", plus(common, mon("Family Day", 2, time.February).since(2013).until(2018), february("Family Day", 2019), august("British Columbia Day"), truth.since(2023), remembrance)},
		{"CA-MB", "Manitoba", plus(common, february("Louis Riel Day", 2008), truth.since(2024), remembrance)},
		{"CA-NB", "New Brunswick", plus(all, february("Family Day", 2018), august("New Brunswick Day"), remembrance)},
		{"CA-NL", "Newfoundland and Labrador", plus(all, remembrance)},
		{"CA-NS", "Nova Scotia", plus(all, february("Heritage Day", 2015), remembrance)},
		{"CA-NT", "Northwest Territories", plus(common, indigenous.since(2001), august("Civic Holiday"), truth.since(2022), remembrance)},
		{"CA-NU", "Nunavut", plus(common, own("", "Nunavut Day", each(time.July, 9)).since(2020), august("Civic Holiday"), truth.since(2022), remembrance)},
		{"CA-ON", "Ontario", plus(common, february("Family Day", 2008), boxing)},
		{"CA-PE", "Prince Edward Island", plus(all, mon("Islander Day", 2, time.February).since(2009).until(2009), february("Islander Day", 2010), truth.since(2022), remembrance)},
		{"CA-QC", "Québec", plus(quebec(), thanksgiving)},
		{"CA-SK", "Saskatchewan", plus(common, february("Family Day", 2007), august("Saskatchewan Day"), remembrance)},
		{"CA-YT", "Yukon", plus(common, indigenous.since(2017), mon("Discovery Day", 3, time.August), truth.since(2023), remembrance)},
	}
}

// quebec is the Loi sur les normes du travail and the Loi sur la fête
// nationale. Canada Day moves to 2 July from a Sunday only.
func quebec() []rule {
	sunday := func(d time.Time) int {
		if d.Weekday() == time.Sunday {
			return 1
		}
		return 0
	}
	before25May := func(y int) time.Time {
		d := date(y, time.May, 24)
		return d.AddDate(0, 0, -((int(d.Weekday()) - int(time.Monday) + 7) % 7))
	}
	return []rule{
		own("Jour de l'An", "New Year's Day", each(time.January, 1)),
		own("Vendredi saint", "Good Friday", easter(-2)),
		own("Fête de Dollard", "Victoria Day", before25May).until(2002),
		own("Journée nationale des patriotes", "National Patriots' Day", before25May).since(2003),
		own("Fête nationale", "National Holiday", each(time.June, 24)),
		own("Fête du Canada", "Canada Day", each(time.July, 1)).shifted(sunday).noted(observed),
		own("Fête du Travail", "Labour Day", nth(1, time.Monday, time.September)),
		own("Noël", "Christmas Day", each(time.December, 25)),
	}
}
