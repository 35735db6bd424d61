/// Where a time is told: nowhere in particular, at an offset from UTC, or in a region of the IANA database.
@frozen
public enum Zone: Sendable, Hashable {
    /// Local time without zone.
    case none
    /// Seconds east of UTC, less than 18 hours either way or exactly 18.
    case offset(Int32)
    /// A region, as `Europe/Paris`.
    case region(Region)

    /// Coordinated universal time.
    public static let utc = Zone.offset(0)

    /// The maximum offset from UTC, in seconds.
    static let maximumOffset = 18 * 3600

    /// The offset in seconds at a local date and time; nil without zone.
    func offset(atLocal local: Int64) -> Int64? {
        switch self {
        case .none: nil
        case .offset(let seconds): Int64(seconds)
        case .region(let region): region.offset(atLocal: local)
        }
    }

    /// The offset in seconds at a moment in seconds since 1970 UTC; nil without zone.
    func offset(atUTC seconds: Int64) -> Int64? {
        switch self {
        case .none: nil
        case .offset(let seconds): Int64(seconds)
        case .region(let region): region.offset(atUTC: seconds)
        }
    }
}
