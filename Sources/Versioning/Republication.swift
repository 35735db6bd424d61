/// What becomes of content that was published before under the same name, whichever way it came.
package enum Republication: Sendable {
    /// Somebody asks for it: it is put in force again, as a new version.
    case allowed
    /// It stays as it is. A file that is found at start says nothing of what people have withdrawn or rolled out in
    /// part since, so a start puts in force only what was never published.
    case never
}

/// How content stands that somebody wants to publish.
package enum Standing: Sendable, Hashable {
    /// It was never published under this name.
    case unknown
    /// It is in force for everybody, as this version.
    case inForce(Int64)
    /// It was published before and is not what everybody gets; `live` is what those get who get no newer version.
    case earlier(EarlierVersion, live: Int64?)
}
