import CLibCurl

extension HTTPFetcher {
    /// Sends a body by POST and reads the whole response, whatever its status is.
    ///
    /// Redirects are not followed. Addresses, certificates and proxies are treated as for downloads, and the limits of the options
    /// hold for the response.
    ///
    /// - Parameters:
    ///   - body: the bytes, at least one.
    ///   - headers: header lines without line breaks.
    ///   - address: where to.
    /// - Returns: the status and the body of the response.
    /// - Throws: ``HTTPFetchError`` when there is no complete response.
    package func exchange(
        _ body: [UInt8],
        headers: [String],
        with address: String
    ) throws(HTTPFetchError) -> (status: Int, body: [UInt8]) {
        precondition(!body.isEmpty && headers.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } })
        let sink = MemorySink(limit: options.maximumBytes)
        let upload = Transfer.Upload(body: body, headers: headers, isCancelled: { false })
        let status = try Journey(from: address, options: options).exchange(upload, into: sink)
        return (status, sink.body)
    }
}

extension Journey {
    /// Sends something and reads the response, without following a redirect.
    func exchange(_ upload: Transfer.Upload, into sink: Sink) throws(HTTPFetchError) -> Int {
        guard HTTPFetcher.isAddress(start), let address = WebAddress(start) else {
            throw error(.address, "not an http or https address")
        }
        let request = Transfer.Request(
            address: address,
            credentials: (nil, nil),
            proxy: try proxy(for: address),
            timeLeft: max(.milliseconds(1), deadline - .now),
            upload: upload
        )
        return try Transfer(request, shownAs: start, options: options).exchange(into: sink)
    }
}
