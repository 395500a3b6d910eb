// Package credits is the arithmetic of money in service level agreements:
// exact ratios and shares, amounts with a currency, credit schedules, rounding
// and caps. It knows no contract and no facts; nothing in it is floating
// point, and every rounding is asked for by name (semantics 5).
package credits
