package facts

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// ParseMapping reads the text of a mapping; the name is shown in messages and
// in the refusals of rows. The error is a [MappingErrors].
func ParseMapping(name, text string) (*Mapping, error) {
	p := &mappingParser{name: name, m: &Mapping{Name: name}, said: map[string]bool{}}
	p.read(text)
	if len(p.errors) > 0 {
		slices.SortStableFunc(p.errors, func(a, b *MappingError) int { return cmp.Compare(a.Line, b.Line) })
		return nil, p.errors
	}
	return p.m, nil
}

func (p *mappingParser) read(text string) {
	if len(text) > maxMapping {
		p.fail(1, "mapping-too-long")
		return
	}
	all := p.split(text)
	if len(all) == 0 || len(all[0].tokens) != 3 || !all[0].word(0).is("sla") || !all[0].word(1).is("mapping") || !all[0].word(2).is("1") {
		p.fail(1, "mapping-first-line")
		return
	}
	for i := range all[1:] {
		if s := &all[i+1]; s.word(0).is("as") {
			p.base(s)
		}
	}
	p.said = map[string]bool{}
	for i := range all[1:] {
		p.statement(&all[i+1])
	}
	p.complete(all[0].line)
}

// base takes a ready-made mapping over; what follows stands in the place of
// its lines.
func (p *mappingParser) base(s *mapStatement) {
	if len(s.tokens) != 2 {
		p.form(s, "as")
		return
	}
	base, err := ReadyMapping(s.word(1).text)
	if err != nil {
		p.unknown(s, "mapping-base-unknown", s.word(1).text, ReadyMappings())
		return
	}
	own := *base
	own.Name = p.name
	own.fields, own.events = slices.Clone(base.fields), slices.Clone(base.events)
	p.m = &own
}

// heads are the words that begin a line; others are fields and events, told by
// their second word.
var heads = []string{"as", "empty", "encoding", "header", "number", "only", "other", "rows", "source", "state", "ticket", "time", "times", "title", "when"}

func (p *mappingParser) statement(s *mapStatement) {
	switch head := s.word(0); {
	case head.is("as"):
		p.once(s, "as")
	case head.is("title"):
		p.quoted(s, &p.m.Title)
	case head.is("source"):
		p.quoted(s, &p.m.source)
	case head.is("times"):
		p.timesLine(s)
	case head.is("empty"):
		p.emptyLine(s)
	case head.is("encoding"):
		p.encodingLine(s)
	case head.is("header"):
		p.headerLine(s)
	case head.is("rows"):
		p.rowsLine(s)
	case head.is("only"):
		if f, ok := p.filter(s, s.tokens[1:], "only"); ok {
			p.m.only = append(p.m.only, f)
		}
	case head.is("other"):
		if p.once(s, "other") && p.exactly(s, "other rows ignored", "other") {
			p.m.others = true
		}
	case head.is("when"):
		p.whenBlock(s)
	default:
		p.rule(s, &p.m.rules, "")
	}
}

// whenBlock reads what holds for some rows only.
func (p *mappingParser) whenBlock(s *mapStatement) {
	f, ok := p.filter(s, s.tokens, "when")
	if !ok || !s.hasBlock {
		if ok {
			p.form(s, "when")
		}
		return
	}
	b := branch{filter: f}
	within := strconv.Itoa(s.line) + "/"
	for i := range s.block {
		p.rule(&s.block[i], &b.rules, within)
	}
	for i := range b.fields {
		b.fields[i].own = true
	}
	p.m.branches = append(p.m.branches, b)
}

// filter reads when "COLUMN" is "VALUE", "VALUE". Where a column need not be there,
// no row of a file without it passes.
func (p *mappingParser) filter(s *mapStatement, tokens []mapToken, form string) (f rowFilter, ok bool) {
	if len(tokens) < 4 || !tokens[0].is("when") || !tokens[1].quoted {
		p.form(s, form)
		return f, false
	}
	rest := tokens[1:]
	f.column.columns, rest = p.columns(rest)
	rest, f.column.absent = ifThereIsOne(rest)
	if len(rest) < 2 || !rest[0].is("is") {
		p.form(s, form)
		return f, false
	}
	for i, t := range rest[1:] {
		switch {
		case i%2 == 0 && t.quoted:
			f.values = append(f.values, t.text)
		case i%2 == 0 || !t.is(","):
			p.form(s, form)
			return f, false
		}
	}
	return f, true
}

// ifThereIsOne reads `, if there is one`, behind a column that may be missing.
func ifThereIsOne(tokens []mapToken) (rest []mapToken, said bool) {
	for i, word := range []string{",", "if", "there", "is", "one"} {
		if i >= len(tokens) || !tokens[i].is(word) {
			return tokens, false
		}
	}
	return tokens[5:], true
}

// rule reads a line that may also stand in a `when` block.
func (p *mappingParser) rule(s *mapStatement, into *rules, within string) {
	head, second := s.word(0), s.word(1)
	switch {
	case head.quoted || head.text == "":
		p.unknown(s, "mapping-line-unknown", head.text, heads)
	case second.is("from"):
		if p.once(s, within+head.text) {
			p.fromLine(s, into)
		}
	case second.is("at"):
		if p.once(s, within+head.text) {
			if at, ok := p.source(s, s.tokens[2:], "at"); ok && p.noBlock(s, "at") {
				into.events = slices.DeleteFunc(into.events, func(e eventSource) bool { return e.event == head.text })
				into.events = append(into.events, eventSource{head.text, *at})
			}
		}
	case second.is("is"):
		if p.once(s, within+head.text) && len(s.tokens) == 3 && p.noBlock(s, "is") {
			if f, ok := p.ticketField(s, head.text); ok {
				into.set(fieldSource{field: f, is: s.word(2).text})
			}
		} else if len(s.tokens) != 3 {
			p.form(s, "is")
		}
	default:
		p.unknown(s, "mapping-line-unknown", head.text, heads)
	}
}

// set puts a field's source in the place of the one before.
func (b *rules) set(f fieldSource) {
	if have := b.fieldSource(f.field); have != nil {
		*have = f
		return
	}
	b.fields = append(b.fields, f)
}

// fromLine reads WHAT from "COLUMN", with a table of values or without.
func (p *mappingParser) fromLine(s *mapStatement, into *rules) {
	from, ok := p.source(s, s.tokens[2:], "from")
	if !ok {
		return
	}
	head := s.word(0).text
	if s.hasBlock {
		p.values(s, from, head == "state")
	}
	switch head {
	case "ticket":
		into.ticket = from
	case "number":
		into.number = from
	case "time":
		into.time = from
	case "state":
		if !s.hasBlock {
			p.form(s, "state")
			return
		}
		into.state = from
	default:
		if f, ok := p.ticketField(s, head); ok {
			into.set(fieldSource{field: f, from: from})
		}
	}
}

// ticketField finds a field of ticket events that a mapping may fill in.
func (p *mappingParser) ticketField(s *mapStatement, name string) (field, bool) {
	f, ok := fieldNamed([]byte(name))
	if ok && mappable.has(f) {
		return f, true
	}
	p.unknown(s, "mapping-field-unknown", name, append(mappable.names(), "number", "state", "ticket", "time"))
	return f, false
}

// mappable are the fields of ticket events that columns may fill in.
var mappable = setOf(fAuthor, fReason, fService, fPriority, fSite, fRequest, fType, fImpact, fUrgency, fChannel, fIncident, fNote, fAutomatic, fWorkaround, fUntil)

// columns reads "COLUMN" or "COLUMN" …
func (p *mappingParser) columns(tokens []mapToken) (names []string, rest []mapToken) {
	for len(tokens) > 0 && tokens[0].quoted {
		names, tokens = append(names, tokens[0].text), tokens[1:]
		if len(tokens) < 2 || !tokens[0].is("or") || !tokens[1].quoted {
			break
		}
		tokens = tokens[1:]
	}
	return names, tokens
}

// source reads a column with its qualifiers.
func (p *mappingParser) source(s *mapStatement, tokens []mapToken, form string) (*columnSource, bool) {
	var c columnSource
	c.columns, tokens = p.columns(tokens)
	if len(c.columns) == 0 {
		p.form(s, form)
		return nil, false
	}
	if len(tokens) > 1 && tokens[0].is("and") && tokens[1].quoted {
		c.and = &columnSource{}
		c.and.columns, tokens = p.columns(tokens[1:])
	}
	for len(tokens) > 0 {
		switch {
		case len(tokens) >= 4 && tokens[0].is(",") && tokens[1].is("if") && tokens[2].is("there") && !c.absent:
			if tokens, c.absent = ifThereIsOne(tokens); !c.absent {
				p.form(s, form)
				return nil, false
			}
		case len(tokens) >= 5 && tokens[0].is(",") && tokens[1].is("part") && tokens[3].is("between") && tokens[4].quoted && tokens[4].text != "":
			n, err := strconv.Atoi(tokens[2].text)
			if err != nil || n < 1 || n > 100 || c.part != 0 {
				p.form(s, form)
				return nil, false
			}
			c.part, c.between, tokens = n, tokens[4].text, tokens[5:]
		default:
			p.form(s, form)
			return nil, false
		}
	}
	return &c, true
}

// values reads a table of what the export's values stand for.
func (p *mappingParser) values(s *mapStatement, c *columnSource, several bool) {
	c.values = map[string][]string{}
	for i := range s.block {
		row := &s.block[i]
		otherwise := row.word(0).is("otherwise")
		if len(row.tokens) < 2 || row.hasBlock || !row.tokens[0].quoted && !otherwise {
			p.form(row, "value")
			continue
		}
		stands, ok := p.stands(row, several)
		if !ok {
			continue
		}
		_, twice := c.values[row.tokens[0].text]
		switch {
		case otherwise && c.rest == nil:
			c.rest = stands
		case otherwise || twice:
			p.fail(row.line, "mapping-said-twice", sla.Prose("found", row.tokens[0].text))
		default:
			c.values[row.tokens[0].text] = stands
		}
	}
}

// stands reads what a value stands for: a name, several for a state, or
// nothing, which is written ignored.
func (p *mappingParser) stands(row *mapStatement, several bool) ([]string, bool) {
	out := []string{}
	for i, t := range row.tokens[1:] {
		switch {
		case i%2 == 0 && !t.is(",") && !t.is("{") && !t.is("}"):
			if !t.is(ignored) {
				out = append(out, t.text)
			}
		case i%2 == 0 || !t.is(","):
			p.form(row, "value")
			return nil, false
		}
	}
	if len(out) > 1 && !several || len(row.tokens) > 2 && len(out) != len(row.tokens)/2 {
		p.form(row, "value")
		return nil, false
	}
	return out, true
}

// ignored is what a value stands for of which nothing is to be read.
const ignored = "ignored"

func (p *mappingParser) timesLine(s *mapStatement) {
	if !p.once(s, "times") {
		return
	}
	p.m.times, p.m.zone, p.m.twice = nil, nil, 0
	tokens := s.tokens[1:]
	for len(tokens) > 0 && tokens[0].quoted {
		layout, bad := compileLayout(tokens[0].text)
		if bad != "" {
			p.fail(s.line, "mapping-time-pattern", sla.Prose("found", tokens[0].text), sla.Prose("part", bad))
			return
		}
		p.m.times, tokens = append(p.m.times, layout), tokens[1:]
		if len(tokens) < 2 || !tokens[0].is("or") || !tokens[1].quoted {
			break
		}
		tokens = tokens[1:]
	}
	if len(tokens) >= 2 && tokens[0].is("in") {
		zone, err := zones.Load(tokens[1].text)
		if err != nil {
			p.fail(s.line, "mapping-zone-unknown", sla.Prose("found", tokens[1].text))
			return
		}
		p.m.zone, tokens = zone, tokens[2:]
	}
	if len(tokens) == 7 && tokens[0].is(",") && tokens[1].is("the") && tokens[3].is("of") && tokens[4].is("two") && tokens[5].is("is") && tokens[6].is("meant") {
		p.m.twice = map[string]int{"first": 1, "second": 2}[tokens[2].text]
		if p.m.twice > 0 {
			tokens = nil
		}
	}
	if len(tokens) > 0 || len(s.tokens) == 1 || s.hasBlock {
		p.form(s, "times")
	}
}

// complete says what a mapping cannot do without.
func (p *mappingParser) complete(line int) {
	m := p.m
	if len(p.errors) > 0 {
		return
	}
	if m.ticket == nil {
		p.fail(line, "mapping-without-ticket")
	}
	events := len(m.events) > 0 || m.state != nil
	timed := m.state == nil || m.time != nil
	for i := range m.branches {
		b := m.branches[i].over(&m.rules)
		events = events || len(b.events) > 0 || b.state != nil
		timed = timed && (b.time != nil || b.state == nil && len(b.events) > 0)
	}
	if !events {
		p.fail(line, "mapping-without-events")
	} else if !timed {
		p.fail(line, "mapping-without-time")
	}
}

func (p *mappingParser) quoted(s *mapStatement, into *string) {
	if !p.once(s, s.word(0).text) {
		return
	}
	if len(s.tokens) != 2 || !s.tokens[1].quoted || s.hasBlock {
		p.form(s, "text")
		return
	}
	*into = s.tokens[1].text
}

func (p *mappingParser) exactly(s *mapStatement, words, form string) bool {
	said := ""
	for _, t := range s.tokens {
		said += t.text + " "
	}
	if said != words+" " || s.hasBlock {
		p.form(s, form)
		return false
	}
	return true
}

func (p *mappingParser) noBlock(s *mapStatement, form string) bool {
	if s.hasBlock {
		p.form(s, form)
	}
	return !s.hasBlock
}

// once says whether a line says something for the first time.
func (p *mappingParser) once(s *mapStatement, what string) bool {
	if p.said[what] {
		p.fail(s.line, "mapping-said-twice", sla.Prose("found", s.word(0).text))
		return false
	}
	p.said[what] = true
	return true
}

// form says how a line is written.
func (p *mappingParser) form(s *mapStatement, form string) {
	p.fail(s.line, "mapping-form", sla.Phrase("form", "mapping-form "+form))
}

func (p *mappingParser) unknown(s *mapStatement, code, found string, known []string) {
	args := []sla.Arg{sla.Prose("found", clip(found))}
	if near := spelling.Nearest(found, known); near != "" {
		args = append(args, sla.Name("suggestion", near))
	} else {
		args = append(args, sla.List("known", slices.Sorted(slices.Values(known))))
	}
	p.fail(s.line, code, args...)
}
