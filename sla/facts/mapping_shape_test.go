package facts_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/sla-lang/sla/sla/facts"
)

// received gives the times that a pattern reads, one receipt a row.
func received(t *testing.T, times, cell string) (string, []string) {
	t.Helper()
	k := mapped(t, "sla mapping 1\ntimes "+times+"\nticket from \"T\"\nreceived at \"R\" and \"H\"\n", "x.csv", "T;R;H\nT-1;"+cell+"\n")
	require.Len(t, k.lines, 1-len(k.refused), k.refused)
	if len(k.refused) > 0 {
		return "", k.refused
	}
	_, at, _ := strings.Cut(k.lines[0], `"occurred":"`)
	return at[:strings.IndexByte(at, '"')], nil
}

// Times as help desks, spreadsheets and databases write them; the instants by
// hand. 46091.3784722222 days after 1899-12-30 are 09:05 on 10 March 2026, of
// which spreadsheets keep ten decimals.
func TestMappedTimes(t *testing.T) {
	for _, c := range []struct{ times, cell, want string }{
		{`"seconds since 1970"`, "1773129900;", "2026-03-10T08:05:00Z"},
		{`"seconds since 1970"`, "1773129900.25;", "2026-03-10T08:05:00.25Z"},
		{`"milliseconds since 1970" in Asia/Tokyo`, "1773129900001;", "2026-03-10T08:05:00.001Z"},
		{`"days since 1899-12-30" in Europe/Paris`, "46091.3784722222;", "2026-03-10T08:05:00Z"},
		{`"days since 1899-12-30" in Europe/Paris`, "46091,3784722222;", "2026-03-10T08:05:00Z"},
		{`"days since 1899-12-30" in Europe/Paris`, "46110.125;", ""}, // 2026-03-29 03:00, skipped is 02:xx
		{`"M/D/YYYY h:mm AM" in America/New_York`, "3/10/2026 9:05 pm;", "2026-03-11T01:05:00Z"},
		{`"M/D/YYYY h:mm AM" in America/New_York`, "3/10/2026 9:05\u202fPM;", "2026-03-11T01:05:00Z"},
		{`"M/D/YYYY h:mm AM" in America/New_York`, "3/10/2026 9:05 p.m.;", "2026-03-11T01:05:00Z"},
		{`"DD/MMM/YY h:mm AM" in Europe/Paris`, "10/mar/26 12:05 AM;", "2026-03-09T23:05:00Z"},
		{`"DD.MM.YYYY hh:mm" in Europe/Paris`, "10.03.2026;09:05", "2026-03-10T08:05:00Z"},
		{`"DD.MM.YYYY" in Europe/Paris`, "10.03.2026;", "2026-03-09T23:00:00Z"},
		{`"YYYY-MM-DD hh:mm:ss+hh"`, "2026-03-10 09:05:00.5+01;", "2026-03-10T08:05:00.5Z"},
		{`"YYYY-MM-DDThh:mm:ss+hh:mm"`, "2026-03-10T09:05:00+05:30;", "2026-03-10T03:35:00Z"},
		{`in Europe/Paris`, "2026-03-10T09:05:00.000+0100;", "2026-03-10T08:05:00Z"},
		{`in Europe/Paris`, "2026-03-10 09:05:00-05;", "2026-03-10T14:05:00Z"},
		{`in Europe/Paris`, "2026-03-10T09:05Z;", "2026-03-10T09:05:00Z"},
		{`in Europe/Paris`, "2026-03-10T09:05+05:30;", "2026-03-10T03:35:00Z"},
		{`in Europe/Paris`, "2026-03-10 09:05+0100;", "2026-03-10T08:05:00Z"},
		{`in Europe/Paris`, "2026-03-10 09:05-05;", "2026-03-10T14:05:00Z"},
		{`in Europe/Paris`, "2026-03-10 09:05;", "2026-03-10T08:05:00Z"},
		{`in Europe/Paris`, "2026-03-10 09:05:00;", "2026-03-10T08:05:00Z"},
	} {
		got, refused := received(t, c.times, c.cell)
		if c.want != "" {
			assert.Equal(t, c.want, got, "%v: %v", c, refused)
		}
	}
	for _, c := range []struct{ times, cell string }{
		{`"seconds since 1970"`, "1773129900000;"}, // milliseconds
		{`"milliseconds since 1970"`, "1773129900;"},
		{`"seconds since 1970"`, "-1;"}, {`"seconds since 1970"`, "1e9;"}, {`"seconds since 1970"`, "1/2;"}, {`"seconds since 1970"`, "1.2.3;"},
		{`"days since 1899-12-30" in Europe/Paris`, "46110.1;"}, // 2026-03-29 02:24 does not exist
		{`"M/D/YYYY h:mm AM"`, "13/10/2026 9:05 PM;"},
	} {
		_, refused := received(t, c.times, c.cell)
		assert.Len(t, refused, 1, c)
	}
}

// The same table as spreadsheets and databases write it.
func TestMappedShapes(t *testing.T) {
	const mapping = "sla mapping 1\nticket from \"Référence\"\nreceived at \"Créé\"\npriority from \"Priorité\" {\n  \"Élevée\" P1\n}\n"
	const plain = "Référence;Créé;Priorité\r\nT-1;2026-03-10 09:05;Élevée\r\n"
	encode := func(e encoding.Encoding, text string) string {
		out, err := e.NewEncoder().String(text)
		require.NoError(t, err)
		return out
	}
	for name, c := range map[string]struct{ more, file, text string }{
		"utf-8":         {"", "x.csv", plain},
		"utf-8 mark":    {"encoding windows-1252\n", "x.csv", "\ufeff" + plain},
		"utf-16":        {"", "x.csv", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(plain, ";", "\t"))},
		"utf-16 big":    {"", "x.tsv", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), plain)},
		"windows":       {"encoding windows-1252\n", "x.csv", encode(charmap.Windows1252, plain)},
		"latin 9":       {"encoding ISO-8859-15\n", "x.csv", encode(charmap.ISO8859_15, plain)},
		"sep":           {"", "x.csv", "sep=;\r\n" + plain},
		"sep quoted":    {"", "x.csv", "\"sep=;\"\r\n" + plain},
		"bars":          {"", "x.csv", strings.ReplaceAll(plain, ";", "|")},
		"quoted commas": {"", "x.csv", strings.Replace(strings.ReplaceAll(plain, "\r\n", ";\r\n"), "é;\r", "é;\"a,b,c,d,e\"\r", 1)},
		"empty ends":    {"", "x.csv", strings.Replace(plain, "Élevée", "Élevée; ;;", 1)},
		"title":         {"header at line 4\n", "x.csv", "Export of \"today\n\nby: Ann\n" + plain},
		"list":          {"", "x.json", "\ufeff[{\"Référence\":\"T-1\",\n\"Créé\":\"2026-03-10 09:05\",\"Priorité\":\"Élevée\"}]"},
		"object":        {"", "x.json", "{\"Référence\":\"T-1\",\"Créé\":\"2026-03-10 09:05\",\"Priorité\":\"Élevée\"}"},
	} {
		k := mapped(t, mapping+c.more, c.file, c.text)
		assert.Empty(t, k.refused, name)
		assert.Equal(t, []string{`{"kind":"ticket","occurred":"2026-03-10T09:05:00Z","ticket":"T-1","event":"received","priority":"P1"}`}, k.lines, name)
	}
	k := mapped(t, "sla mapping 1\nencoding gb18030\nticket from \"编号\"\nreceived at \"创建时间\"\n", "x.csv", encode(simplifiedchinese.GBK, "编号,创建时间\n工单一,2026-03-10\n"))
	assert.Equal(t, []string{`{"kind":"ticket","occurred":"2026-03-10T00:00:00Z","ticket":"工单一","event":"received"}`}, k.lines)
	k = mapped(t, mapping, "x.csv", encode(charmap.Windows1252, plain))
	assert.Contains(t, k.refused[0], "`encoding windows-1252`")
}

// Lists within a document: a row for each element of the innermost, with what
// the objects around it say; on the line where its object begins.
func TestMappedLists(t *testing.T) {
	const mapping = `sla mapping 1
rows in "issues.changelog.histories.items"
ticket from "issues.key"
received at "issues.fields.created"
when "issues.changelog.histories.items.field" is "status" {
  time from "issues.changelog.histories.created"
  state from "issues.changelog.histories.items.toString" {
    "Done" restored
    otherwise ignored
  }
}
other rows ignored
`
	const document = `{"total":1,"issues":[{"key":"K-1","fields":{"created":"2026-03-10T09:05:00.000+0100"},"changelog":{"histories":[
{"created":"2026-03-10T10:00:00.000+0100","items":[{"field":"assignee","toString":"Ann"},{"field":"status","toString":"Doing"}, 7]},
{"created":"2026-03-10T11:00:00.000+0100","items":[{"field":"status","toString":"Done"}]}]}},{"key":"K-2"}]}`
	k := mapped(t, mapping, "x.json", document)
	assert.Equal(t, []string{"line 1: it has no issues.fields.created"}, k.at, "K-2 has no changes, and is a row all the same")
	assert.Equal(t, []string{
		`{"kind":"ticket","occurred":"2026-03-10T08:05:00Z","ticket":"K-1","event":"received"}`,
		`{"kind":"ticket","occurred":"2026-03-10T08:05:00Z","ticket":"K-1","event":"received"}`,
		`{"kind":"ticket","occurred":"2026-03-10T08:05:00Z","ticket":"K-1","event":"received"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:00:00Z","ticket":"K-1","event":"restored"}`,
	}, k.lines)
	lines := mapped(t, strings.ReplaceAll(strings.ReplaceAll(mapping, `"issues.`, `"`), `in "issues.`, `in "`), "x.ndjson", strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(document, `{"total":1,"issues":[`), `,{"key":"K-2"}]}`), "\n", ""))
	assert.Empty(t, lines.refused)
	assert.Equal(t, k.lines, lines.lines)
	for text, want := range map[string]string{
		"[{\"issues\":{\"key\":1}},\n 7, {]": "line 1: it has no issues.fields.created\nline 2: the line is no JSON object; a fact is one object a line\nline 2: the line is no JSON",
		"[":                                  "line 1: the line is no JSON",
		"7":                                  "line 1: the line is no JSON object; a fact is one object a line",
		"":                                   "",
		`{"issues":[]}`:                      "",
		`{"isues":[]}`:                       "line 1: the export has no column issues, which desk.mapping reads; did you mean isues?",
	} {
		k := mapped(t, mapping, "x.json", text)
		assert.Equal(t, want, strings.Join(k.at, "\n"), text)
	}
}

// Documents in JSON are read where there is a mapping, and spreadsheets are
// told what to do.
func TestLoadMapped(t *testing.T) {
	files := fstest.MapFS{
		"facts/a.json":    {Data: []byte(`[{"n":"T-1","at":"2026-03-10"}]`)},
		"facts/a.mapping": {Data: []byte("sla mapping 1\nticket from \"n\"\nreceived at \"at\"\n")},
		"facts/b.json":    {Data: []byte(`{"no":"facts"}`)},
		"facts/c.xlsx":    {Data: []byte("PK")},
	}
	k := &kept{t: t}
	require.NoError(t, facts.Load(t.Context(), k, files, facts.Options{}, "facts"))
	assert.Len(t, k.lines, 1)
	assert.Empty(t, k.refused)
	assert.ErrorContains(t, facts.Load(t.Context(), k, files, facts.Options{}, "facts/c.xlsx"), "save the sheet as CSV")
	assert.ErrorContains(t, facts.Load(t.Context(), k, files, facts.Options{}, "facts/b.json"), "needs a mapping")
}
