// Package bench measures the project against peers and naive versions in the
// same run. It is a module of its own so that peers stay out of the product's.
// Results are quoted as ratios in BENCHMARKS.md at this folder.
package bench
