package generator

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
)

// TestNoSentenceOutlivesItsTruth changes one cell of the small report at a time, each so
// that a sentence is no longer true: the build names what it rested on.
func TestNoSentenceOutlivesItsTruth(t *testing.T) {
	t.Parallel()
	report, cache := frozen(t), t.TempDir()
	for _, tt := range []struct{ table, was, is, names string }{
		{"years", `dade;2018;91000`, `dade;2018;1000`, "by_year.all_fell"},
		{"years", `dade;2018;91000`, `dade;2018;20000`, "by_year.all_fell"},
		{"years", `dade;2018;91000`, `dade;2018;NA`, "by_year.all_fell"},
		{"years", `dade;2019;90500`, `dade;2019;21000`, "by_year.dade_halved"},
		{"years", `dade;2019;90500`, `dade;2019;500`, "by_place.dade_ten_times"},
		{"years", `dade;2019;90500`, `dade;2019;NA`, "by_year.dade_halved"},
		{"years", `dade;2020;21000`, `dade;2020;60000`, "by_year.dade_halved"},
		{"years", `dade;2020;21000`, `dade;2020;95000`, "by_year.all_fell"},
		{"years", `dade;2020;21000`, `dade;2020;91000`, "by_year.all_fell"},
		{"years", `dade;2020;21000`, `dade;2020;900000`, "by_place.none_has_a_million"},
		{"years", `dade;2020;21000`, `dade;2020;NA`, "by_year.all_fell"},
		{"years", `ada;2018;1200`, `ada;2018;1400`, "by_year.ada_rose"},
		{"years", `ada;2018;1200`, `ada;2018;1350`, "by_year.ada_rose"},
		{"years", `ada;2018;1200`, `ada;2018;400`, "by_year.all_fell"},
		{"years", `ada;2018;1200`, `ada;2018;300`, "by_year.all_fell"},
		{"years", `ada;2018;1200`, `ada;2018;250000`, "by_place.dade_half"},
		{"years", `ada;2018;1200`, `ada;2018;NA`, "by_year.ada_rose"},
		{"years", `ada;2019;1350`, `ada;2019;1100`, "by_year.ada_rose"},
		{"years", `ada;2019;1350`, `ada;2019;201000`, "by_place.dade_half"},
		{"years", `ada;2019;1350`, `ada;2019;18000`, "by_place.erie_second"},
		{"years", `ada;2019;1350`, `ada;2019;NA`, "by_year.ada_rose"},
		{"years", `ada;2020;400`, `ada;2020;1300`, "by_year.all_fell"},
		{"years", `ada;2020;400`, `ada;2020;1000000`, "by_place.none_has_a_million"},
		{"years", `bath;2018;90`, `bath;2018;29`, "by_year.all_fell"},
		{"years", `bath;2018;90`, `bath;2018;3000`, "by_place.bath_fewer"},
		{"years", `bath;2018;90`, `bath;2018;30`, "by_year.all_fell"},
		{"years", `bath;2019;95`, `bath;2019;2830`, "by_place.bath_fewer"},
		{"years", `bath;2019;95`, `bath;2019;19000`, "by_place.erie_second"},
		{"years", `bath;2019;95`, `bath;2019;210000`, "by_place.dade_leads"},
		{"years", `bath;2020;30`, `bath;2020;91`, "by_year.all_fell"},
		{"years", `clay;2018;60`, `clay;2018;12`, "by_year.all_fell"},
		{"years", `clay;2018;60`, `clay;2018;204`, "by_place.clay_last"},
		{"years", `clay;2018;60`, `clay;2018;203`, "by_place.clay_last"},
		{"years", `clay;2019;NA`, `clay;2019;200`, "by_place.clay_last"},
		{"years", `clay;2019;NA`, `clay;2019;1000000`, "by_place.none_has_a_million"},
		{"years", `clay;2020;12`, `clay;2020;61`, "by_year.all_fell"},
		{"years", `clay;2020;12`, `clay;2020;500`, "by_place.clay_last"},
		{"years", `erie;2018;8000`, `erie;2018;11000`, "by_place.dade_ten_times"},
		{"years", `erie;2018;8000`, `erie;2018;2400`, "by_year.all_fell"},
		{"years", `erie;2018;8000`, `erie;2018;8`, "by_place.erie_part"},
		{"years", `erie;2019;8200`, `erie;2019;12000`, "by_place.dade_ten_times"},
		{"years", `erie;2019;8200`, `erie;2019;300000`, "by_place.dade_half"},
		{"years", `erie;2019;8200`, `erie;2019;10000`, "by_place.erie_part"},
		{"years", `erie;2019;8200`, `erie;2019;5000`, "by_place.erie_part"},
		{"years", `erie;2020;2500`, `erie;2020;8001`, "by_year.all_fell"},
		{"years", `erie;2020;2500`, `erie;2020;8000`, "by_year.all_fell"},
		{"years", `1,250,000.50";12.4;`, `1,250,000.50";99;`, "by_year.share[ada,2018]"},
		{"years", `bath;2018;90`, `bath;2017;90`, "by_place.all_in_2018"},
		{"years", `ada;2018;1200`, `ada;2017;1200`, "by_place.same_year"},
		{"years", `clay;2018;60`, `clay;2016;60`, "by_place.all_in_2018"},
		{"years", `1,310,000`, `9,310,000`, "by_place.budget[ada]"},
		{"years", `28,300,000`, `2,300,000`, "by_place.budget[dade]"},
		{"places", `16001,469966,1060.5,yes`, `16001,469966,1060.5,no`, "by_place.only_clay_closed"},
		{"places", `1060.5,yes`, `1060.5,`, "by_place.only_clay_closed"},
		{"places", `283.8,yes`, `283.8,no`, "by_place.only_clay_closed"},
		{"places", `417.2,no`, `417.2,yes`, "by_place.only_clay_closed"},
		{"places", `417.2,no`, `417.2,`, "by_place.only_clay_closed"},
		{"places", `2431.1,yes`, `2431.1,no`, "by_place.only_clay_closed"},
		{"places", `1558.6,yes`, `1558.6,no`, "by_place.only_clay_closed"},
		{"places", `469966`, `469`, "by_place.per_head[ada]"},
		{"places", `2717000`, `271700000`, "by_place.per_head[dade]"},
		{"places", `Dade,FL`, `Cade,FL`, "loans_by_year.dade_lowest"},
		{"loans", `dade,2019,47200`, `dade,2019,6000`, "loans_last.dade_leads"},
		{"loans", `dade,2019,47200`, `dade,2019,6350`, "loans_last.dade_leads"},
		{"loans", `dade,2019,47200`, `dade,2019,NA`, "loans_last.dade_leads"},
		{"loans", `ada,2019,6350`, `ada,2019,63500`, "loans_last.dade_leads"},
		{"loans", `bath,2019,NA`, `bath,2019,50000`, "loans_last.dade_leads"},
		{"loans", `dade,2016,52500`, `dade,2016,50500`, "loans_by_year.dade_lowest"},
		{"loans", `dade,2016,52500`, `dade,2016,NA`, "loans_by_year.dade_lowest"},
		{"loans", `dade,2015,48000`, `dade,2015,58000`, "loans_by_year.dade_lowest"},
		{"loans", `dade,2018,51000`, `dade,2018,53000`, "loans_by_year.dade_lowest"},
		{"loans", `dade,2018,51000`, `dade,2018,40000`, "loans_by_year.dade_lowest"},
		{"events", `e1,2018-01-24`, `e1,2020-03-15`, "by_place.ada_before_dade"},
		{"events", `e1,2018-01-24`, `e1,2021-01-24`, "by_place.ada_before_dade"},
		{"events", `e3,2020-03-15`, `e3,2017-03-15`, "by_place.ada_before_dade"},
		{"events", `e3,2020-03-15`, `e3,2018-01-24`, "by_place.ada_before_dade"},
	} {
		name := "data/" + tt.table + ".csv"
		if bytes.Count(report[name].Data, []byte(tt.was)) != 1 {
			t.Fatalf("%s holds %q not once", name, tt.was)
		}
		changed := fstest.MapFS{}
		for file, data := range report {
			changed[file] = data
		}
		changed[name] = &fstest.MapFile{Data: bytes.Replace(report[name].Data, []byte(tt.was), []byte(tt.is), 1)}
		result, err := Build(t.Context(), changed, Options{For: ToPublishLocked, Memo: cache})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(result.Problems, func(p diag.Problem) bool { return p.Finding == tt.names || strings.Contains(p.Message, tt.names) }) {
			t.Errorf("%s, %s -> %s: nothing names %s: %v", tt.table, tt.was, tt.is, tt.names, result.Problems)
		}
	}
}
