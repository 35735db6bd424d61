/// A request of HTTP that was read, and what is done for its response.
///
/// The requests of a connection are taken one at a time and in order.
struct WebExchange: Sendable {
    /// What is done for the response.
    enum Work: Sendable {
        /// The body is a call or a batch, whose caller is whom the credential proves.
        case call(WebCredential?)
        /// The body is a message that calls are made for.
        case exchange(WebPostHead)
        /// The response is made.
        case respond(@Sendable () async -> WebResponse)
    }

    let work: Work
    /// The body of what was posted, and empty otherwise.
    let body: [UInt8]
    /// Whether the connection closes after the response.
    let closes: Bool
    /// Whether only the head of the response is sent.
    let isHead: Bool

    init(_ work: Work, body: [UInt8] = [], closes: Bool, isHead: Bool = false) {
        self.work = work
        self.body = body
        self.closes = closes
        self.isHead = isHead
    }
}
