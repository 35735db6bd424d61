/// A currency of ISO 4217.
public struct Currency: Sendable, Hashable {
    /// The three letters, such as `EUR`.
    public let code: String
    /// How many decimal places the smallest unit has: 2 for cents, 0 for yen, 3 for fils.
    public let digits: Int

    private static let table: [String: Int] = codesByDigits.reduce(into: [:]) { table, entry in
        for code in entry.value.split(separator: " ") { table[String(code)] = entry.key }
    }

    /// The currency of a code in capitals; nil when ISO 4217 has none of that code today.
    public init?(_ code: String) {
        guard let digits = Self.table[code] else { return nil }
        (self.code, self.digits) = (code, digits)
    }
}

extension Currency {
    /// The current alphabetic codes of ISO 4217 by their number of minor digits;
    /// without those of metals, of special drawing rights and for tests.
    static let codesByDigits: [Int: String] = [
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
        CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
        IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
        MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
        SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD \
        XCG YER ZAR ZMW ZWG
        """,
        3: "BHD IQD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    ]
}
