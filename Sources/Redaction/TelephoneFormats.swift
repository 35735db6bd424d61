import Synchronization

/// A format of one country's telephone numbers without country code.
package struct TelephoneFormat: Sendable, Hashable {
    /// How the digits are grouped.
    package enum Writing: Sendable, Hashable {
        /// In one group, or as in ``apart``.
        case any
        /// In groups of at least two digits, the first of which is an area code of at most six digits.
        case apart
        /// In groups of exactly these lengths.
        case groups([Int])
    }

    /// The digits with which a number begins.
    package var starts: [String]
    /// The number of digits, including those of ``starts``.
    package var digits: ClosedRange<Int>
    /// How they are grouped.
    package var writing: Writing

    /// Creates a format; `starts` must contain ASCII digits.
    package init(starts: [String], digits: ClosedRange<Int>, writing: Writing = .any) {
        (self.starts, self.digits, self.writing) = (starts, digits, writing)
    }
}

/// The national formats in which telephone numbers are recognised without a context word.
package struct TelephoneFormats: Sendable {
    /// The first digits of a format, and the format.
    private struct Entry: Sendable {
        let start: [UInt8]
        let digits: ClosedRange<Int>
        let writing: TelephoneFormat.Writing
    }

    /// The formats by first digit, those with longer prefixes first.
    private var entries = [[Entry]](repeating: [], count: 10)

    /// Combines formats.
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

    /// The formats used by every redactor of this process; initially ``builtIn``.
    package static var inForce: TelephoneFormats {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// The number of digits of the run that form a national number; `mayEnd` decides whether one may end after that
    /// many.
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

    /// Whether groups have at least two digits, and those after the first have the same kind of separator.
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
