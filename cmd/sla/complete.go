package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/internal/schema"
	"github.com/sla-lang/sla/sla/words"
)

// A candidate may stand in the place of a word.
type candidate struct{ text, help string }

// A cursor is where completion stands in a line of words.
type cursor struct {
	node *kong.Node
	// flag waits for its value.
	flag *kong.Flag
	// given are the positional words so far.
	given []string
	// only says that `--` ended the flags.
	only bool
}

// complete lists what the last of the words may become.
func complete(model *kong.Application, typed []string) []candidate {
	at, word := cursor{node: model.Node}, ""
	if last := len(typed) - 1; last >= 0 {
		typed, word = typed[:last], typed[last]
	}
	for _, w := range typed {
		if w != "=" { // shells that break words there
			at.pass(w)
		}
	}
	if word == "=" {
		word = ""
	}
	name, value, assigned := strings.Cut(word, "=")
	switch {
	case at.flag != nil:
		return starting(word, at.values(at.flag.Value))
	case assigned && strings.HasPrefix(word, "--") && !at.only:
		if f := at.flagNamed(name); f != nil {
			return prefixed(name+"=", starting(value, at.values(f.Value)))
		}
		return nil
	case strings.HasPrefix(word, "-") && !at.only && word != stdin:
		return starting(word, at.flags())
	}
	return starting(word, append(at.commands(), at.positional()...))
}

// pass goes over a word that is complete.
func (c *cursor) pass(word string) {
	switch {
	case c.flag != nil:
		c.flag = nil
	case word == "--":
		c.only = true
	case strings.HasPrefix(word, "-") && word != stdin && !c.only:
		if f := c.flagNamed(word); f != nil && !f.IsBool() {
			c.flag = f
		}
	default:
		for _, child := range c.node.Children {
			if child.Name == word {
				c.node = child
				return
			}
		}
		c.given = append(c.given, word)
	}
}

func (c *cursor) flagNamed(name string) *kong.Flag {
	for _, group := range c.node.AllFlags(true) {
		for _, f := range group {
			if "--"+f.Name == name || f.Short != 0 && "-"+string(f.Short) == name {
				return f
			}
		}
	}
	return nil
}

func (c *cursor) commands() (out []candidate) {
	for _, child := range c.node.Children {
		if !child.Hidden {
			out = append(out, candidate{child.Name, child.Help})
		}
	}
	return out
}

func (c *cursor) flags() (out []candidate) {
	for _, group := range c.node.AllFlags(true) {
		for _, f := range group {
			out = append(out, candidate{"--" + f.Name, f.Help})
		}
	}
	return out
}

// positional lists what the argument at the cursor may be.
func (c *cursor) positional() []candidate {
	args := c.node.Positional
	if len(args) == 0 {
		return nil
	}
	n := len(c.given)
	if n >= len(args) && !args[len(args)-1].IsCumulative() {
		return nil
	}
	return c.values(args[min(n, len(args)-1)])
}

// values lists what a flag or an argument may be: one of a closed list, what
// its name says, or nothing that is known.
func (c *cursor) values(v *kong.Value) []candidate {
	if v.Enum != "" {
		return named(v.EnumSlice())
	}
	switch v.Name {
	case "contract", "paths":
		return []candidate{{text: "*" + extension}}
	case "calendar":
		return c.calendars()
	case "code":
		return named(words.English().Explained())
	case "name":
		if c.node.Name == "schema" {
			return named(schema.Names())
		}
	}
	if hint := v.Tag.PlaceHolder; strings.Contains(hint, "FILE") || strings.Contains(hint, "PATH") {
		return []candidate{{text: "*"}}
	}
	return nil
}

func named(all []string) (out []candidate) {
	for _, text := range all {
		out = append(out, candidate{text: text})
	}
	return out
}

// calendars names the calendars of the contract that stands before.
func (c *cursor) calendars() (out []candidate) {
	if len(c.given) == 0 || c.given[0] == stdin {
		return nil
	}
	file, err := oneContract(c.given[0])
	if err != nil {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil || len(text) > dsl.MaxFileSize {
		return nil
	}
	for _, d := range dsl.Analyze(file, string(text)).Contract.Calendars { // also of a contract with errors
		out = append(out, candidate{text: d.Name})
	}
	return out
}

// starting keeps the candidates that begin with what is typed, and puts files
// in the place of patterns.
func starting(typed string, all []candidate) (out []candidate) {
	for _, c := range all {
		switch {
		case strings.HasPrefix(c.text, "*"):
			out = append(out, filesStarting(typed, strings.TrimPrefix(c.text, "*"))...)
		case strings.HasPrefix(c.text, typed):
			out = append(out, c)
		}
	}
	return out
}

func prefixed(by string, all []candidate) []candidate {
	for i := range all {
		all[i].text = by + all[i].text
	}
	return all
}

// filesStarting lists folders, and the files with an ending, that begin with
// what is typed; hidden ones only where the dot is typed.
func filesStarting(typed, ending string) (out []candidate) {
	dir, base := filepath.Split(filepath.FromSlash(typed))
	entries, _ := os.ReadDir(filepath.Clean(dir + ".")) // a folder that cannot be read completes to nothing
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, base) || strings.HasPrefix(name, ".") && base == "" {
			continue
		}
		switch info, err := os.Stat(filepath.Join(dir, name)); {
		case err != nil:
		case info.IsDir():
			out = append(out, candidate{text: dir + name + string(filepath.Separator)})
		case strings.HasSuffix(name, ending):
			out = append(out, candidate{text: dir + name})
		}
	}
	return out
}
