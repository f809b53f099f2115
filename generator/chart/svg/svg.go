// Package svg draws chart options as SVG, by ECharts itself in an embedded
// JavaScript engine.
//
// The engine is QuickJS in pure Go, fed with bytecode: a machine starts in a fifth
// of the time that the parsed bundle needs, and goja needs as long as that to
// parse and half as long again to draw a map. A machine is not safe for
// concurrent use, so each drawing borrows one, and there are at most as many as
// processors.
//
// What was drawn is kept in a directory; see cache. That is the only state between
// two builds.
package svg

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"modernc.org/quickjs"
)

// Drawer draws charts. It is safe for concurrent use.
type Drawer struct {
	digest   []byte
	bytecode []byte
	cache    *cache
	slots    chan struct{}

	mu    sync.Mutex
	idle  []*quickjs.VM
	drawn int
}

// New returns a drawer that runs the given program (see package broadsheet) and
// keeps its drawings in a directory, unless that is "".
func New(program []byte, directory string) *Drawer {
	return &Drawer{
		digest: program[:sha256.Size], bytecode: program[sha256.Size:], cache: newCache(directory),
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
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
	id := d.id(option, width, height)
	name, prefix := file(id), "d"+id[:8]
	shapes, ok := d.cache.load(name)
	if !ok {
		drawn, err := d.draw(option, width, height)
		if err != nil {
			return Drawing{}, err
		}
		if shapes, err = mend(drawn, prefix); err != nil {
			return Drawing{}, err
		}
		d.cache.store(name, shapes)
	}
	return Drawing{Width: width, Height: height, Shapes: shapes, Prefix: prefix}, nil
}

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

// Close lets the machines go.
func (d *Drawer) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, vm := range d.idle {
		go func() { _ = vm.Close() }() // takes a while, and nobody waits for its memory
	}
	d.idle = nil
}

// Sweep forgets cached drawings that were not asked for since New, so that the cache
// holds one report and no history. It is for the end of a build that made all pages:
// one that stopped at a problem has not asked for what it would need.
func (d *Drawer) Sweep() { d.cache.sweep() }

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

// mendSource is part of what a cached drawing is made from.
//
//go:embed mend.go
var mendSource []byte

// id names what is drawn, and file what was made of it.
func (d *Drawer) id(option []byte, width, height int) string {
	h := sha256.New()
	h.Write(d.digest)
	fmt.Fprintf(h, "4 %d %d\n", width, height) // ids in pages start with this digest, so it stays as it is
	h.Write(option)
	return hex.EncodeToString(h.Sum(nil))
}

func file(id string) string {
	sum := sha256.Sum256(append([]byte(id), mendSource...))
	return hex.EncodeToString(sum[:16]) + ".svg"
}
