package credits

import "slices"

// Proofs over schedules, before any data is seen: the values that a measure can
// take are cut into stretches at the levels of the rows, and what holds for a
// stretch holds for each of its values. There is nothing to search for.

// A Row is one row of a schedule and what it pays.
type Row struct {
	Band
	Pays Pay
}

// Values are those that a measure can take: from Low to High, both among them;
// an end that is nil is open for ever. A Step above 0 leaves only its
// multiples: 1 for a count, 1/10000 for a share of two decimals. Unit is what
// people write them in, such as 1/100 for a share; zero means 1.
type Values struct {
	Low, High *Ratio
	Step      Ratio
	Unit      Ratio
}

func (v Values) all() interval {
	return interval{low: v.Low, high: v.High, lowIn: true, highIn: true}
}

// A Flaw is something wrong with a row of a schedule, and a measured value that
// shows it.
type Flaw struct {
	Kind FlawKind
	// Row is the index of the row that is wrong, and Other that of the one it
	// clashes with; −1 where there is none.
	Row, Other int
	// Value is a measured value that shows it, and Better a better one that
	// earns more; HasValue says that there is one.
	Value, Better Ratio
	HasValue      bool
}

// FlawKind is what is wrong with a row.
type FlawKind string

// The kinds of flaw.
const (
	// FlawOpposite: the row runs in the other direction than the first.
	FlawOpposite FlawKind = "opposite"
	// FlawOrder: the row stands behind a more severe one, where the rows before
	// ran the other way; nothing it pays depends on that.
	FlawOrder FlawKind = "order"
	// FlawTwice: the row holds for the same values as another.
	FlawTwice FlawKind = "twice"
	// FlawUnits: what two rows pay cannot be compared.
	FlawUnits FlawKind = "units"
	// FlawLess: the row pays less than one for better values.
	FlawLess FlawKind = "less"
	// FlawNever: no value reaches the row.
	FlawNever FlawKind = "never"
	// FlawSame: the row pays what the one for better values pays already.
	FlawSame FlawKind = "same"
	// FlawNothing: the row pays 0.
	FlawNothing FlawKind = "nothing"
	// FlawSilent: the row leaves open what it pays.
	FlawSilent FlawKind = "silent"
	// FlawGap: a value that misses the target reaches no row.
	FlawGap FlawKind = "gap"
	// FlawMet: the row holds for a value that meets the target.
	FlawMet FlawKind = "met"
)

// Prove looks for flaws in a schedule. The target is the half-line of values
// that meet it; nil where that is not known. Without a flaw every value that
// misses the target reaches a row, none that meets it does, and no value earns
// less than a better one. Flaws come in the order of the rows.
func Prove(rows []Row, target *Band, values Values) []Flaw {
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		if rows[i].Op.Upward() != rows[0].Op.Upward() {
			return []Flaw{{Kind: FlawOpposite, Row: i, Other: 0}}
		}
	}
	p := proof{rows: rows, values: values, down: !rows[0].Op.Upward()}
	p.written()
	p.sort()
	p.order()
	p.amounts()
	if target != nil {
		p.against(*target)
	}
	slices.SortStableFunc(p.flaws, func(a, b Flaw) int { return a.Row - b.Row })
	return p.flaws
}

// A proof is the state of [Prove].
type proof struct {
	rows   []Row
	values Values
	down   bool // lower values are worse
	// sorted are the indices of the rows that hold for some value no more
	// severe row holds for, from the mildest to the most severe, and reach the
	// stretch of each.
	sorted []int
	reach  []interval
	flaws  []Flaw
}

func (p *proof) flaw(kind FlawKind, row, other int) *Flaw {
	p.flaws = append(p.flaws, Flaw{Kind: kind, Row: row, Other: other})
	return &p.flaws[len(p.flaws)-1]
}

func (f *Flaw) shown(v Ratio) *Flaw {
	f.Value, f.HasValue = v, true
	return f
}

// written looks whether the rows run one way, from mild to severe or back.
func (p *proof) written() {
	turned := 0 // 1 from mild to severe
	for i := 1; i < len(p.rows); i++ {
		way := 0
		switch {
		case p.rows[i].narrower(p.rows[i-1].Band):
			way = 1
		case p.rows[i-1].narrower(p.rows[i].Band):
			way = -1
		}
		if way*turned < 0 {
			p.flaw(FlawOrder, i, i-1)
			return
		}
		if way != 0 {
			turned = way
		}
	}
}

// sort puts the rows in the order of their severity.
func (p *proof) sort() {
	for i := range p.rows {
		p.sorted = append(p.sorted, i)
	}
	slices.SortStableFunc(p.sorted, func(a, b int) int {
		switch {
		case p.rows[b].narrower(p.rows[a].Band):
			return -1
		case p.rows[a].narrower(p.rows[b].Band):
			return 1
		}
		return 0
	})
}

// order leaves out the rows that no value reaches, and tells of them.
func (p *proof) order() {
	var kept []int
	for n, i := range p.sorted {
		if n > 0 {
			if before := p.sorted[n-1]; !p.rows[i].narrower(p.rows[before].Band) {
				p.flaw(FlawTwice, i, before)
				p.sorted[n] = before // of three alike the first is named
				continue
			}
		}
		kept = append(kept, i)
	}
	p.sorted = nil
	for n, i := range kept {
		here := p.rows[i].half().and(p.values.all())
		other := -1
		if n+1 < len(kept) {
			here, other = here.and(p.rows[kept[n+1]].outside()), kept[n+1]
		}
		if _, ok := here.value(p.values, p.down); ok {
			p.sorted, p.reach = append(p.sorted, i), append(p.reach, here)
			continue
		}
		if _, ok := p.rows[i].half().and(p.values.all()).value(p.values, p.down); !ok {
			other = -1
		}
		p.flaw(FlawNever, i, other)
	}
}

// amounts compares what the rows pay, each with the milder one that pays most.
func (p *proof) amounts() {
	most := -1
	for n, i := range p.sorted {
		row := p.rows[i]
		here, _ := p.reach[n].value(p.values, p.down)
		switch {
		case row.Pays.Kind == PayUnstated:
			p.flaw(FlawSilent, i, -1).shown(here)
			continue
		case row.Pays.Kind != PayNone && row.Pays.Size().Sign() == 0:
			p.flaw(FlawNothing, i, -1).shown(here)
		}
		if most < 0 {
			most = n
			continue
		}
		mild := p.rows[p.sorted[most]]
		if !row.Pays.Comparable(mild.Pays) {
			p.flaw(FlawUnits, i, p.sorted[most])
			return
		}
		switch c := row.Pays.Size().Cmp(mild.Pays.Size()); {
		case c < 0:
			f := p.flaw(FlawLess, i, p.sorted[most]).shown(here)
			f.Better, _ = p.reach[most].value(p.values, p.down)
		case c > 0:
			most = n
		case most == n-1 && row.Pays.Kind != PayNone && row.Pays.Size().Sign() != 0:
			p.flaw(FlawSame, i, p.sorted[most]).shown(here)
			most = n
		}
	}
}

// against compares the rows with the target.
func (p *proof) against(target Band) {
	if len(p.sorted) == 0 {
		return
	}
	first := p.sorted[0]
	gap := target.outside().and(p.rows[first].outside()).and(p.values.all())
	if v, ok := gap.value(p.values, p.down); ok {
		p.flaw(FlawGap, first, -1).shown(v)
	}
	for n, i := range p.sorted {
		if v, ok := p.reach[n].and(target.half()).value(p.values, p.down); ok && p.rows[i].Pays.Size().Sign() != 0 {
			p.flaw(FlawMet, i, -1).shown(v)
		}
	}
}
