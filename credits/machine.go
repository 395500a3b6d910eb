package credits

import (
	"math"
	"math/bits"
)

// Arithmetic of numbers whose terms fit in a machine word: it says where the
// result does not.

// addSmall is r + o. Only a factor that both denominators have can be in the
// numerator of the sum too (Knuth, TAOCP 4.5.1).
func addSmall(r, o Ratio) (Ratio, bool) {
	g := int64(gcd(uint64(r.den()), uint64(o.den())))
	left, ok1 := times(r.num, o.den()/g)
	right, ok2 := times(o.num, r.den()/g)
	sum := left + right
	if !ok1 || !ok2 || (left < 0) == (right < 0) && (sum < 0) != (left < 0) {
		return Ratio{}, false
	}
	h := int64(gcd(size(sum), uint64(g)))
	den, ok := times(r.den()/g, o.den()/h)
	return small(sum/h, den), ok && sum/h != math.MinInt64
}

// mulSmall is r × o, with what cancels taken out first.
func mulSmall(r, o Ratio) (Ratio, bool) {
	g := int64(gcd(size(r.num), uint64(o.den())))
	h := int64(gcd(size(o.num), uint64(r.den())))
	num, ok1 := times(r.num/g, o.num/h)
	den, ok2 := times(r.den()/h, o.den()/g)
	return small(num, den), ok1 && ok2
}

// times is a product that fits with either sign.
func times(a, b int64) (int64, bool) {
	high, low := bits.Mul64(size(a), size(b))
	if high != 0 || low >= 1<<63 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// size is a number without its sign.
func size(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// gcd is the greatest common divisor, of 0 and n it is n; b is above 0.
func gcd(a, b uint64) uint64 {
	if a == 0 {
		return b
	}
	shift := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a)
	for b != 0 {
		b >>= bits.TrailingZeros64(b)
		if a > b {
			a, b = b, a
		}
		b -= a
	}
	return a << shift
}
