/// How to treat content that was published before under the same name.
package enum Republication: Sendable {
    /// Put it into force again as a new version, because somebody has asked for it.
    case allowed
    /// Leave everything unchanged. A file found at start does not express a decision about versions that people have
    /// withdrawn or partially rolled out since, so a start publishes only content that was never published.
    case never
}

/// The standing of content that is to be published.
package enum Standing: Sendable, Hashable {
    /// It was never published under this name.
    case unknown
    /// It is in force for everybody, as this version.
    case inForce(Int64)
    /// It was published before, but not everybody gets it; `live` is the version for those without a newer one.
    case earlier(EarlierVersion, live: Int64?)
}
