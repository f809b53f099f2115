package generator

import (
	"encoding/json"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/listing"
	"broadsheet/generator/lock"
	"broadsheet/generator/quantity"
	"broadsheet/generator/site"
)

// listFacts lists the facts that pages show, for programs.
func listFacts(s *site.Site, c *computed, facts []*lock.Shown) ([]byte, error) {
	list := []listing.Fact{}
	for _, f := range facts {
		if f.IsText() {
			continue // a name, or other words
		}
		found, err := fact.SourcesOf(f.Aggregate, []aggregate.Column{f.Column}, []aggregate.Row{*f.Row}, c.tables, c.sources)
		if err != nil {
			return nil, err
		}
		from := []string{}
		for _, s := range found {
			from = append(from, s.ID)
		}
		list = append(list, listing.Fact{
			Address: f.Address, Link: s.LinkOf(f.Fact.Address), Label: f.Aggregate.Title + ": " + f.Label(), Value: forPrograms(f.Value), Text: f.Text(quantity.Prose),
			Unit: f.Column.Unit.String(), Pages: f.Pages(), Sources: from,
		})
	}
	all := []listing.Source{}
	for _, s := range c.sources {
		all = append(all, listing.Source{ID: s.ID, Title: s.Title, URL: s.URL})
	}
	return (&listing.Site{Base: s.BaseURL, Title: s.Title()}).Facts(c.tables.Package.Created, list, all)
}

// forPrograms is a value in JSON: a number with all its digits.
func forPrograms(v quantity.Value) json.RawMessage {
	raw := v.Raw()
	if v.IsMissing() {
		return json.RawMessage("null")
	}
	if v.Kind == quantity.Number && json.Valid([]byte(raw)) || v.Kind == quantity.Flag {
		return json.RawMessage(raw)
	}
	text, _ := json.Marshal(raw) // a text always can be written
	return text
}
