import CLibCurl

/// Downloads over http and https, bounded in time, size and redirections.
///
/// Proxies come from the environment (`https_proxy`, `no_proxy`), certificates from the system. Calls block their
/// thread until the answer is there; each is independent, so a fetcher may be used from several threads.
///
/// Unless ``Options/allowsPrivateAddresses`` is set, nothing on this machine, its link or a private network is reached:
/// every connection is judged by the address that the name was resolved to, at the first request and after every
/// redirection. Through a proxy, whose own address is the operator's business, the names are judged as far as they can be
/// resolved here.
///
/// ## Topics
/// - ``HTTPFetchError``
package struct HTTPFetcher: Sendable {
    /// The bounds of one download.
    package struct Options: Sendable {
        package var connectTimeout: Duration = .seconds(10)
        /// For the whole of it, redirections included.
        package var totalTimeout: Duration = .seconds(600)
        /// A transfer slower than a byte a second for this long is given up.
        package var stallTimeout: Duration = .seconds(30)
        /// Of the body, after any compression of the transfer is undone.
        package var maximumBytes = 2 << 30
        package var maximumRedirects = 5
        /// Whether loopback, link-local, private and reserved addresses are reached as well.
        package var allowsPrivateAddresses = false
        /// Which addresses are reached where not all are.
        package var admits: @Sendable (NetworkAddress) -> Bool = { $0.isPublic }
        package var userAgent = "frontline"
        /// A file of certificates to trust instead of the system's.
        package var certificateAuthorities: String?

        package init() {}
    }

    /// What came with a body.
    package struct Response: Equatable, Sendable {
        package var status: Int
        /// The address after redirections.
        package var address: String
        package var contentType: String?
        package var bytes: Int
    }

    package let options: Options

    package init(options: Options = Options()) { self.options = options }

    /// Whether a text is an address this type would try to fetch.
    package static func isAddress(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    /// Downloads into memory.
    ///
    /// - Throws: ``HTTPFetchError``; nothing of the body is kept then.
    package func bytes(from address: String) throws(HTTPFetchError) -> (body: [UInt8], response: Response) {
        let sink = MemorySink(limit: options.maximumBytes)
        let response = try perform(address, into: sink)
        return (sink.body, response)
    }

    /// Downloads into a file, which is created or emptied, readable by its owner alone.
    ///
    /// - Throws: ``HTTPFetchError``; the file then holds a part of the body or nothing, and is the caller's to remove.
    package func download(_ address: String, to path: String) throws(HTTPFetchError) -> Response {
        let sink = try FileSink(path: path, limit: options.maximumBytes)
        return try perform(address, into: sink)
    }

    private func perform(_ address: String, into sink: Sink) throws(HTTPFetchError) -> Response {
        guard HTTPFetcher.isAddress(address), address.utf8.count <= 8192,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
            throw HTTPFetchError(
                code: .address,
                message: "'\(Transfer.shown(address))' is not an http or https address"
            )
        }
        return try Journey(from: address, options: options).run(into: sink)
    }
}
