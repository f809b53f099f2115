package chart

import (
	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// faults are the problems of one chart's file. A chart with any is not drawn.
type faults struct {
	list   *diag.List
	doc    *config.Document
	failed bool
}

// add adds a problem at a key of the file.
func (f *faults) add(p diag.Problem, path ...any) {
	f.failed = true
	f.list.Add(f.doc.Problem(p, path...))
}

// addText adds a problem of a text. Of a chart whose finding is no longer true the rest
// can be drawn all the same.
func (f *faults) addText(p diag.Problem, key string) {
	f.failed = f.failed || p.Finding == ""
	f.list.Add(f.doc.Problem(p, key))
}
