package servertest

import "syscall"

// endWithParent ends a server where the test ends without its cleanup, as at a time limit.
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
