package slatest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// outsideTest is all that a repository needs to run its contracts.
const outsideTest = `package contracts

import (
	"os"
	"testing"

	"github.com/sla-lang/sla/sla/slatest"
)

func TestContracts(t *testing.T) {
	slatest.Run(t, os.DirFS("."), "...")
}
`

const outsideContract = `sla 1

contract "SHOP" {
  kind           fragment
  timezone       Europe/Paris
  currency       EUR
}
calendar always open 24x7
service shop "Web shop" {
  fee            6000.00 EUR per month
}
objective shop-availability of shop {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  credit         5% of the fee of shop below 99.50%
}
`

const outsideTests = `sla 1
test of "../shop.sla"

test "217 minutes in April earn 300.00 EUR" {
  month 2026-04
  given outage shop 2026-04-10 09:00 to 12:37
  expect credit of shop-availability is 300.00 EUR
}
cases "The bound" {
  month 2026-04
  | given shop down | shop-availability is |
  | 216 min         | 99.5000%, met        |
  | 217 min         | 99.4977%, missed     |
}
`

// outside makes a module outside of this one that uses it by its path.
func outside(t *testing.T, files map[string]string) string {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	dir := t.TempDir()
	files["go.mod"] = "module example.org/contracts\n\ngo 1.26.0\n\nrequire github.com/sla-lang/sla v0.0.0\n\nreplace github.com/sla-lang/sla => " + root + "\n"
	files["go.sum"] = string(sums)
	for name, text := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

// goTest runs go test there, without a network.
func goTest(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", append([]string{"test"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// A repository outside of this module runs its contracts with three lines of
// Go: each test is a subtest by its name, and what fails is told at its file
// and line.
func TestOutside(t *testing.T) {
	if testing.Short() {
		t.Skip("builds another module")
	}
	dir := outside(t, map[string]string{"contracts_test.go": outsideTest, "shop.sla": outsideContract, "tests/shop_test.sla": outsideTests})
	out, err := goTest(dir, "-v", ".")
	require.NoError(t, err, out)
	for _, name := range []string{
		"TestContracts/tests/shop_test.sla/217_minutes_in_April_earn_300.00_EUR",
		"TestContracts/tests/shop_test.sla/The_bound:_216_min",
		"TestContracts/tests/shop_test.sla/The_bound:_217_min",
	} {
		assert.Contains(t, out, "--- PASS: "+name)
	}

	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.sla"), []byte(outsideContract[:len(outsideContract)-len("below 99.50%\n}\n")]+"below 99.00%\n}\n"), 0o644))
	out, err = goTest(dir, ".")
	require.Error(t, err)
	assert.Contains(t, out, "--- FAIL: TestContracts/tests/shop_test.sla/217_minutes_in_April_earn_300.00_EUR")
	assert.Contains(t, out, "contracts_test.go:11: \n", "the line that runs the contracts")
	assert.Contains(t, out, `
                tests/shop_test.sla:7: failed: 217 minutes in April earn 300.00 EUR
                  expected  credit of shop-availability is 300.00 EUR
                  got       credit of shop-availability is 0.00 EUR
                  because
`)
	assert.NotContains(t, out, "FAIL: TestContracts/tests/shop_test.sla/The_bound", "the others pass")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.sla"), []byte("sla 1\ncontract \"SHOP\" {\n"), 0o644))
	out, err = goTest(dir, ".")
	require.Error(t, err)
	assert.Contains(t, out, "shop.sla:2:17: error: ")
	assert.Contains(t, out, "--- FAIL: TestContracts/tests/shop_test.sla ")

	require.NoError(t, os.Remove(filepath.Join(dir, "tests/shop_test.sla")))
	out, err = goTest(dir, ".")
	require.Error(t, err)
	assert.Contains(t, out, "no file of tests (*_test.sla) in ...")
}
