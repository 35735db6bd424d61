import Synchronization

/// A form in which telephone numbers of one country are written without their country code.
package struct TelephoneFormat: Sendable, Hashable {
    /// How the digits are grouped.
    package enum Writing: Sendable, Hashable {
        /// In one piece, or as ``apart``.
        case any
        /// In groups of two digits or more, the first of which is an area code of at most six.
        case apart
        /// In groups of exactly these lengths.
        case groups([Int])
    }

    /// The digits with which a number begins.
    package var starts: [String]
    /// How many digits there are, those of ``starts`` included.
    package var digits: ClosedRange<Int>
    /// How they are grouped.
    package var writing: Writing

    /// Creates a format; `starts` hold ASCII digits.
    package init(starts: [String], digits: ClosedRange<Int>, writing: Writing = .any) {
        (self.starts, self.digits, self.writing) = (starts, digits, writing)
    }
}

/// The national telephone formats that are taken for telephone numbers without a word that announces one.
package struct TelephoneFormats: Sendable {
    /// Digits that a format begins with, and the format.
    private struct Entry: Sendable {
        let start: [UInt8]
        let digits: ClosedRange<Int>
        let writing: TelephoneFormat.Writing
    }

    /// By the first digit, formats of longer beginnings first.
    private var entries = [[Entry]](repeating: [], count: 10)

    /// Puts formats together.
    package init(_ formats: [TelephoneFormat]) {
        for format in formats {
            for start in format.starts {
                let digits = start.utf8.map { $0 &- 0x30 }
                guard let first = digits.first, digits.allSatisfy({ $0 < 10 }) else { continue }
                entries[Int(first)].append(Entry(start: digits, digits: format.digits, writing: format.writing))
            }
        }
        for first in entries.indices { entries[first].sort { $0.start.count > $1.start.count } }
    }

    private static let current = Mutex(TelephoneFormats.builtIn)

    /// The formats that every redactor of this process uses; those that ship with the product until others are put in.
    package static var inForce: TelephoneFormats {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// How many digits of the run are a national number; `mayEnd` tells whether one may end after so many.
    func length(of run: NumberRun, mayEnd: (Int) -> Bool) -> Int? {
        guard let first = run.digits.first else { return nil }
        for entry in entries[Int(first)] where run.digits.starts(with: entry.start) {
            for count in entry.digits.reversed() where mayEnd(count) && fits(run, count, entry.writing) { return count }
        }
        return nil
    }

    private func fits(_ run: NumberRun, _ count: Int, _ writing: TelephoneFormat.Writing) -> Bool {
        let groups = run.groups(count)
        switch writing {
        case .groups(let wanted): return groups == wanted || run.groups(count, strong: true) == wanted
        case .any where groups.count == 1: return true
        case .any, .apart:
            return groups.count > 1 && groups[0] <= 6 && count - groups[0] >= 5 && isGrouped(run, groups)
        }
    }

    /// Whether groups have two digits at least, and one kind of separator stands between those after the first.
    private func isGrouped(_ run: NumberRun, _ groups: [Int]) -> Bool {
        guard groups.allSatisfy({ $0 >= 2 }) else { return false }
        var index = groups[0]
        var separator: NumberRun.Gap?
        for length in groups.dropFirst() {
            if index > groups[0] {
                guard separator == nil || separator == run.gap(index) else { return false }
                separator = run.gap(index)
            }
            index += length
        }
        return true
    }
}
