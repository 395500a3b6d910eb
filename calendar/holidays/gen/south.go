package main

import (
	"time"

	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/it"
)

// italy is Legge 260/1949 with its changes: 2 June again since 2001 (Legge
// 336/2000), 4 October since 2026 (Legge 151/2025). Patron saints of towns
// are theirs to list.
func italy() []region {
	national := []rule{
		named(it.Capodanno, "Capodanno", "New Year's Day"),
		named(it.Epifania, "Epifania", "Epiphany"),
		own("Pasqua", "Easter Sunday", easter(0)),
		named(it.Pasquetta, "Lunedì dell'Angelo", "Easter Monday"),
		named(it.FestaDellaLiberazione, "Festa della Liberazione", "Liberation Day"),
		named(it.FestaDelLavoro, "Festa del Lavoro", "Labour Day"),
		named(it.FestaDellaRepubblica, "Festa della Repubblica", "Republic Day").since(2001),
		named(it.Assunzione, "Assunzione", "Assumption Day"),
		own("San Francesco d'Assisi", "Saint Francis of Assisi", each(time.October, 4)).since(2026),
		named(it.TuttiISanti, "Ognissanti", "All Saints' Day"),
		named(it.Immacolata, "Immacolata Concezione", "Immaculate Conception"),
		named(it.Natale, "Natale", "Christmas Day"),
		named(it.SantoStefano, "Santo Stefano", "Saint Stephen's Day"),
		once("150º dell'Unità d'Italia", "150 years of the unity of Italy", 2011, time.March, 17),
	}
	return []region{
		{"IT", "Italia", national},
		{"IT-BZ", "Alto Adige / Südtirol", plus(national, own("Lunedì di Pentecoste", "Whit Monday", easter(50)))},
	}
}

// spain is Real Decreto 2001/1983 for the whole country and the days that
// each community always keeps. The decrees of a single year, which move a
// Sunday's holiday to Monday or exchange one, are not rules and not here.
func spain() []region {
	national := []rule{
		named(es.AñoNuevo, "Año Nuevo", "New Year's Day"),
		named(es.Reyes, "Epifanía del Señor", "Epiphany"),
		named(es.ViernesSanto, "Viernes Santo", "Good Friday"),
		named(es.Trabajador, "Fiesta del Trabajo", "Labour Day"),
		named(es.Asunción, "Asunción de la Virgen", "Assumption Day"),
		named(es.FiestaNacionalDeEspaña, "Fiesta Nacional de España", "National Day"),
		named(es.TodosLosSantos, "Todos los Santos", "All Saints' Day"),
		named(es.Constitucion, "Día de la Constitución", "Constitution Day"),
		named(es.InmaculadaConcepcion, "Inmaculada Concepción", "Immaculate Conception"),
		named(es.Navidad, "Natividad del Señor", "Christmas Day"),
	}
	thursday := own("Jueves Santo", "Maundy Thursday", easter(-3))
	monday := own("Lunes de Pascua", "Easter Monday", easter(1))
	with := func(local, english string, m time.Month, d int) []rule {
		return plus(national, thursday, own(local, english, each(m, d)))
	}
	eastern := func(rules ...rule) []rule { return plus(plus(national, monday), rules...) }
	return []region{
		{"ES", "España", national},
		{"ES-AN", "Andalucía", with("Día de Andalucía", "Day of Andalusia", time.February, 28)},
		{"ES-AR", "Aragón", with("San Jorge", "Saint George's Day", time.April, 23)},
		{"ES-AS", "Asturias", with("Día de Asturias", "Day of Asturias", time.September, 8)},
		{"ES-CN", "Canarias", with("Día de Canarias", "Day of the Canary Islands", time.May, 30)},
		{"ES-CB", "Cantabria", plus(with("La Bien Aparecida", "Our Lady of La Bien Aparecida", time.September, 15), own("Día de las Instituciones", "Day of the Institutions", each(time.July, 28)))},
		{"ES-CL", "Castilla y León", with("Día de Castilla y León", "Day of Castile and León", time.April, 23)},
		{"ES-CM", "Castilla-La Mancha", with("Día de Castilla-La Mancha", "Day of Castile-La Mancha", time.May, 31)},
		{"ES-CT", "Cataluña", eastern(own("San Juan", "Saint John's Day", each(time.June, 24)), own("Diada Nacional", "National Day of Catalonia", each(time.September, 11)), own("San Esteban", "Saint Stephen's Day", each(time.December, 26)))},
		{"ES-CE", "Ceuta", with("Día de Ceuta", "Day of Ceuta", time.September, 2)},
		{"ES-EX", "Extremadura", with("Día de Extremadura", "Day of Extremadura", time.September, 8)},
		{"ES-GA", "Galicia", plus(with("Día Nacional de Galicia", "National Day of Galicia", time.July, 25), own("Día de las Letras Gallegas", "Galician Literature Day", each(time.May, 17)).since(1991))},
		{"ES-IB", "Illes Balears", eastern(thursday, own("Día de las Illes Balears", "Day of the Balearic Islands", each(time.March, 1)))},
		{"ES-RI", "La Rioja", with("Día de La Rioja", "Day of La Rioja", time.June, 9)},
		{"ES-MD", "Madrid", with("Fiesta de la Comunidad de Madrid", "Day of Madrid", time.May, 2)},
		{"ES-ML", "Melilla", with("Día de Melilla", "Day of Melilla", time.September, 17)},
		{"ES-MC", "Murcia", with("Día de la Región de Murcia", "Day of Murcia", time.June, 9)},
		{"ES-NC", "Navarra", eastern(thursday, own("San Francisco Javier", "Saint Francis Xavier", each(time.December, 3)))},
		{"ES-PV", "País Vasco", eastern(thursday)},
		{"ES-VC", "Comunitat Valenciana", eastern(own("Día de la Comunitat Valenciana", "Day of the Valencian Community", each(time.October, 9)))},
	}
}
