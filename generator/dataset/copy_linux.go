package dataset

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// memoryFile makes a file that is in no directory and on no disk, and that ends with
// the program however that ends.
func memoryFile() (*os.File, string, error) {
	fd, err := unix.MemfdCreate("broadsheet", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, "", os.NewSyscallError("memfd_create", err)
	}
	name := fmt.Sprintf("/proc/self/fd/%d", fd)
	file := os.NewFile(uintptr(fd), name)
	if _, err := os.Stat(name); err != nil { // no /proc
		return nil, "", errors.Join(err, file.Close())
	}
	return file, name, nil
}
