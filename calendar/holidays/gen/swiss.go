package main

import (
	"strings"
	"time"
)

// switzerland is the list of the Federal Office of Justice of days that each
// canton treats as Sundays; the source lists other days for several cantons.
// The country itself has the four days that all cantons keep. Sundays, and
// days kept in some communes only, are not listed.
func switzerland() []region {
	regions := []region{{"CH", "Schweiz / Suisse / Svizzera", swissRules("NAUW", german)}}
	for line := range strings.Lines(cantons) {
		f := strings.Fields(line)
		language := map[string]int{"de": german, "fr": french, "it": italian}[f[1]]
		regions = append(regions, region{"CH-" + f[0], strings.Join(f[3:], " "), swissRules(f[2], language)})
	}
	return regions
}

// cantons are lines of canton, language, days and name.
const cantons = `ZH de NKOTAPUWX Zürich
BE de NBKOAPUWX Bern
LU de NKAFUMHIWX Luzern
UR de NEJKOAPFUMHIWX Uri
SZ de NEJKOAPFUMHIWX Schwyz
OW de NKAFUMYHIW Obwalden
NW de NJKAFUMHIW Nidwalden
GL de NKOLAPUHWX Glarus
ZG de NKAFUMHIW Zug
FR fr NKAFUMHIW Fribourg
SO de NKTAFUMHW Solothurn
BS de NKOTAPUWX Basel-Stadt
BL de NKOTAPUWX Basel-Landschaft
SH de NKOTAPUWX Schaffhausen
AR de NKOAPUWX Appenzell Ausserrhoden
AI de NKOAPFUMHIWX Appenzell Innerrhoden
SG de NKOAPUHWX St. Gallen
GR de NOAPUWX Graubünden
AG de NBKOAPUWX Aargau
TG de NBKOTAPUWX Thurgau
TI it NEJOTAPFSUMHIWX Ticino
VD fr NBKOAPUDW Vaud
VS fr NJAFUMHIW Valais
NE fr NQKTAUW Neuchâtel
GE fr NKOAPUGWR Genève
JU fr NBKOTAPFVUMHW Jura
`

// The languages of swissDays.
const (
	german = iota
	french
	italian
)

// A swissDay is a holiday under its letter in the list of cantons.
type swissDay struct {
	letter byte
	local  [3]string
	name   string
	on     func(int) time.Time
}

func swissDays() []swissDay {
	return []swissDay{
		{'N', [3]string{"Neujahr", "Nouvel An", "Capodanno"}, "New Year's Day", each(time.January, 1)},
		{'B', [3]string{"Berchtoldstag", "2 janvier", ""}, "2 January", each(time.January, 2)},
		{'E', [3]string{"Heilige Drei Könige", "", "Epifania"}, "Epiphany", each(time.January, 6)},
		{'Q', [3]string{"", "Instauration de la République", ""}, "Republic Day", each(time.March, 1)},
		{'J', [3]string{"Josefstag", "Saint-Joseph", "San Giuseppe"}, "Saint Joseph's Day", each(time.March, 19)},
		{'K', [3]string{"Karfreitag", "Vendredi saint", ""}, "Good Friday", easter(-2)},
		{'O', [3]string{"Ostermontag", "Lundi de Pâques", "Lunedì di Pasqua"}, "Easter Monday", easter(1)},
		{'L', [3]string{"Näfelser Fahrt", "", ""}, "Näfels Pilgrimage", nafels},
		{'T', [3]string{"Tag der Arbeit", "Fête du travail", "Festa del lavoro"}, "Labour Day", each(time.May, 1)},
		{'A', [3]string{"Auffahrt", "Ascension", "Ascensione"}, "Ascension Day", easter(39)},
		{'P', [3]string{"Pfingstmontag", "Lundi de Pentecôte", "Lunedì di Pentecoste"}, "Whit Monday", easter(50)},
		{'F', [3]string{"Fronleichnam", "Fête-Dieu", "Corpus Domini"}, "Corpus Christi", easter(60)},
		{'V', [3]string{"", "Commémoration du plébiscite", ""}, "Plebiscite Day", each(time.June, 23)},
		{'S', [3]string{"", "", "Santi Pietro e Paolo"}, "Saints Peter and Paul", each(time.June, 29)},
		{'U', [3]string{"Bundesfeiertag", "Fête nationale", "Festa nazionale"}, "National Day", each(time.August, 1)},
		{'M', [3]string{"Mariä Himmelfahrt", "Assomption", "Assunzione"}, "Assumption Day", each(time.August, 15)},
		{'G', [3]string{"", "Jeûne genevois", ""}, "Geneva Fast", func(y int) time.Time { return nth(1, time.Sunday, time.September)(y).AddDate(0, 0, 4) }},
		{'D', [3]string{"", "Lundi du Jeûne fédéral", ""}, "Monday of the Federal Fast", func(y int) time.Time { return nth(3, time.Sunday, time.September)(y).AddDate(0, 0, 1) }},
		{'Y', [3]string{"Bruderklausenfest", "", ""}, "Saint Nicholas of Flüe", each(time.September, 25)},
		{'H', [3]string{"Allerheiligen", "Toussaint", "Ognissanti"}, "All Saints' Day", each(time.November, 1)},
		{'I', [3]string{"Mariä Empfängnis", "Immaculée Conception", "Immacolata Concezione"}, "Immaculate Conception", each(time.December, 8)},
		{'W', [3]string{"Weihnachten", "Noël", "Natale"}, "Christmas Day", each(time.December, 25)},
		{'X', [3]string{"Stephanstag", "", "Santo Stefano"}, "Saint Stephen's Day", each(time.December, 26)},
		{'R', [3]string{"", "Restauration de la République", ""}, "Restoration of the Republic", each(time.December, 31)},
	}
}

// nafels is the first Thursday of April, a week later in Holy Week.
func nafels(y int) time.Time {
	d := nth(1, time.Thursday, time.April)(y)
	if d.Equal(easter(-3)(y)) {
		return d.AddDate(0, 0, 7)
	}
	return d
}

// swissRules are the days of a canton; the national day is a holiday since
// 1994.
func swissRules(letters string, language int) []rule {
	var out []rule
	for _, d := range swissDays() {
		if strings.IndexByte(letters, d.letter) < 0 {
			continue
		}
		r := own(d.local[language], d.name, d.on)
		if d.letter == 'U' {
			r = r.since(1994)
		}
		out = append(out, r)
	}
	return out
}
