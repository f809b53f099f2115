package tabular

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Worksheet is a workbook of one sheet: a header, and rows of texts and numbers.
func Worksheet(name string, head []string, rows [][]any) (data []byte, err error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := w.SetColWidth(1, len(head), 24); err != nil {
		return nil, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	cells := make([]any, len(head))
	for i, text := range head {
		cells[i] = text
	}
	if err := w.SetRow("A1", cells); err != nil {
		return nil, err
	}
	for i, row := range rows {
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
