/// The ranges of issuer identification numbers, with the lengths of the card numbers in them (ISO/IEC 7812-1: 12 to 19
/// digits).
enum IssuerRanges {
    /// How common a range and length is, for numbers of which only the check digit suggests a card.
    enum Circulation {
        /// A large network issues this length in this range today.
        case common
        /// Only smaller, national or former networks use it; other numbers match it just as often.
        case rare
    }

    /// The circulation of cards whose number begins with `digits` and has `count` digits; nil if no network issues
    /// them.
    static func circulation(_ digits: [UInt8], _ count: Int) -> Circulation? {
        let prefix = digits[..<4].reduce(0) { $0 * 10 + Int($1) }
        switch prefix {
        case 4000...4999: return count == 16 || count == 19 ? .common : count >= 13 ? .rare : nil
        case 5100...5599, 2221...2720: return count == 16 ? .common : nil
        case 3400...3499, 3700...3799: return count == 15 ? .common : nil
        case 3000...3059, 3095, 3600...3699, 3800...3999: return count == 14 ? .common : count >= 14 ? .rare : nil
        case 2200...2204, 3528...3589, 6011, 6200...6299, 6440...6599: return count >= 16 ? .common : nil
        default: return smaller(prefix, count)
        }
    }

    /// The circulation for Maestro and national networks.
    private static func smaller(_ prefix: Int, _ count: Int) -> Circulation? {
        switch prefix {
        case 5000...5099, 5600...5899, 6000...6999: count == 16 ? .common : .rare
        case 8100...8299, 9704: count >= 16 ? .rare : nil
        case 1946, 2205, 8600, 9682, 9792, 9860, 9891: count == 16 ? .rare : nil
        case 1000...1999, 2131: count == 15 ? .rare : nil
        case 3100...3199: count == 19 ? .rare : nil
        default: nil
        }
    }
}
