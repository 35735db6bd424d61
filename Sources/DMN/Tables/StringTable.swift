import FEEL

/// Numbers strings 0, 1, 2, … and finds their numbers again, faster than a dictionary for short strings.
///
/// The hash is not seeded: the keys are those of a table that was written beforehand, and looking up never adds any.
struct StringTable: Sendable {
    /// The strings in the order of their numbers.
    private(set) var keys: [String] = []
    private var isASCII: [Bool] = []
    /// A power of two of places, each the number of a key or -1.
    private var places: [Int32] = Array(repeating: -1, count: 16)

    /// Adds a string unless it is there.
    mutating func insert(_ key: String) {
        if place(of: key) != nil {
            return
        }
        keys.append(key)
        isASCII.append(TextHash(key).isASCII)
        if keys.count * 2 > places.count {
            places = Array(repeating: -1, count: places.count * 4)
            for number in keys.indices {
                put(number)
            }
        } else {
            put(keys.count - 1)
        }
    }

    private mutating func put(_ number: Int) {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: StringTable.hash(keys[number])) & mask
        while places[place] >= 0 {
            place = (place + 1) & mask
        }
        places[place] = Int32(number)
    }

    /// The number of a string; nil when it is not there.
    func place(of key: String) -> Int? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: StringTable.hash(key)) & mask
        while places[place] >= 0 {
            let number = Int(places[place])
            if isSame(number, key) {
                return number
            }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Whether a key has the same code points; strings that are only canonically equivalent differ in the language.
    private func isSame(_ number: Int, _ key: String) -> Bool {
        let own = keys[number]
        return own == key && own.utf8.count == key.utf8.count && (isASCII[number] || own.utf8.elementsEqual(key.utf8))
    }

    private static func hash(_ key: String) -> UInt64 {
        let hash = TextHash(key).value
        return hash ^ hash >> 29
    }
}
