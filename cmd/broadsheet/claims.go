package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/literal"
)

// claims lists the sentences that claim something, each with what it rests on beside it.
func (t *terminal) claims(result *generator.Result, proof *generator.Proof, flags reportFlags) error {
	if flags.json {
		said := map[string]any{
			"claims": append([]literal.Claim{}, result.Claims...), "problems": append([]diag.Problem{}, result.Problems...), "notes": append([]diag.Problem{}, result.Notes...),
		}
		if proof != nil {
			said["never_false"] = append([]generator.Unmoved{}, proof.Never...)
		}
		err := t.printJSON(said)
		if err == nil && len(result.Problems) > 0 {
			err = errProblems
		}
		return err
	}
	var b strings.Builder
	for i := range result.Claims {
		c := &result.Claims[i]
		fmt.Fprintf(&b, "%s: %s\n  “%s”\n", t.bold(fmt.Sprintf("%s:%d:%d", c.File, c.Line, c.Column)), oneLine(strings.Join(c.Words, ", ")), oneLine(c.Sentence))
		for _, r := range c.Rests {
			if r.Waived != "" {
				fmt.Fprintf(&b, "  waived: %s\n", oneLine(r.Waived))
			} else if r.Finding == "" {
				fmt.Fprintf(&b, "  chosen by %s\n", oneLine(r.Test))
			} else {
				fmt.Fprintf(&b, "  rests on %s: %s\n", oneLine(r.Finding), oneLine(r.Test))
			}
			if r.Query != "" {
				fmt.Fprintf(&b, "    %s\n", oneLine(r.Query))
			}
		}
		if len(c.Open) > 0 {
			fmt.Fprintf(&b, "  %s: %s\n", t.red("rests on nothing"), oneLine(strings.Join(c.Open, ", ")))
		}
	}
	if proof != nil {
		for _, u := range proof.Never {
			fmt.Fprintf(&b, "%s: %s\n  %s\n", t.red("never false"), oneLine(u.Finding), oneLine(u.Test))
		}
		fmt.Fprintf(&b, "of %s, %d became false on changed tables\n", diag.Count(proof.Findings, "finding"), proof.Findings-len(proof.Never))
	}
	_, err := fmt.Fprint(t.stdout, b.String())
	return err
}

// prove tests the findings of the report on changed tables.
func (t *terminal) prove(ctx context.Context, source string, o generator.Options) (*generator.Proof, error) {
	report, err := directory.Open(source)
	if err != nil {
		return nil, err
	}
	proof, problems, err := generator.Prove(ctx, report, o)
	if err == nil && len(problems) > 0 {
		t.list(problems)
		err = errProblems
	}
	return proof, errors.Join(err, report.Close())
}

// openClaims says how many sentences claim something and rest on nothing.
func (t *terminal) openClaims(result *generator.Result) {
	if n := len(literal.Open(result.Claims)); n > 0 {
		fmt.Fprintf(t.stderr, "note: %s with words such as most, only or rose, on no finding; to see them, run: broadsheet check --claims; to require findings: strict = true under [params]\n", diag.Count(n, "sentence"))
	}
}
