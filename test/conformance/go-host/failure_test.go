package conformance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// failure is what a query's error must look like.
type failure struct {
	status int
	// source is downstream unless it is given: the person's doing, not the plugin's.
	source backend.ErrorSource
	// code stands in the frame's meta; empty means any.
	code string
	// words must all stand in the message.
	words []string
}

// mustFail checks one query's error, its status, its source and its frame.
func mustFail(t testing.TB, response backend.DataResponse, want failure) {
	t.Helper()
	if response.Error == nil {
		t.Fatalf("there is no error, but status %d and %d frames", response.Status, len(response.Frames))
	}
	t.Logf("%d %s: %v", response.Status, response.ErrorSource, response.Error)
	if want.source == "" {
		want.source = backend.ErrorSourceDownstream
	}
	if int(response.Status) != want.status || response.ErrorSource != want.source {
		t.Errorf("got %d %s, want %d %s", response.Status, response.ErrorSource, want.status, want.source)
	}
	mustBeASentence(t, response.Error.Error())
	mustMention(t, response.Error.Error(), want.words...)
	if code := custom(t, response)["code"]; code == nil || code == "" || (want.code != "" && code != want.code) {
		t.Errorf("the code is %v, want %q", code, want.code)
	}
}

// custom is meta.custom of the error's frame, which is empty and decodes.
func custom(t testing.TB, response backend.DataResponse) map[string]any {
	t.Helper()
	if len(response.Frames) != 1 || response.Frames[0].Rows() != 0 || response.Frames[0].Meta == nil {
		t.Fatalf("the error has no empty frame with meta, but %d frames", len(response.Frames))
	}
	text, err := json.Marshal(response.Frames[0].Meta.Custom)
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]any
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatalf("meta.custom is %s", text)
	}
	return values
}

// mustBeASentence: a person reads it, not a programmer.
func mustBeASentence(t testing.TB, text string) {
	t.Helper()
	for _, bad := range []string{"    at ", "node:", ".ts:", ".js:", "[object", "<no value>"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is no sentence: it has %q", text, bad)
		}
	}
	if text == "" || strings.ToUpper(text[:1]) != text[:1] {
		t.Errorf("%q does not begin like a sentence", text)
	}
}
