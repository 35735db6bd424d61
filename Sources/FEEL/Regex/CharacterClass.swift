/// A set of characters of a regular expression (XML Schema part 2, appendix F).
final class CharacterClass: Sendable {
    /// A set that has a name or an escape.
    enum Property: Sendable {
        case categories(Set<Unicode.GeneralCategory>)
        case block(ClosedRange<UInt32>)
        case space
        case word
        case nameStart
        case namePart
    }

    struct Escape: Sendable {
        let property: Property
        let isNegated: Bool

        func contains(_ scalar: Unicode.Scalar) -> Bool { property.contains(scalar) != isNegated }
    }

    private let ranges: [ClosedRange<UInt32>]
    private let escapes: [Escape]
    private let isNegated: Bool
    private let subtracted: CharacterClass?

    init(
        ranges: [ClosedRange<UInt32>],
        escapes: [Escape],
        isNegated: Bool = false,
        subtracted: CharacterClass? = nil
    ) {
        self.ranges = Self.merged(ranges)
        self.escapes = escapes
        self.isNegated = isNegated
        self.subtracted = subtracted
    }

    /// Whether a character belongs to the set; with `ignoringCase` its other case counts for ranges, not for properties.
    func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
        if isListed(scalar, ignoringCase) == isNegated { return false }
        return subtracted.map { !$0.contains(scalar, ignoringCase: ignoringCase) } ?? true
    }

    private func isListed(_ scalar: Unicode.Scalar, _ ignoringCase: Bool) -> Bool {
        if isInRanges(scalar) { return true }
        if escapes.contains(where: { $0.contains(scalar) }) { return true }
        guard ignoringCase else { return false }
        return LetterCase.variants(scalar).contains { isInRanges($0) }
    }

    private func isInRanges(_ scalar: Unicode.Scalar) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= scalar.value
    }

    /// The ranges in order, those that touch as one.
    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

extension CharacterClass.Property {
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .categories(let categories): return categories.contains(scalar.properties.generalCategory)
        case .block(let range): return range.contains(scalar.value)
        case .space: return scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
        case .word: return !Self.nonWord.contains(scalar.properties.generalCategory)
        case .nameStart: return scalar == ":" || Self.isNameStart(scalar)
        case .namePart:
            switch scalar.value {
            case 0x2D, 0x2E, 0x3A, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: return true
            default: return Self.isNameStart(scalar)
            }
        }
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    private static let nonWord: Set<Unicode.GeneralCategory> = ["P", "Z", "C"].reduce(into: []) { all, name in
        all.formUnion(categories(named: name) ?? [])
    }
}
