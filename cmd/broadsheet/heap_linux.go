package main

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// useLargePages has the heap be of pages of 2 MB, where the system has them on request, as most do. It takes a fault to get
// a page, and those of 4 KB were a sixth of a build. Go gives no way to ask for it, but uses again what was freed: so a
// piece of memory is asked for that nobody touches, and given back. It holds nothing until it is used.
func useLargePages() {
	piece := make([]byte, 256<<20)
	_ = unix.Madvise(piece, unix.MADV_HUGEPAGE) // without them a build takes longer
	runtime.KeepAlive(piece)
	piece = nil
	runtime.GC()
}
