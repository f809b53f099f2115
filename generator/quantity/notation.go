package quantity

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// A unit is written down for the memo and for pages with all that it takes to write a
// value: "usd", "usd?places=2".

// Notation is the unit as Parse reads it.
func (u Unit) Notation() string {
	q := url.Values{}
	if p := u.places; p.set {
		q.Set("places", strconv.Itoa(int(p.needed)))
	}
	if u.places.whole {
		q.Set("values", "whole")
	}
	if u.places.fractions {
		q.Set("values", "fractions")
	}
	if d := u.rule().declared; d != nil {
		text, _ := json.Marshal(d) // texts and a number
		q.Set("declared", string(text))
	}
	if l := u.Language(); l != English {
		q.Set("lang", l.tag)
	}
	if len(q) == 0 {
		return u.name
	}
	return u.name + "?" + q.Encode()
}

// Parse reads what Notation wrote. What is not known to it is not a unit.
func Parse(notation string) Unit {
	name, query, _ := strings.Cut(notation, "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		return Unit{name: name}
	}
	var units Units
	var d Declaration
	if text := q.Get("declared"); text != "" && json.Unmarshal([]byte(text), &d) == nil {
		units.Declare(d)
	}
	if tag := q.Get("lang"); tag != "" {
		units = units.In(LanguageOf(tag))
	}
	u, _ := units.Find(name)
	if n, err := strconv.ParseInt(q.Get("places"), 10, 8); err == nil {
		u.places.set, u.places.needed = true, int32(n)
	}
	u.places.whole, u.places.fractions = q.Get("values") == "whole", q.Get("values") == "fractions"
	return u
}

// MarshalBinary is the unit as the memo keeps it.
func (u Unit) MarshalBinary() ([]byte, error) { return []byte(u.Notation()), nil }

// UnmarshalBinary reads what MarshalBinary writes.
func (u *Unit) UnmarshalBinary(data []byte) error {
	*u = Parse(string(data))
	return nil
}
