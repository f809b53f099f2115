package site

import (
	"context"
	"errors"
	"math"
	"reflect"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/tpl/collections"
	hugoos "github.com/gohugoio/hugo/tpl/os"
	hugostrings "github.com/gohugoio/hugo/tpl/strings"
	"github.com/spf13/cast"
)

// guardName is how the edited templates of a report reach the guard.
const (
	guardParam = "broadsheet_guard"
	guardName  = "site.Params." + guardParam
)

// templateGuard ends templates that would not end: Hugo cannot be stopped from outside. Its
// methods are called by templates, from many goroutines; the first argument is the
// place of the call.
type templateGuard struct {
	ctx    context.Context
	limits limit.Limits
	until  time.Time

	looked    atomic.Int64           // when time and memory were looked at
	last      atomic.Pointer[string] // place of that tick
	pages     atomic.Int64
	stop      sync.Once
	stopped   chan struct{} // closed when a limit is met, or ctx is done
	why       error         // once stopped is closed
	problems  diag.List     // of single pages, which stop nothing
	addresses takenAddresses

	text  *hugostrings.Namespace
	lists *collections.Namespace
	files *hugoos.Namespace
}

func newGuard(ctx context.Context, limits limit.Limits) *templateGuard {
	return &templateGuard{ctx: ctx, limits: limits, until: time.Now().Add(limits.Seconds(limit.PageTime)), stopped: make(chan struct{})}
}

// use hands over what the replaced functions are made of.
func (g *templateGuard) use(d *deps.Deps) {
	g.text, g.lists, g.files = hugostrings.New(d), collections.New(d), hugoos.New(d)
}

// wrong is a problem on its way through Hugo.
type wrong struct{ diag.Problem }

func (w wrong) Error() string { return w.String() }

// end stops all templates: each of them fails at its next tick.
func (g *templateGuard) end(why error) error {
	g.stop.Do(func() {
		g.why = why
		close(g.stopped)
	})
	return g.why
}

func (g *templateGuard) exceeded(place string, name limit.Name, what string) error {
	p := g.limits.Exceeded(name, what)
	p.File, p.Line, p.Column = splitPlace(place)
	return g.end(wrong{p})
}

// splitPlace reads "layouts/home.html:3:5".
func splitPlace(place string) (file string, line, column int) {
	parts := strings.Split(place, ":")
	n := len(parts)
	if n < 3 {
		return place, 0, 0
	}
	line, _ = strconv.Atoi(parts[n-2])
	column, _ = strconv.Atoi(parts[n-1])
	return strings.Join(parts[:n-2], ":"), line, column
}

// timeOver is the problem of templates that take too long.
func (g *templateGuard) timeOver() error {
	place := "layouts"
	if last := g.last.Load(); last != nil {
		place = *last
	}
	return g.exceeded(place, limit.PageTime, "templates that go on")
}

// Tick fails where the build has been stopped, where the templates have taken too
// long, or too much memory.
func (g *templateGuard) Tick(place string) (string, error) {
	select {
	case <-g.stopped:
		return "", g.why
	case <-g.ctx.Done():
		return "", g.end(g.ctx.Err())
	default:
	}
	now := time.Now()
	if last := g.looked.Load(); now.UnixNano()-last < int64(time.Millisecond) || !g.looked.CompareAndSwap(last, now.UnixNano()) {
		return "", nil
	}
	g.last.Store(&place)
	if now.After(g.until) {
		return "", g.timeOver()
	}
	if most := g.limits.Bytes(limit.Memory); heap() > most {
		runtime.GC() // what nobody uses any more does not count
		used := heap()
		if used <= most {
			return "", nil
		}
		return "", g.exceeded(place, limit.Memory, "templates that have filled "+diag.Count(int(used/1_000_000), "megabyte"))
	}
	return "", nil
}

// heap is the memory that the program's objects take.
func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// makes fails where a text would be too long.
func (g *templateGuard) makes(place string, length int64) error {
	if length > int64(g.limits.Get(limit.Text)) {
		return g.exceeded(place, limit.Text, "a text of "+diag.Count(int(length), "character"))
	}
	return nil
}

// Repeat is strings.Repeat.
func (g *templateGuard) Repeat(place string, n, text any) (string, error) {
	count, err := cast.ToInt64E(n)
	if err != nil {
		return "", err
	}
	s, err := cast.ToStringE(text)
	if err != nil {
		return "", err
	}
	if size := int64(len(s)); count > 0 && size > 0 {
		length := int64(math.MaxInt64)
		if count < length/size {
			length = count * size
		}
		if err := g.makes(place, length); err != nil {
			return "", err
		}
	}
	return g.text.Repeat(n, text)
}

// Replace is strings.Replace.
func (g *templateGuard) Replace(place string, text, old, new any, most ...any) (string, error) {
	s, o, n := cast.ToString(text), cast.ToString(old), cast.ToString(new)
	if len(n) > len(o) {
		if err := g.makes(place, int64(len(s))+int64(strings.Count(s, o))*int64(len(n)-len(o))); err != nil {
			return "", err
		}
	}
	return g.text.Replace(text, old, new, most...)
}

// Delimit is collections.Delimit.
func (g *templateGuard) Delimit(place string, list, separator any, last ...any) (string, error) {
	v := reflect.ValueOf(list)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if k := v.Kind(); k == reflect.Slice || k == reflect.Array || k == reflect.Map {
		if err := g.makes(place, int64(v.Len())*int64(len(cast.ToString(separator)))); err != nil {
			return "", err
		}
	}
	return g.lists.Delimit(g.ctx, list, separator, last...)
}

// ReplacePairs is strings.ReplacePairs.
func (g *templateGuard) ReplacePairs(place string, arguments ...any) (string, error) {
	pairs, _ := cast.ToStringSliceE(arguments)
	if len(arguments) == 2 {
		if list, err := cast.ToStringSliceE(arguments[0]); err == nil {
			pairs = append(slices.Clone(list), cast.ToString(arguments[1]))
		}
	}
	if n := len(pairs); n > 0 {
		text, length := pairs[n-1], int64(len(pairs[n-1]))
		for pair := range slices.Chunk(pairs[:n-1], 2) {
			if len(pair) == 2 {
				length += int64(strings.Count(text, pair[0])) * int64(len(pair[1]))
			}
		}
		if err := g.makes(place, length); err != nil {
			return "", err
		}
	}
	return g.text.ReplacePairs(arguments...)
}

// ReadFile is os.ReadFile, which reads a file that does not exist as an empty one: a
// misspelt name would leave out what it holds without a word.
func (g *templateGuard) ReadFile(place string, name any) (string, error) {
	file := strings.TrimPrefix(cast.ToString(name), "/")
	if exists, err := g.files.FileExists(file); err == nil && !exists {
		p := diag.Problem{Message: "no such file in the report", Found: diag.Quote(file), Hint: "the name starts at the report's directory, or at content/; os.FileExists asks whether there is one"}
		p.File, p.Line, p.Column = splitPlace(place)
		return "", wrong{p}
	}
	return g.files.ReadFile(name)
}

// AddPage adds a page for a content adapter.
func (g *templateGuard) AddPage(place string, adapter, page any) (string, error) {
	to, ok := adapter.(interface{ AddPage(any) (string, error) })
	if !ok {
		return "", errors.New("only a content adapter can add pages, and only from its own context: $.AddPage")
	}
	if _, err := g.Tick(place); err != nil {
		return "", err
	}
	if most := g.limits.Get(limit.Pages); g.pages.Add(1) > int64(most) {
		return "", g.exceeded(place, limit.Pages, "more than "+diag.Count(most, "page"))
	}
	if !g.claim(place, adapter, page) {
		return "", nil
	}
	return to.AddPage(page)
}

// AddResource adds a file for a content adapter.
func (g *templateGuard) AddResource(place string, adapter, resource any) (string, error) {
	to, ok := adapter.(interface{ AddResource(any) (string, error) })
	if !ok {
		return "", errors.New("only a content adapter can add resources, and only from its own context: $.AddResource")
	}
	if _, err := g.Tick(place); err != nil {
		return "", err
	}
	if most := g.limits.Get(limit.Pages); g.pages.Add(1) > int64(most) {
		return "", g.exceeded(place, limit.Pages, "more than "+diag.Count(most, "file")+", pages among them")
	}
	return to.AddResource(resource)
}
