package import Vocabulary

/// The keys of the texts that alerts have whatever the policy says.
package enum AlertTextKey {
    /// The policy gives no reason.
    static let unnamed = "alert.unnamed"
    /// A signal raises an alert by itself, for want of a policy; of a sensitive one the need is told.
    static let signal = "alert.signal"
    static let sensitiveSignal = "alert.signal.sensitive"
    /// Many contacts have one cause.
    static let surge = "alert.surge"
    /// The content was erased at the customer's request.
    static let erased = "alert.erased"
    /// The content was sensitive and ended with its contact.
    static let withdrawn = "alert.withdrawn"
    /// Somebody's approval is needed.
    package static let approval = "alert.approval"

    /// Work is late: a clock has run out, or, for nil, nothing has happened since.
    package static func work(_ clock: WorkClock?) -> String { "alert.work.\(clock?.rawValue ?? "still")" }

    /// What is behind an alert.
    enum Evidence {
        static let signal = "evidence.signal"
        static let turn = "evidence.turn"
        static let mood = "evidence.mood"
        static let streak = "evidence.streak"
        static let unmet = "evidence.unmet"
        static let rule = "evidence.rule"
        static let contacts = "evidence.contacts"
        static let calmed = "evidence.calmed"
    }
}
