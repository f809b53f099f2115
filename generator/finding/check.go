package finding

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// claim is a kind of statement: the keys that it needs and may have, and its test.
type claim struct {
	needs, may []string
	test       func(*trial)
}

// among are the keys by which the rows of a statement are chosen.
var among = []string{"where", "known"}

var claims = map[string]claim{
	"largest":       {[]string{"of", "for"}, among, (*trial).extreme},
	"smallest":      {[]string{"of", "for"}, among, (*trial).extreme},
	"rank":          {[]string{"of", "for", "n"}, among, (*trial).rank},
	"majority":      {[]string{"of", "for"}, append([]string{"share"}, among...), (*trial).majority},
	"more than":     {[]string{"of", "than"}, []string{"for", "times", "where"}, (*trial).compare},
	"less than":     {[]string{"of", "than"}, []string{"for", "times", "where"}, (*trial).compare},
	"after":         {[]string{"of", "than"}, []string{"for", "where"}, (*trial).compare},
	"before":        {[]string{"of", "than"}, []string{"for", "where"}, (*trial).compare},
	"equal":         {[]string{"of", "to"}, []string{"for", "where"}, (*trial).compare},
	"between":       {[]string{"of", "low", "high"}, []string{"for", "where"}, (*trial).between},
	"all":           {[]string{"is"}, []string{"where"}, (*trial).quantify},
	"none":          {[]string{"is"}, []string{"where"}, (*trial).quantify},
	"most":          {[]string{"is"}, append([]string{"share"}, among...), (*trial).quantify},
	"only":          {[]string{"for", "is"}, []string{"where"}, (*trial).quantify},
	"count":         {[]string{"n"}, []string{"is", "where"}, (*trial).quantify},
	"rose":          {[]string{"from", "to"}, []string{"of", "over", "for", "where"}, (*trial).step},
	"fell":          {[]string{"from", "to"}, []string{"of", "over", "for", "where"}, (*trial).step},
	"unchanged":     {[]string{"from", "to"}, []string{"of", "over", "for", "where"}, (*trial).step},
	"doubled":       {[]string{"from", "to"}, []string{"of", "over", "for", "where"}, (*trial).step},
	"halved":        {[]string{"from", "to"}, []string{"of", "over", "for", "where"}, (*trial).step},
	"highest since": {[]string{"of", "over", "at", "since"}, []string{"for", "where"}, (*trial).since},
	"lowest since":  {[]string{"of", "over", "at", "since"}, []string{"for", "where"}, (*trial).since},
	"first since":   {[]string{"is", "over", "at", "since"}, []string{"for", "where"}, (*trial).since},
}

// Claims lists what a statement can claim, sorted.
func Claims() []string { return slices.Sorted(maps.Keys(claims)) }

// given lists the keys that the editor wrote.
func (s *Spec) given() map[string]bool {
	given := map[string]bool{"for": !s.For.empty(), "where": len(s.Where) > 0, "is": len(s.Is) > 0, "n": s.N != nil, "known": s.Known}
	for key, text := range map[string]string{
		"of": s.Of, "than": s.Than, "times": s.Times, "share": s.Share, "low": s.Low, "high": s.High,
		"over": s.Over, "from": s.From, "to": s.To, "at": s.At, "since": s.Since,
	} {
		given[key] = text != ""
	}
	return given
}

// Check validates a statement against the columns of its table.
func (s *Spec) Check(t Table) (faults []Fault) {
	add := func(key string, p diag.Problem) { faults = append(faults, Fault{p, key}) }
	c, ok := claims[s.Claim]
	if !ok {
		p := diag.Problem{Message: "unknown claim " + diag.Quote(s.Claim), Expected: "one of " + strings.Join(Claims(), ", "), Hint: diag.Nearest(s.Claim, Claims())}
		if s.Claim == "" {
			p.Message = "a finding without its claim"
		}
		add("claim", p)
		return faults
	}
	given := s.given()
	for _, key := range slices.Sorted(maps.Keys(given)) {
		needed := slices.Contains(c.needs, key)
		switch {
		case needed && !given[key]:
			add("claim", diag.Problem{Message: "the claim " + diag.Quote(s.Claim) + " needs " + key, Expected: s.Claim + " with " + strings.Join(c.needs, ", ")})
		case given[key] && !needed && !slices.Contains(c.may, key):
			add(key, diag.Problem{Message: "the claim " + diag.Quote(s.Claim) + " has no " + key, Expected: strings.Join(slices.Concat(c.needs, c.may), ", ")})
		}
	}
	known := func(key, name string) {
		if t.column(name) < 0 {
			add(key, diag.Problem{Message: "unknown column " + diag.Quote(name), Expected: "one of " + strings.Join(t.names(), ", "), Hint: diag.Nearest(name, t.names())})
		}
	}
	for key, name := range map[string]string{"of": s.Of, "over": s.Over} {
		if name != "" {
			known(key, name)
		}
	}
	for key, conditions := range map[string]Conditions{"where": s.Where, "is": s.Is, "for": s.For.Conditions} {
		for name := range conditions {
			known(key, name)
		}
	}
	if _, step := map[string]bool{"rose": true, "fell": true, "unchanged": true, "doubled": true, "halved": true}[s.Claim]; step {
		switch {
		case (s.Of == "") != (s.Over == ""):
			add("claim", diag.Problem{Message: "the claim " + diag.Quote(s.Claim), Found: "one of of and over", Expected: "a column of and the times that it goes over, or columns from and to"})
		case s.Over == "" && s.From != "" && s.To != "":
			known("from", s.From)
			known("to", s.To)
		}
	}
	if s.Of != "" && len(faults) == 0 {
		if unit := t.Columns[t.column(s.Of)].Unit; unit.IsText() || unit.IsFlag() || s.Claim == "majority" && !unit.HasSums() {
			add("of", diag.Problem{Message: "column " + diag.Quote(s.Of) + " cannot be compared", Found: "unit " + unit.String(), Expected: map[bool]string{true: "a column that has a sum", false: "a column of numbers or times"}[s.Claim == "majority"]})
		}
	}
	for key, text := range map[string]string{"times": s.Times, "share": s.Share} {
		if r, ok := new(big.Rat).SetString(text); text != "" && (!ok || r.Sign() <= 0) {
			add(key, diag.Problem{Message: key + " " + diag.Quote(text), Expected: "a number such as 2, 1.5 or 2/3"})
		}
	}
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.Key+a.Problem.Message, b.Key+b.Problem.Message) })
	return faults
}
