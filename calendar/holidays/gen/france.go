package main

import (
	"time"

	"github.com/rickar/cal/v2/fr"
)

// france is Code du travail L3133-1, with L3134-13 for Alsace and Moselle and
// L3422-2 for the overseas departments.
func france() []region {
	national := []rule{
		named(fr.NouvelAn, "Jour de l'An", "New Year's Day"),
		named(fr.LundiDePâques, "Lundi de Pâques", "Easter Monday"),
		named(fr.FêteDuTravail, "Fête du Travail", "Labour Day"),
		named(fr.FêteDeLaVictoire, "Victoire 1945", "Victory Day"),
		named(fr.Ascension, "Ascension", "Ascension Day"),
		named(fr.LundiDePentecôte, "Lundi de Pentecôte", "Whit Monday"),
		named(fr.FêteNationale, "Fête nationale", "National Day"),
		named(fr.Assomption, "Assomption", "Assumption Day"),
		named(fr.Toussaint, "Toussaint", "All Saints' Day"),
		named(fr.Armistice1918, "Armistice 1918", "Armistice Day"),
		named(fr.Noël, "Noël", "Christmas Day"),
	}
	local := plus(national,
		own("Vendredi saint", "Good Friday", easter(-2)),
		own("Saint-Étienne", "Saint Stephen's Day", each(time.December, 26)))
	abolition := func(m time.Month, d int) []rule {
		return plus(national, own("Abolition de l'esclavage", "Abolition of slavery", each(m, d)))
	}
	return []region{
		{"FR", "France", national},
		{"FR-57", "Moselle", local},
		{"FR-67", "Bas-Rhin", local},
		{"FR-68", "Haut-Rhin", local},
		{"FR-971", "Guadeloupe", abolition(time.May, 27)},
		{"FR-972", "Martinique", abolition(time.May, 22)},
		{"FR-973", "Guyane", abolition(time.June, 10)},
		{"FR-974", "La Réunion", abolition(time.December, 20)},
		{"FR-976", "Mayotte", abolition(time.April, 27)},
	}
}
