import HTTPFetch
import Vocabulary

/// One attempt to tell a receiver of an event.
package struct WebhookRequest: Sendable {
    package let hook: Webhook
    package let body: String
    /// Header lines.
    package let headers: [String]

    /// Prepares an attempt.
    ///
    /// - Parameters:
    ///   - event: what is told.
    ///   - hook: who is told.
    ///   - signature: what signs it.
    ///   - now: the time, in microseconds since 1970.
    init(_ event: CloudEvent, to hook: Webhook, signature: WebhookSignature, now: Int64) {
        self.hook = hook
        body = event.text(most: hook.mostBytes)
        headers =
            ["Content-Type: \(CloudEvent.contentType)"]
            + signature.headers(id: event.id, seconds: now / 1_000_000, body: body)
    }
}

/// What became of an attempt.
package struct WebhookOutcome: Sendable, Hashable {
    /// Why there was no answer.
    package enum Failure: String, Sendable, Hashable, CaseIterable {
        /// The name was not found, or the connection was refused.
        case connect
        case tls
        case timeout
        /// The address is on this machine or in a private network.
        case forbidden
        /// The connection broke off, or what came back is not HTTP.
        case response
        /// A secret is missing or unusable, so nothing was sent.
        case secret
        /// The server stops; the attempt does not count.
        case cancelled
    }

    /// The status of the answer; nil where there was none.
    package let status: Int?
    /// How long the receiver asks to be left alone.
    package let retryAfter: Duration?
    package let failure: Failure?

    package init(status: Int, retryAfter: Duration? = nil) {
        (self.status, self.retryAfter, failure) = (status, retryAfter, nil)
    }

    package init(_ failure: Failure) { (status, retryAfter, self.failure) = (nil, nil, failure) }

    /// Whether the receiver has it.
    package var isSuccess: Bool { status.map { (200...299).contains($0) } ?? false }
    /// Whether the receiver wants no more of it.
    package var isGone: Bool { status == 410 }

    /// What went wrong, in our words: nothing that the receiver wrote is repeated.
    package var problem: String? {
        if isSuccess { return nil }
        if let status {
            switch status {
            case 300...399: return "redirected with \(status), which is not followed"
            case 410: return "says that it is gone (410)"
            default: return "answered \(status)"
            }
        }
        switch failure {
        case .connect: return "cannot be connected to"
        case .tls: return "has no certificate that can be trusted"
        case .timeout: return "did not answer in time"
        case .forbidden: return "is at a private address, which is not allowed"
        case .response: return "broke off, or did not answer in HTTP"
        case .secret: return "a secret is missing or is not whsec_ and Base64 of 24 to 64 bytes"
        case .cancelled, nil: return "was not waited for"
        }
    }
}

/// Sends one attempt.
package protocol WebhookSender: Sendable {
    /// Sends it and waits for the answer, no longer than the hook's time-out.
    func send(_ request: WebhookRequest) async -> WebhookOutcome
}

extension WebhookRequest {
    /// Sends it and blocks its thread until there is an answer.
    ///
    /// - Parameters:
    ///   - userAgent: who asks.
    ///   - now: the time, in microseconds since 1970, to which a date in `Retry-After` is compared.
    ///   - isCancelled: ends the attempt within about a second.
    /// - Returns: what came of it.
    package func post(
        userAgent: String,
        now: @Sendable () -> Int64,
        isCancelled: @escaping @Sendable () -> Bool
    ) -> WebhookOutcome {
        var options = HTTPFetcher.Options()
        options.connectTimeout = hook.connectTimeout
        options.totalTimeout = hook.timeout
        options.allowsPrivateAddresses = hook.allowsPrivateAddresses
        options.certificateAuthorities = hook.authorities
        options.userAgent = userAgent
        do throws(HTTPFetchError) {
            let answer = try HTTPFetcher(options: options).post(
                Array(body.utf8),
                headers: headers,
                to: hook.url,
                isCancelled: isCancelled
            )
            let wait = answer.retryAfter.flatMap { RetryAfter.wait($0, now: now()) }
            return WebhookOutcome(status: answer.status, retryAfter: wait)
        } catch {
            return WebhookOutcome(Self.failure(error.code))
        }
    }

    private static func failure(_ code: HTTPFetchError.Code) -> WebhookOutcome.Failure {
        switch code {
        case .address, .connect: .connect
        case .forbidden: .forbidden
        case .tls: .tls
        case .timeout: .timeout
        case .cancelled: .cancelled
        case .transfer, .tooLarge, .redirect, .status, .file: .response
        }
    }
}

/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// How long to wait from a time on; nil for what is neither.
    static func wait(_ text: String, now: Int64) -> Duration? {
        if let seconds = Int64(text) { return seconds >= 0 ? .seconds(min(seconds, 366 * 86_400)) : nil }
        guard let moment = moment(text) else { return nil }
        return .microseconds(max(0, moment - now))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not read.
    private static func moment(_ text: String) -> Int64? {
        guard
            let match = text.wholeMatch(of: #/[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT/#),
            let month = months.firstIndex(of: String(match.2))
        else { return nil }
        let number = month + 1
        return Timestamp("\(match.3)-\(number < 10 ? "0" : "")\(number)-\(match.1)T\(match.4)Z")?.microseconds
    }
}
