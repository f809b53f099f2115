package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/lock"
	"broadsheet/generator/progress"
	"broadsheet/generator/site"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// terminal is what a command shows: results on stdout, all else on stderr.
//
// House wording: lower case, no full stop, values in quotes, the way out on a
// line of its own that starts with "hint:". Colour only helps the eye and is
// only used where a person is looking, and NO_COLOR is not set.
type terminal struct {
	stdout, stderr io.Writer
	bold, red, dim func(string) string
	watched        io.Writer // stderr as it is, where a person looks at it; else nil
}

func newTerminal(stdout, stderr io.Writer) *terminal {
	t := &terminal{}
	if file, ok := stderr.(*os.File); ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd())) {
		t.watched = stderr
	}
	styles := t.watched != nil && os.Getenv("NO_COLOR") == ""
	style := func(code string) func(string) string {
		return func(s string) string {
			if !styles {
				return s
			}
			return code + s + plain
		}
	}
	t.bold, t.red, t.dim = style(bold), style(red), style(dim)
	t.stdout, t.stderr = screen{stdout, styles}, screen{stderr, styles}
	return t
}

// progress shows, where a person is looking, how far a build is that takes longer than a
// second. The second function ends it and clears the line.
func (t *terminal) progress() (show func(progress.Progress), end func()) {
	if t.watched == nil {
		return nil, func() {}
	}
	var now atomic.Pointer[progress.Progress]
	now.Store(&progress.Progress{})
	delay := make(chan any)
	patience := time.AfterFunc(time.Second, func() { close(delay) })
	bars := mpb.New(mpb.WithOutput(t.watched), mpb.WithRenderDelay(delay), mpb.WithRefreshRate(100*time.Millisecond), mpb.WithWidth(60))
	stage := decor.Any(func(decor.Statistics) string { return "building: " + now.Load().Stage }, decor.WCSyncWidthR)
	count := decor.Any(func(decor.Statistics) string {
		p := now.Load()
		if p.Total == 0 {
			return ""
		}
		return fmt.Sprintf("%d of %s", p.Done, diag.Count(p.Total, p.Noun))
	})
	bar := bars.New(barLength, mpb.BarStyle().Lbound("").Filler("█").Tip("").Padding("░").Rbound(""),
		mpb.PrependDecorators(stage), mpb.AppendDecorators(count), mpb.BarRemoveOnComplete())
	show = func(p progress.Progress) {
		now.Store(&p)
		bar.SetCurrent(min(int64(p.Part()*barLength), barLength-1)) // a full bar would end
	}
	return show, func() {
		patience.Stop()
		bar.Abort(true)
		bars.Wait()
	}
}

// barLength is what a bar counts to.
const barLength = 1000

// problems shows what is wrong with the report.
func (t *terminal) problems(result *generator.Result, flags reportFlags) error {
	if flags.json {
		said := map[string]any{"problems": result.Problems}
		if len(result.Changes) > 0 {
			said["changes"] = result.Changes
		}
		if len(result.Notes) > 0 && !flags.strict {
			said["notes"] = result.Notes
		}
		if err := t.printJSON(said); err != nil {
			return err
		}
		return errProblems
	}
	t.list(result.Problems)
	if !flags.strict { // then they are among the problems
		t.notes(&generator.Result{Notes: unsaid(result)}) // what may be wrong with a table is often why a sentence is
	}
	written := ""
	if flags.writes {
		written = "; nothing was written"
	}
	fmt.Fprintf(t.stderr, "%s%s\n", t.red(diag.Count(len(result.Problems), "problem")), written)
	return errProblems
}

// unsaid are the notes on cells and rows that no problem is about.
func unsaid(result *generator.Result) []diag.Problem {
	return slices.DeleteFunc(slices.Clone(result.Notes), func(n diag.Problem) bool {
		return n.Line > 0 && slices.ContainsFunc(result.Problems, func(p diag.Problem) bool {
			return p.File == n.File && p.Sheet == n.Sheet && p.Line == n.Line && (p.Column == n.Column || n.Column == 0)
		})
	})
}

// list shows problems or notes.
func (t *terminal) list(problems []diag.Problem) {
	for _, p := range problems {
		for _, part := range []*string{&p.File, &p.Sheet, &p.Field, &p.Message, &p.Found, &p.Expected, &p.Hint} {
			*part = oneLine(*part)
		}
		text, hint, hasHint := strings.Cut(p.String(), "\n")
		fmt.Fprintf(t.stderr, "%s%s\n", t.bold(p.Place()), strings.TrimPrefix(text, p.Place()))
		if hasHint {
			fmt.Fprintln(t.stderr, t.dim(hint))
		}
	}
}

// notes shows what may be wrong with the tables, and with facts in the prose.
func (t *terminal) notes(result *generator.Result) {
	if len(result.Notes) == 0 {
		return
	}
	t.list(result.Notes)
	way := "fix it"
	if i := slices.IndexFunc(result.Notes, func(n diag.Problem) bool { return strings.HasPrefix(n.File, "data/") }); i >= 0 {
		way += ", or silence it with a reason (" + silence(result.Notes[i]) + ")"
	}
	fmt.Fprintf(t.stderr, "%s of what may be wrong: %s\n", t.bold(diag.Count(len(result.Notes), "note")), way)
}

// silence is what silences a note, in its table of the data package.
func silence(n diag.Problem) string {
	field := ""
	if n.Field != "" {
		field = fmt.Sprintf("\"field\": %q, ", n.Field)
	}
	return fmt.Sprintf(`"notes": [{"kind": %q, %s"reason": "…"}]`, n.Note, field)
}

// built says what a build made, and how to look at it.
func (t *terminal) built(result *generator.Result, folder string, took time.Duration, flags reportFlags) error {
	s := summarize(result)
	if flags.json {
		return t.printJSON(map[string]any{
			"problems": []diag.Problem{}, "notes": append([]diag.Problem{}, result.Notes...), "destination": folder, "pages": s.pages, "charts": result.Charts, "drawn": result.Drawn,
			"aggregates": result.Aggregates, "tables": result.Tables, "rows": result.Rows, "files": len(result.Pages), "bytes": s.bytes,
			"facts": result.Facts, "changes": append([]lock.Change{}, result.Changes...),
			"milliseconds": took.Milliseconds(), "stages": stages(result),
		})
	}
	if err := t.timings(result, flags); err != nil {
		return err
	}
	if result.Unspoken != "" {
		fmt.Fprintf(t.stderr, "note: numbers and days are written as in %q; the words that the theme puts around them are English\n", result.Unspoken)
	}
	_, err := fmt.Fprintf(t.stdout, "%s/: %s, %s, %s from %s of %s; %s in %s\nopen %s in a browser\n",
		strings.TrimSuffix(folder, "/"), diag.Count(s.pages, "page"), diag.Count(result.Charts, "chart"), diag.Count(result.Aggregates, "aggregate"),
		diag.Count(result.Rows, "row"), diag.Count(result.Tables, "table"), site.Size(s.bytes), took.Round(time.Millisecond), path.Join(folder, "index.html"))
	t.notes(result)
	t.openClaims(result)
	return err
}

// checked says that nothing is wrong.
func (t *terminal) checked(result *generator.Result, flags reportFlags) error {
	if flags.json {
		return t.printJSON(map[string]any{"problems": []diag.Problem{}, "notes": append([]diag.Problem{}, result.Notes...)})
	}
	if err := t.timings(result, flags); err != nil {
		return err
	}
	_, err := fmt.Fprintf(t.stdout, "no problems in %s of %s, %s, %s and %s\n", diag.Count(result.Rows, "row"), diag.Count(result.Tables, "table"),
		diag.Count(result.Aggregates, "aggregate"), diag.Count(result.Charts, "chart"), diag.Count(summarize(result).pages, "page"))
	t.notes(result)
	t.openClaims(result)
	return err
}

func (t *terminal) timings(result *generator.Result, flags reportFlags) error {
	if !flags.timings {
		return nil
	}
	for _, stage := range result.Timings {
		if _, err := fmt.Fprintf(t.stdout, "%8.1f ms  %s\n", milliseconds(stage.Took), stage.Stage); err != nil {
			return err
		}
	}
	return nil
}

func stages(result *generator.Result) map[string]float64 {
	all := map[string]float64{}
	for _, stage := range result.Timings {
		all[stage.Stage] = milliseconds(stage.Took)
	}
	return all
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (t *terminal) printJSON(v any) error {
	e := json.NewEncoder(t.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

type summary struct{ pages, bytes int }

func summarize(result *generator.Result) summary {
	var s summary
	for name, data := range result.Pages {
		if path.Ext(name) == ".html" {
			s.pages++
		}
		s.bytes += len(data)
	}
	return s
}
