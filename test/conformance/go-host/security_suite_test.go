package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// group is one file of test/security.
type group struct {
	// About is what the attacks of the group try.
	About   string   `json:"about"`
	Attacks []attack `json:"attacks"`
}

// attack is a statement that somebody who may only look at dashboards sends. $OPEN and the like stand for folders, see ground.expand.
type attack struct {
	Name string `json:"name"`
	SQL  string `json:"sql"`
	// Why it is dangerous.
	Why string `json:"why"`
	// Code and Status are what must come back; without them, Gives: the cells of a harmless answer, or * for whatever it is.
	Code   string `json:"code"`
	Status int    `json:"status"`
	Gives  string `json:"gives"`
	// More are further keys of the query.
	More map[string]any `json:"more"`
	// Timeout sends it to a data source whose queries may take a second.
	Timeout bool    `json:"timeout"`
	Control control `json:"control"`
}

// control says how to see that the attack does work on a DuckDB that nobody has locked. One of its members is set.
type control struct {
	// None is the reason why there is none.
	None string `json:"none"`
	// Answer: the statement runs, and its answer holds the canary ("canary"), there is one ("any"), or there need not be one ("none").
	Answer string `json:"answer"`
	// File is there afterwards.
	File string `json:"file"`
	// Then is asked afterwards, and Gives is in its answer.
	Then  string `json:"then"`
	Gives string `json:"gives"`
	// Dies: the process ends.
	Dies bool `json:"dies"`
	// Breaks: the engine fails, and refuses all that is asked of it afterwards.
	Breaks bool `json:"breaks"`
	// Hangs: it has not ended after a while, and does not when it is interrupted.
	Hangs bool `json:"hangs"`
}

// loadAttacks reads the suite, by the names of its groups.
func loadAttacks(t *testing.T) map[string]group {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "security", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]group{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.DisallowUnknownFields()
		var read group
		if err := decoder.Decode(&read); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		groups[strings.TrimSuffix(filepath.Base(path), ".json")] = read
	}
	return groups
}

// TestAttackSuite holds the suite to its own rules, and docs/security.md to the suite.
func TestAttackSuite(t *testing.T) {
	total, controlled := 0, 0
	groups := loadAttacks(t)
	for name, group := range groups {
		seen := map[string]bool{}
		for _, attack := range group.Attacks {
			total++
			if attack.Control.None == "" {
				controlled++
			}
			if seen[attack.Name] {
				t.Errorf("%s has two attacks named %q", name, attack.Name)
			}
			seen[attack.Name] = true
			if attack.Why == "" || (attack.Code == "") == (attack.Gives == "") || (attack.Code == "") != (attack.Status == 0) {
				t.Errorf("%s/%s must say why it is dangerous, and either a code with its status or what it gives", name, attack.Name)
			}
			if attack.Control == (control{}) {
				t.Errorf("%s/%s has no control, and no reason for that", name, attack.Name)
			}
		}
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, group := range groups {
		if !strings.Contains(string(page), "\n| `"+name+"` | "+group.About+" |\n") {
			t.Errorf("docs/security.md has no row for %s: %s", name, group.About)
		}
	}
	if rows := strings.Count(string(page), "\n| `"); rows != len(groups) {
		t.Errorf("docs/security.md has %d groups, and test/security %d", rows, len(groups))
	}
	t.Logf("%d attacks, %d of them with a control", total, controlled)
	if total < 100 {
		t.Errorf("there are %d attacks, and must be 100", total)
	}
}
