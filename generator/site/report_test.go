package site

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestTemplatesCanAsk lists what templates of reports may call: a name that goes, or that two parts have, breaks them.
func TestTemplatesCanAsk(t *testing.T) {
	var got []string
	for method := range reflect.TypeFor[*Report]().Methods() {
		got = append(got, method.Name)
	}
	want := strings.Fields(`
		About Address Aggregate Aggregates Card Cell CellOf Chart ChartOf ChartOfFile Charts Choose Corrections CorrectionsOf Day DownloadOf Fact Inline IsTable Lines ListedCharts Locator Names Numbers OnPaper Outlets
		Parts Passages Pick Plural Policy Published Read Revised Revisions Said ScriptPhrases Source Sources SourcesIn Statements Style Table Tables Timeline TitleOf Traces UsedFor Waived`)
	if !slices.Equal(got, want) {
		t.Errorf("templates can ask\n%s\nand are documented to ask\n%s", strings.Join(got, " "), strings.Join(want, " "))
	}
}
