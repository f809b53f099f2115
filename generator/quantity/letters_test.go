package quantity

import "testing"

func TestFirstLetters(t *testing.T) {
	for _, tt := range []struct{ text, capital, small string }{
		{"state", "State", "state"}, {"État", "État", "état"}, {"жалоба", "Жалоба", "жалоба"}, {"ǆungla", "ǅungla", "ǆungla"},
		{"GDP", "GDP", "GDP"}, {"", "", ""}, {"5 of", "5 of", "5 of"}, {"−5", "−5", "−5"}, {"état", "État", "état"}, {"\xff", "\xff", "\xff"},
	} {
		if got := Capitalize(tt.text); got != tt.capital {
			t.Errorf("Capitalize(%q) = %q, want %q", tt.text, got, tt.capital)
		}
		if got := Uncapitalize(tt.text); got != tt.small {
			t.Errorf("Uncapitalize(%q) = %q, want %q", tt.text, got, tt.small)
		}
	}
}
