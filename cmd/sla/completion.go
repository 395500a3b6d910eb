package main

import (
	_ "embed" // for the scripts
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// completionCommand prints the script by which a shell completes commands.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell" help:"The shell: ${enum}."`
}

// Help shows where the scripts go.
func (*completionCommand) Help() string {
	return `Commands, flags, their values, contracts and the calendars in them are completed.

Examples:
  source <(sla completion bash)        in ~/.bashrc
  source <(sla completion zsh)         in ~/.zshrc, after compinit
  sla completion fish | source         in ~/.config/fish/config.fish
  sla completion powershell | Out-String | Invoke-Expression        in $PROFILE`
}

// The scripts know nothing of the commands: they hand over the words of the
// line up to the cursor, and show what `sla complete` answers.
var (
	//go:embed completion/sla.bash
	bashCompletion string
	//go:embed completion/sla.zsh
	zshCompletion string
	//go:embed completion/sla.fish
	fishCompletion string
	//go:embed completion/sla.ps1
	powershellCompletion string
)

// Run prints a script.
func (c *completionCommand) Run(t *terminal) error {
	script := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion, "powershell": powershellCompletion}
	_, err := io.WriteString(t.out, script[c.Shell])
	return err
}

// completeCommand answers the scripts.
type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:"" help:"The words behind the program's name, the last as far as it is typed."`
}

// Run lists what may stand in the place of the last word, one a line, with
// what it is behind a tab.
func (c *completeCommand) Run(t *terminal, k *kong.Kong) error {
	typed := c.Words
	if len(typed) > 0 && typed[0] == "--" { // that keeps the words from being flags of this command
		typed = typed[1:]
	}
	for _, w := range complete(k.Model, typed) {
		if w.help == "" {
			fmt.Fprintln(t.out, w.text)
			continue
		}
		fmt.Fprintf(t.out, "%s\t%s\n", w.text, w.help)
	}
	return nil
}
