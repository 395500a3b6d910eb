package bench

import (
	"fmt"
	"strings"
)

// SLADocument writes a contract of about size bytes: services, tiers with
// tables, objectives with credit tables, comments, as real ones mix them.
func SLADocument(size int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, slaUnit, i, i, i, i, i, i, i, i%90+10, i, i)
	}
	return b.String()
}

// HCLDocument says in HCL what SLADocument(size) says: the same blocks, lines,
// rows and comments.
func HCLDocument(size int) string {
	var b strings.Builder
	b.WriteString(hclHead)
	n := 0
	for done := len(head); done < size; n++ {
		done += len(fmt.Sprintf(slaUnit, n, n, n, n, n, n, n, n%90+10, n, n))
	}
	for i := range n {
		fmt.Fprintf(&b, hclUnit, i, i, i, i, i, i, i, i%90+10, i, i)
	}
	return b.String()
}

const head = `sla 1                                                   # language edition

contract "BENCH" {
  kind           customer
  version        "1.0.0"
  timezone       Europe/Paris
  business days  of support-hours
  currency       EUR, each credit rounded half up to 0.01
  term           36 months from 2026-01-01, renewed by 12 months unless notice of 90 days
}
party provider "Provider SAS" {
  desk           phone "+33 1 99 00 14 14"
}
party customer "Customer SA" {
  must           answer "Answer a question" within 4 h during support-hours
}
calendar always open 24x7
calendar support-hours {
  open           Mon-Fri 08:00-19:00
  closed         public-holidays FR
}
priorities {
  set            by provider
  | priority | when                    |
  | P1       | "the service is down"   |
  | P2       | "the service is slow"   |
  | P3       | "one user is blocked"   |
}
clocks {
  start          when received by phone or portal
  pause          while waiting-on-customer, with a note, at most 165 h in total
  judged         each calendar month, for each service
}
exclusions {
  customer-cause "Action of the customer"
}
`

const slaUnit = `
# service number %d, with its tier and what is promised for it
tier tier-%d {
  | priority | respond within | restore within  | clock         | in time |
  | P1       | 15 min         | 3 h             | always        | 95%%     |
  | P2       | 30 min         | 8 h             | always        | 95%%     |
  | P3       | 4 h            | 3 business days | support-hours | 90%%     |
}
service service-%d "Service number %d" {
  tier           tier-%d
  fee            6000.00 EUR per month
  includes       "Supervision", "Backup"                # what is in
  excludes       "Licences", "Development"
}
objective availability-%d of service-%d {
  measure        availability each calendar month during always
  source         outages "probe %d"
  target         at least 99.50%%
  exclude        customer-cause
  warn           at 75%% of the allowed downtime
  credit         share of the fee of service-%d {
    | below  | credit |
    | 99.50%% | 5%%     |
    | 99.00%% | 10%%    |
    | 98.00%% | 20%%    |
  }
  so that        en "customers of service %d can work"
}
`

const hclHead = `edition = 1 # language edition

contract "BENCH" {
  kind          = "customer"
  version       = "1.0.0"
  timezone      = "Europe/Paris"
  business_days = "support-hours"
  currency      = "EUR"
  term          = "36 months from 2026-01-01"
}
party "provider" "Provider SAS" {
  desk = "+33 1 99 00 14 14"
}
`

const hclUnit = `
# service number %d, with its tier and what is promised for it
tier "tier-%d" {
  row "P1" {
    respond_within = "15 min"
    restore_within = "3 h"
    clock          = "always"
    in_time        = 0.95
  }
  row "P2" {
    respond_within = "30 min"
    restore_within = "8 h"
    clock          = "always"
    in_time        = 0.95
  }
  row "P3" {
    respond_within = "4 h"
    restore_within = "3 business days"
    clock          = "support-hours"
    in_time        = 0.90
  }
}
service "service-%d" "Service number %d" {
  tier     = "tier-%d"
  fee      = "6000.00 EUR per month"
  includes = ["Supervision", "Backup"] # what is in
  excludes = ["Licences", "Development"]
}
objective "availability-%d" {
  of      = "service-%d"
  measure = "availability each calendar month during always"
  source  = "probe %d"
  target  = 0.9950
  exclude = ["customer-cause"]
  warn    = 0.75
  credit "share of the fee of service-%d" {
    below "99.50" { pays = 0.05 }
    below "99.00" { pays = 0.10 }
    below "98.00" { pays = 0.20 }
  }
  so_that = "customers of service %d can work"
}
`
