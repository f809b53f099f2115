package site

import (
	"slices"
	"strings"
	"text/template/parse"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// A report is made of its own files alone: no clock, no chance, no environment, no
// network and no other program. What of Hugo's templates would need one of these is
// a problem, found before Hugo runs. Hugo's own policy is pinned besides (hugo.go).

// refused are the functions and methods of Hugo that a template of a report cannot
// call. A method has a dot in front: it is refused of whatever it is called.
var refused = map[string]string{
	"now": clock, ".Now": clock, ".Local": environment, ".Timer": clock, ".BuildDate": clock,
	"shuffle": chance, ".Shuffle": chance, ".Rand": chance, ".Counter": chance,
	"getenv": environment, ".Getenv": environment, ".CommitHash": environment,
	".GetRemote": network,
	"toCSS":      program, ".Sass": program, ".ToCSS": program, "postCSS": program, ".PostCSS": program, ".TailwindCSS": program, "babel": program, ".Babel": program,
	".GitInfo": program, ".CodeOwners": program,
	".ExecuteAsTemplate": unchecked,
}

// Why they are refused.
const (
	clock       = "the time at which it is built"
	chance      = "chance"
	environment = "the machine on which it is built"
	network     = "another host"
	program     = "another program"
	unchecked   = "a template that is made while pages are made, and cannot be checked"
)

var wayOut = map[string]string{
	clock:       "take days from the data, such as the created of data/datapackage.json",
	chance:      "sort by something that the data say",
	environment: "write it in hugo.toml, under [params]",
	network:     "keep what it would fetch as a file of the report",
	program:     "run it yourself, and keep what it makes as a file of the report",
	unchecked:   "write the file as it shall be, or as a layout",
}

// namespaces are Hugo's groups of functions. One that is not followed by a function,
// as in {{ with math }}, could hide what is called of it.
var namespaces = []string{
	"cast", "collections", "compare", "crypto", "css", "debug", "diagrams", "encoding", "fmt", "hash", "images", "inflect", "js", "lang", "math",
	"openapi3", "os", "partials", "path", "reflect", "resources", "safe", "strings", "templates", "time", "transform", "urls",
}

// check looks at one command of a pipeline; piped: it gets a value from the one before.
func (t *templateFile) check(command *parse.CommandNode, piped bool, problems *diag.List) {
	for i, argument := range command.Args {
		switch n := argument.(type) {
		case *parse.IdentifierNode:
			t.refuse(n, n.Ident, n.Ident, problems)
			called := i == 0 && (piped || len(command.Args) > 1)
			if slices.Contains(namespaces, n.Ident) && !(n.Ident == "time" && called) {
				t.fail(n, diag.Problem{Message: "a group of functions without a function", Found: diag.Quote(n.Ident), Expected: "one of them, such as " + n.Ident + ".…"}, problems)
			}
		case *parse.ChainNode:
			t.chain(n, problems)
		case *parse.FieldNode:
			t.fields(n, "", n.Ident, problems)
			t.adds(start(n), n.Ident, "")
		case *parse.VariableNode:
			t.fields(n, n.Ident[0], n.Ident[1:], problems)
			t.adds(start(n), n.Ident[1:], n.Ident[0])
		}
	}
	switch name := called(command); name {
	case "apply", "collections.Apply":
		t.applied(command, problems)
	case "time", "time.AsTime", "time.In":
		for _, argument := range command.Args[1:] {
			if zone, ok := argument.(*parse.StringNode); ok && strings.EqualFold(zone.Text, "local") {
				t.fail(command, because(name+" "+zone.Quoted, environment), problems)
			}
		}
	case "strings.Repeat":
		t.replace(int(command.Pos), name, "Repeat")
	case "replace", "strings.Replace":
		t.replace(int(command.Pos), name, "Replace")
	case "strings.ReplacePairs":
		t.replace(int(command.Pos), name, "ReplacePairs")
	case "delimit", "collections.Delimit":
		t.replace(int(command.Pos), name, "Delimit")
	case "readFile", "os.ReadFile":
		t.replace(int(command.Pos), name, "ReadFile")
	}
}

// called is the function that a command calls: "now", "strings.Repeat".
func called(command *parse.CommandNode) string {
	switch n := command.Args[0].(type) {
	case *parse.IdentifierNode:
		return n.Ident
	case *parse.ChainNode:
		if of, ok := n.Node.(*parse.IdentifierNode); ok && len(n.Field) == 1 {
			return of.Ident + "." + n.Field[0]
		}
	}
	return ""
}

func (t *templateFile) chain(n *parse.ChainNode, problems *diag.List) {
	of := ""
	if identifier, ok := n.Node.(*parse.IdentifierNode); ok {
		of = identifier.Ident
	}
	t.fields(n, of, n.Field, problems)
	if pipe, ok := n.Node.(*parse.PipeNode); ok && len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
		if identifier, ok := pipe.Cmds[0].Args[0].(*parse.IdentifierNode); ok {
			t.fields(n, identifier.Ident, nil, problems)
		}
	}
}

// fields checks what is called of something.
func (t *templateFile) fields(n parse.Node, of string, names []string, problems *diag.List) {
	for i, name := range names {
		if name == "Params" {
			return // what follows is a name of the report's own
		}
		t.refuse(n, "."+name, of+"."+strings.Join(names[:i+1], "."), problems)
		isSite := i > 0 && names[i-1] == "Site" || i == 0 && (of == "site" || of == "hugo")
		if name == "Data" && isSite {
			t.fail(n, diag.Problem{
				Message: "Hugo does not see the files of data/", Found: diag.Quote(of + "." + strings.Join(names[:i+1], ".")),
				Hint: `take what is computed from them: site.Params.report.Lines "…"`,
			}, problems)
		}
	}
}

func (t *templateFile) refuse(n parse.Node, name, written string, problems *diag.List) {
	if why, ok := refused[name]; ok {
		t.fail(n, because(written, why), problems)
	}
}

func because(written, why string) diag.Problem {
	return diag.Problem{Message: written + " depends on " + why, Expected: "what the files of the report say alone", Hint: wayOut[why]}
}

// applied checks the function that apply calls for each of a list.
func (t *templateFile) applied(command *parse.CommandNode, problems *diag.List) {
	if len(command.Args) < 3 {
		return // Hugo says so
	}
	name, ok := command.Args[2].(*parse.StringNode)
	if !ok {
		t.fail(command, diag.Problem{Message: "apply calls a function that cannot be checked", Expected: "its name in quotes"}, problems)
		return
	}
	namespace, method, dotted := strings.Cut(name.Text, ".")
	if !dotted {
		t.refuse(command, namespace, "apply "+name.Quoted, problems)
	} else {
		t.refuse(command, "."+method, "apply "+name.Quoted, problems)
	}
	if slices.Contains(guarded, name.Text) {
		t.fail(command, diag.Problem{Message: "apply calls " + name.Text, Expected: "a range that does"}, problems)
	}
}

// guarded are the functions that the guard replaces.
var guarded = []string{"strings.Repeat", "replace", "strings.Replace", "strings.ReplacePairs", "delimit", "collections.Delimit", "readFile", "os.ReadFile"}

// adds has a content adapter add its pages by way of the guard.
func (t *templateFile) adds(at int, names []string, of string) {
	if len(names) == 0 || !isAdapter(t.file) {
		return
	}
	last := names[len(names)-1]
	if last != "AddPage" && last != "AddResource" {
		return
	}
	target := of
	if rest := names[:len(names)-1]; len(rest) > 0 {
		target += "." + strings.Join(rest, ".")
	}
	written := target + "." + last
	if target == "" {
		target = "."
	}
	t.replace(at, written, last, target)
}

// start is where a node begins; the parser says of some where their second part does.
func start(n parse.Node) int {
	at := int(n.Position())
	switch n := n.(type) {
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return at - len(n.Ident[0])
		}
	case *parse.FieldNode:
		if len(n.Ident) > 1 {
			return at - len(".") - len(n.Ident[0])
		}
	case *parse.ChainNode:
		if of, ok := n.Node.(*parse.IdentifierNode); ok {
			return at - len(of.Ident)
		}
	}
	return at
}

func (t *templateFile) fail(n parse.Node, problem diag.Problem, problems *diag.List) {
	problem.File = t.file
	problem.Line, problem.Column = config.Position(t.text, start(n))
	problems.Add(problem)
}
