package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"broadsheet/generator/lock"
)

func TestNothingThatAReportSaysMovesTheTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"Zürich, “ü”\tx\n":                      "Zürich, “ü”\tx\n",
		"\x1b]0;title\a\x1b[2J\r\b":             `\u001b]0;title\u0007\u001b[2J\u000d\u0008`,
		"a\u009b2Jb \x7f":                       `a\u009b2Jb \u007f`,
		"raw \x9b2J \xff":                       `raw \x9b2J \xff`,
		"\u202etxt.exe\u202c \u2066x\u2069":     `\u202etxt.exe\u202c \u2066x\u2069`,
		"שלום \u200fok":                         "שלום \u200fok",
		"\x1b[31mred by the report\x1b[0m \x1b": `\u001b[31mred by the report\u001b[0m \u001b`,
		"line\u2028separator":                   `line\u2028separator`,
	} {
		var b bytes.Buffer
		if n, err := (screen{Writer: &b}).Write([]byte(text)); err != nil || n != len(text) {
			t.Errorf("%d, %v", n, err)
		}
		if b.String() != want {
			t.Errorf("%q is shown as %q, want %q", text, b.String(), want)
		}
	}
	var b bytes.Buffer
	_, _ = screen{&b, true}.Write([]byte(bold + "\x1b[2J" + plain))
	if want := bold + `\u001b[2J` + plain; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestJSONSaysTheSame(t *testing.T) {
	said := "\x1b[2J \u009b \u202e \x7f \n <&>"
	var b bytes.Buffer
	if err := newTerminal(&b, &b).printJSON(said); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got != said {
		t.Errorf("%q, %v", got, err)
	}
	if bytes.ContainsAny(b.Bytes(), "\x1b\u009b\u202e\x7f") {
		t.Errorf("%q", b.String())
	}
}

func TestMarkdownShowsTextAsItIs(t *testing.T) {
	for fact, want := range map[string]string{
		"a.b[CA]":          "`a.b[CA]`",
		"a.b[x`y]":         "``a.b[x`y]``",
		"a.b[`` `]":        "```a.b[`` `]```",
		"`a":               "`` `a ``",
		"a.b[x|y\nz]":      "`a.b[x\\|y z]`",
		"a.b[<img src=x>]": "`a.b[<img src=x>]`",
	} {
		if got := markdownCode(fact); got != want {
			t.Errorf("%q is written %s, want %s", fact, got, want)
		}
	}
	if got, want := markdownText("*a*_b_ `c` [d](e) <f> &lt; \\| ~g~\nh"), `\*a\*\_b\_ \`+"`c\\`"+` \[d\](e) &lt;f&gt; &amp;lt; \\\| \~g\~<br>h`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestChangesAreLines(t *testing.T) {
	var b bytes.Buffer
	forged := lock.Change{Kind: lock.Changed, Fact: "a.b[x\nno fact changed]", Old: "1\n2", New: "3", Places: []lock.Occurrence{{Sentence: "a\nb"}}}
	if err := newTerminal(&b, &b).changes(&b, []lock.Change{forged}, 9, true, false); err != nil {
		t.Fatal(err)
	}
	if want := "a.b[x no fact changed]: 1 2 -> 3\n  on \n  “a b”\n  no row behind it changed since the lock: its query did, one that it reads, or branches were merged\n"; b.String() != want {
		t.Errorf("%q", b.String())
	}
}
