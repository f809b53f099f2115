package engine

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/duckdb/duckdb-go/v2"
)

// Error is what DuckDB says of a query that it cannot run.
type Error struct {
	Message    string   // in DuckDB's words, without its noise
	Offset     int      // byte offset in the query, from 0; -1 where none is known
	Candidates []string // names that it would have known
	Memory     bool     // it needs more memory than it may have
	Internal   bool     // DuckDB is at fault
}

func (e *Error) Error() string { return e.Message }

// wrapError makes an *Error of what DuckDB says of a query. Where the context has ended,
// that is the error.
func wrapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var duck *duckdb.Error
	if !errors.As(err, &duck) {
		return err
	}
	out := &Error{Message: duck.Msg, Offset: -1}
	var details struct {
		Type       string `json:"exception_type"`
		Message    string `json:"exception_message"`
		Position   string `json:"position"`
		Candidates string `json:"candidates"`
	}
	if brace := strings.Index(duck.Msg, "{"); brace >= 0 && json.Unmarshal([]byte(duck.Msg[brace:]), &details) == nil {
		out.Message = details.Message
		out.Offset = offset(details.Position)
		if details.Candidates != "" {
			for candidate := range strings.SplitSeq(details.Candidates, ",") {
				out.Candidates = append(out.Candidates, strings.TrimSpace(candidate))
			}
		}
	}
	out.Memory = details.Type == "Out of Memory" || duck.Type == duckdb.ErrorTypeOutOfMemory
	out.Internal = details.Type == "INTERNAL" || details.Type == "FATAL" || duck.Type == duckdb.ErrorTypeInternal || duck.Type == duckdb.ErrorTypeFatal
	out.Message = plainMessage(out.Message)
	return out
}

// plainMessage is what DuckDB says, without its noise: what follows the first line
// repeats the query or the candidates. It may hold values of the data, of any length.
func plainMessage(message string) string {
	const most = 300
	message, _, _ = strings.Cut(message, "\n")
	message = settings.ReplaceAllString(message, "")
	message = noise.Replace(strings.TrimRight(message, ". "))
	if runes := []rune(message); len(runes) > most {
		message = string(runes[:most]) + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, message)
}

// noise is how DuckDB calls the report's own tables, and what its parser cannot do.
var noise = strings.NewReplacer(
	"report.main.", "",
	"memory exhausted", "too deeply nested",
	"nameListToString NOT IMPLEMENTED", "a name of too many parts",
)

// settings is advice to change a setting, which nobody can in a report: "Max
// expression depth limit of 1000 exceeded. Use "SET max_expression_depth TO x" to …".
var settings = regexp.MustCompile(`[.!]? *[^.!]*\bSET [a-z_]+.*$`)

func offset(position string) int {
	n, err := strconv.Atoi(position)
	if err != nil {
		return -1
	}
	return n
}
