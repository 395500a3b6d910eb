package sla

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"math/big"
	"math/bits"
	"slices"
	"time"

	"github.com/sla-lang/sla/credits"
)

// Facts have a canonical form in bytes: two facts are the same content when
// their forms are equal, and the receipt's hash of the facts is the sum of the
// hashes of their forms, so that their order never matters. The facts of a
// ticket share a hash.

// A digest is the hash of one fact's content.
type digest [sha256.Size]byte

// A coder appends fields to a canonical form; every field carries its length,
// so that no two contents share a form.
type coder struct{ b []byte }

func (c *coder) text(values ...string) {
	for _, s := range values {
		if len(s) < 0x80 {
			c.b = append(c.b, byte(len(s)))
		} else {
			c.b = binary.AppendUvarint(c.b, uint64(len(s)))
		}
		c.b = append(c.b, s...)
	}
}

func (c *coder) number(n int64) { c.b = binary.AppendVarint(c.b, n) }

func (c *coder) flags(values ...bool) {
	for _, v := range values {
		if v {
			c.b = append(c.b, 1)
		} else {
			c.b = append(c.b, 0)
		}
	}
}

// instants appends times in nanoseconds; the zero time has a form of its own.
func (c *coder) instants(times ...time.Time) {
	for _, t := range times {
		if t.IsZero() {
			c.b = append(c.b, 0)
			continue
		}
		c.b = append(c.b, 1)
		c.b = binary.BigEndian.AppendUint64(c.b, uint64(t.Unix()))
		c.b = binary.BigEndian.AppendUint32(c.b, uint32(t.Nanosecond()))
	}
}

// pairs appends named values in the order of their names.
func (c *coder) pairs(m map[string]string) {
	c.number(int64(len(m)))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		c.text(name, m[name])
	}
}

// digestOf hashes a fact; buf is scratch space that is reused.
func digestOf(f Fact, buf []byte) (digest, []byte) {
	buf = appendForm(buf[:0], f)
	return sha256.Sum256(buf), buf
}

// appendForm appends the canonical form of a fact.
func appendForm(b []byte, f Fact) []byte {
	c := coder{b}
	h := f.Header()
	c.text(string(f.Kind()), h.ID)
	c.number(int64(h.Revision))
	c.instants(h.Occurred, h.Recorded)
	c.text(h.Source, h.Author, h.Supersedes, h.Reason)
	encode(&c, f)
	return c.b
}

func encode(c *coder, f Fact) {
	switch f := f.(type) {
	case *Outage:
		c.text(f.Service, f.Part, f.Incident, f.Cause, shareText(f.Affected))
		c.instants(f.Until, f.Announced, f.Reported, f.Closed)
	case *Coverage:
		c.text(f.Service, f.Part)
		c.instants(f.Until)
	case *Maintenance:
		c.text(f.Service, f.Work)
		c.instants(f.Until, f.Announced)
	case *TicketEvent:
		c.text(f.Ticket, f.Event, f.Service, f.Priority, f.Site, f.Request, f.Type, f.Impact, f.Urgency, f.Channel, f.Incident, f.Note)
		c.instants(f.Until)
		c.flags(f.Automatic, f.Workaround)
	case *PriorityChange:
		c.text(f.Ticket, f.Priority)
	case *Proof:
		c.text(f.Of, f.By)
	case *Contest:
		c.text(f.Ticket, f.By, f.Priority)
		c.instants(f.Accepted)
	case *Claim:
		c.text(f.Objective, f.For, f.Period, f.Step)
	case *Correction:
		c.text(f.Of, string(f.OfKind))
	case *Probe:
		c.text(f.Service, f.Part, f.Series)
		c.flags(f.OK)
		c.number(int64(f.Every))
	case *Counter:
		c.text(f.Service, f.Part, f.Event, f.Cause)
		c.instants(f.Until)
		c.number(f.Total)
		c.number(f.Failed)
		c.pairs(f.Has)
	default:
		encodeRest(c, f)
	}
}

func shareText(s *credits.Share) string {
	if s == nil {
		return ""
	}
	return s.String()
}

func encodeRest(c *coder, f Fact) {
	switch f := f.(type) {
	case *Measured:
		c.text(f.Objective, f.For, f.Period)
		c.flags(f.Share != nil, f.Down != nil, f.Value != nil)
		if f.Value != nil {
			c.text(f.Value.String())
		}
		if f.Share != nil {
			c.text(f.Share.String())
		}
		if f.Down != nil {
			c.number(int64(*f.Down))
		}
		c.number(int64(f.Late))
		c.number(int64(f.Total))
		c.text(string(f.Verdict))
	case *Item:
		c.text(f.Service, f.Part, f.Event, f.Cause)
		c.instants(f.Until)
		c.flags(f.Failed)
		c.pairs(f.Has)
	case *Sample:
		c.text(f.Service, f.Part, f.Of, f.Value.String(), f.Cause)
	case *PartLife:
		c.text(f.Service, f.Type, f.Of)
		c.instants(f.Until)
		c.pairs(f.Has)
	case *TicketCount:
		c.text(f.Service, f.Priority, f.Request, f.Measure, f.Period, f.Incident)
		c.number(int64(f.Late))
		c.number(int64(f.Total))
	case *Delivery:
		c.text(f.What, f.Period)
	case *Survey:
		c.text(f.Service, f.Score.String())
	case *Volume:
		c.text(f.Service)
		c.number(int64(f.Units))
	case *AgreedFee:
		c.text(f.Service, f.Period, f.Amount.String())
	case *QuantityFact:
		c.text(f.What, f.Service, f.Period, f.Value.String())
	case *ChargeFact:
		c.text(f.What, f.Service, f.Period, f.Amount.String())
	case *Invoice:
		c.text(f.Number, f.Period, f.Amount.String())
	}
}

// A factsHash is the sum of digests modulo 2^256: the same facts in any order
// give the same hash. It is there to tell one set of facts from another, not
// to resist somebody who wants two sets to look alike.
type factsHash struct{ words [4]uint64 }

func (s *factsHash) add(d digest) {
	carry := uint64(0)
	for i := range s.words {
		s.words[i], carry = bits.Add64(s.words[i], binary.LittleEndian.Uint64(d[8*i:]), carry)
	}
}

// String is the hash in hexadecimal.
func (s factsHash) String() string {
	n := new(big.Int)
	for i := 3; i >= 0; i-- {
		n.Lsh(n, 64)
		n.Or(n, new(big.Int).SetUint64(s.words[i]))
	}
	text := n.Text(16)
	const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
	return zeros[:64-len(text)] + text
}
