import CLibCurl

/// Downloads over http and https with limits on time, size and redirects.
///
/// Proxies are taken from the environment (`https_proxy`, `no_proxy`), certificates from the system. Calls block their
/// thread until the response is complete. Calls are independent, so a fetcher may be used from several threads.
///
/// Unless ``Options/allowsPrivateAddresses`` is set, nothing on this machine, its local link or a private network is
/// reached: every connection is checked by the address to which the name was resolved, for the first request and after
/// every redirect. Through a proxy, whose own address is not checked because the operator configures it, names are
/// checked as far as they can be resolved here.
///
/// ## Topics
/// - ``HTTPFetchError``
package struct HTTPFetcher: Sendable {
    /// The limits of one download.
    package struct Options: Sendable {
        package var connectTimeout: Duration = .seconds(10)
        /// The timeout for the whole download, including redirects.
        package var totalTimeout: Duration = .seconds(600)
        /// The time after which a transfer slower than one byte per second is aborted.
        package var stallTimeout: Duration = .seconds(30)
        /// The largest size of the body, after decompression.
        package var maximumBytes = 2 << 30
        package var maximumRedirects = 5
        /// Whether loopback, link-local, private and reserved addresses may be reached.
        package var allowsPrivateAddresses = false
        /// Decides which addresses may be reached if ``allowsPrivateAddresses`` is not set.
        package var admits: @Sendable (NetworkAddress) -> Bool = { $0.isPublic }
        package var userAgent = "frontline"
        /// A file of certificates to trust instead of the system's.
        package var certificateAuthorities: String?

        package init() {}
    }

    /// The metadata of a response.
    package struct Response: Equatable, Sendable {
        package var status: Int
        /// The address after redirects.
        package var address: String
        package var contentType: String?
        package var bytes: Int
    }

    package let options: Options

    package init(options: Options = Options()) { self.options = options }

    /// Whether a text is an address that this type can fetch.
    package static func isAddress(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    /// Downloads into memory.
    ///
    /// - Throws: ``HTTPFetchError``; a partial body is discarded.
    package func bytes(from address: String) throws(HTTPFetchError) -> (body: [UInt8], response: Response) {
        let sink = MemorySink(limit: options.maximumBytes)
        let response = try perform(address, into: sink)
        return (sink.body, response)
    }

    /// Downloads into a file, which is created or truncated, and readable only by its owner.
    ///
    /// - Throws: ``HTTPFetchError``; the file then contains part of the body or nothing, and the caller must remove it.
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
