package dataset

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/engine"
)

// literal is a value that the description of a column holds, in a constraint.
type literal struct {
	sql    string
	text   string   // as messages show it
	number *big.Rat // of a column of numbers, which are stored as their texts want
}

// literal reads such a value: of the column's type, or a text that reads as one.
func (f Field) literal(raw json.RawMessage) (literal, bool) {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return literal{}, false
	}
	text, isText := value.(string)
	truth, isTruth := value.(bool)
	_, isNumber := value.(float64)
	if isNumber || isTruth {
		text = string(raw) // a number with all its digits
	} else if !isText {
		return literal{}, false
	}
	typed := func(text string) (literal, bool) {
		return literal{sql: engine.Text(text) + "::" + sqlTypes[f.Type], text: text}, true
	}
	switch f.Type {
	case "integer", "number", "year":
		n, ok := exact(text)
		switch {
		case !ok:
			return literal{}, false
		case f.Type == "number":
			return literal{text: f.plain(n.FloatString(maxDigits)), number: n}, true
		case n.IsInt() && n.Num().IsInt64():
			return typed(n.Num().String())
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return typed(text)
		}
	case "datetime":
		if stamp, _, ok := readTime(text, &Field{Type: "datetime"}, nil, 0); ok {
			l, _ := typed(stamp)
			l.text = text
			return l, true
		}
	case "time":
		if clock, ok := readClock(text, &Field{Type: "time"}, nil); ok {
			return typed(clock)
		}
	case "yearmonth":
		if isoMonth.MatchString(text) {
			return typed(text)
		}
	case "boolean":
		yes, no := f.booleans()
		isYes := slices.Contains(yes, text) || truth
		if isYes || isTruth || slices.Contains(no, text) {
			return literal{sql: strconv.FormatBool(isYes), text: text}, true
		}
	default:
		return literal{sql: engine.Text(text), text: text}, true
	}
	return literal{}, false
}

// bound is a constraint on the size of values.
type bound struct {
	key    string
	value  json.RawMessage
	beyond string // the comparison of values that break it
	said   string
}

// bounds are the constraints on the size of values.
func (f Field) bounds() []bound {
	c := f.Constraints
	return []bound{
		{"minimum", c.Minimum, "<", "%s or more"}, {"maximum", c.Maximum, ">", "%s or less"},
		{"exclusiveMinimum", c.ExclusiveMinimum, "<=", "more than %s"}, {"exclusiveMaximum", c.ExclusiveMaximum, ">=", "less than %s"},
	}
}

// beyond is the SQL of values that compare so with a literal. A number is compared with
// one of as many decimals as the column has, which gives the same answer: no cast of the
// engine can then fail.
func (f Field) beyond(name string, l literal, compare string) string {
	if l.number == nil {
		return name + " " + compare + " " + l.sql
	}
	if f.stored == "DOUBLE" {
		return fmt.Sprintf("%s %s %s::DOUBLE", name, compare, engine.Text(l.text))
	}
	decimals := f.decimals()
	n, whole := scaled(l.number, decimals)
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(maxDigits), nil)
	switch {
	case n.Cmp(most) >= 0:
		return fmt.Sprint(strings.HasPrefix(compare, "<")) + " AND " + name + " IS NOT NULL"
	case n.Cmp(new(big.Int).Neg(most)) <= 0:
		return fmt.Sprint(strings.HasPrefix(compare, ">")) + " AND " + name + " IS NOT NULL"
	case !whole && compare == "<": // n is below the literal, and no value is between
		compare = "<="
	case !whole && compare == ">=":
		compare = ">"
	}
	return fmt.Sprintf("%s %s %s::%s", name, compare, engine.Text(unscaled(n, decimals)), f.stored)
}

// equal is the SQL of the value that is the literal; "" where the column can hold none.
func (f Field) equal(l literal) string {
	switch {
	case l.number == nil:
		return l.sql
	case f.stored == "DOUBLE":
		return engine.Text(l.text) + "::DOUBLE"
	}
	n, whole := scaled(l.number, f.decimals())
	if digits := len(new(big.Int).Abs(n).String()); !whole || digits > maxDigits {
		return ""
	}
	return engine.Text(unscaled(n, f.decimals())) + "::" + f.stored
}

// decimals is how many decimals the engine keeps of the numbers of the column.
func (f Field) decimals() int {
	n := leastDecimals
	_, _ = fmt.Sscanf(f.stored, "DECIMAL(38, %d)", &n)
	return n
}

// scaled is the whole number next below a number times a power of ten, and whether it is that.
func scaled(n *big.Rat, decimals int) (*big.Int, bool) {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	r := new(big.Rat).Mul(n, new(big.Rat).SetInt(ten))
	return new(big.Int).Div(r.Num(), r.Denom()), r.IsInt()
}

func unscaled(n *big.Int, decimals int) string {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	return new(big.Rat).SetFrac(n, ten).FloatString(decimals)
}

// categories are the values of the field's categories.
func (f Field) categories() (values []json.RawMessage) {
	for _, raw := range f.Categories {
		var labelled struct{ Value json.RawMessage }
		if json.Unmarshal(raw, &labelled) == nil && labelled.Value != nil {
			raw = labelled.Value
		}
		values = append(values, raw)
	}
	return values
}

// decimalNumber is a number that a column of numbers can hold. An exponent of three
// digits is none, and would take its time to be written out.
var decimalNumber = regexp.MustCompile(`^[+-]?[0-9]{1,38}(\.[0-9]{0,38})?([eE][+-]?[0-9]{1,2})?$`)

// exact reads a number with all its digits, of which at most 38 are decimals.
func exact(text string) (*big.Rat, bool) {
	if text = strings.TrimSpace(text); !decimalNumber.MatchString(text) {
		return nil, false
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, false
	}
	_, whole := scaled(n, maxDigits)
	return n, whole
}
