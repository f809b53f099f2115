package finding

import (
	"slices"
	"strings"

	"broadsheet/generator/quantity"
)

// step is of rose, fell, unchanged, doubled and halved: each row, or each series of rows,
// did so from one column, or one time, to another.
func (x *trial) step() {
	if x.Over == "" {
		x.of = x.t.column(x.From)
		to := x.t.column(x.To)
		for _, i := range x.mine {
			x.stepped(x.t.name(i), x.t.Rows[i].Values[x.of], x.t.Rows[i].Values[to])
		}
	} else {
		for _, s := range x.series() {
			from, ok := x.atTime(s, x.From)
			to, ok2 := x.atTime(s, x.To)
			if ok && ok2 {
				x.stepped(s.name, x.t.Rows[from].Values[x.of], x.t.Rows[to].Values[x.of])
			}
		}
	}
	x.holds = x.why == ""
}

// stepped tests one step.
func (x *trial) stepped(name string, from, to quantity.Value) {
	if from.IsMissing() || to.IsMissing() {
		x.fail("a value of %s is missing", name)
		return
	}
	x.facing = []string{x.written(from), x.written(to)}
	order, two := x.order(to, from), rat(to)
	holds := false
	switch x.Claim {
	case "rose":
		holds = order > 0
	case "fell":
		holds = order < 0
	case "unchanged":
		holds = order == 0
	case "doubled":
		holds = from.Sign() > 0 && two.Cmp(rat(from.Plus(from))) >= 0
	case "halved":
		holds = from.Sign() > 0 && to.Sign() >= 0 && rat(to.Plus(to)).Cmp(rat(from)) <= 0
	}
	if !holds {
		said := name + " went "
		if len(x.t.Key) == 0 {
			said = "it went "
		}
		x.fail("%sfrom %s to %s", said, x.written(from), x.written(to))
	}
}

// one is the rows of one series, such as a city over the years.
type one struct {
	name string
	rows []int
}

// series are the rows that the statement is about, by the parts of their keys other than
// the time.
func (x *trial) series() (list []one) {
	time := slices.Index(x.t.Key, x.Over)
	for _, i := range x.mine {
		key := slices.Clone(x.t.Rows[i].Key)
		if time >= 0 && time < len(key) {
			key = slices.Delete(key, time, time+1)
		} else {
			key = nil
		}
		name := strings.Join(key, ", ")
		at := slices.IndexFunc(list, func(s one) bool { return s.name == name })
		if at < 0 {
			at, list = len(list), append(list, one{name: name})
		}
		list[at].rows = append(list[at].rows, i)
	}
	return list
}

// atTime is the row of a series at a time.
func (x *trial) atTime(s one, time string) (row int, ok bool) {
	over := x.t.column(x.Over)
	var found []int
	for _, i := range s.rows {
		if same(x.t.Rows[i].Values[over], time) {
			found = append(found, i)
		}
	}
	if len(found) != 1 {
		of := ""
		if s.name != "" {
			of = " of " + s.name
		}
		if len(found) == 0 {
			x.fail("there is no row%s for %s", of, time)
		} else {
			x.fail("there are %d rows%s for %s", len(found), of, time)
		}
		return 0, false
	}
	return found[0], true
}

// since is of highest, lowest and first since: what is so at a time was not so at any time
// between, and was at the one before.
func (x *trial) since() {
	list := x.series()
	if len(list) != 1 {
		x.fail("it is about %d series, and should be about one", len(list))
		return
	}
	at, ok := x.atTime(list[0], x.At)
	before, ok2 := x.atTime(list[0], x.Since)
	if !ok || !ok2 {
		return
	}
	over, n := x.t.column(x.Over), 0
	for _, i := range list[0].rows {
		time := x.t.Rows[i].Values[over]
		if time.Compare(x.t.Rows[before].Values[over]) <= 0 || time.Compare(x.t.Rows[at].Values[over]) >= 0 {
			continue
		}
		n++
		x.past(at, i, true)
	}
	x.past(at, before, false)
	if n == 0 {
		x.fail("there is no time between %s and %s", x.Since, x.At)
	}
	x.holds = x.why == ""
}

// past tests the row of a time against another: one between, which it must be beyond, or
// the one before, which it must not.
func (x *trial) past(at, other int, between bool) {
	name := x.t.Columns[x.t.column(x.Over)].Unit.Format(x.t.Rows[other].Values[x.t.column(x.Over)], quantity.Prose)
	if x.Claim == "first since" {
		if x.t.meets(at, x.Is) != yes {
			x.fail("it is not so in %s", x.At)
		}
		if is := x.t.meets(other, x.Is); is == unknown {
			x.fail("it is not known of %s, as a value is missing", name)
		} else if (is == yes) == between {
			x.fail("it %s so in %s", map[bool]string{true: "was", false: "was not"}[is == yes], name)
		}
		return
	}
	v, ok := x.value(at)
	w, ok2 := x.value(other)
	if !ok || !ok2 {
		return
	}
	order := x.order(v, w)
	if x.Claim == "lowest since" {
		order = -order
	}
	if between {
		x.facing = []string{name, x.written(w)}
	}
	if beyond := order > 0; beyond != between {
		x.fail("it was %s in %s, and %s in %s", x.written(w), name, x.written(v), x.At)
	}
}
