package site

import (
	"strings"
	"testing"
)

func TestAFrameIsDarkWhereItsAddressAsksForIt(t *testing.T) {
	got := Look{}.FrameSheet(`:root { color-scheme: light dark; --a: 1; }
@media screen and ( prefers-color-scheme: dark ) {
  :root { --a: 2; }
  p:is(.b, .c), a::before { content: "}"; } /* } */
}
i { --b: 3; }`)
	got = strings.Join(strings.Fields(got), " ")
	want := `:root { color-scheme: light; --a: 1; } ` +
		`@media screen and (min-width: 0) {:root:has(#dark:target) {color-scheme: dark; --a: 2; } :root:has(#dark:target) p:is(.b, .c), :root:has(#dark:target) a::before { content: "}"; } } ` +
		`@media screen and ( prefers-color-scheme: dark ) {:root:has(#auto:target) {color-scheme: dark; --a: 2; } :root:has(#auto:target) p:is(.b, .c), :root:has(#auto:target) a::before { content: "}"; } } ` +
		`i { --b: 3; }`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
