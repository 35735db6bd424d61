import FrontlineProtocol

extension ConversationOpen.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "open")]) }
}

extension ConversationTransfer.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "transfer")]) }
}

extension ConversationClose.Result: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.conversations, [("call", "close")]) }
}
