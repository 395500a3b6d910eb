// Package words turns the codes and arguments of findings, diagnostics and
// explanations into sentences. Every sentence of the product lives in the
// catalogue files of its language beside this one; a language is added by
// adding a folder of them.
package words

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/sla-lang/sla/sla"
)

//go:embed en/*.txt en/*.md
var files embed.FS

// A Catalogue holds the sentences of one language. It is immutable and safe
// for concurrent use.
type Catalogue struct {
	tag     language.Tag
	entries map[string]string
	codes   map[string]string
	style   style
}

var english = sync.OnceValue(func() *Catalogue { return load("en", language.English, englishStyle) })

// English is the catalogue that always exists.
func English() *Catalogue { return english() }

// For gives the catalogue nearest to a language code such as "en-GB"; ok is
// false where the language has none and English is given instead.
func For(code string) (c *Catalogue, ok bool) {
	tag, err := language.Parse(code)
	if err != nil {
		return English(), false
	}
	base, _ := tag.Base()
	want, _ := language.English.Base()
	return English(), base == want
}

// Language is the catalogue's language code.
func (c *Catalogue) Language() string { return c.tag.String() }

// A Text is a finding in words.
type Text struct {
	// Title says in one short sentence what is wrong.
	Title string
	// Label stands beside the underlined place; often empty.
	Label string
	// Help says what was expected and the remedy; often empty.
	Help string
}

// Finding phrases a finding or a diagnostic. An unknown code is shown as it is.
func (c *Catalogue) Finding(code sla.Code, args []sla.Arg) Text {
	key := "finding " + string(code)
	if _, ok := c.entries[key+" title"]; !ok {
		return Text{Title: string(code)}
	}
	return Text{
		Title: c.fill(c.entries[key+" title"], args),
		Label: c.fill(c.entries[key+" label"], args),
		Help:  strings.TrimRight(c.fill(c.entries[key+" help"], args), "; "), // of a list that ends early
	}
}

// Has says whether a key is in the catalogue.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.entries[key]
	return ok
}

// Phrase phrases an entry; a missing key is shown as it is, so that a report
// is never silent.
func (c *Catalogue) Phrase(key string, args ...sla.Arg) string {
	if t, ok := c.entries[key]; ok {
		return c.fill(t, args)
	}
	if len(args) == 0 {
		return key
	}
	return fmt.Sprint(key, " ", args)
}

// fill puts arguments into a template:
//
//	{name}            the argument, in the language's way for its kind
//	{name:min}        a duration in minutes
//	{name:one|many}   one of two words, by a count
//	{from..to}        two instants, the date of the second only if it differs
//	[[ … ]]           left out when an argument in it is missing
func (c *Catalogue) fill(template string, args []sla.Arg) string {
	if template == "" {
		return ""
	}
	var b strings.Builder
	for template != "" {
		open := strings.Index(template, "[[")
		if open < 0 {
			b.WriteString(first(c.substitute(template, args)))
			break
		}
		b.WriteString(first(c.substitute(template[:open], args)))
		end := strings.Index(template, "]]")
		if end < open {
			b.WriteString(template[open:])
			break
		}
		if part, complete := c.substitute(template[open+2:end], args); complete {
			b.WriteString(part)
		}
		template = template[end+2:]
	}
	return strings.TrimSpace(b.String())
}

func first(s string, _ bool) string { return s }

// substitute fills the braces of a piece of template; complete is false when
// an argument is missing.
func (c *Catalogue) substitute(piece string, args []sla.Arg) (out string, complete bool) {
	complete = true
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(piece, "{")
		b.WriteString(before)
		if !found {
			return b.String(), complete
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("{" + rest)
			return b.String(), complete
		}
		text, ok := c.argument(inside, args)
		b.WriteString(text)
		complete = complete && ok
		piece = after
	}
}

// argument is what stands for a pair of braces; ok is false when it is missing.
func (c *Catalogue) argument(inside string, args []sla.Arg) (text string, ok bool) {
	if from, to, both := strings.Cut(inside, ".."); both {
		a, okA := lookup(args, from)
		b, okB := lookup(args, to)
		return c.interval(a.Value, b.Value), okA && okB
	}
	name, how, _ := strings.Cut(inside, ":")
	a, ok := lookup(args, name)
	if !ok {
		return "", false
	}
	if a.Kind == sla.ArgPhrase {
		return c.nested(a, args), true
	}
	return c.show(a, how), true
}

// nested is a phrase within a phrase; it may use the arguments of the outer
// one, but for itself.
func (c *Catalogue) nested(a sla.Arg, args []sla.Arg) string {
	rest := slices.DeleteFunc(slices.Clone(args), func(o sla.Arg) bool { return o == a })
	if !c.Has(a.Value) {
		return a.Value
	}
	return c.Phrase(a.Value, rest...)
}

func lookup(args []sla.Arg, name string) (sla.Arg, bool) {
	for _, a := range args {
		if a.Name == name && a.Value != "" {
			return a, true
		}
	}
	return sla.Arg{}, false
}

// load reads all the files of a language; a key is in one of them only.
func load(dir string, tag language.Tag, s style) *Catalogue {
	c := &Catalogue{tag: tag, entries: map[string]string{}, codes: map[string]string{}, style: s}
	names, _ := fs.Glob(files, dir+"/*.txt") // the pattern is well formed
	for _, name := range names {
		text, _ := fs.ReadFile(files, name) // embedded
		maps.Copy(c.entries, parse(string(text)))
	}
	names, _ = fs.Glob(files, dir+"/*.md")
	for _, name := range names {
		text, _ := fs.ReadFile(files, name) // embedded
		maps.Copy(c.codes, sections(string(text)))
	}
	return c
}

// parse reads a catalogue: sections in brackets, in them lines of a key and a
// text; a line that begins with a space goes on with the text before it.
func parse(text string) map[string]string {
	entries := map[string]string{}
	section, last := "", ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
			last = ""
		case line[0] == '[' && !strings.HasPrefix(line, "[["):
			section = strings.Trim(line, "[]")
		case line[0] == ' ' && last != "":
			entries[last] += "\n" + strings.TrimSpace(line)
		default:
			key, value, _ := strings.Cut(line, " ")
			last = strings.TrimSpace(section + " " + key)
			entries[last] = strings.TrimSpace(value)
		}
	}
	return entries
}
