package facts

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// maxLine bounds a line; a fact is far shorter.
const maxLine = 1 << 20

// byteOrderMark may stand before text in UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// A lineReader gives the lines of a file one by one, in bounded memory.
type lineReader struct {
	in       *bufio.Reader
	progress func(int64)
	long     []byte
	number   int
}

func newLineReader(r io.Reader, progress func(int64)) lineReader {
	return lineReader{in: bufio.NewReaderSize(r, 64<<10), progress: progress} // a large enough bufio.Reader is taken as it is
}

// next gives the next line without its end, valid until the next call, and
// whether it was too long to be read (its beginning is given then). The error
// is io.EOF behind the last line.
func (l *lineReader) next() (line []byte, tooLong bool, err error) {
	part, err := l.in.ReadSlice('\n')
	l.count(part)
	l.number++
	if errors.Is(err, bufio.ErrBufferFull) {
		part, tooLong, err = l.rest(part)
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(part) == 0) {
		return nil, false, err
	}
	if l.number == 1 {
		part = bytes.TrimPrefix(part, []byte(byteOrderMark))
	}
	return bytes.TrimRight(part, "\r\n"), tooLong, nil
}

// rest reads on behind a first part that filled the buffer.
func (l *lineReader) rest(first []byte) (line []byte, tooLong bool, err error) {
	l.long = append(l.long[:0], first...)
	for {
		part, err := l.in.ReadSlice('\n')
		l.count(part)
		if len(l.long)+len(part) > maxLine {
			tooLong = true
		} else if !tooLong {
			l.long = append(l.long, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return l.long, tooLong, err
		}
	}
}

func (l *lineReader) count(part []byte) {
	if l.progress != nil {
		l.progress(int64(len(part)))
	}
}
