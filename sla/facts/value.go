package facts

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A values reads the fields of a row into Go values and remembers the first
// that cannot be read.
type values struct {
	row   *row
	times timeReader
	names interned
	err   *refused
}

func (v *values) fail(no *refused) {
	if v.err == nil {
		v.err = no
	}
}

// text is a text of its own, name one that comes again and again.
func (v *values) text(f field) string { return string(v.row.get(f)) }
func (v *values) name(f field) string { return v.names.of(v.row.get(f)) }

func (v *values) time(f field, means dateMeans) time.Time {
	b := v.row.get(f)
	if len(b) == 0 {
		return time.Time{}
	}
	at, no := v.times.read(f, b, means)
	if no != nil {
		v.fail(no)
	}
	return at
}

func (v *values) int(f field) int {
	n := v.int64(f)
	if n > math.MaxInt32 || n < math.MinInt32 {
		v.fail(badField(f, v.text(f), "count"))
		return 0
	}
	return int(n)
}

func (v *values) int64(f field) int64 {
	b := v.row.get(f)
	if len(b) == 0 {
		return 0
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		v.fail(badField(f, string(b), "count"))
	}
	return n
}

func (v *values) bool(f field) bool {
	switch s := v.name(f); strings.ToLower(s) {
	case "", "false", "no", "0":
		return false
	case "true", "yes", "1":
		return true
	default:
		v.fail(badField(f, s, "yes-or-no"))
		return false
	}
}

// duration reads exact time such as "3 min" or "1 h 30".
func (v *values) duration(f field) time.Duration {
	b := v.row.get(f)
	if len(b) == 0 {
		return 0
	}
	l, err := calendar.ParseLength(string(b))
	if err != nil || !l.IsExact() {
		v.fail(badField(f, string(b), "exact-time"))
		return 0
	}
	return l.Duration()
}

func (v *values) share(f field) *credits.Share {
	b := v.row.get(f)
	if len(b) == 0 {
		return nil
	}
	s, err := credits.ParseShare(string(b))
	if err != nil {
		v.fail(badField(f, string(b), "share"))
		return nil
	}
	return &s
}

func (v *values) money(f field) credits.Money {
	b := v.row.get(f)
	if len(b) == 0 {
		return credits.Money{}
	}
	m, err := credits.ParseMoney(string(b))
	if err != nil {
		v.fail(badField(f, string(b), "money"))
	}
	return m
}

// decimal reads a plain decimal number; exponents are no plain numbers, and
// could ask for any amount of memory.
func (v *values) decimal(f field) decimal.Decimal {
	b := v.row.get(f)
	if len(b) == 0 {
		return decimal.Zero
	}
	if s := string(b); len(s) <= 40 && strings.Trim(s, "-0123456789.") == "" {
		if d, err := decimal.NewFromString(s); err == nil {
			return d
		}
	}
	v.fail(badField(f, string(b), "number"))
	return decimal.Zero
}

// pairs reads names and their values, as in "latency 2.3, status 500".
func (v *values) pairs(f field) map[string]string {
	b := v.row.get(f)
	if len(b) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, part := range strings.Split(string(b), ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), " ")
		if !ok {
			value = "yes" // a name alone
		}
		if _, twice := out[name]; twice || name == "" || len(out) == maxPairs {
			v.fail(badField(f, string(b), "pairs"))
			return nil
		}
		out[v.names.of([]byte(name))] = strings.TrimSpace(value)
	}
	return out
}

// maxPairs bounds the attributes of one fact.
const maxPairs = 64

// interned keeps one copy of names that come again and again, a bounded
// number of them.
type interned map[string]string

const maxInterned = 4096

func (in interned) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := in[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(in) < maxInterned && len(s) < 100 {
		in[s] = s
	}
	return s
}
