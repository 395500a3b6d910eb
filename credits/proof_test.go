package credits

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func percent(s string) Ratio { return MustShare(s).Ratio() }

func percents() Values {
	low, high := Ratio{}, Int(1)
	return Values{Low: &low, High: &high, Unit: percent("1%")}
}

// table makes rows of "below 99.5% pays 5%".
func table(t *testing.T, lines ...[3]string) []Row {
	t.Helper()
	var rows []Row
	for _, l := range lines {
		rows = append(rows, Row{Band{Op(l[0]), percent(l[1])}, MustPay(l[2])})
	}
	return rows
}

func TestProve(t *testing.T) {
	target := &Band{AtLeast, percent("99.50%")}
	for name, c := range map[string]struct {
		rows [][3]string
		want []string // kind row/other value better
	}{
		"sound":           {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "10%"}, {"below", "98%", "20%"}}, nil},
		"worst first":     {[][3]string{{"below", "98%", "20%"}, {"below", "99%", "10%"}, {"below", "99.5%", "5%"}}, nil},
		"in no order":     {[][3]string{{"below", "98%", "20%"}, {"below", "99.5%", "5%"}, {"below", "99%", "10%"}}, []string{"order 2/1"}},
		"gap":             {[][3]string{{"below", "99%", "10%"}}, []string{"gap 0/-1 99.2%"}},
		"gap at a point":  {[][3]string{{"below", "99.49%", "10%"}}, []string{"gap 0/-1 99.495%"}},
		"target included": {[][3]string{{"at most", "99.5%", "5%"}}, []string{"met 0/-1 99.5%"}},
		"while met":       {[][3]string{{"below", "99.9%", "5%"}, {"below", "99%", "10%"}}, []string{"met 0/-1 99.7%"}},
		"inversion":       {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "4%"}, {"below", "98%", "20%"}}, []string{"less 1/0 98.5% 99.2%"}},
		"less than any":   {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "3%"}, {"below", "98%", "4%"}}, []string{"less 1/0 98.5% 99.2%", "less 2/0 97% 99.2%"}},
		"twice":           {[][3]string{{"below", "99.5%", "5%"}, {"below", "99.50%", "6%"}}, []string{"twice 1/0"}},
		"unreachable":     {[][3]string{{"below", "99.5%", "5%"}, {"below", "0%", "100%"}}, []string{"never 1/-1"}},
		"same":            {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "5%"}, {"below", "98%", "6%"}}, []string{"same 1/0 98.5%"}},
		"nothing":         {[][3]string{{"below", "99.5%", "0%"}}, []string{"nothing 0/-1 98.5%"}},
		"said to be none": {[][3]string{{"below", "99.5%", "none"}, {"below", "99%", "5%"}}, nil},
		"silent":          {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "unstated"}, {"below", "98.99%", "10%"}}, []string{"silent 1/-1 98.995%"}},
		"two units":       {[][3]string{{"below", "99.5%", "5%"}, {"below", "99%", "500.00 EUR"}}, []string{"units 1/0"}},
		"opposite":        {[][3]string{{"below", "99.5%", "5%"}, {"above", "99%", "6%"}}, []string{"opposite 1/0"}},
		"for being good":  {[][3]string{{"above", "99.9%", "5%"}}, []string{"gap 0/-1 1%", "met 0/-1 99.95%"}},
	} {
		var got []string
		for _, f := range Prove(table(t, c.rows...), target, percents()) {
			line := fmt.Sprintf("%s %d/%d", f.Kind, f.Row, f.Other)
			if f.HasValue {
				line += " " + f.Value.Mul(Int(100)).Round(6, HalfUp).String() + "%"
			}
			if f.Kind == FlawLess {
				line += " " + f.Better.Mul(Int(100)).Round(6, HalfUp).String() + "%"
			}
			got = append(got, line)
		}
		assert.Equal(t, c.want, got, name)
	}
}

// Whole numbers leave no hole where other values would.
func TestProveWhole(t *testing.T) {
	low := Ratio{}
	whole := Values{Low: &low, Step: Int(1)}
	target := &Band{AtMost, Int(2)}
	assert.Empty(t, Prove([]Row{{Band{AtLeast, Int(3)}, MustPay("5%")}}, target, whole))
	gap := Prove([]Row{{Band{Above, Int(3)}, MustPay("5%")}}, target, whole)
	require.Len(t, gap, 1)
	assert.Equal(t, FlawGap, gap[0].Kind)
	assert.Equal(t, "3", gap[0].Value.String())
	hidden := Prove([]Row{{Band{Above, Int(2)}, MustPay("5%")}, {Band{AtLeast, Int(3)}, MustPay("6%")}}, nil, whole)
	require.Len(t, hidden, 1)
	assert.Equal(t, FlawNever, hidden[0].Kind)
	assert.Equal(t, []int{0, 1}, []int{hidden[0].Row, hidden[0].Other})
}

// Values that were rounded leave no hole between ranges printed to as many
// decimals; to one more, or not rounded, they do.
func TestProveRounded(t *testing.T) {
	rows := table(t, [3]string{"at most", "99.49%", "5%"}, [3]string{"at most", "98.99%", "unstated"}, [3]string{"below", "98.99%", "25%"})
	target := &Band{AtLeast, percent("99.50%")}
	for step, want := range map[string][]FlawKind{"": {FlawGap, FlawSilent}, "0.001%": {FlawGap, FlawSilent}, "0.01%": {FlawSilent}, "0.1%": {FlawNever}} {
		values := percents()
		if step != "" {
			values.Step = percent(step)
		}
		var got []FlawKind
		for _, f := range Prove(rows, target, values) {
			got = append(got, f.Kind)
		}
		assert.Equal(t, want, got, step)
	}
}

// A value found in a stretch is one that can be measured there, and where none
// is found, none of those tried is.
func TestValueOfStretch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := func(label string) *Ratio {
			n := RatioOfDecimal(decimal.New(rapid.Int64Range(-40, 40).Draw(t, label), -1))
			return &n
		}
		i := interval{low: end("low"), high: end("high"), lowIn: rapid.Bool().Draw(t, "lowIn"), highIn: rapid.Bool().Draw(t, "highIn")}
		step := rapid.SampledFrom([]string{"0", "0.1", "0.5", "1", "3"}).Draw(t, "step")
		v := Values{Step: RatioOfDecimal(decimal.RequireFromString(step))}
		got, ok := i.value(v, rapid.Bool().Draw(t, "down"))
		if ok {
			assert.True(t, i.has(got), "%v", got)
			assert.True(t, v.Step.IsZero() || got.isMultiple(v.Step), "%v", got)
			return
		}
		for n := int64(-100); n <= 100; n++ {
			if tried := RatioOfDecimal(decimal.New(n*5, -2)); v.Step.IsZero() || tried.isMultiple(v.Step) {
				assert.False(t, i.has(tried), "%v", tried)
			}
		}
	})
}

// A swept schedule is one that every value was tried on: steps of 0.001%, each
// level, and a step beside each.
type swept struct{ values []Ratio }

func sweep(rows []Row, target Band) swept {
	step := RatioOfDecimal(decimal.New(1, -5))
	s := swept{}
	add := func(v Ratio) {
		if v.Sign() >= 0 && v.Cmp(Int(1)) <= 0 {
			s.values = append(s.values, v)
		}
	}
	for n := int64(0); n <= 100_000; n += 25 {
		add(RatioOfDecimal(decimal.New(n, -5)))
	}
	for _, b := range append(slices.Clone(rows), Row{Band: target}) {
		for n := int64(-3); n <= 3; n++ {
			add(b.Level.Add(step.Mul(Int(n))))
		}
		add(b.Level.Add(step.Mul(RatioOfDecimal(decimal.New(1, -3)))))
		add(b.Level.Sub(step.Mul(RatioOfDecimal(decimal.New(1, -3)))))
	}
	slices.SortFunc(s.values, func(a, b Ratio) int { return b.Cmp(a) })
	return s
}

// found lists the kinds of flaw that some value shows. It follows the meaning
// of rows word by word: of the rows that hold the smallest half-line counts.
func (s swept) found(rows []Row, target Band) map[FlawKind]bool {
	out := map[FlawKind]bool{}
	most := Ratio{}
	for _, v := range s.values {
		met := target.Op.Holds(v, target.Level)
		i, ok := slowRow(rows, v)
		switch {
		case !ok && !met:
			out[FlawGap] = true
		case !ok:
			continue
		case rows[i].Pays.Kind == PayUnstated:
			out[FlawSilent] = true
			continue
		default:
			pays := rows[i].Pays.Size()
			if met && pays.Sign() > 0 {
				out[FlawMet] = true
			}
			if pays.Cmp(most) < 0 {
				out[FlawLess] = true
			}
			if pays.Cmp(most) > 0 {
				most = pays
			}
		}
	}
	return out
}

func slowRow(rows []Row, v Ratio) (int, bool) {
	best := -1
	for i, r := range rows {
		if !r.Op.Holds(v, r.Level) {
			continue
		}
		if best < 0 || r.Level.Cmp(rows[best].Level) < 0 || r.Level.Equal(rows[best].Level) && r.Op == Below && rows[best].Op == AtMost {
			best = i
		}
	}
	return best, best >= 0
}

// Schedules that the proof accepts have no hole and no inversion at any value
// tried; of those that it refuses, the value given shows the flaw, and what a
// value shows the proof has found.
func TestProofTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := func(label string) Ratio {
			return RatioOfDecimal(decimal.New(rapid.Int64Range(97_000, 100_000).Draw(t, label), -5))
		}
		near := rapid.SampledFrom([]Ratio{share("a"), share("b"), share("c")})
		target := Band{rapid.SampledFrom([]Op{AtLeast, Above}).Draw(t, "op"), near.Draw(t, "target")}
		n := rapid.IntRange(1, 6).Draw(t, "n")
		var rows []Row
		for i := range n {
			level := share("level")
			if rapid.Bool().Draw(t, "near") {
				level = near.Draw(t, "at")
			}
			pays := ShareOf(Percent(decimal.New(int64(i+1)*rapid.Int64Range(0, 4).Draw(t, "pays"), 0)))
			if rapid.IntRange(0, 9).Draw(t, "silent") == 0 {
				pays = MustPay("unstated")
			}
			rows = append(rows, Row{Band{rapid.SampledFrom([]Op{Below, AtMost}).Draw(t, "row"), level}, pays})
		}
		flaws := Prove(rows, &target, percents())
		kinds := map[FlawKind]bool{}
		for _, f := range flaws {
			kinds[f.Kind] = true
			shows(t, rows, target, f)
		}
		if kinds[FlawTwice] {
			return // which row is meant is not known
		}
		for kind := range sweep(rows, target).found(rows, target) {
			assert.True(t, kinds[kind], "%s of %v against %v", kind, rows, target)
		}
		order := rapid.Permutation(rows).Draw(t, "order")
		assert.Len(t, shown(Prove(order, &target, percents())), len(shown(flaws)))
	})
}

// shown are the flaws that do not depend on the place of a row.
func shown(flaws []Flaw) []Flaw {
	return slices.DeleteFunc(flaws, func(f Flaw) bool { return f.Kind == FlawOrder })
}

// shows tries the value that a flaw gives.
func shows(t *rapid.T, rows []Row, target Band, f Flaw) {
	if !f.HasValue {
		return
	}
	i, ok := slowRow(rows, f.Value)
	met := target.Op.Holds(f.Value, target.Level)
	switch f.Kind {
	case FlawGap:
		assert.False(t, ok || met, f)
	case FlawMet:
		assert.True(t, ok && met && rows[i].Pays.Size().Sign() > 0, f)
	case FlawSilent:
		assert.Equal(t, PayUnstated, rows[i].Pays.Kind, f)
	case FlawNothing:
		assert.True(t, ok && rows[i].Pays.Size().Sign() == 0, f)
	case FlawLess:
		better, has := slowRow(rows, f.Better)
		assert.True(t, has && f.Value.Cmp(f.Better) < 0 && rows[i].Pays.Size().Cmp(rows[better].Pays.Size()) < 0, f)
	}
}
