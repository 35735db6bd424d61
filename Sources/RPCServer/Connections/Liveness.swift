package import NIOCore

/// Finds out whether a client that says nothing is still there, by asking it: a client whose machine or network is gone
/// does not close its connection.
package struct Liveness: Sendable {
    /// What is to be done about a client.
    package enum Finding: Sendable, Hashable {
        /// Nothing; look again after this time.
        case wait(TimeAmount)
        /// It is to be asked now; look again after this time.
        case ask(TimeAmount)
        /// It has not answered in time.
        case gone
    }

    private let time: TimeAmount
    private var heardAt: NIODeadline
    /// When the client was asked, if nothing has come from it since.
    private var askedAt: NIODeadline?

    /// Begins with a client that has just said something; it may be silent for `time`, and has as long to answer.
    package init(time: TimeAmount, now: NIODeadline) {
        self.time = time
        heardAt = now
    }

    /// Records that the client has said something.
    package mutating func heard(at now: NIODeadline) {
        heardAt = now
        askedAt = nil
    }

    /// Decides what is to be done now; a client that is to be asked counts as asked.
    package mutating func look(at now: NIODeadline) -> Finding {
        let rest = time - (now - (askedAt ?? heardAt))
        if rest > .zero { return .wait(rest) }
        guard askedAt == nil else { return .gone }
        askedAt = now
        return .ask(time)
    }
}
