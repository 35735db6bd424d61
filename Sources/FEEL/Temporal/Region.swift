import Foundation
import Synchronization

/// A region of the IANA time zone database, interned: a small number that stands for its name.
@frozen
public struct Region: Sendable, Hashable {
    let index: Int32

    init(index: Int32) { self.index = index }

    /// The region of a name; nil when the database has none of that name.
    ///
    /// Costs a look-up under a lock.
    public init?(_ name: String) {
        guard let region = RegionTable.shared.region(named: name) else { return nil }
        self = region
    }

    /// The name, as `Europe/Paris`.
    public var name: String { RegionTable.shared.entry(self).name }

    func offset(atUTC seconds: Int64) -> Int64 {
        Int64(RegionTable.shared.entry(self).zone.secondsFromGMT(for: Self.moment(seconds)))
    }

    /// The offset at a local time: the earlier offset where clocks are set back, and the one before the gap
    /// where they are set forward.
    func offset(atLocal local: Int64) -> Int64 {
        let zone = RegionTable.shared.entry(self).zone
        let before = Int64(zone.secondsFromGMT(for: Self.moment(local - 86_400)))
        let after = Int64(zone.secondsFromGMT(for: Self.moment(local + 86_400)))
        if before == after {
            let direct = Int64(zone.secondsFromGMT(for: Self.moment(local - before)))
            if direct == before { return before }
        }
        if Int64(zone.secondsFromGMT(for: Self.moment(local - before))) == before { return before }
        if Int64(zone.secondsFromGMT(for: Self.moment(local - after))) == after { return after }
        return before
    }

    private static func moment(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: Double(seconds)) }
}

/// The regions met so far; it grows only by names that the database knows, so it is bounded by the database.
private final class RegionTable: Sendable {
    struct Entry: Sendable {
        let name: String
        let zone: TimeZone
    }

    private struct State {
        var entries: [Entry] = []
        var indices: [String: Int32] = [:]
    }

    static let shared = RegionTable()

    private let state = Mutex(State())
    private let knownNames = Set(TimeZone.knownTimeZoneIdentifiers)

    func entry(_ region: Region) -> Entry {
        state.withLock { $0.entries[Int(region.index)] }
    }

    func region(named name: String) -> Region? {
        if let index = state.withLock({ $0.indices[name] }) { return Region(index: index) }
        guard isPlausible(name), let zone = TimeZone(identifier: name) else { return nil }
        return state.withLock { state in
            if let index = state.indices[name] { return Region(index: index) }
            let index = Int32(state.entries.count)
            state.entries.append(Entry(name: name, zone: zone))
            state.indices[name] = index
            return Region(index: index)
        }
    }

    /// Whether a name has the form of a region's name: Foundation also takes offsets and abbreviations, which
    /// would let the table grow without bound.
    private func isPlausible(_ name: String) -> Bool {
        if knownNames.contains(name) { return true }
        guard name.utf8.count <= 64, let first = name.utf8.first, first >= 65, first <= 90 else { return false }
        let isPath = name.contains("/")
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"): isPath
            default: false
            }
        }
    }
}
