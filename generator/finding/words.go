package finding

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/quantity"
)

// says words the test, for readers and editors.
func (x *trial) says() string {
	of := ""
	if x.of >= 0 {
		of = x.t.Columns[x.of].Label
	}
	n := ""
	if x.N != nil {
		n = strconv.Itoa(*x.N)
	}
	factor := ""
	if x.Times != "" {
		factor = x.Times + " × "
	}
	than := cmp.Or(x.against, x.Than, x.To)
	from, to := x.From, x.To
	if x.Over == "" {
		from, to = x.label(from), x.label(to)
	}
	about := x.about()
	key := "finding_" + strings.ReplaceAll(x.Claim, " ", "_")
	if x.Claim == "count" && len(x.Is) > 0 {
		key = "finding_count_is"
	}
	low, high := x.Low, x.High
	if x.Claim == "between" && len(x.facing) == 3 {
		low, high = x.facing[1], x.facing[2]
	}
	text := x.book.Say(key, "Low", low, "High", high,
		"Of", of, "For", about, "N", n, "Than", factor+than, "Share", cmp.Or(x.Share, "1/2"), "Is", x.conditions(x.Is),
		"From", from, "To", to, "At", x.At, "Since", x.Since)
	if len(x.Where) > 0 {
		text += "; " + x.book.Say("finding_where", "Where", x.conditions(x.Where))
	}
	if x.Known {
		text += "; " + x.book.Say("finding_known")
	}
	return strings.TrimPrefix(text, ": ")
}

func (x *trial) label(column string) string {
	if i := x.t.column(column); i >= 0 {
		return x.t.Columns[i].Label
	}
	return column
}

// about names the rows that the statement is about.
func (x *trial) about() string {
	switch {
	case x.For.empty():
		if len(x.t.Key) == 0 && x.of >= 0 {
			return x.t.Columns[x.of].Label
		}
		return x.book.Say("finding_each")
	case len(x.For.Conditions) > 0:
		return x.conditions(x.For.Conditions)
	}
	var names []string
	for _, key := range x.For.Keys {
		name := key
		for _, i := range x.mine {
			if strings.Join(x.t.Rows[i].Key, ",") == key {
				name = x.t.name(i)
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// conditions words what rows must be.
func (x *trial) conditions(conditions Conditions) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(conditions)) {
		c := conditions[name]
		said := strings.Join(c, " / ")
		for _, sign := range comparisons {
			if rest, ok := strings.CutPrefix(c[0], sign); ok && len(c) == 1 {
				operand := strings.TrimSpace(rest)
				if sign != "not " { // which is of a value
					operand = x.operandText(name, operand)
				}
				said = map[string]string{"<": "< ", ">": "> ", "<=": "≤ ", ">=": "≥ ", "not ": "≠ "}[sign] + operand
				list = append(list, x.label(name)+" "+said)
				said = ""
				break
			}
		}
		if said != "" {
			list = append(list, x.label(name)+" = "+said)
		}
	}
	return strings.Join(list, ", ")
}

// operandText is an operand of a comparison as a reader sees it: a label, or a value.
func (x *trial) operandText(column, text string) string {
	if i := x.t.column(text); i >= 0 {
		return x.t.Columns[i].Label
	}
	unit := x.t.Columns[x.t.column(column)].Unit
	if v, ok := unit.Read(normal(text)); ok {
		return unit.Format(v, quantity.Prose)
	}
	return text
}

// disproof says what would keep the statement from holding.
func (x *trial) disproof() string {
	facing := func(i int) string {
		if i < len(x.facing) {
			return x.facing[i]
		}
		return "N/A"
	}
	key := "disproof_values"
	switch x.Claim {
	case "largest", "smallest":
		key = "disproof_rival"
	case "rank":
		key = "disproof_place"
	case "majority":
		key = "disproof_part"
	case "all", "none", "only":
		key = "disproof_row"
	case "most", "count":
		key = "disproof_count"
	case "highest since", "lowest since", "first since":
		key = "disproof_since"
	case "rose", "fell", "unchanged", "doubled", "halved":
		key = "disproof_step"
		if len(x.mine) > 1 && (x.Over == "" || len(x.series()) > 1) {
			key = "disproof_each"
		}
	}
	return x.book.Say(key, "A", facing(0), "B", facing(1))
}

// mentions are the values, keys and names that the test is about: what its sentence may
// hold.
func (x *trial) mentions() []string {
	list := []string{x.Than, x.Times, x.Share, x.Low, x.High, x.From, x.To, x.At, x.Since}
	if x.N != nil {
		list = append(list, strconv.Itoa(*x.N))
	}
	for _, conditions := range []Conditions{x.Where, x.Is, x.For.Conditions} {
		for _, c := range conditions {
			for _, text := range c {
				for _, sign := range comparisons {
					text = strings.TrimSpace(strings.TrimPrefix(text, sign))
				}
				list = append(list, text)
			}
		}
	}
	list = append(list, x.For.Keys...)
	if n := len(x.For.Keys); n > 0 {
		list = append(list, strconv.Itoa(n))
	}
	for _, i := range x.mine {
		if !x.For.empty() {
			list = append(list, x.t.name(i))
		}
	}
	if x.than >= 0 {
		list = append(list, x.t.name(x.than))
	}
	switch x.Claim {
	case "majority", "most":
		list = append(list, cmp.Or(x.Share, "1/2"))
	case "halved":
		list = append(list, "1/2")
	case "doubled":
		list = append(list, "2")
	}
	list = slices.DeleteFunc(list, func(text string) bool { return text == "" })
	slices.Sort(list)
	return slices.Compact(list)
}
