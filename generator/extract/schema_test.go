package extract

import (
	"testing"

	"broadsheet/generator/config/schematest"
)

func TestSchemaAgrees(t *testing.T) { schematest.Compare(t, "extract", head{}, "yaml") }
