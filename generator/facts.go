package generator

import (
	"encoding/json"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/listing"
	"broadsheet/generator/lock"
	"broadsheet/generator/quantity"
	"broadsheet/generator/site"
)

// listFacts adds the list of all facts that pages show, for programs. A file of that name of the report's stays.
func listFacts(s *site.Site, c *computed, r *site.Rendered) error {
	if _, taken := r.Pages[listing.FactsFile]; taken {
		return nil
	}
	sources := map[*aggregate.Row][]string{} // of each line, as many facts have one
	list := []listing.Fact{}
	for _, f := range lock.Gather(c.tables, c.aggregates, c.charts, r.Passages).Facts {
		from, known := sources[f.Row]
		if !known {
			found, err := fact.SourcesOf(f.Aggregate, []aggregate.Row{*f.Row}, c.tables, c.sources)
			if err != nil {
				return err
			}
			from = []string{}
			for _, s := range found {
				from = append(from, s.ID)
			}
			sources[f.Row] = from
		}
		list = append(list, listing.Fact{
			Address: f.Address, Link: f.Fact.Address.Link(), Label: f.Aggregate.Title + ": " + f.Label(), Value: forPrograms(f.Value), Text: f.Text(quantity.Prose),
			Unit: f.Column.Unit.String(), Pages: strings.Fields(f.Pages()), Sources: from,
		})
	}
	all := []listing.Source{}
	for _, s := range c.sources {
		all = append(all, listing.Source{ID: s.ID, Title: s.Title, URL: s.URL})
	}
	data, err := (&listing.Site{Base: s.BaseURL, Title: s.Title()}).Facts(c.tables.Package.Created, list, all)
	r.Pages[listing.FactsFile] = data
	return err
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
