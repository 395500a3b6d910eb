package sla_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

// No two contents of a ticket share a hash: each field of its facts counts.
func TestTicketHashReadsEveryField(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, plain := range []func() sla.Fact{
		func() sla.Fact { return &sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: "T", Event: "received"} },
		func() sla.Fact { return &sla.PriorityChange{Head: sla.Head{Occurred: at}, Ticket: "T", Priority: "P1"} },
	} {
		seen := map[string]string{sla.TicketHash(plain()): "nothing"}
		var each func(path string, index []int, of reflect.Type)
		each = func(path string, index []int, of reflect.Type) {
			for i := range of.NumField() {
				field := of.Field(i)
				index := append(append([]int{}, index...), i)
				if field.Anonymous {
					each(path, index, field.Type)
					continue
				}
				f := plain()
				switch v := reflect.ValueOf(f).Elem().FieldByIndex(index); v.Interface().(type) {
				case string:
					v.SetString("x" + v.String())
				case int:
					v.SetInt(1)
				case bool:
					v.SetBool(true)
				case time.Time:
					v.Set(reflect.ValueOf(at.Add(time.Hour)))
				default:
					t.Fatalf("a field of a new type: %s", field.Name)
				}
				hash := sla.TicketHash(f)
				assert.NotContains(t, seen, hash, "%s and %s", field.Name, seen[hash])
				seen[hash] = field.Name
			}
		}
		each("", nil, reflect.TypeOf(plain()).Elem())
	}
}

// The order of facts changes no hash, their number and what they say do.
func TestTicketHashIsOfTheFacts(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		event := rapid.Custom(func(t *rapid.T) sla.Fact {
			return &sla.TicketEvent{
				Head:   sla.Head{ID: rapid.SampledFrom([]string{"", "a", "ab"}).Draw(t, "id"), Occurred: at.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "at")) * time.Minute)},
				Ticket: "T", Event: rapid.SampledFrom([]string{"b", "bc"}).Draw(t, "event"), Note: rapid.SampledFrom([]string{"", "c"}).Draw(t, "note"),
			}
		})
		facts := rapid.SliceOfN(event, 1, 6).Draw(t, "facts")
		other := rapid.Permutation(facts).Draw(t, "order")
		assert.Equal(t, sla.TicketHash(facts...), sla.TicketHash(other...))
		assert.NotEqual(t, sla.TicketHash(facts...), sla.TicketHash(facts[1:]...))
	})
}

// What is accepted at a glance is what examination accepts.
func TestSoundIsExamined(t *testing.T) {
	e := lenoir(t)
	times := []time.Time{{}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC)}
	rapid.Check(t, func(t *rapid.T) {
		one := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
		when := func(name string) time.Time { return rapid.SampledFrom(times).Draw(t, name) }
		f := &sla.TicketEvent{
			Head:   sla.Head{ID: one("id", "", "e"), Revision: rapid.IntRange(-1, 1).Draw(t, "revision"), Occurred: when("occurred"), Recorded: when("recorded")},
			Ticket: one("ticket", "T", "T", ""), Event: one("event", "received", "odd", ""), Until: when("until"),
			Service: one("service", "", "erp", "other"), Priority: one("priority", "", "P1", "P9"), Request: one("request", "", "new-user", "audit", "other"),
		}
		if sound, examined := e.Sound(f), e.Examined(f); sound && !examined || examined && !sound && f.Request == "" {
			t.Fatalf("sound %t, examined %t", sound, examined)
		}
	})
}
