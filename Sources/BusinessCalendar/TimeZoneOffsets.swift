import Foundation
import Synchronization

/// How far the clock on the wall of a time zone is ahead of UTC, as periods of one offset each.
///
/// The periods are exact from 1970 to 2200; the first and the last one extend beyond. A look-up is a binary search.
struct TimeZoneOffsets: Sendable {
    /// The name of the zone in the IANA database.
    let name: String
    /// When each period after the first begins, in microseconds since 1970.
    let starts: [Int64]
    /// The offset of each period, in microseconds; one more than `starts`.
    let offsets: [Int64]

    private static let beginning: Int64 = 0
    /// 2200-01-01, in seconds since 1970.
    private static let ending: Int64 = 7_258_118_400
    /// The most periods that are read of a zone; real ones have less than 500.
    private static let maximumPeriods = 2_000
    /// The names of zones are a closed set, so this is bounded.
    private static let known = Mutex<[String: TimeZoneOffsets]>([:])

    static let utc = TimeZoneOffsets(name: "UTC", starts: [], offsets: [0])

    /// The zone of a name such as `Europe/Dublin`; nil if there is none.
    ///
    /// The first call for a zone takes about a millisecond.
    static func zone(_ name: String) -> TimeZoneOffsets? {
        if let known = known.withLock({ $0[name] }) { return known }
        guard isPlausible(name), let zone = TimeZone(identifier: name) else { return nil }
        let offsets = TimeZoneOffsets(name: name, of: zone)
        return known.withLock { known in
            known[name] = offsets
            return offsets
        }
    }

    private init(name: String, starts: [Int64], offsets: [Int64]) {
        (self.name, self.starts, self.offsets) = (name, starts, offsets)
    }

    private init(name: String, of zone: TimeZone) {
        func offset(at seconds: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))) * 1_000_000
        }
        var (starts, offsets): ([Int64], [Int64]) = ([], [offset(at: Self.beginning)])
        var place = Self.beginning
        while place < Self.ending, starts.count < Self.maximumPeriods {
            let date = Date(timeIntervalSince1970: Double(place))
            guard let next = zone.nextDaylightSavingTimeTransition(after: date) else { break }
            let seconds = Int64(next.timeIntervalSince1970.rounded())
            guard seconds > place, seconds < Self.ending else { break }
            place = seconds
            // Some transitions change the name of the time or its kind, but not the offset.
            let changed = offset(at: place)
            if changed != offsets.last {
                starts.append(place * 1_000_000)
                offsets.append(changed)
            }
        }
        self.init(name: name, starts: starts, offsets: offsets)
    }

    /// Rejects what Foundation would take for an abbreviation or a fixed offset, before it is asked.
    private static func isPlausible(_ name: String) -> Bool {
        guard (3...64).contains(name.utf8.count) else { return false }
        guard name.contains("/") else { return name == "UTC" }
        return name.utf8.allSatisfy { byte in
            (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
                || [UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(byte)
        }
    }

    /// The number of the period that contains a moment.
    func period(at microseconds: Int64) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= microseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What the clock shows at a moment, as microseconds since 1970 began on that clock.
    func local(_ microseconds: Int64) -> Int64 { microseconds + offsets[period(at: microseconds)] }

    /// The first moment at which the clock shows this time or a later one, and the last one before it does for good.
    ///
    /// The two differ for a time that occurs twice; a time that is skipped is where the clock jumps over it.
    func moments(ofLocal local: Int64) -> (first: Int64, last: Int64) {
        // Offsets are less than a day and a half, so only periods near the time matter.
        let margin: Int64 = 2 * 86_400_000_000
        let candidates = period(at: local - margin)...period(at: local + margin)
        var first: Int64?
        var last: Int64?
        for number in candidates {
            let begin = number == 0 ? Int64.min / 2 : starts[number - 1]
            let end = number == starts.count ? Int64.max / 2 : starts[number]
            let moment = local - offsets[number]
            if moment < end { first = first ?? max(moment, begin) }
            if begin < moment { last = min(moment, end) }
        }
        let plain = local - offsets[candidates.upperBound]
        return (first ?? plain, last ?? plain)
    }
}
