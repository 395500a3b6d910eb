package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A recipe is what README.md tells to put into the configuration of a CI.
type recipe struct {
	// Jobs are those of GitHub, Contracts that of GitLab, Repos are for
	// pre-commit.
	Jobs map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []struct {
			Uses, Run, If string
			With          map[string]string
		}
	}
	Contracts struct {
		Image        string
		BeforeScript []string `yaml:"before_script"`
		Script       []string
		Artifacts    struct {
			When    string
			Reports map[string]string
		}
	}
	Repos []struct {
		Repo, Rev string
		Hooks     []struct{ ID string }
	}
}

// A hook is one of .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Entry, Language, Files string
	PassFilenames                    *bool `yaml:"pass_filenames"`
}

func recipes(t *testing.T) []recipe {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var out []recipe
	for i, part := range strings.Split(string(text), "\n```") {
		if block, ok := strings.CutPrefix(part, "yaml\n"); ok && i%2 == 1 {
			var r recipe
			require.NoError(t, yaml.Unmarshal([]byte(block), &r))
			out = append(out, r)
		}
	}
	require.Len(t, out, 3)
	return out
}

func hooks(t *testing.T) map[string]hook {
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	require.NoError(t, err)
	var list []hook
	require.NoError(t, yaml.Unmarshal(text, &list))
	out := map[string]hook{}
	for _, h := range list {
		out[h.ID] = h
	}
	return out
}

// repository is a folder with a contract and its tests, in which `sla` is this
// program; the tests fail if that is asked for.
func repository(t *testing.T, failing bool) string {
	dir := t.TempDir()
	bin := filepath.Join(t.TempDir(), "bin")
	require.NoError(t, os.Mkdir(bin, 0o755))
	self, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.Symlink(self, filepath.Join(bin, "sla")))
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, name := range []string{"groupe-lenoir.sla", "groupe-lenoir_test.sla"} {
		text, err := os.ReadFile(filepath.Join("../../examples/groupe-lenoir", name))
		require.NoError(t, err)
		if failing {
			text = []byte(strings.ReplaceAll(string(text), "99.4823%", "99.4824%"))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o644))
	}
	return dir
}

// bash runs commands as a CI does, up to the first that fails.
func bash(dir string, commands ...string) (string, error) {
	cmd := exec.Command("bash", "-e", "-o", "pipefail", "-c", strings.Join(commands, "\n"))
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// without leaves out the commands that get the program from the network.
func without(commands []string) []string {
	return slices.DeleteFunc(commands, func(c string) bool { return strings.HasPrefix(c, "go install github.com/sla-lang/sla/cmd/sla@") })
}

// The recipes pass for contracts that are in order, and fail for tests that
// fail, with the files that the CI then shows.
func TestRecipes(t *testing.T) {
	list, offered := recipes(t), hooks(t)
	var github []string
	for _, s := range list[0].Jobs["contracts"].Steps {
		if s.Run != "" && s.If == "" {
			github = append(github, s.Run)
		}
	}
	steps := list[0].Jobs["contracts"].Steps
	always, upload := steps[len(steps)-2], steps[len(steps)-1]
	gitlab := list[1].Contracts
	require.Len(t, without(slices.Clone(github)), len(github)-1)
	require.Empty(t, without(slices.Clone(gitlab.BeforeScript)))

	good := repository(t, false)
	out, err := bash(good, without(github)...)
	require.NoError(t, err, out)
	out, err = bash(good, gitlab.Script...)
	require.NoError(t, err, out)

	bad := repository(t, true)
	out, err = bash(bad, without(github)...)
	require.Error(t, err)
	assert.Contains(t, out, "::error file=groupe-lenoir_test.sla,line=12,endLine=12,col=5,")
	out, err = bash(bad, always.Run)
	require.NoError(t, err, out)
	var sarif struct{ Runs []struct{ Results []any } }
	text, err := os.ReadFile(filepath.Join(bad, upload.With["sarif_file"]))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &sarif))
	require.Len(t, sarif.Runs, 1)

	_, err = bash(bad, gitlab.Script...)
	require.Error(t, err)
	var junit struct {
		Failures int `xml:"failures,attr"`
	}
	text, err = os.ReadFile(filepath.Join(bad, gitlab.Artifacts.Reports["junit"]))
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(text, &junit))
	assert.Equal(t, 1, junit.Failures)
	assert.Equal(t, "always", gitlab.Artifacts.When)

	require.Len(t, list[2].Repos[0].Hooks, len(offered))
	for _, h := range list[2].Repos[0].Hooks {
		command := offered[h.ID].Entry
		require.NotEmpty(t, command, h.ID)
		assert.Equal(t, "golang", offered[h.ID].Language)
		if pass := offered[h.ID].PassFilenames; pass == nil || *pass {
			command += " groupe-lenoir.sla groupe-lenoir_test.sla"
		}
		out, err := bash(good, command)
		assert.NoError(t, err, "%s: %s", command, out)
		out, err = bash(bad, command)
		assert.Equal(t, h.ID == "sla-test", err != nil, "%s: %s", command, out)
	}
}
