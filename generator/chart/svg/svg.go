// Package svg draws chart options as SVG, by ECharts itself in an embedded
// JavaScript engine.
//
// The engine is QuickJS in pure Go, fed with bytecode: a JavaScript VM starts in a fifth
// of the time that the parsed bundle needs, and goja needs as long as that to
// parse and half as long again to draw a map. A VM is not safe for
// concurrent use, so each drawing borrows one, and there are at most as many as
// processors. They outlive a build, so that the next one of a preview starts none.
//
// What was drawn is kept in the memo, and read with as much distrust as what the
// engine draws; see verify.
package svg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/generator/memo"

	"modernc.org/quickjs"
)

// Drawing is the inside of an <svg> element of the given size. The element itself,
// with its role and its name, belongs to the page.
type Drawing struct {
	Width, Height int
	Shapes        string
	Prefix        string // of the ids in Shapes
}

// Drawer draws charts. It is safe for concurrent use.
type Drawer struct {
	digest   []byte
	bytecode []byte
	memo     *memo.Memo
	slots    chan struct{}

	drawn atomic.Int64
}

// idle are the VMs that wait for the next drawing, by the digest of their program.
var idle = struct {
	sync.Mutex
	vms map[string][]*quickjs.VM
}{vms: map[string][]*quickjs.VM{}}

// New returns a drawer that runs the given program (see package broadsheet).
func New(program []byte, m *memo.Memo) *Drawer {
	return &Drawer{
		digest: program[:sha256.Size], bytecode: program[sha256.Size:], memo: m,
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// Drawn is how many drawings were not in the memo.
func (d *Drawer) Drawn() int { return int(d.drawn.Load()) }

// Draw draws an ECharts option for the chart of that id, in pixels wide and high. It ends soon after ctx.
func (d *Drawer) Draw(ctx context.Context, id string, option []byte, width, height int) (Drawing, error) {
	name := d.name(id, option, width, height)
	key, err := memo.KeyOf(name)
	if err != nil {
		return Drawing{}, err
	}
	drawing := Drawing{Width: width, Height: height, Prefix: prefix(name)}
	draw := func() (string, error) {
		shapes, err := d.draw(ctx, option, width, height, drawing.Prefix)
		if err != nil {
			return "", err
		}
		if err := verify(shapes, drawing.Prefix); err != nil {
			return "", fmt.Errorf("a drawing holds %w (after a change in assets/ts, run make)", err)
		}
		return shapes, nil
	}
	if drawing.Shapes, err = memo.Do(d.memo, "drawing", key, draw); err != nil {
		return Drawing{}, err
	}
	if verify(drawing.Shapes, drawing.Prefix) != nil { // what is in the memo, anybody may have written
		d.memo.Forget("drawing", key)
		drawing.Shapes, err = draw()
	}
	return drawing, err
}

func prefix(name string) string { return "d" + name[:8] }

// draw runs the drawing program.
func (d *Drawer) draw(ctx context.Context, option []byte, width, height int, prefix string) (string, error) {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	vm, err := d.borrow()
	if err != nil {
		return "", err
	}
	ended := interrupt(ctx, vm)
	result, err := vm.Call("draw", string(option), width, height, prefix)
	ended()
	if ctx.Err() != nil {
		return "", errors.Join(ctx.Err(), vm.Close())
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("drawing failed: %w", err), vm.Close())
	}
	drawn, ok := result.(string)
	if !ok {
		return "", errors.Join(fmt.Errorf("drawing returned a %T", result), vm.Close())
	}
	d.giveBack(vm)
	d.drawn.Add(1)
	return drawn, nil
}

// interrupt stops what the VM runs when ctx ends, until the returned function
// is called. It asks again and again, as a request made just before a call is lost.
func interrupt(ctx context.Context, vm *quickjs.VM) (ended func()) {
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-done:
			return
		case <-ctx.Done():
		}
		for {
			vm.Interrupt()
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-stopped }
}

// garbage is how much a VM may hold before it collects what earlier drawings left: the 60 drawings of a large report leave
// 25 MB, so only a preview ever waits for it.
const garbage = 64 << 20

// borrow takes an idle VM or starts one.
func (d *Drawer) borrow() (*quickjs.VM, error) {
	if vm := d.takeIdle(); vm != nil {
		vm.SetGCThreshold(garbage) // a collection lowers it
		return vm, nil
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	vm.SetGCThreshold(garbage)
	if _, err := vm.EvalBytecode(d.bytecode); err != nil {
		return nil, errors.Join(fmt.Errorf("the drawing program does not start: %w", err), vm.Close())
	}
	return vm, nil
}

func (d *Drawer) takeIdle() *quickjs.VM {
	idle.Lock()
	defer idle.Unlock()
	vms := idle.vms[string(d.digest)]
	if len(vms) == 0 {
		return nil
	}
	last := len(vms) - 1
	idle.vms[string(d.digest)] = vms[:last]
	return vms[last]
}

// giveBack keeps as many VMs as can draw at once.
func (d *Drawer) giveBack(vm *quickjs.VM) {
	idle.Lock()
	defer idle.Unlock()
	if vms := idle.vms[string(d.digest)]; len(vms) < cap(d.slots) {
		idle.vms[string(d.digest)] = append(vms, vm)
		return
	}
	go func() { _ = vm.Close() }() // takes a while, and nobody waits for its memory
}

// name has the chart's id, as two charts that look the same may be on one page, where the ids in their drawings have to differ.
func (d *Drawer) name(id string, option []byte, width, height int) string {
	h := sha256.New()
	h.Write(d.digest)
	fmt.Fprintf(h, "%q %d %d\n", id, width, height)
	h.Write(option)
	return hex.EncodeToString(h.Sum(nil)[:16])
}
