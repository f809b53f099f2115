package scaffold

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
		labels = append(labels, s.words.within(l))
	}
	subtitle := s.words.by(measure, keyLabel)
	caption := subtitle
	switch {
	case s.form == overTime:
		subtitle = s.words.by(measure, s.words.within(s.timeLabel()))
	case s.name != nil && s.name.asks():
		subtitle = s.words.Say("new_to_question", "A", subtitle, "B", s.name.Label())
		labels = append(labels, s.name.Label())
	}
	if s.cut {
		subtitle = s.words.Say("new_highest_shown", "A", subtitle, "N", fact(s.Name+"_leader.shown"))
		caption = s.words.Say("new_highest_only", "A", caption)
	}
	unit := s.words.unit(s.measureUnit())
	switch m := unit.Measure(); {
	case m == "":
	case unit.IsRate():
		subtitle += ", " + m
	default:
		subtitle = s.words.Say("new_in_unit", "A", subtitle, "B", m)
	}
	var waived string
	if y := s.time(); y != nil && s.form != overTime {
		period := fact(s.Name + "_total.first_year")
		if y.years() > 1 {
			period = s.words.Say("new_period", "First", period, "Last", fact(s.Name+"_total.last_year"))
		}
		subtitle += ", " + period
	} else if s.form != overTime && !yearIn.MatchString(subtitle+" "+title+" "+fmt.Sprint(found[0][0])) {
		waived = "waive: [{norm: subtitle, reason: " + quoted(s.words.Say("new_no_time")) + "}]\n"
		s.doubt("no column says when the figures are from: write it into the subtitle of the chart, and delete waive there")
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
		s.words.allowances(title+" "+subtitle, append(labels, unit.Measure())) +
		s.words.claims(subtitle, labels)

	// behind the first number of a front page a chart has its place beside it
	s.section = "{{< chart \"" + id + "\" >}}\n\n" + sentence + "\n\n{{< table of=\"" + by + "\" caption=" + quotedArgument(caption) + " >}}\n"
	s.labels = labels
	return nil
}

// interval is the shortest time between two values of the first column, in years or in months.
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
func (w voice) allowances(text string, labels []string) string {
	var list []string
	for _, l := range slices.Compact(slices.Sorted(slices.Values(labels))) {
		if strings.Contains(text, l) && w.hasNumber(l) {
			list = append(list, allowed(text, l, w.Say("new_name_of_column")))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "allow_numbers:\n" + strings.Join(list, "")
}

// allowed is an allowance of a name for each place in which a text has it.
func allowed(text, name, reason string) string {
	times := ""
	if n := strings.Count(text, name); n > 1 {
		times = fmt.Sprintf(", times: %d", n)
	}
	return fmt.Sprintf("  - {text: %s, reason: %s%s}\n", quoted(name), quoted(reason), times)
}

// inFindings are words that rest on one, or are the name of a file.
var inFindings = regexp.MustCompile("`[^`]*`|" + `(?s)\{\{< finding .*?\{\{< /finding >\}\}`)

// claims allows what sounds like a claim in the names of files and columns that a text says: All visits.
func (w voice) claims(text string, labels []string) string {
	var list []string
	for _, l := range slices.Compact(slices.Sorted(slices.Values(labels))) {
		if strings.Contains(text, l) && w.hasClaim(l) {
			list = append(list, allowed(text, l, w.Say("new_name_of_file")))
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
		{"alone", s.words.Say("new_one_highest"), quantity.YesNo}, {"shared", s.words.Say("new_several_highest"), quantity.YesNo}, {"level", s.words.Say("new_all_equal"), quantity.YesNo},
	}
	shown := ""
	if s.cut {
		columns, shown = append(columns, columnSpec{"shown", s.words.Say("new_bars"), quantity.Count}), "\n  count(*) AS shown,"
	}
	query := fmt.Sprintf("SELECT arg_max(%[1]s, %[2]s) AS name, max(%[2]s) AS highest,\n  count(*) FILTER (WHERE %[2]s = (SELECT max(%[2]s) FROM %[3]s)) = 1 AS alone,\n  count(*) FILTER (WHERE %[2]s = (SELECT max(%[2]s) FROM %[3]s)) > 1 AS shared,\n  min(%[2]s) = max(%[2]s) AS level,%[5]s\n  flatten(list(%[4]s_rows)) AS %[4]s_rows\nFROM %[3]s", sqlName(key), sqlName(value), by, s.Name, shown)
	s.files["data/aggregates/"+aggregate+".sql"] = s.words.sql(s.words.Say("new_highest_of", "A", s.words.within(s.measureLabel()), "B", keyLabel), "", columns, query, "")
	is, highest := fact(aggregate+".name"), fact(aggregate+".highest")
	// say is a title, and a sentence, in which names of columns are not Markdown
	say := func(titled, told string) (title, sentence string) {
		measure := s.words.within(s.measureLabel())
		return s.words.Say(titled, "Name", is, "A", measure, "B", keyLabel), s.words.Say(told, "Name", is, "A", escape(measure), "B", escape(keyLabel), "N", highest)
	}
	switch {
	case s.form == filledIn && all:
		finding = aggregate + ".level"
		title, sentence = say("new_level_title", "new_level")
	case s.form == filledIn:
		if finding = aggregate + ".shared"; alone {
			finding = aggregate + ".alone"
		}
		title, sentence = say("new_some_title", "new_some")
	case !alone:
		finding = aggregate + ".shared"
		if title, sentence = say("new_tie_title", "new_tie"); !fits(title) {
			title = s.words.Say("new_tie_short")
		}
	case s.measure == nil:
		finding = aggregate + ".alone"
		title, sentence = say("new_frequent_title", "new_frequent")
	default:
		finding = aggregate + ".alone"
		title, sentence = say("new_leader_title", "new_leader")
	}
	if alone && s.form != filledIn && !fits(title, name) {
		title = s.words.Say("new_ahead")
		if s.measure == nil {
			title = s.words.Say("new_frequent_ahead")
		}
	}
	return finding, title, "{{< finding \"" + finding + "\" >}}" + sentence + "{{< /finding >}}"
}

// change writes the aggregate of the first and the last year, and says what it finds.
func (s *story) change(values []quantity.Value, by, key, value string) (finding, title, sentence string) {
	aggregate := s.Name + "_change"
	time := s.timeUnit().String()
	firstTime, lastTime := s.words.Say("new_first_year"), s.words.Say("new_last_year")
	if s.monthly {
		firstTime, lastTime = s.words.Say("new_first_month"), s.words.Say("new_last_month")
	}
	query := fmt.Sprintf("SELECT min(%[1]s) AS first_%[5]s, max(%[1]s) AS last_%[5]s,\n  arg_min(%[2]s, %[1]s) AS first_value, arg_max(%[2]s, %[1]s) AS last_value,\n  arg_max(%[2]s, %[1]s) > arg_min(%[2]s, %[1]s) AS rose,\n  arg_max(%[2]s, %[1]s) < arg_min(%[2]s, %[1]s) AS fell,\n  arg_max(%[2]s, %[1]s) = arg_min(%[2]s, %[1]s) AS level,\n  flatten(list(%[4]s_rows)) AS %[4]s_rows\nFROM %[3]s", sqlName(key), sqlName(value), by, s.Name, time)
	s.files["data/aggregates/"+aggregate+".sql"] = s.words.sql(s.words.Say("new_change_of", "A", s.words.within(s.measureLabel())), "", []columnSpec{
		{"first_" + time, firstTime, s.timeUnit()}, {"last_" + time, lastTime, s.timeUnit()},
		{"first_value", s.words.Say("new_first_value", "A", s.measureLabel()), s.measureUnit()}, {"last_value", s.words.Say("new_last_value", "A", s.measureLabel()), s.measureUnit()},
		{"rose", s.words.Say("new_has_risen"), quantity.YesNo}, {"fell", s.words.Say("new_has_fallen"), quantity.YesNo}, {"level", s.words.Say("new_is_level"), quantity.YesNo},
	}, query, "")
	flag, titled, told := "level", "new_same_title", "new_same"
	switch c := values[len(values)-1].Compare(values[0]); {
	case c > 0:
		flag, titled, told = "rose", "new_rose_title", "new_rose"
	case c < 0:
		flag, titled, told = "fell", "new_fell_title", "new_fell"
	}
	finding = aggregate + "." + flag
	first, last := fact(aggregate+".first_"+time), fact(aggregate+".last_"+time)
	subject := s.measureLabel()
	if s.measure == nil {
		subject = s.words.Say("new_number_of_rows")
	}
	if title = s.words.Say(titled, "A", subject, "First", first, "Last", last); !fits(title, "0", "0") {
		title = s.words.Say(titled, "A", s.words.Say("new_line"), "First", first, "Last", last)
	}
	sentence = s.words.Say(told, "A", escape(subject), "V", fact(aggregate+".first_value"), "W", fact(aggregate+".last_value"), "First", first, "Last", last)
	return finding, title, "{{< finding \"" + finding + "\" >}}" + sentence + "{{< /finding >}}"
}

var marked = regexp.MustCompile("([\\\\`*_\\[\\]#|~])")

// escape is a text in Markdown.
func escape(text string) string { return marked.ReplaceAllString(text, `\$1`) }
