package import Storage

/// A version as lists show it.
package struct VersionListing: Sendable, Hashable {
    /// The version.
    package let version: Version
    /// Whether it is the one in force.
    package let isInForce: Bool
    /// Why it was withdrawn, when it was.
    package let withdrawal: Withdrawal?
}

/// Things of one kind of which one version is in force at a time, for everybody: policies, signals.
///
/// ## Topics
/// - ``standing(of:sha256:in:)``
/// - ``listing(of:in:)``
/// - ``put(_:as:by:at:note:republication:in:)``
/// - ``rollBack(_:to:reason:by:at:in:)``
package struct LiveChain: Sendable {
    /// The versions themselves.
    package let versions: VersionChain
    /// Why versions are no longer in force.
    package let withdrawals: Withdrawals

    /// What caches of the versions in force depend on (`Storage.VersionedCache`).
    package let topic: String

    package init(kind: String) {
        topic = "versions." + kind
        versions = VersionChain(kind: kind, topic: topic)
        withdrawals = Withdrawals(kind: kind)
    }

    /// What publishing did.
    package struct Placement: Sendable, Hashable {
        /// The version with the content.
        package let version: Int64
        /// The hash of the content.
        package let sha256: String
        /// How the content stood before.
        package let standing: Standing
        /// Whether a version was written and put in force.
        package let isNew: Bool
        /// The hash of what was in force before.
        package let before: String?
    }

    /// What a rollback did.
    package struct Rollback: Sendable, Hashable {
        /// The hash of what was in force before.
        package let before: String?
        /// The hash of what is in force again.
        package let after: String
        /// The versions that are withdrawn by it, in their order.
        package let withdrawn: [Int64]
    }

    /// How content stands that somebody wants to publish under a name.
    package func standing(of id: String, sha256: String, in transaction: some SQLReading) throws -> Standing {
        let live = try versions.live(id, in: transaction)
        if let live, try versions.content(of: id, version: live, in: transaction)?.sha256 == sha256 {
            return .inForce(live)
        }
        guard let known = try versions.version(of: id, sha256: sha256, in: transaction) else { return .unknown }
        let withdrawal = try withdrawals.all(of: id, in: transaction)[known]
        // Versions rolled back before withdrawals were recorded show by their number: publishing only counts up.
        let isWithdrawn = withdrawal != nil || live.map { known > $0 } ?? false
        let earlier = EarlierVersion(version: known, isWithdrawn: isWithdrawn, withdrawal: withdrawal)
        return .earlier(earlier, live: live)
    }

    /// Every version of a thing, newest first; nil when it was never published.
    package func listing(of id: String, in transaction: some SQLReading) throws -> [VersionListing]? {
        guard let live = try versions.live(id, in: transaction) else { return nil }
        let known = try withdrawals.all(of: id, in: transaction)
        return try versions.history(of: id, in: transaction).map { version in
            VersionListing(
                version: version,
                isInForce: version.number == live,
                withdrawal: known[version.number]
            )
        }
    }

    /// Puts content in force under a name, as a new version unless it is in force already.
    ///
    /// - Parameters:
    ///   - content: the content.
    ///   - id: the name.
    ///   - author: who publishes it.
    ///   - at: the time, in microseconds since 1970.
    ///   - note: why.
    ///   - republication: what becomes of content that was published before and is not in force.
    ///   - transaction: where it is written.
    /// - Returns: the version that has the content, and what was done.
    /// - Throws: the store's error.
    package func put(
        _ content: String,
        as id: String,
        by author: String,
        at: Int64,
        note: String?,
        republication: Republication = .allowed,
        in transaction: WriteTransaction
    ) throws -> Placement {
        let sha256 = ContentHash.sha256(content)
        let standing = try standing(of: id, sha256: sha256, in: transaction)
        let before = try versions.live(id, in: transaction).flatMap {
            try versions.content(of: id, version: $0, in: transaction)?.sha256
        }
        let left: Int64? =
            switch (standing, republication) {
            case (.inForce(let version), _): version
            case (.earlier(let earlier, _), .never): earlier.version
            case (.earlier, .allowed), (.unknown, _): nil
            }
        if let left {
            return Placement(version: left, sha256: sha256, standing: standing, isNew: false, before: before)
        }
        let written = try versions.append(content, to: id, by: author, at: at, note: note, in: transaction)
        return Placement(
            version: written.number,
            sha256: sha256,
            standing: standing,
            isNew: true,
            before: before
        )
    }

    /// Puts a version in force again and withdraws those that came after it.
    ///
    /// - Returns: what changed; nil when the version is in force, or there is no such version.
    package func rollBack(
        _ id: String,
        to version: Int64,
        reason: String,
        by actor: String,
        at: Int64,
        in transaction: WriteTransaction
    ) throws -> Rollback? {
        let live = try versions.live(id, in: transaction)
        guard live != version, let target = try versions.content(of: id, version: version, in: transaction) else {
            return nil
        }
        let before = try live.flatMap { try versions.content(of: id, version: $0, in: transaction)?.sha256 }
        let known = try withdrawals.all(of: id, in: transaction)
        let latest = try versions.latest(id, in: transaction)
        let withdrawn = (version...max(version, latest)).dropFirst().filter { known[$0] == nil }
        for later in withdrawn {
            try withdrawals.note(Withdrawal(at: at, by: actor, reason: reason), of: later, of: id, in: transaction)
        }
        try withdrawals.forget(version, of: id, in: transaction)
        try versions.makeLive(version, of: id, in: transaction)
        return Rollback(before: before, after: target.sha256, withdrawn: withdrawn)
    }
}
