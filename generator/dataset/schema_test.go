package dataset

import (
	"slices"
	"testing"

	"broadsheet/generator/config/schematest"
	"broadsheet/generator/quantity"
)

func TestSchemaAgrees(t *testing.T) {
	schematest.Compare(t, "datapackage", Package{}, "json")
	field := schematest.Read(t, "datapackage").Properties["resources"].Items.Properties["schema"].Properties["fields"].Items
	if got, want := field.Properties["type"].Words(), slices.Sorted(slices.Values(types)); !slices.Equal(got, want) {
		t.Errorf("docs/schema: types %q, the program reads %q", got, want)
	}
	if got, want := field.Properties["unit"].Words(), (quantity.Units{}).Names(); !slices.Equal(got, want) {
		t.Errorf("docs/schema: units %q, the program knows %q", got, want)
	}
}
