package import Storage

/// A version in a list.
package struct VersionListing: Sendable, Hashable {
    package let version: Version
    /// Whether the version is in force.
    package let isInForce: Bool
    /// The withdrawal, if the version was withdrawn.
    package let withdrawal: Withdrawal?
}

/// Version chains of one kind, such as policies or signals, with one version in force for everybody at a time.
///
/// ## Topics
/// - ``standing(of:sha256:in:)``
/// - ``listing(of:in:)``
/// - ``put(_:as:by:at:note:republication:in:)``
/// - ``rollBack(_:to:reason:by:at:in:)``
/// - ``publish(_:as:target:note:republication:by:now:in:)``, ``rollBack(_:target:to:reason:by:now:in:)``
package struct LiveChain: Sendable {
    /// The chain that stores the versions.
    package let versions: VersionChain
    /// The withdrawals of versions.
    package let withdrawals: Withdrawals

    /// The topic for caches of the versions in force (`Storage.VersionedCache`).
    package let topic: String

    package init(kind: String) {
        topic = "versions." + kind
        versions = VersionChain(kind: kind, topic: topic)
        withdrawals = Withdrawals(kind: kind)
    }

    /// The result of publishing content.
    package struct Placement: Sendable, Hashable {
        /// The number of the version with the content.
        package let version: Int64
        /// The SHA-256 hash of the content.
        package let sha256: String
        /// The standing of the content before.
        package let standing: Standing
        /// Whether a version was written and put into force.
        package let isNew: Bool
        /// The hash of the version that was in force before; nil if there was none.
        package let before: String?
    }

    /// The result of a rollback.
    package struct Rollback: Sendable, Hashable {
        /// The hash of the version that was in force before.
        package let before: String?
        /// The hash of the version that is in force again.
        package let after: String
        /// The versions that it withdrew, in order.
        package let withdrawn: [Int64]
    }

    /// The standing of content that is to be published under a name.
    package func standing(of id: String, sha256: String, in transaction: some SQLReading) throws -> Standing {
        let live = try versions.live(id, in: transaction)
        if let live, try versions.content(of: id, version: live, in: transaction)?.sha256 == sha256 {
            return .inForce(live)
        }
        guard let known = try versions.version(of: id, sha256: sha256, in: transaction) else { return .unknown }
        let withdrawal = try withdrawals.all(of: id, in: transaction)[known]
        // Versions rolled back before withdrawals were recorded have a higher number than the live one, because
        // publishing only increases numbers.
        let isWithdrawn = withdrawal != nil || live.map { known > $0 } ?? false
        let earlier = EarlierVersion(version: known, isWithdrawn: isWithdrawn, withdrawal: withdrawal)
        return .earlier(earlier, live: live)
    }

    /// Every version of a thing, newest first; nil if it was never published.
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

    /// Puts content into force under a name, as a new version unless it is already in force.
    ///
    /// - Parameters:
    ///   - content: the content.
    ///   - id: the name.
    ///   - author: who publishes it.
    ///   - at: the time, in microseconds since 1970.
    ///   - note: the reason, which is recorded.
    ///   - republication: how to treat content that was published before and is not in force.
    ///   - transaction: the transaction in which to write.
    /// - Returns: the version with the content, and what was done.
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

    /// Puts an earlier version into force again and withdraws the later ones.
    ///
    /// - Returns: what changed; nil if the version is already in force or does not exist.
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
