package scaffold

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/generator/claimword"
	"broadsheet/generator/literal"
	"broadsheet/generator/quantity"
)

// name writes the address of a cell of an aggregate.
func fact(address string) string { return "{{< fact `" + address + "` >}}" }

// writeChart writes the chart with what it finds, and the section of the page.
func (s *story) writeChart(found [][]any, by, key, value, keyLabel string) error {
	var values []quantity.Value
	for _, row := range found {
		v, err := quantity.NewValue(row[1])
		if err != nil {
			return err
		}
		values = append(values, v)
	}
	measure := s.measureLabel()
	var title, finding, sentence string
	labels := []string{measure}
	if s.form == overTime {
		finding, title, sentence = s.change(values, by, key, value)
	} else {
		name, _ := quantity.NewValue(found[0][0])
		finding, title, sentence = s.leader(values, name.Raw(), by, key, value, keyLabel)
		labels = append(labels, keyLabel)
	}
	for _, l := range labels {
		labels = append(labels, within(l))
	}
	subtitle := measure + " by " + keyLabel
	switch {
	case s.form == overTime:
		subtitle = measure + " by " + s.timeUnit().String()
	case s.name != nil && s.name.asks():
		subtitle += " to the question: " + s.name.Label()
		labels = append(labels, s.name.Label())
	}
	caption := measure + " by " + keyLabel
	if s.cut {
		subtitle += ", the " + fact(s.Name+"_leader.shown") + " highest"
		caption += ", the highest only"
	}
	switch m := s.measureUnit().Measure(); {
	case m == "":
	case s.measureUnit().IsRate():
		subtitle += ", " + m
	default:
		subtitle += ", in " + m
	}
	var waived string
	if y := s.time(); y != nil && s.form != overTime {
		subtitle += ", {{< fact `" + s.Name + "_total.first_year` >}}"
		if y.years() > 1 {
			subtitle += " to {{< fact `" + s.Name + "_total.last_year` >}}"
		}
	} else if s.form != overTime && !yearIn.MatchString(subtitle+" "+title+" "+fmt.Sprint(found[0][0])) {
		waived = "waive: [{norm: subtitle, reason: \"no column of the file says of which time it is: add the time to the subtitle\"}]\n"
		s.doubt("no column says of which time the figures are: add the time to the subtitle of the chart, and take out waive")
	}
	id := strings.ReplaceAll(by, "_", "-")
	channels := fmt.Sprintf("kind: bar\nof: %s\nx: %s\ny: %s\n", by, value, key)
	if s.form == overTime {
		channels = fmt.Sprintf("kind: line\nof: %s\nx: %s\ny: %s\n", by, key, value)
		if n := interval(found); n > 1 {
			channels += fmt.Sprintf("every: %d %ss\n", n, s.timeUnit())
		}
	}
	file := "data/charts/" + id + ".yaml"
	s.files[file] = "# yaml-language-server: $schema=" + schemaOf("chart", file) + "\n" + channels + "title: " + quoted(title) + "\nfinding: " + finding + "\nsubtitle: " + quoted(subtitle) + "\n" + waived +
		allowances(title+" "+subtitle, append(labels, s.measureUnit().Measure())) +
		claims(subtitle, labels)

	// behind the first number of a front page a chart has its place beside it
	s.section = "{{< chart \"" + id + "\" >}}\n\n" + sentence + "\n\n{{< table of=\"" + by + "\" caption=" + quotedArgument(caption) + " >}}\n"
	s.labels = labels
	return nil
}

// interval is the least that lies between two times of the first column, in years or in months.
func interval(found [][]any) (least int) {
	before := 0
	for i, row := range found {
		text := fmt.Sprint(row[0])
		at, err := strconv.Atoi(text)
		if err != nil {
			if month, err := time.Parse("2006-01", text[:min(len("2006-01"), len(text))]); err == nil {
				at = 12*month.Year() + int(month.Month())
			}
		}
		if n := at - before; i > 0 && n > 0 && (least == 0 || n < least) {
			least = n
		}
		before = at
	}
	return least
}

var yearIn = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// quotedArgument is a text as an argument of a shortcode.
func quotedArgument(text string) string { return `"` + strings.ReplaceAll(text, `"`, "”") + `"` }

// allowances is the numbers in the names of columns that a text says.
func allowances(text string, labels []string) string {
	var list []string
	for _, l := range slices.Compact(slices.Sorted(slices.Values(labels))) {
		if strings.Contains(text, l) && literal.HasNumber(l) {
			list = append(list, fmt.Sprintf("  - {text: %s, reason: the name of a column or of a unit}\n", quoted(l)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "allow_numbers:\n" + strings.Join(list, "")
}

// inFindings are words that rest on one, or are the name of a file.
var inFindings = regexp.MustCompile("`[^`]*`|" + `(?s)\{\{< finding .*?\{\{< /finding >\}\}`)

// claims allows what sounds like a claim in the names of files and columns that a text says: All visits.
func claims(text string, labels []string) string {
	var list []string
	for _, l := range slices.Compact(slices.Sorted(slices.Values(labels))) {
		if strings.Contains(text, l) && len(claimword.Find(l, "en")) > 0 {
			list = append(list, fmt.Sprintf("  - {text: %s, reason: the name of a file or of a column}\n", quoted(l)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "allow_claims:\n" + strings.Join(list, "")
}

const mostTitle = 15 // words, by the norm title

func fits(title string, facts ...string) bool {
	n := len(strings.Fields(regexp.MustCompile(`{{<.*?>}}`).ReplaceAllString(title, "")))
	for _, f := range facts {
		n += len(strings.Fields(f))
	}
	return n <= mostTitle && utf8.RuneCountInString(title) <= 300
}

// leader writes the aggregate of the highest bar, and says what it finds.
func (s *story) leader(values []quantity.Value, name, by, key, value, keyLabel string) (finding, title, sentence string) {
	alone := len(values) == 1 || values[0].Compare(values[1]) != 0
	all := len(values) > 1 && values[0].Compare(values[len(values)-1]) == 0
	aggregate := s.Name + "_leader"
	columns := []columnSpec{
		{"name", keyLabel, quantity.Words}, {"highest", s.measureLabel(), s.measureUnit()},
		{"alone", "One is the highest", quantity.YesNo}, {"shared", "Several are the highest", quantity.YesNo}, {"level", "All are equal", quantity.YesNo},
	}
	shown := ""
	if s.cut {
		columns, shown = append(columns, columnSpec{"shown", "Bars", quantity.Count}), "\n  count(*) AS shown,"
	}
	query := fmt.Sprintf("SELECT arg_max(%[1]s, %[2]s) AS name, max(%[2]s) AS highest,\n  count(*) FILTER (WHERE %[2]s = (SELECT max(%[2]s) FROM %[3]s)) = 1 AS alone,\n  count(*) FILTER (WHERE %[2]s = (SELECT max(%[2]s) FROM %[3]s)) > 1 AS shared,\n  min(%[2]s) = max(%[2]s) AS level,%[5]s\n  flatten(list(%[4]s_rows)) AS %[4]s_rows\nFROM %[3]s", sqlName(key), sqlName(value), by, s.Name, shown)
	s.files["data/aggregates/"+aggregate+".sql"] = sql("Highest of "+within(s.measureLabel())+" by "+keyLabel, "", columns, query, "")
	is, highest := fact(aggregate+".name"), fact(aggregate+".highest")
	measure := within(s.measureLabel())
	switch {
	case s.form == filledIn && all:
		finding, title = aggregate+".level", "All columns have as many values"
		sentence = "all columns have as many values: " + highest + " each."
	case s.form == filledIn:
		if finding = aggregate + ".shared"; alone {
			finding = aggregate + ".alone"
		}
		title = "Some columns have more values than others"
		sentence = "some columns have more values than others: " + highest + " at most."
	case !alone:
		finding, title = aggregate+".shared", "No single "+keyLabel+" has the highest "+measure
		if !fits(title) {
			title = "Several bars are the longest"
		}
		sentence = "no single " + escape(keyLabel) + " has the highest " + escape(measure) + ", " + highest + "."
	case s.measure == nil:
		finding, title = aggregate+".alone", is+" is the most frequent "+keyLabel
		sentence = is + " is the most frequent " + escape(keyLabel) + ", in " + highest + " rows."
	default:
		finding, title = aggregate+".alone", is+" has the highest "+measure
		sentence = is + " has the highest " + escape(measure) + ", " + highest + "."
	}
	if alone && s.form != filledIn && !fits(title, name) {
		title = "The highest is ahead of all others"
		if s.measure == nil {
			title = "The most frequent is ahead of all others"
		}
	}
	first, rest := sentence[:1], sentence[1:]
	if !strings.HasPrefix(sentence, "{{<") {
		first = strings.ToUpper(first)
	}
	return finding, title, "{{< finding \"" + finding + "\" >}}" + first + rest + "{{< /finding >}}"
}

// change writes the aggregate of the first and the last year, and says what it finds.
func (s *story) change(values []quantity.Value, by, key, value string) (finding, title, sentence string) {
	aggregate := s.Name + "_change"
	time := s.timeUnit().String()
	query := fmt.Sprintf("SELECT min(%[1]s) AS first_%[5]s, max(%[1]s) AS last_%[5]s,\n  arg_min(%[2]s, %[1]s) AS first_value, arg_max(%[2]s, %[1]s) AS last_value,\n  arg_max(%[2]s, %[1]s) > arg_min(%[2]s, %[1]s) AS rose,\n  arg_max(%[2]s, %[1]s) < arg_min(%[2]s, %[1]s) AS fell,\n  arg_max(%[2]s, %[1]s) = arg_min(%[2]s, %[1]s) AS level,\n  flatten(list(%[4]s_rows)) AS %[4]s_rows\nFROM %[3]s", sqlName(key), sqlName(value), by, s.Name, time)
	s.files["data/aggregates/"+aggregate+".sql"] = sql("Change of "+within(s.measureLabel()), "", []columnSpec{
		{"first_" + time, "First " + time, s.timeUnit()}, {"last_" + time, "Last " + time, s.timeUnit()},
		{"first_value", s.measureLabel() + " in the first " + time, s.measureUnit()}, {"last_value", s.measureLabel() + " in the last " + time, s.measureUnit()},
		{"rose", "Rose", quantity.YesNo}, {"fell", "Fell", quantity.YesNo}, {"level", "As high as at first", quantity.YesNo},
	}, query, "")
	verb, flag := "was the same in", "level"
	switch c := values[len(values)-1].Compare(values[0]); {
	case c > 0:
		verb, flag = "rose from", "rose"
	case c < 0:
		verb, flag = "fell from", "fell"
	}
	joint := " to "
	if flag == "level" {
		joint = " and "
	}
	finding = aggregate + "." + flag
	first, last := fact(aggregate+".first_"+time), fact(aggregate+".last_"+time)
	measure := s.measureLabel()
	subject := measure
	if s.measure == nil {
		subject = "The number of rows"
	}
	title = subject + " " + verb + " " + first + joint + last
	if !fits(title, "0", "0") {
		title = "The line " + verb + " " + first + joint + last
	}
	sentence = escape(subject) + " " + verb + " " + fact(aggregate+".first_value") + " in " + first + joint + fact(aggregate+".last_value") + " in " + last + "."
	if flag == "level" {
		sentence = escape(subject) + " was the same in " + first + " and " + last + ", " + fact(aggregate+".first_value") + "."
	}
	return finding, title, "{{< finding \"" + finding + "\" >}}" + sentence + "{{< /finding >}}"
}

var marked = regexp.MustCompile("([\\\\`*_\\[\\]#|~])")

// escape is a text in Markdown.
func escape(text string) string { return marked.ReplaceAllString(text, `\$1`) }
