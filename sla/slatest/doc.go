// Package slatest runs files of contract tests (`*_test.sla`): from a file
// system, under `go test`, and for the command line, with the output formats
// of the tools that read test results.
//
// Three lines of Go let any repository run its contracts under `go test`:
//
//	func TestContracts(t *testing.T) {
//		slatest.Run(t, os.DirFS("contracts"), "...")
//	}
package slatest
