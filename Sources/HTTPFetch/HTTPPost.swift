import CLibCurl

/// The head of the response to something that was sent.
package struct HTTPPostAnswer: Equatable, Sendable {
    /// The status, 200 or above.
    package let status: Int
    /// The value of `Retry-After`, if there was one.
    package let retryAfter: String?

    package init(status: Int, retryAfter: String?) { (self.status, self.retryAfter) = (status, retryAfter) }
}

extension HTTPFetcher {
    /// Sends a body by POST and reads the head of the response.
    ///
    /// Redirects are not followed: their status is the answer. The body of the response is not read, so a receiver cannot
    /// keep the sender busy with it. Addresses, certificates and proxies are treated as for downloads.
    ///
    /// - Parameters:
    ///   - body: the bytes, at least one.
    ///   - headers: header lines, such as `Content-Type: application/json`, without line breaks.
    ///   - address: where to.
    ///   - isCancelled: asked about once a second; the transfer ends when it says so.
    /// - Returns: the head of the response.
    /// - Throws: ``HTTPFetchError`` when there is no complete head of a response.
    package func post(
        _ body: [UInt8],
        headers: [String],
        to address: String,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(HTTPFetchError) -> HTTPPostAnswer {
        precondition(!body.isEmpty && headers.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } })
        guard HTTPFetcher.isAddress(address), address.utf8.count <= 8192,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
            throw HTTPFetchError(
                code: .address,
                message: "'\(Transfer.shown(address))' is not an http or https address"
            )
        }
        let upload = Transfer.Upload(body: body, headers: headers, isCancelled: isCancelled)
        return try Journey(from: address, options: options).send(upload)
    }
}

extension Journey {
    /// Sends something, without following a redirect.
    func send(_ upload: Transfer.Upload) throws(HTTPFetchError) -> HTTPPostAnswer {
        guard let address = WebAddress(start) else { throw error(.address, "not an http or https address") }
        let request = Transfer.Request(
            address: address,
            credentials: (address.user, address.password),
            proxy: try proxy(for: address),
            timeLeft: max(.milliseconds(1), deadline - .now),
            upload: upload
        )
        return try Transfer(request, shownAs: start, options: options).send()
    }
}

extension Transfer {
    /// What is sent.
    struct Upload {
        let body: [UInt8]
        let headers: [String]
        let isCancelled: @Sendable () -> Bool

        /// The headers as libcurl takes them; the caller frees the list.
        func headerList() -> UnsafeMutablePointer<curl_slist>? {
            // A receiver that does not know `Expect` would cost a second.
            (headers + ["Expect:"]).reduce(nil) { list, header in curl_slist_append(list, header) ?? list }
        }
    }
}

/// Reads the head of a response.
final class ResponseHead {
    private let isCancelled: () -> Bool
    /// The status of the head that is being read.
    private var begun: Int?
    /// The status of the first complete head that is not an interim one.
    private(set) var status: Int?
    private(set) var retryAfter: String?

    init(isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

    static let take: frontline_curl_data_function = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        Unmanaged<ResponseHead>.fromOpaque(context).takeUnretainedValue().add(line)
        return size * count
    }

    static let look: frontline_curl_progress_function = { context, _, _, _, _ in
        guard let context else { return 1 }
        return Unmanaged<ResponseHead>.fromOpaque(context).takeUnretainedValue().isCancelled() ? 1 : 0
    }

    /// Takes one line of a head, with its line break.
    private func add(_ line: UnsafeRawBufferPointer) {
        guard status == nil else { return }
        let line = String(decoding: line.prefix(1_000), as: UTF8.self).trimming { $0.isWhitespace }
        if line.isEmpty {
            if let begun, begun >= 200 { status = begun }
            begun = nil
        } else if line.hasPrefix("HTTP/") {
            begun = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            retryAfter = nil
        } else if let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == "retry-after" {
            retryAfter = String(line[line.index(after: colon)...]).trimming { $0.isWhitespace }
        }
    }
}

extension String {
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isTrimmed(first) { rest = rest.dropFirst() }
        while let last = rest.last, isTrimmed(last) { rest = rest.dropLast() }
        return String(rest)
    }
}

/// What can be said of an address before anything is sent there.
package struct HTTPTarget: Sendable, Hashable {
    /// Whether it is one of https.
    package let isEncrypted: Bool
    /// Whether it has a user name or a password.
    package let hasCredentials: Bool
    /// Whether its host is an address that is not public, or a name of this machine or its network.
    ///
    /// Other names are looked up when something is sent.
    package let isPrivate: Bool
    /// Whether its host is this machine by an address in figures, or `localhost`.
    package let isLoopback: Bool

    /// Reads an address; nil for what is not one of http or https.
    package init?(_ text: String) {
        guard HTTPFetcher.isAddress(text), text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
            let address = WebAddress(text)
        else { return nil }
        isEncrypted = address.scheme == "https"
        hasCredentials = address.user != nil || address.password != nil
        let host = address.host.lowercased()
        let isLocalName = ["localhost", "local"].contains { host == $0 || host.hasSuffix("." + $0) }
        let number = NetworkAddress(text: host)
        isLoopback = number?.isLoopback ?? (host == "localhost")
        isPrivate = number.map { !$0.isPublic } ?? isLocalName
    }
}
