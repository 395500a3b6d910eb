package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A page is written by one goroutine and read by another.
type page struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

const watchedContract = `sla 1

contract "SHOP" {
  kind           fragment
  timezone       Europe/Paris
  currency       EUR
}
calendar always open 24x7
service shop "Web shop" {
  fee            6000.00 EUR per month
}
objective up of shop {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  report only
}
`

// --watch runs the tests again when the contract, the tests, their facts or a
// new folder change, and not for other files; it leaves when it is
// interrupted.
func TestWatchTests(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) { require.NoError(t, os.WriteFile(name, []byte(text), 0o644)) }
	require.NoError(t, os.MkdirAll("tests", 0o755))
	require.NoError(t, os.MkdirAll("data", 0o755))
	write("shop.sla", watchedContract)
	const facts = `{"kind":"coverage","id":"C","occurred":"2026-03-31T00:00:00Z","until":"2026-05-02T00:00:00Z","source":"monitoring","service":"shop"}` + "\n"
	write("data/april.ndjson", facts)
	test := "sla 1\ntest of \"../shop.sla\"\ntest \"April\" {\n  month 2026-04\n  given facts \"../data/april.ndjson\"\n  expect up is 100.0000%, met\n}\n"
	write("tests/up_test.sla", test)

	var out, errs page
	ctx, stop := context.WithCancel(context.Background())
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"test", "tests", "--watch"}, terminal{out: &out, err: &errs, now: time.Now})
	}()
	runs := 0
	again := func(last string) {
		t.Helper()
		runs++
		require.Eventually(t, func() bool { return strings.Count(errs.String(), "waiting for changes") == runs }, 20*time.Second, 5*time.Millisecond, "%s%s", &out, &errs)
		assert.True(t, strings.HasSuffix(out.String(), last+"\n"), out.String())
	}
	again("1 passed, 0 failed")

	write("tests/up_test.sla.tmp", strings.ReplaceAll(test, "100.0000%, met", "99.0000%, missed"))
	require.NoError(t, os.Rename("tests/up_test.sla.tmp", "tests/up_test.sla")) // as editors do
	again("0 passed, 1 failed")

	write("tests/notes.txt", "nobody's business")
	write("data/april.ndjson", facts+`{"kind":"outage","id":"O","occurred":"2026-04-10T00:00:00Z","until":"2026-04-10T07:12:00Z","source":"monitoring","service":"shop"}`+"\n")
	again("1 passed, 0 failed")

	write("shop.sla", strings.ReplaceAll(watchedContract, "99.50%", "98.50%"))
	again("0 passed, 1 failed")

	require.NoError(t, os.Mkdir("tests/more", 0o755))
	again("0 passed, 1 failed")
	write("tests/more/up_test.sla", strings.ReplaceAll(strings.ReplaceAll(test, "../", "../../"), "100.0000%, met", "99.0000%, met"))
	again("1 passed, 1 failed")

	write("tests/up_test.sla", "sla 1\n")
	again("1 passed, 0 failed")
	require.NoError(t, os.Remove("tests/up_test.sla"))
	require.NoError(t, os.Remove("tests/more/up_test.sla"))
	runs++
	require.Eventually(t, func() bool { return strings.Count(errs.String(), "waiting for changes") >= runs }, 20*time.Second, 5*time.Millisecond)
	require.Eventually(t, func() bool { return strings.Contains(errs.String(), "no tests (*_test.sla) in this folder") }, 20*time.Second, 5*time.Millisecond)

	stop()
	select {
	case s := <-status:
		assert.Zero(t, s)
	case <-time.After(20 * time.Second):
		t.Fatal("it does not leave")
	}
}

// What is wrong with the command line is told at once.
func TestWatchNothing(t *testing.T) {
	var errs page
	assert.Equal(t, exitUsage, run(context.Background(), []string{"test", "nowhere", "--watch"}, terminal{out: &errs, err: &errs, now: time.Now}))
	assert.Contains(t, errs.String(), "nowhere: there is no such file or folder")
}
