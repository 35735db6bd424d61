import FrontlineProtocol

/// A result that says what a capability has done.
protocol MeteredResult {
    /// Counts it.
    func count(in meter: CapabilityMeter)
}

extension KnowledgeSearch.Result: MeteredResult {
    func count(in meter: CapabilityMeter) {
        meter.count(.searches, [("outcome", hits.isEmpty ? "nothing" : "found")])
    }
}

extension ScriptSessionState: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.scriptSteps, [("status", status.rawValue)]) }
}

extension ConversationObserve.Result: MeteredResult {
    func count(in meter: CapabilityMeter) {
        meter.count(.turns, [("sentiment", sentiment.label?.rawValue ?? "unsupported")])
        meter.count(.suggestions, [], by: suggestions.count)
    }
}
