package credits

import "fmt"

// A SyntaxError is a text that cannot be read as what it should be.
type SyntaxError struct {
	// What it should be: "share", "money", …
	What string
	// Text is what was read, clipped when long.
	Text string
}

// Error names what could not be read.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%q is no %s", e.Text, e.What) }

// A CurrencyError is an operation on amounts of two currencies.
type CurrencyError struct{ A, B Currency }

// Error names the currencies.
func (e *CurrencyError) Error() string {
	return fmt.Sprintf("amounts in %s and %s cannot be combined", e.A, e.B)
}

// A ZeroError is a division by zero.
type ZeroError struct{}

// Error says so.
func (*ZeroError) Error() string { return "division by zero" }
