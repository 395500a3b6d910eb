package facts

import (
	"strconv"
	"strings"
)

// What a mapping says of the file itself: how its text is written, on which
// line its header stands, where its rows lie in a document.

// encodingLine reads encoding NAME.
func (p *mappingParser) encodingLine(s *mapStatement) {
	if !p.once(s, "encoding") {
		return
	}
	if len(s.tokens) != 2 || s.hasBlock {
		p.form(s, "encoding")
		return
	}
	name := strings.ToLower(s.word(1).text)
	e, ok := encodings[name]
	if !ok {
		p.unknown(s, "mapping-encoding-unknown", name, encodingNames())
		return
	}
	p.m.encoding = e
}

// emptyLine reads empty is "VALUE", "VALUE".
func (p *mappingParser) emptyLine(s *mapStatement) {
	if !p.once(s, "empty") {
		return
	}
	p.m.empty = nil
	for i, t := range s.tokens[min(2, len(s.tokens)):] {
		if (i%2 == 0) != t.quoted || i%2 == 1 && !t.is(",") {
			p.form(s, "empty")
			return
		}
		if t.quoted {
			p.m.empty = append(p.m.empty, t.text)
		}
	}
	if !s.word(1).is("is") || len(s.tokens)%2 == 0 || len(p.m.empty) == 0 || s.hasBlock {
		p.form(s, "empty")
	}
}

// headerLine reads header at line N.
func (p *mappingParser) headerLine(s *mapStatement) {
	if !p.once(s, "header") {
		return
	}
	n, err := strconv.Atoi(s.word(3).text)
	if len(s.tokens) != 4 || s.hasBlock || !s.word(1).is("at") || !s.word(2).is("line") || err != nil || n < 1 || n > maxRecordLines {
		p.form(s, "header")
		return
	}
	p.m.heading = n
}

// rowsLine reads rows in "NAME.NAME".
func (p *mappingParser) rowsLine(s *mapStatement) {
	if !p.once(s, "rows") {
		return
	}
	if len(s.tokens) != 3 || s.hasBlock || !s.word(1).is("in") || !s.word(2).quoted || s.word(2).text == "" {
		p.form(s, "rows")
		return
	}
	p.m.list = strings.Split(s.word(2).text, ".")
}
