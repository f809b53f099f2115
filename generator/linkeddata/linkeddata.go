// Package linkeddata holds what search engines and catalogues read of a page: JSON-LD in the vocabulary of schema.org
// (https://schema.org, https://www.w3.org/TR/json-ld11/). A template writes a value of these types into a
// <script type="application/ld+json">, where html/template and encoding/json escape it: nothing of the report can end the
// block. Browsers do not run one, as its type is not that of a script.
package linkeddata

import "encoding/json"

const vocabulary = "https://schema.org"

// Person wrote a page; Organization publishes it; Place is what data are about.
type (
	Person       struct{ Name string }
	Organization struct{ Name string }
	Place        struct{ Name string }
)

// Article is a page of prose. Days are as 2018-01-24; "" is left out.
type Article struct {
	Headline    string       `json:"headline"`
	Description string       `json:"description,omitzero"`
	URL         string       `json:"url,omitzero"`
	Published   string       `json:"datePublished,omitzero"`
	Modified    string       `json:"dateModified,omitzero"`
	Authors     []Person     `json:"author,omitempty"`
	Publisher   Organization `json:"publisher"`
	Language    string       `json:"inLanguage,omitzero"`
	License     string       `json:"license,omitzero"`
}

// Dataset is a table, or all tables.
type Dataset struct {
	Name          string       `json:"name"`
	Description   string       `json:"description,omitzero"`
	URL           string       `json:"url,omitzero"`
	Modified      string       `json:"dateModified,omitzero"`
	Creators      []Person     `json:"creator,omitempty"`
	Publisher     Organization `json:"publisher"`
	Keywords      []string     `json:"keywords,omitempty"`
	License       string       `json:"license,omitzero"`
	Temporal      string       `json:"temporalCoverage,omitzero"`
	Spatial       *Place       `json:"spatialCoverage,omitempty"`
	BasedOn       []string     `json:"isBasedOn,omitempty"`
	Variables     []string     `json:"variableMeasured,omitempty"`
	Distributions []Download   `json:"distribution,omitempty"`
}

// Download is a file of a dataset.
type Download struct {
	Name   string `json:"name"`
	Format string `json:"encodingFormat"`
	URL    string `json:"contentUrl"`
}

// Each type says its name in the vocabulary.

func (p Person) MarshalJSON() ([]byte, error)       { return named("Person", p.Name) }
func (o Organization) MarshalJSON() ([]byte, error) { return named("Organization", o.Name) }
func (p Place) MarshalJSON() ([]byte, error)        { return named("Place", p.Name) }

func named(kind, name string) ([]byte, error) {
	return json.Marshal(struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}{kind, name})
}

// MarshalJSON adds the type.
func (d Download) MarshalJSON() ([]byte, error) {
	type fields Download
	return json.Marshal(struct {
		Type string `json:"@type"`
		fields
	}{"DataDownload", fields(d)})
}

// MarshalJSON adds the type and the vocabulary.
func (a Article) MarshalJSON() ([]byte, error) {
	type fields Article
	return json.Marshal(struct {
		Context string `json:"@context"`
		Type    string `json:"@type"`
		fields
	}{vocabulary, "NewsArticle", fields(a)})
}

// MarshalJSON adds the type and the vocabulary.
func (d Dataset) MarshalJSON() ([]byte, error) {
	type fields Dataset
	return json.Marshal(struct {
		Context string `json:"@context"`
		Type    string `json:"@type"`
		fields
	}{vocabulary, "Dataset", fields(d)})
}
