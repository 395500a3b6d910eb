package schema

import "github.com/sla-lang/sla/sla"

// A diagnostic is one of the list that `sla check --format json` prints.
type diagnostic struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity" jsonschema:"enum=error,enum=warning,enum=info"`
	File     string     `json:"file"`
	Line     int        `json:"line"`
	Column   int        `json:"column"`
	End      end        `json:"end"`
	Message  string     `json:"message"`
	Help     string     `json:"help,omitempty"`
	Args     []sla.Arg  `json:"args,omitempty"`
	Why      []sla.Step `json:"why,omitempty"`
	Related  []related  `json:"related,omitempty"`
	Fix      *fix       `json:"fix,omitempty"`
	Suggest  *fix       `json:"suggest,omitempty"`
	Clause   string     `json:"clause,omitempty"`
	Accepted string     `json:"accepted,omitempty"`
}

type end struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type related struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	End     end    `json:"end"`
	Message string `json:"message,omitempty"`
}

type fix struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	End     end    `json:"end"`
	Replace string `json:"replace"`
}

// A row is one line of a file of facts: a fact, or what holds for the file.
// Numbers and answers may be written as JSON numbers and booleans or as text.
type row struct {
	File *file `json:"file,omitempty"`

	Kind       string `json:"kind,omitempty"`
	ID         string `json:"id,omitempty"`
	Revision   any    `json:"revision,omitempty"`
	Occurred   string `json:"occurred,omitempty"`
	Recorded   string `json:"recorded,omitempty"`
	Source     string `json:"source,omitempty"`
	Author     string `json:"author,omitempty"`
	Supersedes string `json:"supersedes,omitempty"`
	Reason     string `json:"reason,omitempty"`
	Service    string `json:"service,omitempty"`
	Until      string `json:"until,omitempty"`
	Incident   string `json:"incident,omitempty"`
	Cause      string `json:"cause,omitempty"`
	Announced  string `json:"announced,omitempty"`
	Reported   string `json:"reported,omitempty"`
	Closed     string `json:"closed,omitempty"`
	Affected   string `json:"affected,omitempty"`
	Work       string `json:"work,omitempty"`
	Ticket     string `json:"ticket,omitempty"`
	Event      string `json:"event,omitempty"`
	Priority   string `json:"priority,omitempty"`
	Site       string `json:"site,omitempty"`
	Request    string `json:"request,omitempty"`
	Type       string `json:"type,omitempty"`
	Impact     string `json:"impact,omitempty"`
	Urgency    string `json:"urgency,omitempty"`
	Channel    string `json:"channel,omitempty"`
	Note       string `json:"note,omitempty"`
	Automatic  any    `json:"automatic,omitempty"`
	Workaround any    `json:"workaround,omitempty"`
	Of         string `json:"of,omitempty"`
	By         string `json:"by,omitempty"`
	Accepted   string `json:"accepted,omitempty"`
	Objective  string `json:"objective,omitempty"`
	Period     string `json:"period,omitempty"`
	OfKind     string `json:"ofKind,omitempty"`
	OK         any    `json:"ok,omitempty"`
	Series     string `json:"series,omitempty"`
	Every      string `json:"every,omitempty"`
	Total      any    `json:"total,omitempty"`
	Failed     any    `json:"failed,omitempty"`
	For        string `json:"for,omitempty"`
	Share      string `json:"share,omitempty"`
	Down       string `json:"down,omitempty"`
	Late       any    `json:"late,omitempty"`
	What       string `json:"what,omitempty"`
	Score      any    `json:"score,omitempty"`
	Units      any    `json:"units,omitempty"`
	Amount     string `json:"amount,omitempty"`
	Number     string `json:"number,omitempty"`
	Part       string `json:"part,omitempty"`
	Has        string `json:"has,omitempty"`
	Value      any    `json:"value,omitempty"`
}

// A file is what a line {"file":{…}} says of the facts behind it.
type file struct {
	Kind       string   `json:"kind,omitempty"`
	Source     string   `json:"source,omitempty"`
	Author     string   `json:"author,omitempty"`
	Service    string   `json:"service,omitempty"`
	Timezone   string   `json:"timezone,omitempty"`
	LocalTimes string   `json:"localTimes,omitempty" jsonschema:"enum=refused,enum=first,enum=second"`
	Covered    *covered `json:"covered,omitempty"`
}

type covered struct {
	From  string `json:"from"`
	Until string `json:"until"`
}
