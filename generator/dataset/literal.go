package dataset

import (
	"encoding/json"
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
	sql  string
	text string // as messages show it
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
		return literal{engine.Text(text) + "::" + sqlType(f), f.plain(text)}, true
	}
	switch f.Type {
	case "integer", "number", "year":
		n, ok := exact(text)
		switch {
		case !ok:
			return literal{}, false
		case f.Type == "number":
			return typed(n.FloatString(decimals))
		case n.IsInt() && n.Num().IsInt64():
			return typed(n.Num().String())
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return typed(text)
		}
	case "boolean":
		yes, no := f.booleans()
		isYes := slices.Contains(yes, text) || truth
		if isYes || isTruth || slices.Contains(no, text) {
			return literal{strconv.FormatBool(isYes), text}, true
		}
	default:
		return literal{engine.Text(text), text}, true
	}
	return literal{}, false
}

// decimalNumber is a number that a column of numbers can hold. An exponent of three
// digits is none, and would take its time to be written out.
var decimalNumber = regexp.MustCompile(`^[+-]?[0-9]{1,29}(\.[0-9]{0,29})?([eE][+-]?[0-9]{1,2})?$`)

// exact reads a number that fits into a column of numbers without loss.
func exact(text string) (*big.Rat, bool) {
	if text = strings.TrimSpace(text); !decimalNumber.MatchString(text) {
		return nil, false
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, false
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(decimals), nil)
	scaled := new(big.Rat).Mul(n, new(big.Rat).SetInt(scale))
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(38), nil)
	return n, scaled.IsInt() && scaled.Num().CmpAbs(most) < 0
}
