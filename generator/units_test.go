package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestUnitsAreAskedWhatTheyMean holds that no package but quantity compares a unit with
// a name: a unit that is added later would be forgotten there.
func TestUnitsAreAskedWhatTheyMean(t *testing.T) {
	files := token.NewFileSet()
	refuse := func(e ast.Expr) {
		if s, ok := e.(*ast.SelectorExpr); ok && named[s.Sel.Name] {
			if p, ok := s.X.(*ast.Ident); ok && p.Name == "quantity" {
				t.Errorf("%s: a unit is compared with quantity.%s; ask it what it means", files.Position(e.Pos()), s.Sel.Name)
			}
		}
	}
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || path == "generator/quantity") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, "../"+path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					refuse(n.X)
					refuse(n.Y)
				}
			case *ast.CaseClause:
				for _, e := range n.List {
					refuse(e)
				}
			case *ast.KeyValueExpr:
				refuse(n.Key)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var named = map[string]bool{"Count": true, "Percent": true, "Year": true, "Day": true, "Words": true, "YesNo": true}
