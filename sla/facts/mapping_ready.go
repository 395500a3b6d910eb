package facts

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed mappings/*.mapping
var readyFiles embed.FS

// ReadyMappings lists the mappings that come with the library, by name.
func ReadyMappings() []string {
	entries, err := readyFiles.ReadDir("mappings")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), mappingSuffix))
	}
	slices.Sort(out)
	return out
}

// ReadyMapping gives a mapping that comes with the library: one of
// [ReadyMappings].
func ReadyMapping(name string) (*Mapping, error) {
	text, err := ReadyMappingText(name)
	if err != nil {
		return nil, err
	}
	if m, ok := ready.Load(name); ok {
		return m.(*Mapping), nil
	}
	m, err := ParseMapping(name, text)
	if err != nil {
		return nil, err
	}
	ready.Store(name, m)
	return m, nil
}

var ready sync.Map

// ReadyMappingText is the text of a mapping that comes with the library, to be
// copied and changed.
func ReadyMappingText(name string) (string, error) {
	b, err := readyFiles.ReadFile("mappings/" + name + mappingSuffix)
	if err != nil {
		return "", fmt.Errorf("there is no ready-made mapping called %q", name)
	}
	return string(b), nil
}
