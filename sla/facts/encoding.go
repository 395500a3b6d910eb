package facts

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encodings are the ways to write text that a mapping may name; without a
// word it is UTF-8, or UTF-16 where the file begins with its mark.
var encodings = map[string]encoding.Encoding{
	"utf-8":        unicode.UTF8,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252,
	"iso-8859-1":   charmap.ISO8859_1,
	"iso-8859-2":   charmap.ISO8859_2,
	"iso-8859-15":  charmap.ISO8859_15,
	"gb18030":      simplifiedchinese.GB18030,
}

func encodingNames() []string { return slices.Sorted(maps.Keys(encodings)) }

// decoded reads a file as UTF-8: by its mark, else as it is said to be.
func decoded(r io.Reader, said encoding.Encoding) io.Reader {
	in := bufio.NewReaderSize(r, 64<<10)
	mark, _ := in.Peek(2) // an error comes again when it is read
	switch {
	case bytes.Equal(mark, []byte{0xff, 0xfe}), bytes.Equal(mark, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in)
	case said == nil || said == unicode.UTF8 || bytes.Equal(mark, []byte{0xef, 0xbb}):
		return in
	}
	return said.NewDecoder().Reader(in)
}
