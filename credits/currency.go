package credits

import "strings"

// A Currency is a code of ISO 4217, such as EUR.
type Currency string

// The codes in use, by the number of their decimals (ISO 4217, list one).
const (
	noDecimals    = " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
	threeDecimals = " BHD IQD JOD KWD LYD OMR TND "
	fourDecimals  = " CLF UYW "
	twoDecimals   = " AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG "
)

// Valid says whether it is the code of a currency in use.
func (c Currency) Valid() bool {
	return c.listed(twoDecimals) || c.listed(noDecimals) || c.listed(threeDecimals) || c.listed(fourDecimals)
}

// Digits is the number of decimals of its minor unit; 2 for an unknown code.
func (c Currency) Digits() int32 {
	switch {
	case c.listed(noDecimals):
		return 0
	case c.listed(threeDecimals):
		return 3
	case c.listed(fourDecimals):
		return 4
	}
	return 2
}

func (c Currency) listed(codes string) bool {
	return len(c) == 3 && !strings.Contains(string(c), " ") && strings.Contains(codes, " "+string(c)+" ")
}
