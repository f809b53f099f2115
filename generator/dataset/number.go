package dataset

import (
	"bytes"
	"math"
	"strconv"
)

// numberFormat is how a column writes its numbers.
type numberFormat struct {
	decimal, group []byte // group is nil where digits are not grouped
	bare           bool   // nothing is beside the digits
	accounting     bool   // (5) is -5
}

func (f Field) numberFormat() numberFormat {
	n := numberFormat{decimal: []byte(f.decimalChar()), bare: f.BareNumber == nil || *f.BareNumber, accounting: f.Accounting}
	if f.GroupChar != "" {
		n.group = []byte(f.GroupChar)
	}
	return n
}

// decimalText is a number as digits: its value is 0.DIGITS times ten to the power of whole.
type decimalText struct {
	negative bool
	digits   []byte // the first and the last are not 0; none for zero
	whole    int    // how many digits are before the decimal sign; negative where zeros follow it
}

// mostExponent bounds what a number can be: a double of 64 bits holds no more.
const mostExponent = 400

// read reads a cell; its digits are valid until the next. As Table Schema
// has it: a sign, digits, groups, decimals, an exponent. Leading zeros are refused, since
// 007 is a code.
func (n numberFormat) read(cell, scratch []byte) (d decimalText, ok bool) {
	if n.accounting && len(cell) > 2 && cell[0] == '(' && cell[len(cell)-1] == ')' {
		d, ok = n.read(cell[1:len(cell)-1], scratch)
		negative := d.negative
		d.negative = len(d.digits) > 0
		return d, ok && !negative
	}
	if !n.bare {
		if cell, d.negative = n.strip(cell); cell == nil {
			return d, false
		}
	}
	switch {
	case bytes.HasPrefix(cell, minus):
		d.negative, cell = !d.negative, cell[len(minus):]
	case len(cell) > 0 && cell[0] == '-':
		d.negative, cell = !d.negative, cell[1:]
	case len(cell) > 0 && cell[0] == '+':
		cell = cell[1:]
	}
	digits, rest, ok := n.wholeDigits(cell, scratch)
	if !ok {
		return d, false
	}
	whole := len(digits)
	if bytes.HasPrefix(rest, n.decimal) {
		rest = rest[len(n.decimal):]
		i := leadingDigits(rest)
		digits, rest = append(digits, rest[:i]...), rest[i:]
	}
	if len(digits) == 0 || whole > 1 && digits[0] == '0' {
		return d, false
	}
	if len(rest) > 0 && (rest[0] == 'e' || rest[0] == 'E') {
		exponent := rest[1:]
		if len(exponent) > 0 && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
		if i := leadingDigits(exponent); i == 0 || i < len(exponent) || i > 6 {
			return d, false
		}
		by, err := strconv.Atoi(string(rest[1:]))
		if err != nil {
			return d, false
		}
		whole, rest = whole+by, nil
	}
	if len(rest) > 0 {
		return d, false
	}
	zeros := 0
	for zeros < len(digits) && digits[zeros] == '0' {
		zeros++
	}
	d.digits, d.whole = bytes.TrimRight(digits[zeros:], "0"), whole-zeros
	if len(d.digits) == 0 {
		return decimalText{}, true
	}
	return d, d.whole <= mostExponent && d.whole >= -mostExponent
}

// minus is the minus sign of Unicode.
var minus = []byte("\u2212")

// wholeDigits reads the digits before the decimal sign. Groups have three digits each, or
// it is not a grouping: 1,5 with commas as group signs is not 15.
func (n numberFormat) wholeDigits(cell, scratch []byte) (digits, rest []byte, ok bool) {
	i := leadingDigits(cell)
	digits, cell = append(scratch[:0], cell[:i]...), cell[i:]
	if n.group == nil || !bytes.HasPrefix(cell, n.group) {
		return digits, cell, true
	}
	if len(digits) == 0 || len(digits) > 3 || digits[0] == '0' {
		return nil, nil, false
	}
	for bytes.HasPrefix(cell, n.group) {
		cell = cell[len(n.group):]
		if leadingDigits(cell) != 3 {
			return nil, nil, false
		}
		digits, cell = append(digits, cell[:3]...), cell[3:]
	}
	return digits, cell, true
}

func leadingDigits(text []byte) int {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// strip takes off what is beside a number, such as $, % and km, in which there is no
// digit. A minus before that, or right before the number, counts.
func (n numberFormat) strip(cell []byte) (number []byte, negative bool) {
	start := bytes.IndexAny(cell, "0123456789")
	if start < 0 {
		return nil, false
	}
	end := start
	for end < len(cell) {
		rest := cell[end:]
		if i := leadingDigits(rest); i > 0 {
			end += i
		} else if bytes.HasPrefix(rest, n.decimal) {
			end += len(n.decimal)
		} else if n.group != nil && bytes.HasPrefix(rest, n.group) && leadingDigits(rest[len(n.group):]) > 0 {
			end += len(n.group)
		} else if (rest[0] == 'e' || rest[0] == 'E') && isExponent(rest[1:]) {
			end += 2
		} else {
			break
		}
	}
	if bytes.ContainsAny(cell[end:], "0123456789") {
		return nil, false
	}
	if bytes.HasSuffix(cell[:start], n.decimal) {
		start -= len(n.decimal)
	}
	before := bytes.TrimSpace(cell[:start])
	for _, sign := range [][]byte{minus, []byte("-")} {
		negative = negative || bytes.HasPrefix(before, sign) || bytes.HasSuffix(before, sign)
	}
	return cell[start:end], negative
}

func isExponent(text []byte) bool {
	return len(text) > 1 && (text[0] == '+' || text[0] == '-') && leadingDigits(text[1:]) > 0
}

// decimals is how many digits follow the decimal sign.
func (d decimalText) decimals() int { return max(0, len(d.digits)-d.whole) }

// fits reports whether an exact decimal of the engine can hold the number.
func (d decimalText) fits() bool { return max(0, d.whole)+d.decimals() <= maxDigits }

// append writes the number for the engine: 12.5, or with an exponent where it is too
// long for a decimal.
func (d decimalText) append(out []byte) []byte {
	if len(d.digits) == 0 {
		return append(out, '0')
	}
	if d.negative {
		out = append(out, '-')
	}
	switch {
	case !d.fits():
		out = append(out, "0."...)
		out = append(out, d.digits...)
		return strconv.AppendInt(append(out, 'e'), int64(d.whole), 10)
	case d.whole <= 0:
		out = append(out, "0."...)
		for range -d.whole {
			out = append(out, '0')
		}
		return append(out, d.digits...)
	case d.whole >= len(d.digits):
		out = append(out, d.digits...)
		for range d.whole - len(d.digits) {
			out = append(out, '0')
		}
		return out
	}
	out = append(out, d.digits[:d.whole]...)
	return append(append(out, '.'), d.digits[d.whole:]...)
}

// isDouble reports whether a double names the number: it is neither infinite nor nothing.
func (d decimalText) isDouble() bool {
	v, err := strconv.ParseFloat(string(d.append(nil)), 64)
	return err == nil && !math.IsInf(v, 0) && (v != 0 || len(d.digits) == 0)
}
