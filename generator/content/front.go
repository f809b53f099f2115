package content

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"

	"github.com/gohugoio/hugo/parser/metadecoders"
	"github.com/gohugoio/hugo/parser/pageparser"
	"github.com/pelletier/go-toml/v2"
)

// Front is the front matter of a page, or the like. The zero value is none.
type Front struct {
	Span                  // with its marks
	Values map[string]any // as Hugo reads them, by their names in small letters

	names map[string]string // as they are written
	place func(path ...any) (line, column int)
}

// Text is the value of a key as a reader sees it; "" where it is not text.
func (f Front) Text(key string) string {
	switch v := f.Values[strings.ToLower(key)].(type) {
	case string, int, int64, uint64, float64:
		return fmt.Sprint(v)
	}
	return ""
}

// Position is the line and the column of a key, from 1; of the front matter where the
// key is not there. Further steps lead to parts of its value.
func (f Front) Position(key string, path ...any) (line, column int) {
	if f.place == nil {
		return 1, 1
	}
	written := key
	if name, ok := f.names[strings.ToLower(key)]; ok {
		written = name
	}
	return f.place(append([]any{written}, path...)...)
}

// readFront reads the front matter, and notes the first fault.
func readFront(p *Page, item pageparser.Item) Front {
	format := pageparser.FormatFromFrontMatterType(item.Type)
	text := item.Val(p.Text)
	start := item.Pos()
	f := Front{Span: Span{0, start + len(text)}}
	if format == metadecoders.YAML || format == metadecoders.TOML {
		f.End += len("---")
	}
	line, _ := config.Position(p.Text, start)
	values, err := metadecoders.Default.UnmarshalToMap(text, format)
	if err != nil {
		p.Fault = frontFault(p, string(format), line, err)
		return f
	}
	f.name(values)
	var ignored map[string]any
	switch format {
	case metadecoders.YAML:
		f.place = at(config.YAML(p.File, line, text, &ignored, &diag.List{}), line)
	case metadecoders.JSON:
		// blanks before it keep lines and columns as in the file
		padded := append(bytes.Repeat([]byte("\n"), line-1), text...)
		f.place = at(config.JSON(p.File, padded, &ignored, &diag.List{}), line)
	default:
		f.place = tomlPlaces(p.Text, Span{start, f.End})
	}
	return f
}

// ReadSettings reads a file that is nothing but YAML, such as a chart's; no values
// where it is broken.
func ReadSettings(file string, text []byte) Front {
	f := Front{Span: Span{0, len(text)}}
	var values map[string]any
	if doc := config.YAML(file, 1, text, &values, &diag.List{}); doc != nil {
		f.name(values)
		f.place = doc.At
	}
	return f
}

// ReadParams reads params of hugo.toml; no values where the file is broken.
func ReadParams(text []byte) Front {
	f := Front{Span: Span{0, len(text)}}
	f.place = tomlPlaces(text, f.Span)
	var settings struct{ Params map[string]any }
	if toml.Unmarshal(text, &settings) == nil {
		f.name(settings.Params)
	}
	return f
}

func (f *Front) name(values map[string]any) {
	f.Values, f.names = map[string]any{}, map[string]string{}
	for name, value := range values {
		f.Values[strings.ToLower(name)], f.names[strings.ToLower(name)] = value, name
	}
}

// at is where a document says that its parts are; its first line where it cannot
// be read.
func at(doc *config.Document, line int) func(path ...any) (int, int) {
	if doc == nil {
		return func(...any) (int, int) { return line, 1 }
	}
	return doc.At
}

// tomlPlaces finds keys by the look of their lines: the reader of TOML keeps no
// places.
func tomlPlaces(text []byte, within Span) func(path ...any) (line, column int) {
	return func(path ...any) (int, int) {
		key := regexp.MustCompile(fmt.Sprintf(`(?m)^[ \t]*(?:\[\[)?[ \t]*(?:params\.)?["']?%s\b`, regexp.QuoteMeta(fmt.Sprint(path[0]))))
		lines := key.FindAllIndex(text[within.Start:within.End], -1)
		n := 0
		if len(path) > 1 {
			n, _ = path[1].(int)
		}
		if len(lines) == 0 {
			return config.Position(text, within.Start)
		}
		return config.Position(text, within.Start+lines[min(n, len(lines)-1)][0])
	}
}

var yamlPosition = regexp.MustCompile(`\[(\d+):(\d+)\] ([^\n]*)`)

// frontFault is the problem of front matter that cannot be read; it starts at the
// given line of the file.
func frontFault(page *Page, format string, line int, err error) *diag.Problem {
	cause := err
	for next := errors.Unwrap(cause); next != nil; next = errors.Unwrap(cause) {
		cause = next
	}
	message, _, _ := strings.Cut(cause.Error(), "\n")
	p := &diag.Problem{File: page.File, Line: line, Message: fmt.Sprintf("broken %s: %s", strings.ToUpper(format), strings.TrimPrefix(message, "toml: "))}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, column := decode.Position()
		p.Line, p.Column = line+row-1, column
	} else if m := yamlPosition.FindStringSubmatch(cause.Error()); m != nil {
		row, _ := strconv.Atoi(m[1])
		p.Line = line + row - 1
		p.Message, p.Hint = config.FaultOfYAML(m[3], config.LineOf(page.Text, p.Line))
		p.Message = "broken YAML: " + p.Message
		p.Column, _ = strconv.Atoi(m[2])
	}
	return p
}
