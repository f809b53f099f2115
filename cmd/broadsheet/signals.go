package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilStopped is a context that ends with the first signal to stop. The second one
// ends the program at once. A signal that was to be ignored, as by nohup, still is.
func untilStopped() (ctx context.Context, end func()) {
	var heard []os.Signal
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			heard = append(heard, s)
		}
	}
	if len(heard) == 0 { // NotifyContext would hear all
		return context.WithCancel(context.Background())
	}
	ctx, end = signal.NotifyContext(context.Background(), heard...)
	context.AfterFunc(ctx, end)
	return ctx, end
}
