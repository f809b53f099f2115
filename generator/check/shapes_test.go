package check

import (
	"fmt"
	"strings"
	"testing"
)

// TestDotsAreOnEitherScale: dots that are beside their names, and dots above them.
func TestDotsAreOnEitherScale(t *testing.T) {
	t.Parallel()
	for _, values := range []string{"x", "y"} {
		names := map[string]string{"x": "y", "y": "x"}[values]
		for off, want := range map[float64]string{0: "", 2: "is drawn off its value"} {
			figure := `<figure class="chart" id="chart-a"><svg>`
			place := func(name, value float64) (x, y float64) {
				if values == "x" {
					return value, name
				}
				return name, 500 - value
			}
			for i := range 3 {
				n := float64(i)
				x, y := place(0, 10+100*n)
				figure += fmt.Sprintf(`<text transform="translate(%g %g)" data-values="%s" data-tick="%d">%[4]d</text>`, x, y, values, i)
				x, y = place(50+20*n, 0)
				figure += fmt.Sprintf(`<text transform="translate(%g %g)" data-names="%s" data-tick="p%d">p%[4]d</text>`, x, y, names, i)
			}
			for i := range 3 {
				at := 10 + 100*float64(i)
				if i == 1 {
					at += off
				}
				x, y := place(50+20*float64(i), at)
				figure += fmt.Sprintf(`<path d="M0 0" transform="matrix(1,0,0,1,%g,%g)" data-name="p%d" data-value="%[3]d"/>`, x, y, i)
			}
			figure += `</svg><table><tr><th scope="col" data-as="name" data-unit="text">P</th><th scope="col" data-as="value" data-unit="count">N</th></tr>`
			for i := range 3 {
				figure += fmt.Sprintf(`<tr><th scope="row">p%d</th><td>%[1]d</td></tr>`, i)
			}
			f := chartFigures([]byte(figure + `</table></figure>`))[0]
			var found faults
			f.drawings[0].checkShapes(f.table, &found)
			var said []string
			for _, p := range found.list {
				said = append(said, p.String())
			}
			if got := strings.Join(said, "; "); want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("values on %s, a dot off by %g: %q, want %q", values, off, got, want)
			}
		}
	}
}
