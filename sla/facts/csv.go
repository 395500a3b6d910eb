package facts

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// csv reads a file of rows: lines such as `# source: Centreon`, a header, and
// a row for each fact. Cells are separated by commas, semicolons or tabs,
// whichever the header has; an empty cell is a field that is not there.
func (r *reader) csv(stem string) error {
	table := csvTable{reader: r}
	if kindNamed(stem) != nil {
		table.said.Kind = stem
	}
	for {
		line, tooLong, err := r.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case tooLong:
			r.refuse(r.lines.number, "", "", unreadable("too-long"))
		case !utf8.Valid(line):
			r.refuse(r.lines.number, "", "", unreadable("not-text"))
		case len(bytes.TrimSpace(line)) == 0:
		case table.columns == nil && line[0] == '#':
			table.comment(line[1:])
		case table.columns == nil && table.comma == 0 && separatorSaid(line) != 0:
			table.comma = separatorSaid(line)
		case table.columns == nil:
			table.header(line)
		default:
			table.row(line)
		}
	}
}

// A csvTable reads the rows under a header.
type csvTable struct {
	reader *reader
	// said is what the lines before the header say.
	said    header
	comma   rune
	columns []column
	cells   [][]byte
}

// A column is a field, or a name that is none, which every row is refused for.
type column struct {
	field   field
	unknown string
}

// comment takes a line before the header: `key: value`, or a remark without a
// colon.
func (c *csvTable) comment(text []byte) {
	key, value, ok := bytes.Cut(text, []byte(":"))
	if !ok {
		return
	}
	if no := c.said.say(string(bytes.TrimSpace(key)), string(bytes.TrimSpace(value))); no != nil {
		c.reader.refuse(c.reader.lines.number, "", "", no)
	}
}

// header ends what is said of all rows and reads the names of the columns.
func (c *csvTable) header(line []byte) {
	c.reader.begin(c.said)
	if c.comma == 0 {
		c.comma = separator(line)
	}
	cells, _ := c.split(line) // what cannot be split has an unknown name
	c.columns = []column{}
	var seen fieldSet
	for _, cell := range cells {
		name := bytes.TrimSpace(cell)
		f, ok := fieldNamed(name)
		if !ok || seen.has(f) {
			c.columns = append(c.columns, column{unknown: clip(string(name))})
			continue
		}
		seen |= 1 << f
		c.columns = append(c.columns, column{field: f})
	}
}

// row reads one row.
func (c *csvTable) row(line []byte) {
	r := c.reader
	r.row.clear(r.lines.number)
	cells, ok := c.split(line)
	if !ok {
		r.refuse(r.row.line, "", "", unreadable("quotes"))
		return
	}
	if len(cells) != len(c.columns) {
		r.refuse(r.row.line, "", "", unreadable("cells", sla.Count("found", len(cells)), sla.Count("wanted", len(c.columns))))
		return
	}
	for i, cell := range cells {
		cell = bytes.TrimSpace(cell)
		switch col := c.columns[i]; {
		case len(cell) == 0:
		case col.unknown != "":
			r.refuse(r.row.line, "", "", unknownField(col.unknown, "", fieldSet(1<<fieldCount-1).names()))
			return
		default:
			r.row.put(col.field, cell)
		}
	}
	r.add()
}

// split takes a line apart into cells. A cell never goes on in the next line,
// so that an unclosed quote costs one row.
func (c *csvTable) split(line []byte) (cells [][]byte, ok bool) {
	if bytes.IndexByte(line, '"') < 0 {
		c.cells = c.cells[:0]
		for {
			cell, rest, more := bytes.Cut(line, []byte(string(c.comma)))
			c.cells = append(c.cells, cell)
			if !more {
				return c.cells, true
			}
			line = rest
		}
	}
	in := csv.NewReader(bytes.NewReader(line))
	in.Comma, in.FieldsPerRecord = c.comma, -1
	record, err := in.Read()
	if err != nil {
		return nil, false
	}
	c.cells = c.cells[:0]
	for _, cell := range record {
		c.cells = append(c.cells, []byte(cell))
	}
	return c.cells, true
}
