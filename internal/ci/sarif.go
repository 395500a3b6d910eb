package ci

import (
	"encoding/json"
	"io"
	"net/url"
	"path"
	"strings"
)

// The part of SARIF 2.1.0 that is written (OASIS Standard of 27 March 2020,
// with Errata 01).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		Automation sarifID       `json:"automationDetails"`
		Columns    string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifID struct {
		ID string `json:"id"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string       `json:"id"`
		Short sarifText    `json:"shortDescription"`
		Full  sarifText    `json:"fullDescription"`
		Help  sarifText    `json:"help"`
		Level sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level Level `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Index     int             `json:"ruleIndex"`
		Level     Level           `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// WriteSARIF writes the findings as SARIF 2.1.0, with the rules that they
// name.
func WriteSARIF(w io.Writer, r *Results) error {
	run := sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: r.Tool.Name, Version: r.Tool.Version, URI: r.Tool.URI, Rules: []sarifRule{}}},
		Automation: sarifID{strings.ReplaceAll(r.Command, " ", "-") + "/"},
		Columns:    "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for c, f := range r.findings {
		at, known := index[f.Code]
		if !known {
			at = len(run.Tool.Driver.Rules)
			index[f.Code] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(r, f))
		}
		run.Results = append(run.Results, sarifResultOf(c, f, at))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifRuleOf describes a rule; GitHub asks for all three texts.
func sarifRuleOf(r *Results, f *Finding) sarifRule {
	rule := Rule{Title: f.Code}
	if r.Rule != nil {
		rule = r.Rule(f.Code)
	}
	out := sarifRule{
		ID: f.Code, Level: sarifDefault{f.Level},
		Short: sarifText{Text: rule.Title}, Full: sarifText{Text: rule.Title}, Help: sarifText{Text: rule.Title},
	}
	if rule.Help != "" {
		out.Help = sarifText{Text: rule.Help, Markdown: rule.Help}
	}
	return out
}

func sarifResultOf(c *Case, f *Finding, rule int) sarifResult {
	message := f.said()
	if c.test() {
		message = c.Name + ": " + message
	}
	out := sarifResult{
		Rule: f.Code, Index: rule, Level: f.Level, Message: sarifText{Text: message},
		Locations: []sarifLocation{{Physical: physical(f.Span)}},
	}
	for i, r := range f.Related {
		l := sarifLocation{ID: &i, Physical: physical(r.Span)}
		if r.Text != "" {
			l.Message = &sarifText{Text: r.Text}
		}
		out.Related = append(out.Related, l)
	}
	if x := f.Fix; x != nil {
		change := sarifChange{sarifArtifact{uri(x.Span.File)}, []sarifReplacement{{*region(x.Span), sarifText{Text: x.Replace}}}}
		out.Fixes = []sarifFix{{sarifText{Text: x.Text}, []sarifChange{change}}}
	}
	return out
}

func physical(s Span) sarifPhysical { return sarifPhysical{sarifArtifact{uri(s.File)}, region(s)} }

func region(s Span) *sarifRegion {
	if s.Line == 0 {
		return nil
	}
	return &sarifRegion{s.Line, s.Column, s.EndLine, s.EndColumn}
}

// uri is a path as a URI: relative to the folder of the run, or of a file.
func uri(file string) string {
	u := url.URL{Path: file}
	if path.IsAbs(file) {
		u.Scheme = "file"
	}
	return u.String()
}
