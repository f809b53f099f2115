package engine

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// Collect runs a SELECT and returns its columns and all its rows, as plain Go: nil,
// int64, *big.Int, *big.Rat (an exact decimal), float64, string, bool, time.Time
// (a day), []int64, []string. A column of another type is an *Error.
func (e *Engine) Collect(ctx context.Context, query string) (columns []Column, rows [][]any, err error) {
	columns, err = e.Each(ctx, query, func(row []any) error {
		rows = append(rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return columns, rows, nil
}

// Each is Collect for one row at a time, which is valid until the next. An error of each
// ends it.
func (e *Engine) Each(ctx context.Context, query string, each func(row []any) error) (columns []Column, err error) {
	result, err := e.db.QueryContext(ctx, query)
	if err != nil {
		return nil, wrapError(ctx, err)
	}
	defer func() { err = errors.Join(err, result.Close()) }()
	types, err := result.ColumnTypes()
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		columns = append(columns, Column{t.Name(), t.DatabaseTypeName()})
	}
	row := make([]any, len(columns))
	targets := make([]any, len(columns))
	for i := range row {
		targets[i] = &row[i]
	}
	for result.Next() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := result.Scan(targets...); err != nil {
			return nil, err
		}
		for i, v := range row {
			plain, ok := plain(v)
			if !ok {
				return nil, &Error{Message: fmt.Sprintf("column %q has a type that a report cannot show: %s", columns[i].Name, columns[i].Type), Offset: -1}
			}
			row[i] = plain
		}
		if err := each(row); err != nil {
			return nil, err
		}
	}
	return columns, wrapError(ctx, result.Err())
}

// plain turns a value of the driver into one of Go's own.
func plain(v any) (any, bool) {
	switch v := v.(type) {
	case nil, int64, *big.Int, float64, string, bool, time.Time:
		return v, true
	case int8:
		return int64(v), true
	case int16:
		return int64(v), true
	case int32:
		return int64(v), true
	case uint8:
		return int64(v), true
	case uint16:
		return int64(v), true
	case uint32:
		return int64(v), true
	case uint64:
		return new(big.Int).SetUint64(v), true
	case float32: // 0.1 is 0.1, and not 0.10000000149011612
		shortest, err := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
		return shortest, err == nil
	case duckdb.Decimal:
		denominator := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(v.Scale)), nil)
		return new(big.Rat).SetFrac(v.Value, denominator), true
	case []any:
		return plainList(v)
	}
	return nil, false
}

func plainList(list []any) (any, bool) {
	if len(list) > 0 {
		if _, ok := list[0].(string); ok {
			texts := make([]string, 0, len(list))
			for _, item := range list {
				if s, ok := item.(string); ok {
					texts = append(texts, s)
				}
			}
			return texts, true
		}
	}
	numbers := make([]int64, 0, len(list))
	for _, item := range list {
		switch n := item.(type) {
		case nil: // the row of a LEFT JOIN that found nothing
		case int64:
			numbers = append(numbers, n)
		default:
			return nil, false
		}
	}
	return numbers, true
}
