package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// completed asks as the scripts do.
func completed(t *testing.T, typed ...string) []string {
	var out bytes.Buffer
	require.Zero(t, run(context.Background(), append([]string{"complete", "--"}, typed...), terminal{out: &out, err: os.Stderr, now: time.Now}))
	var words []string
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		words = append(words, word)
	}
	return words
}

func TestComplete(t *testing.T) {
	t.Chdir("../..")
	for _, c := range []struct {
		typed string
		want  string
	}{
		{"", "check fmt eval exposure test calendar watch due mapping explain schema version completion"},
		{"ch", "check"},
		{"nothing", ""},
		{"check --form", "--format"},
		{"check --format ", "text line json sarif github junit tap"},
		{"check --format=j", "--format=json --format=junit"},
		{"check --format = j", "json junit"},
		{"check --format =", "text line json sarif github junit tap"},
		{"check --scope exam", "examples/"},
		{"check --fail-on warning exam", "examples/"},
		{"check -- --", ""},
		{"check examples/groupe-lenoir/g", "examples/groupe-lenoir/groupe-lenoir.sla examples/groupe-lenoir/groupe-lenoir_test.sla"},
		{"check one.sla two.sla LICE", ""},
		{"eval one.sla LICE", ""},
		{"eval one.sla --ledger LICE", "LICENSE"},
		{"calendar ", "show add between export import"},
		{"calendar show examples/groupe-lenoir ", "always support-hours"},
		{"calendar show examples/groupe-lenoir/groupe-lenoir.sla s", "support-hours"},
		{"calendar show nowhere.sla ", ""},
		{"explain decimal", "decimal-comma"},
		{"schema led", "ledger"},
		{"completion ", "bash zsh fish powershell"},
		{"test --run ", ""},
	} {
		assert.Equal(t, c.want, strings.Join(completed(t, strings.Split(c.typed, " ")...), " "), "%q", c.typed)
	}
	assert.NotEmpty(t, completed(t), "nothing typed at all")
}

// Every shell that is on this machine completes by its script; nothing but
// their own words is known to the scripts.
func TestCompletionInShells(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	bin := filepath.Join(dir, "bin")
	require.NoError(t, os.Mkdir(bin, 0o755))
	self, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.Symlink(self, filepath.Join(bin, "sla")))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "my contracts"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "my contracts", "acme.sla"), []byte("sla 1\ncalendar nights open 24x7\n"), 0o644))
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))

	for shell, ask := range map[string]func(words string) string{
		"bash": func(words string) string {
			return fmt.Sprintf(`source <(sla completion bash); COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sla; printf '%%s\n' "${COMPREPLY[@]}"`, words)
		},
		"zsh": func(words string) string {
			return fmt.Sprintf(`compdef() { :; }; compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@"; }; source <(sla completion zsh); words=(%s); CURRENT=$#words; _sla`, words)
		},
		"fish": func(words string) string {
			words = strings.TrimSuffix(words, "''")
			return fmt.Sprintf(`sla completion fish | source; complete -C"%s" | string replace -r '\t.*' ''; true`, words)
		},
	} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skipf("%s is not on this machine", shell)
			}
			for words, want := range map[string]string{
				"sla che":               "check\n",
				"sla check --format js": "json\n",
				"sla check --form":      "--format\n",
				"sla calendar ''":       "show\nadd\nbetween\nexport\nimport\n",
				"sla check my":          "my contracts/\n",
				"sla calendar show my\\ contracts/acme.sla ''": "nights\n",
			} {
				out, err := exec.Command(shell, "-c", ask(words)).CombinedOutput()
				require.NoError(t, err, string(out))
				got := string(out)
				if shell == "fish" {
					got = strings.ReplaceAll(got, `\ `, " ")
					lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
					assert.ElementsMatch(t, strings.Split(strings.TrimSuffix(want, "\n"), "\n"), lines, words)
					continue
				}
				assert.Equal(t, want, got, words)
			}
		})
	}
}

// The script for PowerShell is for machines that have it; elsewhere it is only
// known to ask the same command.
func TestCompletionScripts(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		var out bytes.Buffer
		require.Zero(t, run(context.Background(), []string{"completion", shell}, terminal{out: &out, err: os.Stderr, now: time.Now}))
		assert.Contains(t, out.String(), "complete -- ", shell)
	}
	var errs bytes.Buffer
	assert.Equal(t, exitUsage, run(context.Background(), []string{"completion", "csh"}, terminal{out: &errs, err: &errs, now: time.Now}))
	assert.Contains(t, errs.String(), `"bash","zsh","fish","powershell"`)
}
