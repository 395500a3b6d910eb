package sla

import (
	"math"
	"slices"
)

// An origin is the file and line a fact came from, in eight bytes: every fact
// has one.
type origin struct {
	line uint32
	file uint16 // the number of the file, counted from 1; 0 is none
}

// origins are the files facts came from.
type origins struct{ files []string }

// of gives the origin of a place; without it where there are more files than
// can be counted.
func (o *origins) of(file string, line int) origin {
	if file == "" || line < 0 || int64(line) > math.MaxUint32 {
		return origin{}
	}
	i := len(o.files) - 1
	if i < 0 || o.files[i] != file { // mostly the file before
		i = slices.Index(o.files, file)
	}
	if i < 0 {
		if len(o.files) == math.MaxUint16 {
			return origin{}
		}
		i, o.files = len(o.files), append(o.files, file)
	}
	return origin{uint32(line), uint16(i + 1)}
}

func (o *origins) place(at origin) (file string, line int) {
	if at.file == 0 {
		return "", 0
	}
	return o.files[at.file-1], int(at.line)
}
