package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/sla"
)

// A style is how a language writes numbers and counts.
type style struct {
	// decimal and group are the marks within numbers.
	decimal, group string
	// percent is what stands behind a percentage.
	percent string
	// one says whether a count takes the singular.
	one func(n int) bool
	// or and and join the last two of several names, to the ends of an
	// interval.
	or, and, to string
}

var englishStyle = style{decimal: ".", group: ",", percent: "%", one: func(n int) bool { return n == 1 }, or: " or ", and: " and ", to: " to "}

// show writes an argument the way the language does.
func (c *Catalogue) show(a sla.Arg, how string) string {
	if one, many, ok := strings.Cut(how, "|"); ok {
		if n, err := strconv.Atoi(a.Value); err == nil && c.style.one(n) {
			return one
		}
		return many
	}
	switch a.Kind {
	case sla.ArgDuration:
		return c.duration(a.Value, how)
	case sla.ArgCount, sla.ArgNumber:
		return c.number(a.Value)
	case sla.ArgShare:
		return c.number(strings.TrimSuffix(a.Value, "%")) + suffix(a.Value, c.style.percent)
	case sla.ArgPay:
		return c.pay(a.Value)
	case sla.ArgMoney:
		amount, currency, _ := strings.Cut(a.Value, " ")
		return c.number(amount) + " " + currency
	case sla.ArgInstant:
		return instant(a.Value)
	case sla.ArgList:
		return c.list(a.Value, how)
	}
	return a.Value
}

// pay writes an amount of a credit: a share, money, or a number of something.
func (c *Catalogue) pay(value string) string {
	number, unit, found := strings.Cut(value, " ")
	if !found {
		return c.number(strings.TrimSuffix(value, "%")) + suffix(value, c.style.percent)
	}
	if key := "unit " + unit; c.Has(key) {
		unit = c.Phrase(key)
	}
	return c.number(number) + " " + unit
}

func suffix(value, percent string) string {
	if strings.HasSuffix(value, "%") {
		return percent
	}
	return ""
}

// number groups the digits before the decimal mark by three.
func (c *Catalogue) number(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, rest, found := strings.Cut(s, ".")
	if strings.Trim(whole, "0123456789") != "" {
		return sign + s // a fraction such as 1/3000
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + c.style.group + whole[i:]
	}
	if found {
		whole += c.style.decimal + rest
	}
	return sign + whole
}

// duration writes decimal seconds: in minutes when so asked, otherwise as
// clocks do, "3 h 45".
func (c *Catalogue) duration(value, how string) string {
	whole, frac, _ := strings.Cut(value, ".")
	n, err := strconv.ParseInt(strings.TrimPrefix(whole, "-"), 10, 64)
	if err != nil {
		return value
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign = "-"
	}
	seconds := fmt.Sprintf("%02d", n%60)
	if frac != "" {
		seconds += c.style.decimal + frac
	}
	exact := n%60 == 0 && frac == ""
	switch {
	case how == "min" && exact:
		return sign + c.number(strconv.FormatInt(n/60, 10)) + " min"
	case how == "min":
		return sign + c.number(strconv.FormatInt(n/60, 10)) + " min " + seconds + " s"
	case n < 60:
		return sign + strings.TrimPrefix(seconds, "0") + " s"
	case n < 3600 && exact:
		return sign + strconv.FormatInt(n/60, 10) + " min"
	case n < 3600:
		return sign + strconv.FormatInt(n/60, 10) + " min " + seconds + " s"
	case exact:
		return fmt.Sprintf("%s%s h %02d", sign, c.number(strconv.FormatInt(n/3600, 10)), n/60%60)
	}
	return fmt.Sprintf("%s%s h %02d min %s s", sign, c.number(strconv.FormatInt(n/3600, 10)), n/60%60, seconds)
}

// instant writes RFC 3339 as contracts write instants, without the offset: a
// report says its zone once. The last instant of a date is that date: so is a
// notice or a deadline meant that names only a day.
func instant(value string) string {
	t, err := time.Parse(time.RFC3339Nano, value)
	switch {
	case err != nil:
		return value
	case t.Add(1).Format("15:04:05.999999999") == "00:00:00":
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 ") + clockTime(t)
}

func clockTime(t time.Time) string {
	if t.Second() != 0 || t.Nanosecond() != 0 {
		return t.Format("15:04:05.999999999")
	}
	return t.Format("15:04")
}

// interval writes two instants; within one date it is written once.
func (c *Catalogue) interval(from, to string) string {
	a, err := time.Parse(time.RFC3339Nano, from)
	b, err2 := time.Parse(time.RFC3339Nano, to)
	if err != nil || err2 != nil {
		return from + c.style.to + to
	}
	second := clockTime(b)
	if a.Format(time.DateOnly) != b.Format(time.DateOnly) {
		second = instant(to)
	}
	return instant(from) + c.style.to + second
}

// list joins names; `and` asks for a list without a last conjunction.
func (c *Catalogue) list(value, how string) string {
	items := strings.Split(value, ", ")
	if len(items) < 2 {
		return value
	}
	last := c.style.or
	if how == "and" {
		last = c.style.and
	}
	return strings.Join(items[:len(items)-1], ", ") + last + items[len(items)-1]
}
