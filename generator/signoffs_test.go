package generator

import (
	"strings"
	"testing"
)

// TestSignoffs prints who checked the report, whatever numbers the words hold, and nothing where nobody did.
func TestSignoffs(t *testing.T) {
	t.Parallel()
	report := func(signoffs string) string {
		files := map[string]string{}
		if signoffs != "" {
			files["data/signoffs.csv"] = "date,name,role,what\n" + signoffs
		}
		result, err := Build(t.Context(), reportWith(files), Options{})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		return string(result.Pages["method/index.html"])
	}
	if page := report(""); strings.Contains(page, "signoffs") {
		t.Error("there is a list of nobody")
	}
	if page := report("2018-02-01,A. <b>Person,data editor,\"50 facts, each in its source\"\n"); !strings.Contains(page, `<th scope="row">A. &lt;b&gt;Person, data editor</th><td>Feb. 1, 2018</td><td>50 facts, each in its source</td>`) {
		t.Error(page)
	}
}
