/// What has been written so far.
package struct HistoryReport: Sendable, Hashable, Codable {
    package var contacts = 0
    package var turns = 0
    package var sessions = 0
    package var alerts = 0
    package var resolutions = 0
    package var workItems = 0
    package var searches = 0
    /// Calls that the product refused because of what had happened before them, such as a decision on a request that had expired.
    package var refused = 0
    /// A digest of what was said and answered: equal for equal stories, calendars, periods, numbers of contacts and seeds.
    package var fingerprint = ""

    enum CodingKeys: String, CodingKey {
        case contacts, turns, sessions, alerts, resolutions, searches, refused, fingerprint
        case workItems = "work_items"
    }
}

/// A running digest (FNV-1a, 64 bits) that tells two histories apart; it protects against nothing.
struct Fingerprint {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte) }
        // Keeps texts apart that end and begin elsewhere.
        add(0)
    }

    private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    var text: String { String(state | 1 << 63, radix: 16) }
}
