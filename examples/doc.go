// Package examples holds contracts with facts and the reports they must come
// to; its tests compare the two.
package examples
