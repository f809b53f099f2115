// Package rowpage makes pages for rows: of content/states/_row.md a page for each row of
// the aggregate that its front matter names.
//
//	---
//	rows: state_summary
//	title: '{{< fact ".name" >}}'
//	---
//	{{< if ".at_risk_usd" >}}
//	{{< fact ".name" >}} had {{< fact ".at_risk_usd" >}} at risk, which ranks it
//	{{< fact "at_risk_by_state.rank[.]" ordinal >}}.
//	{{< else >}}
//	No letter to {{< fact ".name" >}} is known.
//	{{< /if >}}
//	{{< table of="grants" where="state" is=".state" >}}
//
// .column is the cell of the row: its address where a shortcode takes one, and its text
// where it takes a value. [.] is the key of the row in an address of another aggregate,
// and [.column] a cell. {{< if >}} keeps the words up to {{< elseif … >}}, {{< else >}} or {{< /if >}}:
//
//	{{< if ".column" >}}                          the cell is not missing, zero, empty or no
//	{{< if of=".column" is="text" >}}             it is that text; isnot, it is another or missing
//	{{< if rows="grants" where="state" is=".state" >}}   an aggregate has such rows
//
// {{< cell ".column" >}} is the text of a cell without a mark, and leads to the page of its row from other pages.
//
// A page is checked as if it had been written by hand. The cells on which a page's words
// depend are listed on it, out of sight, so that the lock has them (markup.Condition).
package rowpage

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
)

// Row is the row of which a page is made.
type Row struct {
	*aggregate.Aggregate
	*aggregate.Row
}

// String is the row as problems name it: CA of state_summary.
func (r *Row) String() string { return strings.Join(r.Row.Key, ", ") + " of " + r.Aggregate.Name }

// Pages are the files of content/ with a page for each row in place of the templates.
type Pages struct {
	*content.Files
	Rows   map[string]Row // of each page that is made of a row, by its file name
	ByHand map[string]Row // of each page that was written by hand in place of one
}

// IsTemplate reports whether a file of content/ is a text for the rows of an aggregate.
func IsTemplate(name string) bool {
	base := path.Base(name)
	return base == "_row.md" || strings.HasPrefix(base, "_row.") && strings.HasSuffix(base, ".md")
}

// Expand makes the pages. A file that is there under the name of a row's page stays in
// place of it.
func Expand(files *content.Files, aggregates aggregate.Set, problems *diag.List) (*Pages, error) {
	out := &Pages{Files: &content.Files{Pages: maps.Clone(files.Pages)}, Rows: map[string]Row{}, ByHand: map[string]Row{}}
	for _, name := range files.Names {
		page := files.Pages[name]
		if page == nil || !IsTemplate(name) {
			out.Names = append(out.Names, name)
			continue
		}
		delete(out.Pages, name)
		of, wrong := rowsOf(page, aggregates)
		if wrong != nil {
			problems.Add(*wrong)
		}
		if of == nil {
			continue
		}
		if err := out.expand(page, of, aggregates, problems); err != nil {
			return nil, err
		}
	}
	slices.Sort(out.Names)
	return out, nil
}

// rowsOf is the aggregate for whose rows a text is; nil without a problem where it has one already.
func rowsOf(page *content.Page, aggregates aggregate.Set) (*aggregate.Aggregate, *diag.Problem) {
	name := page.Front.Text("rows")
	problem := diag.Problem{File: page.File}
	problem.Line, problem.Column = page.Front.Position("rows")
	of, known := aggregates[name]
	switch {
	case page.Fault != nil:
		return nil, page.Fault
	case name == "":
		problem.Message, problem.Expected = "the page names no rows", "rows: the name of an aggregate with a key"
	case !known:
		problem.Message, problem.Hint = "unknown aggregate "+diag.Quote(name), diag.Nearest(name, aggregates.Names())
	case of == nil:
		return nil, nil
	case len(of.Key) == 0:
		problem.Message, problem.Expected = "the aggregate "+diag.Quote(name)+" has one row and no key", "an aggregate with a key, of which each row has a page"
	default:
		return of, nil
	}
	return nil, &problem
}

// expand makes the pages of one text.
func (out *Pages) expand(page *content.Page, of *aggregate.Aggregate, aggregates aggregate.Set, problems *diag.List) error {
	var found Problems
	language := strings.TrimPrefix(strings.TrimSuffix(path.Base(page.File), ".md"), "_row") // ".de", or nothing
	for i := range of.Rows {
		row := Row{of, &of.Rows[i]}
		name := path.Join(path.Dir(page.File), FileName(row.Row.Key)+language+".md")
		if other, taken := out.Rows[name]; taken {
			line, column := page.Front.Position("rows")
			problems.Add(diag.Problem{File: page.File, Line: line, Column: column, Message: fmt.Sprintf("the rows %s and %s make the same page", other.String(), row.String()), Found: name, Hint: "give the rows other keys"})
			continue
		}
		out.Rows[name] = row
		if out.Pages[name] != nil { // written by hand
			delete(out.Rows, name)
			out.ByHand[name] = row
			continue
		}
		var own diag.List
		w := &writer{page: page, row: row, aggregates: aggregates, problems: &own}
		made, err := w.write()
		if err != nil {
			return err
		}
		found.Add(row.String(), &own)
		out.Names, out.Pages[name] = append(out.Names, name), made
	}
	problems.Add(found.Merged()...)
	return nil
}

// FileName is the name of a row's page: its key in small letters, with hyphens.
func FileName(key []string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.Join(key, "-")) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		} else if text := b.String(); text != "" && !strings.HasSuffix(text, "-") {
			b.WriteByte('-')
		}
	}
	name := strings.TrimSuffix(b.String(), "-")
	if name == "" || name == "index" {
		return "row-" + name
	}
	return name
}

// Problems are those of the pages of one text. What is wrong at one place of it is wrong
// on the pages of many rows, and is told once.
type Problems struct {
	list []diag.Problem
	rows map[[2]int][]string // by the place
}

// Add adds those of the page of a row.
func (p *Problems) Add(row string, problems *diag.List) {
	if p.rows == nil {
		p.rows = map[[2]int][]string{}
	}
	seen := map[[2]int]bool{}
	for _, problem := range problems.Sorted() {
		at := [2]int{problem.Line, problem.Column}
		if len(p.rows[at]) == 0 || seen[at] && len(p.rows[at]) == 1 {
			p.list = append(p.list, problem)
		}
		if !seen[at] {
			p.rows[at] = append(p.rows[at], row)
		}
		seen[at] = true
	}
}

// Merged are the problems, with the row in which each was found first.
func (p *Problems) Merged() []diag.Problem {
	for i := range p.list {
		problem := &p.list[i]
		rows := p.rows[[2]int{problem.Line, problem.Column}]
		problem.Message += " (row " + rows[0]
		if more := len(rows) - 1; more > 0 {
			problem.Message += " and " + diag.Count(more, "other")
		}
		problem.Message += ")"
	}
	return p.list
}
