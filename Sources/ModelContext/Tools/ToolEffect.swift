/// What a call of a method does, as hosts of assistants want to know it before they let one make the call.
///
/// This is a property of the method and not a matter of taste, so it stands beside the methods and not in the file of tools: nobody
/// can declare by mistake that a refund only reads. A method without an effect cannot be a tool.
package struct ToolEffect: Sendable, Hashable {
    /// Whether it changes nothing.
    package let isReadOnly: Bool
    /// Whether it may do what is not easily undone: money, an end, somebody else's work.
    package let isDestructive: Bool
    /// Whether the same call again changes nothing more.
    package let isIdempotent: Bool

    /// It only answers.
    static let reads = ToolEffect(isReadOnly: true, isDestructive: false, isIdempotent: true)
    /// It adds something, and something more with each call.
    static let adds = ToolEffect(isReadOnly: false, isDestructive: false, isIdempotent: false)
    /// It adds something once: a key, an id or a revision tells a repetition.
    static let addsOnce = ToolEffect(isReadOnly: false, isDestructive: false, isIdempotent: true)
    /// It moves money or ends something; a repetition changes nothing more.
    static let decides = ToolEffect(isReadOnly: false, isDestructive: true, isIdempotent: true)

    /// The effect of every method that may be a tool, by its name.
    ///
    /// What is missing here is left out on purpose: signing in, subscriptions, which need a connection, and publishing, importing,
    /// erasing and exporting, which are the work of people.
    package static let ofMethods: [String: ToolEffect] = [
        "knowledge.search": reads, "knowledge.suggest": reads, "knowledge.get": reads, "knowledge.list": reads,
        "knowledge.history": reads, "knowledge.compare": reads, "knowledge.issues": reads, "knowledge.gaps": reads,
        "knowledge.neighbours": reads, "knowledge.feedback": adds, "knowledge.resolve_issue": decides,

        "script.list": reads, "script.get": reads, "script.state": reads, "script.versions": reads,
        "script.compare": reads, "script.adherence": reads, "script.start": adds, "script.advance": addsOnce,
        "script.back": addsOnce, "script.jump": addsOnce, "script.detour": addsOnce, "script.skip": addsOnce,
        "script.note": adds, "script.abandon": decides,

        "conversation.get": reads, "conversation.list": reads, "conversation.open": adds,
        "conversation.update": addsOnce,
        "conversation.observe": adds, "conversation.transfer": decides, "conversation.close": decides,
        "assist.feedback": adds, "sentiment.score": reads,

        "alerts.list": reads, "alerts.get": reads, "alerts.raise": adds, "alerts.reply": adds,
        "alerts.acknowledge": addsOnce, "alerts.resolve": decides, "alerts.snooze": addsOnce,

        "resolution.evaluate": reads, "resolution.get": reads, "resolution.list": reads, "resolution.request": decides,
        "resolution.approve": decides, "resolution.reject": decides, "resolution.cancel": decides,
        "resolution.settle": decides,

        "work.get": reads, "work.list": reads, "work.create": adds, "work.claim": addsOnce, "work.release": addsOnce,
        "work.transfer": decides, "work.comment": adds, "work.complete": decides, "work.cancel": decides,

        "measures.list": reads, "measures.get": reads, "measures.values": reads, "measures.explain": reads,
        "report.summary": reads,

        "policy.list": reads, "policy.get": reads, "policy.versions": reads, "policy.compare": reads,
        "policy.evaluate": reads, "audit.list": reads, "audit.verify": reads,
    ]
}
