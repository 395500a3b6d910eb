// Package sla holds what a service level agreement is and what it means: the
// [Contract] as plain typed data, [Check] for its meaning, [Prepare] that
// compiles it into an immutable [Engine], and the [Run] that takes facts
// (outages, tickets, probes, …) and reports, with reasons, who owes whom what.
//
// The stages go one way:
//
//	*Contract ──Check──► []Finding
//	*Contract ──Prepare──► *Engine ──Open(ledger)──► *Run ──Add(fact)…, Report(asOf)──► *Report
//
// A Contract comes from a `.sla` file (package dsl), from JSON ([ReadContract])
// or is built in Go; all three pass the same checks. Reports carry codes and
// arguments, never prose: package words turns them into sentences.
//
// Nothing here reads a clock, the network, the machine's time zone or its zone
// files, and nothing is floating point: the same inputs give the same bytes.
// A Contract, an Engine and a Report are safe for concurrent reading; a Run
// belongs to one goroutine at a time.
package sla
