package main

import (
	"time"

	"github.com/rickar/cal/v2/de"
)

// germany is the Feiertagsgesetze of the Länder. The source has today's
// lists; their history is here: the day of repentance was a holiday
// everywhere until 1994, Reformation Day in 2017.
func germany() []region {
	national := []rule{
		named(de.Neujahr, "Neujahr", "New Year's Day"),
		named(de.Karfreitag, "Karfreitag", "Good Friday"),
		named(de.Ostermontag, "Ostermontag", "Easter Monday"),
		named(de.TagderArbeit, "Tag der Arbeit", "Labour Day"),
		named(de.ChristiHimmelfahrt, "Christi Himmelfahrt", "Ascension Day"),
		named(de.Pfingstmontag, "Pfingstmontag", "Whit Monday"),
		named(de.DeutschenEinheit, "Tag der Deutschen Einheit", "Day of German Unity"),
		repentance.until(1994),
		named(de.Weihnachtstag, "1. Weihnachtstag", "Christmas Day"),
		named(de.ZweiterWeihnachtsfeiertag, "2. Weihnachtstag", "Second Day of Christmas"),
	}
	all := plus(national, reformation.since(2017).until(2017))
	reformed := plus(national, reformation)
	reformedLater := plus(national, reformation.since(2017))
	catholic := plus(all, corpusChristi, allSaints)
	south := plus(catholic, epiphany)
	bavaria := plus(south, assumption)
	return []region{
		{"DE", "Deutschland", all},
		{"DE-BW", "Baden-Württemberg", south},
		{"DE-BY", "Bayern", south},
		{"DE-BY-KATHOLISCH", "Bayern, Gemeinden mit überwiegend katholischer Bevölkerung", bavaria},
		{"DE-BY-AUGSBURG", "Augsburg", plus(bavaria, own("Friedensfest", "Peace Festival", each(time.August, 8)))},
		{"DE-BE", "Berlin", berlin(all)},
		{"DE-BB", "Brandenburg", plus(reformed, own("Ostersonntag", "Easter Sunday", easter(0)), own("Pfingstsonntag", "Whit Sunday", easter(49)))},
		{"DE-HB", "Bremen", reformedLater},
		{"DE-HH", "Hamburg", reformedLater},
		{"DE-HE", "Hessen", plus(all, corpusChristi)},
		{"DE-MV", "Mecklenburg-Vorpommern", plus(reformed, women.since(2023))},
		{"DE-NI", "Niedersachsen", reformedLater},
		{"DE-NW", "Nordrhein-Westfalen", catholic},
		{"DE-RP", "Rheinland-Pfalz", catholic},
		{"DE-SL", "Saarland", plus(catholic, assumption)},
		{"DE-SN", "Sachsen", plus(reformed, repentance.since(1995))},
		{"DE-ST", "Sachsen-Anhalt", plus(reformed, epiphany.since(1992))},
		{"DE-SH", "Schleswig-Holstein", reformedLater},
		{"DE-TH", "Thüringen", plus(reformed, named(de.Weltkindertag, "Weltkindertag", "Universal Children's Day"))},
	}
}

var (
	epiphany      = named(de.HeiligeDreiKoenige, "Heilige Drei Könige", "Epiphany")
	women         = named(de.Frauentag, "Frauentag", "International Women's Day")
	corpusChristi = named(de.Fronleichnam, "Fronleichnam", "Corpus Christi")
	assumption    = named(de.MariaHimmelfahrt, "Mariä Himmelfahrt", "Assumption Day")
	reformation   = named(de.Reformationstag, "Reformationstag", "Reformation Day")
	allSaints     = named(de.Allerheiligen, "Allerheiligen", "All Saints' Day")
	repentance    = own("Buß- und Bettag", "Day of Repentance and Prayer", func(y int) time.Time {
		d := date(y, time.November, 22)
		return d.AddDate(0, 0, -((int(d.Weekday()) - int(time.Wednesday) + 7) % 7))
	})
)

// berlin adds what it celebrated alone or first.
func berlin(all []rule) []rule {
	return plus(all, women.since(2019),
		once("75. Jahrestag der Befreiung", "75 years of liberation", 2020, time.May, 8),
		once("80. Jahrestag der Befreiung", "80 years of liberation", 2025, time.May, 8),
		once("75. Jahrestag des Volksaufstands", "75 years of the uprising", 2028, time.June, 17))
}
