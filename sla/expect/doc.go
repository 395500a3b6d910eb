// Package expect holds tests of contracts as typed data, and the pure runner
// that puts a test's facts before an engine and compares what comes out with
// what was expected. Files of tests are read by package dsl; package slatest
// runs them from file systems and under `go test`.
//
// A test never passes by accident: one without an expectation, one whose facts
// do not decide it, and one whose facts are refused are errors.
package expect
