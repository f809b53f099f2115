// Package svg draws chart options as SVG, by ECharts itself in an embedded
// JavaScript engine.
//
// The engine is QuickJS in pure Go, fed with bytecode: a machine starts in a fifth
// of the time that the parsed bundle needs, and goja needs as long as that to
// parse and half as long again to draw a map. A machine is not safe for
// concurrent use, so each drawing borrows one, and there are at most as many as
// processors.
//
// What was drawn is kept in a folder, by the hash of what it was drawn from. That
// cache is the only state between two builds.
package svg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"modernc.org/quickjs"
)

// Drawer draws charts. It is safe for concurrent use.
type Drawer struct {
	digest   []byte
	bytecode []byte
	cache    string // folder; "" is none
	slots    chan struct{}

	mu    sync.Mutex
	idle  []*quickjs.VM
	used  map[string]bool // file names in cache that this build needed
	drawn int
}

// New returns a drawer that runs the given program (see package broadsheet) and
// keeps its drawings in the folder cache, unless that is "".
func New(program []byte, cache string) *Drawer {
	return &Drawer{
		digest: program[:sha256.Size], bytecode: program[sha256.Size:], cache: cache,
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)), used: map[string]bool{},
	}
}

// Drawn is how many drawings were not in the cache.
func (d *Drawer) Drawn() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drawn
}

// Draw draws an ECharts option, in pixels wide and high.
func (d *Drawer) Draw(option []byte, width, height int) (Drawing, error) {
	name := d.name(option, width, height)
	shapes, ok := d.load(name)
	if !ok {
		drawn, err := d.draw(option, width, height)
		if err != nil {
			return Drawing{}, err
		}
		if shapes, err = mend(drawn, prefix(name)); err != nil {
			return Drawing{}, err
		}
		d.store(name, shapes)
	}
	return Drawing{Width: width, Height: height, Shapes: shapes, Prefix: prefix(name)}, nil
}

func prefix(name string) string { return "d" + name[:8] }

// draw runs the drawing program.
func (d *Drawer) draw(option []byte, width, height int) (string, error) {
	d.slots <- struct{}{}
	defer func() { <-d.slots }()
	vm, err := d.borrow()
	if err != nil {
		return "", err
	}
	result, err := vm.Call("draw", string(option), width, height)
	if err != nil {
		return "", errors.Join(fmt.Errorf("drawing failed: %w", err), vm.Close())
	}
	drawn, ok := result.(string)
	if !ok {
		return "", errors.Join(fmt.Errorf("drawing returned a %T", result), vm.Close())
	}
	d.mu.Lock()
	d.idle = append(d.idle, vm)
	d.drawn++
	d.mu.Unlock()
	return drawn, nil
}

// Close lets the machines go and forgets cached drawings that were not asked for
// since New, so that the cache holds one report and no history.
func (d *Drawer) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, vm := range d.idle {
		go func() { _ = vm.Close() }() // takes a while, and nobody waits for its memory
	}
	d.idle = nil
	if d.cache != "" {
		entries, _ := os.ReadDir(d.cache) // no folder, nothing to forget
		for _, e := range entries {
			if filepath.Ext(e.Name()) == ".svg" && !d.used[e.Name()] {
				_ = os.Remove(filepath.Join(d.cache, e.Name())) // another build may have been faster
			}
		}
	}
}

// borrow takes an idle machine or starts one.
func (d *Drawer) borrow() (*quickjs.VM, error) {
	d.mu.Lock()
	if n := len(d.idle); n > 0 {
		vm := d.idle[n-1]
		d.idle = d.idle[:n-1]
		d.mu.Unlock()
		return vm, nil
	}
	d.mu.Unlock()
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	// a drawing makes little garbage and the machine ends with the build
	vm.SetGCThreshold(1 << 30)
	if _, err := vm.EvalBytecode(d.bytecode); err != nil {
		return nil, errors.Join(fmt.Errorf("the drawing program does not start: %w", err), vm.Close())
	}
	return vm, nil
}

func (d *Drawer) name(option []byte, width, height int) string {
	h := sha256.New()
	h.Write(d.digest)
	fmt.Fprintf(h, "%s %d %d\n", mended, width, height)
	h.Write(option)
	return hex.EncodeToString(h.Sum(nil)[:16]) + ".svg"
}

func (d *Drawer) load(name string) (string, bool) {
	if d.cache == "" {
		return "", false
	}
	data, err := os.ReadFile(filepath.Join(d.cache, name))
	if err != nil {
		return "", false
	}
	d.mu.Lock()
	d.used[name] = true
	d.mu.Unlock()
	return string(data), true
}

// store keeps a drawing. A folder that cannot be written costs only time.
func (d *Drawer) store(name, drawn string) {
	if d.cache == "" || os.MkdirAll(d.cache, 0o777) != nil {
		return
	}
	ignore := filepath.Join(d.cache, ".gitignore")
	if _, err := os.Stat(ignore); err != nil {
		_ = os.WriteFile(ignore, []byte("*\n"), 0o666)
	}
	// written aside and renamed: another build never reads half a drawing
	file, err := os.CreateTemp(d.cache, name+".*")
	if err != nil {
		return
	}
	_, wrote := file.WriteString(drawn)
	if errors.Join(wrote, file.Close()) != nil || os.Rename(file.Name(), filepath.Join(d.cache, name)) != nil {
		_ = os.Remove(file.Name())
		return
	}
	d.mu.Lock()
	d.used[name] = true
	d.mu.Unlock()
}
