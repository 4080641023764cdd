package main

import (
	"slices"
	"strings"
	"testing"
)

func TestChooseTakesNamesAndBeginningsOfNames(t *testing.T) {
	chosen, err := choose("1m-*,select1")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, scenario := range chosen {
		names = append(names, scenario.Name)
	}
	if want := []string{"1m-host", "1m-msg", "1m-ten", "select1"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestChooseRefusesAnUnknownName(t *testing.T) {
	if _, err := choose("1m,2m"); err == nil || !strings.HasSuffix(err.Error(), "no scenario is called 2m") {
		t.Errorf("got %v", err)
	}
}

func TestEveryScenarioHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, scenario := range scenarios() {
		if seen[scenario.Name] {
			t.Errorf("two scenarios are called %s", scenario.Name)
		}
		seen[scenario.Name] = true
	}
}
