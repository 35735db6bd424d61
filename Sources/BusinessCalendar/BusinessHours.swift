package import Vocabulary

/// The hours in which a team works: business time is time within them.
///
/// It is open at a moment if the clock on the wall of its zone then shows a time within its hours. Business time is
/// real elapsed time: an hour that the clock repeats counts twice, one that it skips does not count. So Sunday 00:00 to
/// 06:00 has seven hours when the clocks go back and five when they go forward.
///
/// Cost: ``isOpen(at:)`` and ``duration(from:to:)`` are a few binary searches, whatever the distance; the others search
/// with them and take about fifty times as long. `frontline benchmark calendar` times them. Moments are in the years 1 to
/// 9999; daylight-saving time is known from 1970 to 2200.
package struct BusinessHours: Sendable {
    /// How far ahead moments are looked for.
    package static let horizon = Duration.seconds(10 * 366 * 86_400)
    private static let horizonMicroseconds: Int64 = 10 * 366 * 86_400_000_000
    /// The first moments of the years 1 and 10000.
    private static let moments: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_800_000_000

    private let zone: TimeZoneOffsets
    let wall: WallHours
    /// What to add, in each period of the zone, to the open time by the clock on the wall.
    private let corrections: [Int64]

    init(_ wall: WallHours, in zone: TimeZoneOffsets) {
        (self.wall, self.zone) = (wall, zone)
        var corrections: [Int64] = [0]
        for (number, start) in zone.starts.enumerated() {
            // The count goes on without a jump where the clock jumps.
            let before = wall.open(before: start + zone.offsets[number]) + corrections[number]
            corrections.append(before - wall.open(before: start + zone.offsets[number + 1]))
        }
        self.corrections = corrections
    }

    /// The name of the time zone.
    package var timeZone: String { zone.name }

    /// The business time of a usual week.
    package var week: Duration { .microseconds(wall.weekLength) }

    private func clamped(_ moment: Timestamp) -> Int64 {
        min(max(moment.microseconds, Self.moments.lowerBound), Self.moments.upperBound)
    }

    /// The business time before a moment; only differences mean something.
    private func open(before moment: Int64) -> Int64 {
        let period = zone.period(at: moment)
        return wall.open(before: moment + zone.offsets[period]) + corrections[period]
    }

    /// Whether a moment is within the hours, to which the moment of their end does not belong.
    package func isOpen(at moment: Timestamp) -> Bool { wall.isOpen(at: zone.local(clamped(moment))) }

    /// The business time between two moments; negative if the second is earlier.
    package func duration(from: Timestamp, to: Timestamp) -> Duration {
        .microseconds(open(before: clamped(to)) - open(before: clamped(from)))
    }

    /// The first moment at which this much business time has passed.
    ///
    /// Time that ends with the hours ends on that moment, not on the next opening.
    ///
    /// - Parameters:
    ///   - business: the business time, rounded down to microseconds; nothing or less gives `after` itself.
    ///   - after: where to start.
    /// - Returns: nil if it is beyond the ``horizon``.
    package func instant(_ business: Duration, after: Timestamp) -> Timestamp? {
        guard let wanted = business.wholeMicroseconds else { return nil }
        guard wanted > 0 else { return after }
        let start = clamped(after)
        let before = open(before: start)
        return first(after: start) { open(before: $0) - before >= wanted }.map(Timestamp.init)
    }

    /// The first moment within the hours from a moment on, which is the moment itself if it is within them.
    ///
    /// - Returns: nil if it is beyond the ``horizon``.
    package func nextOpening(after: Timestamp) -> Timestamp? {
        let start = clamped(after)
        let before = open(before: start)
        // A microsecond after the opening, a microsecond has passed.
        return first(after: start) { open(before: $0) > before }.map { Timestamp(microseconds: $0 - 1) }
    }

    /// The first moment outside the hours from a moment on, which is the moment itself if it is outside them.
    ///
    /// - Returns: nil if it is beyond the ``horizon``, as for hours that never end.
    package func nextClosing(after: Timestamp) -> Timestamp? {
        let start = clamped(after)
        let before = open(before: start)
        return first(after: start) { open(before: $0) - before < $0 - start }.map { Timestamp(microseconds: $0 - 1) }
    }

    /// The first moment after another for which a condition holds that holds from then on; nil beyond the horizon.
    private func first(after start: Int64, where isReached: (Int64) -> Bool) -> Int64? {
        let end = min(start + Self.horizonMicroseconds, Self.moments.upperBound)
        // Most of what is looked for is near, so the reach grows from an hour.
        var (low, reach): (Int64, Int64) = (start, 3_600_000_000)
        while true {
            let high = min(start + reach, end)
            if high > start, isReached(high) {
                var high = high
                while high - low > 1 {
                    let middle = low + (high - low) / 2
                    if isReached(middle) { high = middle } else { low = middle }
                }
                return high
            }
            guard high < end else { return nil }
            (low, reach) = (high, reach * 2)
        }
    }
}

extension Duration {
    /// Its microseconds, rounded down; nil if it is longer than three hundred years.
    fileprivate var wholeMicroseconds: Int64? {
        let (seconds, attoseconds) = components
        guard seconds < 10_000_000_000 else { return nil }
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
