package sla

import (
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// An Arg is one fact inside a message, a finding or an explanation: a name, a
// kind and a value in its canonical text, so that package words can phrase it
// in any language and JSON readers need no parser of prose.
type Arg struct {
	Name  string  `json:"name"`
	Kind  ArgKind `json:"kind"`
	Value string  `json:"value"`
}

// ArgKind says what the value of an [Arg] is.
type ArgKind string

// The kinds of argument and the canonical text of each.
const (
	// ArgName is a name or a keyword of the contract, shown as it stands.
	ArgName ArgKind = "name"
	// ArgText is prose or source text, shown as it stands.
	ArgText ArgKind = "text"
	// ArgPhrase is the key of a phrase in the catalogue.
	ArgPhrase ArgKind = "phrase"
	// ArgCount is an integer.
	ArgCount ArgKind = "count"
	// ArgDuration is exact time in seconds, with decimals where needed: "13800".
	ArgDuration ArgKind = "duration"
	// ArgLength is a length as contracts write it: "3 business days".
	ArgLength ArgKind = "length"
	// ArgShare is a percentage as it is to be shown: "99.4823%".
	ArgShare ArgKind = "share"
	// ArgPay is an amount of a credit as contracts write it: "5%", "3 days",
	// "10 times", "30.00 EUR", "2 service-point".
	ArgPay ArgKind = "pay"
	// ArgNumber is a decimal number: "4.2".
	ArgNumber ArgKind = "number"
	// ArgMoney is an amount with its currency: "300.00 EUR".
	ArgMoney ArgKind = "money"
	// ArgInstant is RFC 3339 with the offset of the contract's zone.
	ArgInstant ArgKind = "instant"
	// ArgDate is a civil date: "2026-03-10".
	ArgDate ArgKind = "date"
	// ArgPeriod is a period's name: "2026-03", "2026-Q1".
	ArgPeriod ArgKind = "period"
	// ArgClause is the id of a clause.
	ArgClause ArgKind = "clause"
	// ArgList is a list of names, joined by ", ".
	ArgList ArgKind = "list"
)

// Name is an [ArgName].
func Name(name, value string) Arg { return Arg{name, ArgName, value} }

// Prose is an [ArgText].
func Prose(name, value string) Arg { return Arg{name, ArgText, value} }

// Phrase is an [ArgPhrase].
func Phrase(name, key string) Arg { return Arg{name, ArgPhrase, key} }

// Count is an [ArgCount].
func Count(name string, n int) Arg { return Arg{name, ArgCount, strconv.Itoa(n)} }

// Duration is an [ArgDuration].
func Duration(name string, d time.Duration) Arg { return Arg{name, ArgDuration, seconds(d)} }

// Length is an [ArgLength].
func Length(name string, l calendar.Length) Arg { return Arg{name, ArgLength, l.String()} }

// ShareArg is an [ArgShare] of a share as written.
func ShareArg(name string, s credits.Share) Arg { return Arg{name, ArgShare, s.String()} }

// Shown is an [ArgShare] already put into digits.
func Shown(name, percent string) Arg { return Arg{name, ArgShare, percent} }

// PayArg is an [ArgPay].
func PayArg(name string, p credits.Pay) Arg { return Arg{name, ArgPay, p.String()} }

// Money is an [ArgMoney].
func Money(name string, m credits.Money) Arg { return Arg{name, ArgMoney, m.String()} }

// DateArg is an [ArgDate].
func DateArg(name string, d calendar.Date) Arg { return Arg{name, ArgDate, d.String()} }

// ClauseArg is an [ArgClause].
func ClauseArg(name, id string) Arg { return Arg{name, ArgClause, id} }

// List is an [ArgList].
func List(name string, values []string) Arg { return Arg{name, ArgList, strings.Join(values, ", ")} }

// seconds writes exact time as decimal seconds without trailing zeros.
func seconds(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign = "-"
	}
	whole, rest := d/time.Second, d%time.Second
	if whole < 0 {
		whole = -whole
	}
	if rest < 0 {
		rest = -rest
	}
	text := sign + strconv.FormatInt(int64(whole), 10)
	if rest == 0 {
		return text
	}
	digits := strconv.FormatInt(int64(rest), 10)
	digits = strings.Repeat("0", 9-len(digits)) + digits
	return text + "." + strings.TrimRight(digits, "0")
}
