package ci

import (
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// The JUnit form as GitLab, Jenkins and their like read it: a suite is a file,
// and the class name of a case is the file again without its extension, by
// which GitLab names the suite and tells cases apart.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Name    string       `xml:"name,attr"`
		Tests   int          `xml:"tests,attr"`
		Failed  int          `xml:"failures,attr"`
		Errors  int          `xml:"errors,attr"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name    string      `xml:"name,attr"`
		Tests   int         `xml:"tests,attr"`
		Failed  int         `xml:"failures,attr"`
		Errors  int         `xml:"errors,attr"`
		Skipped int         `xml:"skipped,attr"`
		Cases   []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string      `xml:"name,attr"`
		Class   string      `xml:"classname,attr"`
		File    string      `xml:"file,attr"`
		Line    int         `xml:"line,attr,omitempty"`
		Failure *junitFault `xml:"failure"`
		Error   *junitFault `xml:"error"`
		Out     *junitText  `xml:"system-out"`
	}
	junitFault struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",cdata"`
	}
	junitText struct {
		Text string `xml:",cdata"`
	}
)

// WriteJUnit writes JUnit XML.
func WriteJUnit(w io.Writer, r *Results) error {
	out := junitSuites{Name: r.Command}
	for i := range r.Suites {
		s := junitOf(&r.Suites[i])
		out.Tests, out.Failed, out.Errors = out.Tests+s.Tests, out.Failed+s.Failed, out.Errors+s.Errors
		out.Suites = append(out.Suites, s)
	}
	b, err := xml.MarshalIndent(&out, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(b)+"\n")
	return err
}

func junitOf(s *Suite) junitSuite {
	out := junitSuite{Name: s.File, Tests: len(s.Cases)}
	for i := range s.Cases {
		c := &s.Cases[i]
		j := junitCase{Name: c.Name, Class: strings.TrimSuffix(s.File, path.Ext(s.File)), File: s.File, Line: c.Span.Line}
		switch c.Status {
		case Passed:
			if len(c.Findings) > 0 {
				j.Out = &junitText{places(c)}
			}
		case Failed:
			j.Failure = fault(c)
			out.Failed++
		case Broken:
			j.Error = fault(c)
			out.Errors++
		}
		out.Cases = append(out.Cases, j)
	}
	return out
}

// fault is what is wrong with a case: the first line as the message, all of it
// as the text.
func fault(c *Case) *junitFault {
	f := &junitFault{Text: places(c)}
	if len(c.Findings) > 0 {
		f.Message, f.Type = c.Findings[0].Title, c.Findings[0].Code
	}
	return f
}

// places tells the findings of a case, each after its place, in characters
// that XML may hold.
func places(c *Case) string {
	var b strings.Builder
	for i := range c.Findings {
		f := &c.Findings[i]
		b.WriteString("\n" + f.Span.String() + ": " + string(f.Level) + ": " + f.said() + "\n")
	}
	return strings.Map(printable, b.String())
}

func printable(c rune) rune {
	if c < ' ' && c != '\n' && c != '\t' || c == 0xfffe || c == 0xffff {
		return '\ufffd'
	}
	return c
}
