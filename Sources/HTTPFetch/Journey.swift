/// One download with its redirects, each of which is checked before it is followed.
struct Journey {
    let start: String
    let options: HTTPFetcher.Options
    private let proxies = ProxyChoice()
    let deadline: ContinuousClock.Instant

    init(from address: String, options: HTTPFetcher.Options) {
        start = address
        self.options = options
        deadline = .now + options.totalTimeout
    }

    /// Performs the download, following redirects.
    func run(into sink: Sink) throws(HTTPFetchError) -> HTTPFetcher.Response {
        guard let first = WebAddress(start) else { throw error(.address, "not an http or https address") }
        var current = first
        for _ in 0...max(0, options.maximumRedirects) {
            let transfer = try Transfer(
                Transfer.Request(
                    address: current,
                    // Credentials for one server must not be sent to another.
                    credentials: current.hasOrigin(of: first) ? (first.user, first.password) : (nil, nil),
                    proxy: try proxy(for: current),
                    timeLeft: max(.milliseconds(1), deadline - .now)
                ),
                shownAs: start,
                options: options
            )
            switch try transfer.run(into: sink) {
            case .answer(let response): return response
            case .redirection(let target):
                guard let next = WebAddress(target) else {
                    throw error(.redirect, "redirected to something other than http or https")
                }
                current = next
            }
        }
        throw error(.redirect, "more than \(options.maximumRedirects) redirects")
    }

    /// Determines the proxy for the next request.
    ///
    /// - Throws: code `address` if the request would reach a forbidden address through a proxy.
    func proxy(for address: WebAddress) throws(HTTPFetchError) -> Transfer.Proxy {
        if options.allowsPrivateAddresses { return .environment }
        guard let proxy = proxies.proxy(for: address) else { return .none }
        let host = address.host.lowercased()
        let known = NetworkAddress(text: host).map { [$0] } ?? NetworkAddress.resolve(host)
        if let inside = known.first(where: { !options.admits($0) }) { throw refusal(of: inside) }
        guard host != "localhost", !host.hasSuffix(".localhost"), !host.hasSuffix(".local") else {
            throw error(.forbidden, "'\(host)' is the name of this machine or of a host in its network")
        }
        return .named(proxy)
    }

    private func refusal(of address: NetworkAddress) -> HTTPFetchError {
        error(.forbidden, Transfer.refusal(of: address))
    }

    func error(_ code: HTTPFetchError.Code, _ reason: String) -> HTTPFetchError {
        HTTPFetchError(code: code, message: "\(Transfer.shown(start)): \(reason)")
    }
}
