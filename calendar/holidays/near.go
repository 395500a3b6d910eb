package holidays

import (
	"maps"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar/internal/nearest"
)

// otherNames are what people write for a code, by the one it is.
var otherNames = map[string]string{
	"UK": "GB", "EN": "GB-ENG", "ENG": "GB-ENG", "SCT": "GB-SCT", "WLS": "GB-WLS", "NIR": "GB-NIR", "USA": "US",
	"BELGIUM": "BE", "BELGIE": "BE", "BELGIQUE": "BE", "CANADA": "CA", "SWITZERLAND": "CH", "SCHWEIZ": "CH", "SUISSE": "CH", "SVIZZERA": "CH",
	"GERMANY": "DE", "DEUTSCHLAND": "DE", "BAVARIA": "DE-BY", "BAYERN": "DE-BY", "SPAIN": "ES", "ESPANA": "ES", "FRANCE": "FR",
	"MOSELLE": "FR-57", "BAS-RHIN": "FR-67", "HAUT-RHIN": "FR-68", "BRITAIN": "GB", "GREAT-BRITAIN": "GB", "UNITED-KINGDOM": "GB",
	"ENGLAND": "GB-ENG", "SCOTLAND": "GB-SCT", "WALES": "GB-WLS", "NORTHERN-IRELAND": "GB-NIR", "ITALY": "IT", "ITALIA": "IT",
	"JAPAN": "JP", "NETHERLANDS": "NL", "NEDERLAND": "NL", "HOLLAND": "NL", "UNITED-STATES": "US", "AMERICA": "US",
}

// near are the names that a code may have meant, the likeliest first. Another
// code of two letters is no slip but another country or region.
func near(code string) []string {
	upper := strings.ToUpper(strings.ReplaceAll(code, "_", "-"))
	country, region, isRegion := strings.Cut(upper, "-")
	var codes []string
	switch {
	case otherNames[upper] != "":
		codes = []string{otherNames[upper]}
	case known(upper):
		codes = []string{upper}
	case isRegion && known(otherNames[country]+"-"+region):
		codes = []string{otherNames[country] + "-" + region}
	case isRegion && known(country):
		codes = alike(region, country)
	case len(upper) > 2:
		codes = nearest.Names(upper, slices.Concat(countries(), slices.Sorted(maps.Keys(otherNames))))
	}
	var out []string
	for _, c := range codes {
		if meant := otherNames[c]; meant != "" {
			c = meant
		}
		if !slices.Contains(out, Prefix+c) {
			out = append(out, Prefix+c)
		}
	}
	return out
}

// alike are the regions of a country whose letters are those of a code in
// another order, or with one too many or too few.
func alike(region, country string) (out []string) {
	for _, name := range Regions(country) {
		other := strings.TrimPrefix(name, Prefix+country+"-")
		if sorted(other) == sorted(region) || len(other) != len(region) && len(nearest.Names(region, []string{other})) > 0 {
			out = append(out, country+"-"+other)
		}
	}
	return out[:min(3, len(out))]
}

func sorted(s string) string { return string(slices.Sorted(slices.Values([]rune(s)))) }

func known(code string) bool { return index()[Prefix+code] != nil }

func countries() []string {
	codes := make([]string, 0, len(index()))
	for _, name := range Countries() {
		codes = append(codes, strings.TrimPrefix(name, Prefix))
	}
	return codes
}

// Countries returns the names of the sets of whole countries, sorted.
func Countries() []string {
	return slices.DeleteFunc(Names(), func(name string) bool { return strings.Contains(name[len(Prefix):], "-") })
}

// Regions returns the names of the sets of a country's regions, sorted; the
// country is named "DE" or "public-holidays DE".
func Regions(country string) []string {
	prefix := Prefix + strings.TrimPrefix(country, Prefix) + "-"
	return slices.DeleteFunc(Names(), func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
