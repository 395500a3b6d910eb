package main

import (
	"slices"
	"time"
)

// japan is the Act on National Holidays with its amendments. The source has
// neither the years before 2000 nor the rule for the day between two
// holidays.
func japan() []region {
	days := []rule{
		own("元日", "New Year's Day", each(time.January, 1)),
		own("成人の日", "Coming of Age Day", each(time.January, 15)).until(1999),
		own("成人の日", "Coming of Age Day", nth(2, time.Monday, time.January)).since(2000),
		own("建国記念の日", "National Foundation Day", each(time.February, 11)),
		own("天皇誕生日", "Emperor's Birthday", each(time.February, 23)).since(2020),
		own("春分の日", "Vernal Equinox Day", equinox(time.March, 20_843_100)),
		own("みどりの日", "Greenery Day", each(time.April, 29)).until(2006),
		own("昭和の日", "Showa Day", each(time.April, 29)).since(2007),
		own("憲法記念日", "Constitution Memorial Day", each(time.May, 3)),
		own("みどりの日", "Greenery Day", each(time.May, 4)).since(2007),
		own("こどもの日", "Children's Day", each(time.May, 5)),
		own("海の日", "Marine Day", each(time.July, 20)).since(1996).until(2002),
		own("海の日", "Marine Day", nth(3, time.Monday, time.July)).since(2003).notIn(2020, 2021),
		once("海の日", "Marine Day", 2020, time.July, 23),
		once("海の日", "Marine Day", 2021, time.July, 22),
		own("山の日", "Mountain Day", each(time.August, 11)).since(2016).notIn(2020, 2021),
		once("山の日", "Mountain Day", 2020, time.August, 10),
		once("山の日", "Mountain Day", 2021, time.August, 8),
		own("敬老の日", "Respect for the Aged Day", each(time.September, 15)).until(2002),
		own("敬老の日", "Respect for the Aged Day", nth(3, time.Monday, time.September)).since(2003),
		own("秋分の日", "Autumnal Equinox Day", equinox(time.September, 23_248_800)),
		own("体育の日", "Health and Sports Day", each(time.October, 10)).until(1999),
		own("体育の日", "Health and Sports Day", nth(2, time.Monday, time.October)).since(2000).until(2019),
		own("スポーツの日", "Sports Day", nth(2, time.Monday, time.October)).since(2022),
		once("スポーツの日", "Sports Day", 2020, time.July, 24),
		once("スポーツの日", "Sports Day", 2021, time.July, 23),
		own("文化の日", "Culture Day", each(time.November, 3)),
		own("勤労感謝の日", "Labour Thanksgiving Day", each(time.November, 23)),
		own("天皇誕生日", "Emperor's Birthday", each(time.December, 23)).until(2018),
		once("即位の礼正殿の儀", "Enthronement Ceremony", 1990, time.November, 12),
		once("皇太子徳仁親王の結婚の儀", "Wedding of the Crown Prince", 1993, time.June, 9),
		once("即位の日", "Enthronement Day", 2019, time.May, 1),
		once("即位礼正殿の儀", "Enthronement Ceremony", 2019, time.October, 22),
	}
	return []region{{"JP", "日本", plus(days, restDays(days)...)}}
}

// equinox is the day of an equinox in Japan, by the usual approximation for
// 1980 to 2099: from the day of 1980 on, in millionths of a day, 242,194 of
// them later each year and a day earlier for each leap day.
func equinox(m time.Month, at1980 int) func(int) time.Time {
	return func(y int) time.Time {
		n := y - 1980
		return date(y, m, (at1980+242_194*n)/1_000_000-n/4)
	}
}

// restDays are the substitute for a Sunday's holiday and the weekday between
// two holidays (article 3, paragraphs 2 and 3).
func restDays(days []rule) []rule {
	var on []time.Time
	for _, r := range days {
		for _, h := range r.dates() {
			on = append(on, h.date)
		}
	}
	slices.SortFunc(on, time.Time.Compare)
	taken := func(d time.Time) bool { return slices.Contains(on, d) }
	var out []rule
	for _, d := range on {
		if d.Weekday() == time.Sunday {
			next := d.AddDate(0, 0, 1)
			for d.Year() >= 2007 && taken(next) {
				next = next.AddDate(0, 0, 1)
			}
			if !taken(next) {
				out = append(out, once("振替休日", "Substitute Holiday", next.Year(), next.Month(), next.Day()))
			}
		}
		between := d.AddDate(0, 0, 1)
		isRest := slices.ContainsFunc(out, func(r rule) bool { return r.on(r.from)[0].Equal(between) })
		if taken(d.AddDate(0, 0, 2)) && !taken(between) && between.Weekday() != time.Sunday && !isRest {
			out = append(out, once("国民の休日", "Citizens' Holiday", between.Year(), between.Month(), between.Day()))
		}
	}
	return out
}
