package host

import (
	"strings"
	"sync"
)

// Lines collects what is written to it; several goroutines may write and read.
type Lines struct {
	mutex sync.Mutex
	text  strings.Builder
}

// Write never fails.
func (lines *Lines) Write(part []byte) (int, error) {
	lines.mutex.Lock()
	defer lines.mutex.Unlock()
	return lines.text.Write(part)
}

// String is everything so far.
func (lines *Lines) String() string {
	lines.mutex.Lock()
	defer lines.mutex.Unlock()
	return lines.text.String()
}

// All is every line so far that is not blank.
func (lines *Lines) All() []string {
	var all []string
	for _, line := range strings.Split(lines.String(), "\n") {
		if strings.TrimSpace(line) != "" {
			all = append(all, line)
		}
	}
	return all
}
