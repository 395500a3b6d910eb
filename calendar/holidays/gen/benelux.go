package main

import (
	"time"

	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/nl"
)

// belgium is the Royal Decree of 18 April 1974.
func belgium() []region {
	return []region{{"BE", "België / Belgique", []rule{
		named(be.Nieuwjaar, "Nieuwjaar / Nouvel An", "New Year's Day"),
		named(be.Paasmaandag, "Paasmaandag / Lundi de Pâques", "Easter Monday"),
		named(be.DagVanDeArbeid, "Dag van de Arbeid / Fête du Travail", "Labour Day"),
		named(be.OnzeLieveHeerHemelvaart, "O.L.H. Hemelvaart / Ascension", "Ascension Day"),
		named(be.Pinkstermaandag, "Pinkstermaandag / Lundi de Pentecôte", "Whit Monday"),
		named(be.NationaleFeestdag, "Nationale feestdag / Fête nationale", "National Day"),
		named(be.OnzeLieveVrouwHemelvaart, "O.L.V. Hemelvaart / Assomption", "Assumption Day"),
		named(be.Allerheiligen, "Allerheiligen / Toussaint", "All Saints' Day"),
		named(be.Wapenstilstand, "Wapenstilstand / Armistice", "Armistice Day"),
		named(be.Kerstmis, "Kerstmis / Noël", "Christmas Day"),
	}}}
}

// netherlands is the Algemene termijnenwet with both Sundays. Good Friday,
// which the source lists, is no holiday there; the Queen's Day before 2014 is
// not in the source. When the day is a Sunday it is kept on the Saturday
// before, and not on both.
func netherlands() []region {
	notOnSunday := func(m time.Month, d int) func(int) time.Time {
		return func(y int) time.Time {
			on := date(y, m, d)
			if on.Weekday() == time.Sunday {
				return on.AddDate(0, 0, -1)
			}
			return on
		}
	}
	return []region{{"NL", "Nederland", []rule{
		named(nl.Nieuwjaar, "Nieuwjaarsdag", "New Year's Day"),
		named(nl.EerstePaasdag, "Eerste Paasdag", "Easter Sunday"),
		named(nl.TweedePaasdag, "Tweede Paasdag", "Easter Monday"),
		own("Koninginnedag", "Queen's Day", notOnSunday(time.April, 30)).until(2013),
		own("Koningsdag", "King's Day", notOnSunday(time.April, 27)).since(2014),
		named(nl.BevrijdingsDag, "Bevrijdingsdag", "Liberation Day"),
		named(nl.Hemelvaart, "Hemelvaartsdag", "Ascension Day"),
		named(nl.EerstePinksterDag, "Eerste Pinksterdag", "Whit Sunday"),
		named(nl.TweedePinksterDag, "Tweede Pinksterdag", "Whit Monday"),
		named(nl.EersteKerstdag, "Eerste Kerstdag", "Christmas Day"),
		named(nl.TweedeKerstdag, "Tweede Kerstdag", "Second Day of Christmas"),
	}}}
}
