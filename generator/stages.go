package generator

import (
	"context"
	"io/fs"

	"broadsheet"
	"broadsheet/generator/aggregate"
	"broadsheet/generator/archive"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/check"
	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/engine"
	"broadsheet/generator/extract"
	"broadsheet/generator/fact"
	"broadsheet/generator/geography"
	"broadsheet/generator/limit"
	"broadsheet/generator/listing"
	"broadsheet/generator/literal"
	"broadsheet/generator/lock"
	"broadsheet/generator/memo"
	"broadsheet/generator/record"
	"broadsheet/generator/rowpage"
	"broadsheet/generator/site"

	"github.com/sourcegraph/conc/pool"
)

// The stages of a build, as they are shown.
const (
	stageOpen       = "open"
	stageTables     = "tables"
	stageAggregates = "aggregates"
	stageCharts     = "charts"
	stageProse      = "prose"
	stagePages      = "pages"
	stageCheck      = "check"
	stageLock       = "lock"
)

// stages is their order.
var stages = []string{stageOpen, stageTables, stageAggregates, stageCharts, stageProse, stagePages, stageCheck, stageLock}

// job is one build: what its stages share.
type job struct {
	report   *archive.Recorder
	options  Options
	engine   *engine.Engine
	answers  *memo.Memo
	drawer   *svg.Drawer
	prose    *content.Files // as it is written
	literals *literal.Settings
	problems diag.List
	shown    *lock.Now // nil where pages could not be made
	course   course

	change func(context.Context, *engine.Engine) error // of the tables, before anything is computed; nil for none
}

// open reports whether the directory can be read as a report. If so, close must be
// called.
func (b *job) open(ctx context.Context) (ok bool, err error) {
	b.course.start(stageOpen)
	if directory.Check(b.report, b.options.Limits, &b.problems); !b.problems.Empty() {
		return false, nil
	}
	if b.engine, err = engine.Open(ctx); err != nil {
		return false, err
	}
	b.answers = memo.Open(b.options.Memo)
	b.drawer = svg.New(broadsheet.Drawing, b.answers)
	return true, nil
}

func (b *job) close() error {
	b.answers.Close()
	return b.engine.Close()
}

// computed is what data/ holds, computed.
type computed struct {
	tables      *dataset.Dataset
	notes       []diag.Problem
	extracts    extract.Set
	sources     []record.Source
	corrections []record.Correction
	revised     []record.Revised
	fetched     []record.Fetched
	signoffs    []record.Signoff
	aggregates  aggregate.Set

	claims     []literal.Claim
	chartFiles []chart.File
	charts     chart.Set
	palette    chart.Palette
	others     map[string]site.Translation
}

// compute reads the tables, runs the aggregates, and reads the charts.
func (b *job) compute(ctx context.Context) (*computed, error) {
	c, err := b.load(ctx)
	if err != nil {
		return nil, err
	}
	group := pool.New().WithErrors().WithFirstError()
	group.Go(func() error { return b.run(ctx, c) })
	group.Go(func() (err error) {
		c.notes, err = c.tables.Notes(ctx, b.answers, &b.problems)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if b.options.Strict {
		b.problems.Add(c.notes...)
	}
	b.course.start(stageCharts)
	c.chartFiles = chart.Files(b.report, &b.problems)
	maps, err := geography.Files(b.report, b.answers, &b.problems)
	if err != nil {
		return nil, err
	}
	palette, err := chart.ReadPalette(b.report, &b.problems)
	if err != nil {
		return nil, err
	}
	if c.charts, err = chart.Load(ctx, c.chartFiles, c.aggregates, maps, c.tables.Package.Created, palette, b.options.Limits, &b.problems); err != nil {
		return nil, err
	}
	c.palette = palette
	return c, b.translate(ctx, c, maps, palette)
}

// translate makes what pages in the report's other languages show. A mistake that is there in each language is told once.
func (b *job) translate(ctx context.Context, c *computed, maps map[string]*geography.File, palette chart.Palette) error {
	c.others = map[string]site.Translation{}
	for name, language := range site.Others(b.report) {
		var found diag.List
		t := site.Translation{Language: language, Aggregates: fact.FillTexts(c.aggregates.In(language, &found), &diag.List{})} // what is wrong with texts is told
		var err error
		if t.Charts, err = chart.Load(ctx, c.chartFiles, t.Aggregates, maps, c.tables.Package.Created, palette, b.options.Limits, &found); err != nil {
			return err
		}
		if b.problems.Empty() {
			for _, p := range found.Sorted() {
				p.Message += " (language " + name + ")"
				b.problems.Add(p)
			}
		}
		c.others[name] = t
	}
	return nil
}

// aggregate reads the tables and runs the aggregates.
func (b *job) aggregate(ctx context.Context) (*computed, error) {
	c, err := b.load(ctx)
	if err != nil {
		return nil, err
	}
	return c, b.run(ctx, c)
}

// load reads the tables.
func (b *job) load(ctx context.Context) (c *computed, err error) {
	// the rest of the memory is for what Go makes of the tables
	if err := b.engine.SetMemory(ctx, b.options.Limits.Bytes(limit.Memory)/2); err != nil {
		return nil, err
	}
	b.course.start(stageTables)
	c = &computed{}
	if c.tables, err = dataset.Load(ctx, b.report, site.Language(b.report), b.engine, b.options.Limits, b.answers, &b.problems); err != nil {
		return nil, err
	}
	if c.extracts, err = extract.Load(b.report, c.tables.Package, b.options.Limits, &b.problems); err != nil {
		return nil, err
	}
	if err := c.extracts.Check(b.report, &b.problems); err != nil {
		return nil, err
	}
	if c.sources, err = record.Sources(ctx, c.tables, &b.problems); err != nil {
		return nil, err
	}
	if c.corrections, err = record.Corrections(b.report, &b.problems); err != nil {
		return nil, err
	}
	if c.fetched, err = record.ReadFetched(b.report, &b.problems); err != nil {
		return nil, err
	}
	if c.revised, err = record.Revisions(b.report, c.tables, &b.problems); err != nil {
		return nil, err
	}
	if c.signoffs, err = record.Signoffs(b.report, &b.problems); err != nil {
		return nil, err
	}
	if b.change != nil {
		if err := b.change(ctx, b.engine); err != nil {
			return nil, err
		}
	}
	return c, b.engine.Freeze(ctx)
}

// run runs the aggregates.
func (b *job) run(ctx context.Context, c *computed) (err error) {
	b.course.start(stageAggregates)
	if c.aggregates, err = aggregate.Load(ctx, b.report, c.tables, b.engine, b.options.Limits, b.answers, &b.problems); err != nil {
		return err
	}
	return b.fillTexts(ctx, c)
}

// fillTexts puts facts in the place of the placeholders in texts. What is wrong in a cell of a table is told there, and not
// of each aggregate that reads it.
func (b *job) fillTexts(ctx context.Context, c *computed) error {
	sound, err := fact.CheckTexts(ctx, c.aggregates, c.tables, &b.problems)
	if err != nil {
		return err
	}
	fact.CheckAgreements(c.aggregates, c.tables, &b.problems)
	found := &diag.List{}
	if c.aggregates = fact.FillTexts(c.aggregates, found); sound {
		b.problems.Add(found.Sorted()...)
	}
	return nil
}

// read reads the words around the data, and checks them.
func (b *job) read(ctx context.Context, c *computed) (*site.Site, error) {
	b.course.start(stageProse)
	prose, err := content.Load(b.report)
	if err != nil {
		return nil, err
	}
	b.prose = prose
	pages, err := rowpage.Expand(prose, c.aggregates, &b.problems)
	if err != nil {
		return nil, err
	}
	s := site.New(ctx, site.Inputs{
		Source: b.report, Content: pages, Theme: broadsheet.Theme, Faces: broadsheet.Faces, Memo: b.answers, BaseURL: b.options.BaseURL, Limits: b.options.Limits, Drawer: b.drawer,
		Tables: c.tables, Extracts: c.extracts, Aggregates: c.aggregates, Charts: c.charts, Palette: c.palette, Others: c.others, Records: c.sources, Corrections: c.corrections, Revised: c.revised, Fetched: c.fetched, Signoffs: c.signoffs, Archivable: b.report.Keeps(),
	})
	group := pool.New().WithErrors().WithFirstError()
	group.Go(func() error { return s.Check(&b.problems) })
	group.Go(func() error { return b.readTexts(ctx, c) })
	return s, group.Wait()
}

// readTexts looks for numbers and claims that rest on nothing, in prose, templates and tables.
func (b *job) readTexts(ctx context.Context, c *computed) (err error) {
	if b.literals, err = literal.ReadSettings(b.report, &b.problems); err != nil {
		return err
	}
	strict := b.options.Strict || b.literals.Strict
	b.literals.NameThings(c.aggregates, c.tables.Units().Language().Base())
	b.literals.NamePages(b.prose, c.tables.Units().Language().Base())
	b.literals.NameColumns(c.tables)
	var misplaced []diag.Problem
	c.claims, misplaced = literal.Check(b.report, b.prose, c.chartFiles, c.aggregates, site.LanguageOf(b.report), b.literals, &b.problems)
	inTemplates, err := literal.TemplateClaims(b.report, c.aggregates, c.tables.Units().Language().Base(), b.literals)
	if err != nil {
		return err
	}
	c.claims = append(c.claims, inTemplates...)
	if strict {
		b.problems.Add(append(literal.Open(c.claims), misplaced...)...)
	} else {
		for i := range misplaced {
			misplaced[i].Note = literal.NoteNoun
		}
		c.notes = append(c.notes, misplaced...)
	}
	return b.readCells(ctx, c, strict)
}

// readCells reads the texts of tables. What is wrong there is a note, unless notes are problems.
func (b *job) readCells(ctx context.Context, c *computed, strict bool) error {
	numbers, claims, err := literal.CheckCells(ctx, c.tables, c.aggregates, c.tables.Units().Language().Base(), b.literals, &b.problems)
	if err != nil {
		return err
	}
	numbers = c.tables.Unsilenced(dataset.NoteTyped, numbers, &b.problems)
	open := c.tables.Unsilenced(dataset.NoteClaims, literal.Open(claims), &b.problems)
	c.claims = append(c.claims, literal.Waive(claims, open, func(file, field string) string { return c.tables.WhySilenced(dataset.NoteClaims, file, field) })...)
	if strict {
		b.problems.Add(numbers...)
		b.problems.Add(open...)
	} else {
		c.notes = append(c.notes, literal.ByColumn(numbers)...)
	}
	return nil
}

// render makes the pages, unless problems keep them from being made.
func (b *job) render(ctx context.Context, s *site.Site, c *computed) (*site.Rendered, error) {
	b.course.start(stagePages)
	if !b.problems.Empty() && !(b.options.For == ToDiff && b.problems.OnlyFindings()) {
		return &site.Rendered{}, nil
	}
	r, err := s.Render(ctx, &b.problems)
	if err != nil || r.Pages == nil {
		return r, err
	}
	b.shown = lock.Gather(lock.Report{Tables: c.tables, Aggregates: c.aggregates, Charts: c.charts, Sources: c.sources, HasPage: r.HasPage}, r.Passages)
	var facts, source []byte
	group := pool.New().WithErrors().WithFirstError()
	group.Go(func() error { return s.Complete(ctx, r, &b.problems) })
	group.Go(func() (err error) { facts, err = listFacts(s, c, b.shown.Facts); return err })
	if s.HasArchive() {
		group.Go(func() (err error) { source, err = b.archive(s, c); return err })
	}
	if err := group.Wait(); err != nil {
		return r, err
	}
	if _, taken := r.Pages[listing.FactsFile]; !taken { // by a file of the report
		r.Pages[listing.FactsFile] = facts
	}
	if source != nil {
		r.Pages[archive.Name] = source
	}
	return r, nil
}

// archive is the source of the report; nil where it is too large.
func (b *job) archive(s *site.Site, c *computed) ([]byte, error) {
	return archive.Write(archive.Parts{
		Report: b.report, Tables: c.tables, Fetched: c.fetched, Prose: b.prose, Drafts: s.BuildsDrafts(), Assets: s.Uses, Theme: s.Theme, Settings: archive.Settings{BaseURL: s.BaseURL},
	})
}

// check reads the finished pages, and compares the facts that they show with the lock meanwhile.
func (b *job) check(ctx context.Context, s *site.Site, r *site.Rendered) (out *compared, err error) {
	b.course.start(stageCheck)
	group := pool.New().WithErrors().WithFirstError()
	group.Go(func() error {
		return check.Pages(ctx, check.Site{
			Pages: r.Pages, Report: b.report, Sources: r.Sources, Root: site.Root(s.BaseURL), Policy: site.ContentPolicy, Reads: s.Reads,
			Counted: r.Marks, Literals: b.literals, Listings: r.Listings, Memo: b.answers,
		}, &b.problems)
	})
	group.Go(func() (err error) {
		out, err = b.compare(ctx, r)
		return err
	})
	return out, group.Wait()
}

// compared is how the facts that pages show differ from those that were accepted.
type compared struct {
	facts    int
	accepted *record.Lock   // nil without a lock
	broken   []diag.Problem // what is wrong with it, where a new one is to be written
	changes  []lock.Change
	lock     *record.Lock // to write, where that is the purpose
}

func (b *job) compare(ctx context.Context, r *site.Rendered) (*compared, error) {
	var broken diag.List
	var of fs.FS = b.report
	if b.options.Against != nil {
		of = b.options.Against
	}
	accepted, err := record.ReadLock(of, &broken)
	if err != nil {
		return nil, err
	}
	if accepted != nil && accepted.Merged && (b.options.For == ToPublish || b.options.For == ToPublishLocked) {
		broken.Add(record.Conflicts())
	}
	out := &compared{accepted: accepted}
	if r.Pages != nil && (broken.Empty() || b.options.For == ToAccept) {
		out.facts = len(b.shown.Facts)
		if accepted != nil {
			if out.changes, err = b.shown.Compare(ctx, accepted, &broken); err != nil {
				return nil, err
			}
		}
	}
	out.broken = broken.Sorted()
	return out, nil
}

// hold holds the report to its lock, or makes a new one, as the build's purpose is.
func (b *job) hold(ctx context.Context, c *compared) (err error) {
	b.course.start(stageLock)
	if b.options.For == ToAccept { // a broken lock does not stop it
		if b.shown != nil && b.problems.Empty() {
			c.lock, err = b.shown.Lock(ctx, c.accepted)
		}
		return err
	}
	if len(c.broken) == 0 && b.shown != nil && b.options.For == ToPublishLocked {
		b.problems.Add(lock.Differs(c.accepted, c.changes)...)
	}
	b.problems.Add(c.broken...)
	c.broken = nil
	return nil
}
