package aggregate

import (
	"encoding/json"
	"slices"
	"testing"

	"broadsheet/generator/config/schematest"
	"broadsheet/generator/finding"
	"broadsheet/generator/quantity"
)

func TestSchemaAgrees(t *testing.T) {
	schematest.Compare(t, "aggregate", spec{}, "yaml")
	var column schematest.Schema
	if err := json.Unmarshal(schematest.Read(t, "aggregate").Properties["columns"].Additional, &column); err != nil {
		t.Fatal(err)
	}
	if got, want := column.Properties["unit"].Words(), (quantity.Units{}).Names(); !slices.Equal(got, want) {
		t.Errorf("docs/schema: units %q, the program knows %q", got, want)
	}
	var stated schematest.Schema
	if err := json.Unmarshal(schematest.Read(t, "aggregate").Properties["findings"].Additional, &stated); err != nil {
		t.Fatal(err)
	}
	if got, want := stated.Properties["claim"].Words(), finding.Claims(); !slices.Equal(got, want) {
		t.Errorf("docs/schema: claims %q, the program knows %q", got, want)
	}
}
