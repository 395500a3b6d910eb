package credits

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCutToGroupeLenoir(t *testing.T) {
	lines := []Line{{"erp-availability", MustMoney("1200.00 EUR")}, {"messaging-availability", MustMoney("180.00 EUR")}, {"gold-p1-restore", MustMoney("480.00 EUR")}}
	cut, err := CutTo(lines, MustMoney("1800.00 EUR"))
	require.NoError(t, err)
	assert.Equal(t, "1161.29 EUR", cut[0].Amount.String())
	assert.Equal(t, "174.19 EUR", cut[1].Amount.String())
	assert.Equal(t, "464.52 EUR", cut[2].Amount.String())
}

func TestShow(t *testing.T) {
	r, _ := NewRatio(44200, 44430)
	assert.Equal(t, "99.4823%", ShowPercent(r))
	r, _ = NewRatio(994999999, 1000000000)
	assert.Equal(t, "99.4999999%", ShowPercent(r, MustShare("99.50%").Ratio()))
	assert.Equal(t, "99.50%", MustShare("99.50%").String())
	assert.Equal(t, 2, Allowance(40, AtLeast, MustShare("95%").Ratio()))
	assert.Equal(t, 0, Allowance(8, AtLeast, MustShare("95%").Ratio()))
	assert.Equal(t, "6000.00 EUR", MustMoney("6000 EUR").String())
}

// Both are whole multiples of their common step, and of no greater one.
func TestCommonStep(t *testing.T) {
	for _, c := range [][3]string{{"1/2", "6/5", "1/10"}, {"5", "10", "5"}, {"0", "3", "3"}, {"-4", "6", "2"}, {"0", "0", "0"}, {"7/3", "7/3", "7/3"}} {
		var r [3]Ratio
		for i, text := range c {
			require.NoError(t, r[i].UnmarshalText([]byte(text)))
		}
		assert.Equal(t, c[2], r[0].CommonStep(r[1]).String())
		assert.Equal(t, c[2], r[1].CommonStep(r[0]).String())
	}
}
