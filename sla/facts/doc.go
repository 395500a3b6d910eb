// Package facts reads files of facts – outages, tickets, probes, proofs – into
// a run of an [sla.Engine], and writes them.
//
// A file is NDJSON (`.ndjson`, `.jsonl`), one fact a line, or CSV (`.csv`), one
// fact a row; the names of fields are those of the fields of the facts in
// package sla, beginning with a small letter:
//
//	{"kind":"outage","id":"INC-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 12:50"}
//
// What holds for all facts of a file is said once, in NDJSON by a line
//
//	{"file":{"source":"Centreon","covered":{"from":"2026-03-01","until":"2026-03-31"}}}
//
// and in CSV by lines such as `# source: Centreon` before the header.
//
// Times have an offset, or are local times of the file's time zone, by default
// the contract's. A local time that happens twice or never is refused unless
// the file says `localTimes` first or second; a date alone is the whole day:
// its start for a start, its end for an end or a notice (semantics 1.6).
//
// Exports of other systems are read by a [Mapping]: a text that says which
// columns there are, how times are written and what states do to clocks.
//
// Nothing is dropped in silence: what cannot be read is refused with its file,
// line and reason, and the rest goes on.
package facts
