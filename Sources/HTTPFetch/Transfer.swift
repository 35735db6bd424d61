import CLibCurl

/// One use of a libcurl handle.
final class Transfer {
    private let handle: UnsafeMutableRawPointer
    private let address: String
    private let options: HTTPFetcher.Options

    /// libcurl's global state, set up once before any handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(address: String, options: HTTPFetcher.Options) throws(HTTPFetchError) {
        guard Transfer.isReady, let handle = curl_easy_init() else {
            throw HTTPFetchError(code: .transfer, message: "libcurl cannot be started")
        }
        self.handle = handle
        self.address = address
        self.options = options
    }

    deinit { curl_easy_cleanup(handle) }

    /// Performs the request and judges the answer.
    func run(into sink: Sink) throws(HTTPFetchError) -> HTTPFetcher.Response {
        guard configure() else { throw error(.transfer, "libcurl refuses the request") }
        frontline_curl_set_data_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
            return sink.accept(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        frontline_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(sink).toOpaque())
        let outcome = withExtendedLifetime(sink) { curl_easy_perform(handle) }
        guard outcome == CURLE_OK else { throw failure(outcome, sink) }
        let status = self.status
        guard (200...299).contains(status) else {
            throw HTTPFetchError(
                code: .status,
                message: "\(Transfer.shown(address)) answered with status \(status)",
                status: status
            )
        }
        return HTTPFetcher.Response(
            status: status,
            address: text(CURLINFO_EFFECTIVE_URL) ?? address,
            contentType: text(CURLINFO_CONTENT_TYPE),
            bytes: sink.count
        )
    }

    /// The status of the last answer, 0 for none.
    private var status: Int {
        var status = 0
        frontline_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    private func configure() -> Bool {
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, options.maximumRedirects),
            (CURLOPT_CONNECTTIMEOUT_MS, Transfer.milliseconds(options.connectTimeout)),
            (CURLOPT_TIMEOUT_MS, Transfer.milliseconds(options.totalTimeout)),
            (CURLOPT_LOW_SPEED_LIMIT, 1),
            (CURLOPT_LOW_SPEED_TIME, max(1, Transfer.milliseconds(options.stallTimeout) / 1000)),
        ]
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, address), (CURLOPT_USERAGENT, options.userAgent), (CURLOPT_ACCEPT_ENCODING, ""),
        ]
        if let file = options.certificateAuthorities { texts.append((CURLOPT_CAINFO, file)) }
        let limit = curl_off_t(options.maximumBytes)
        return numbers.allSatisfy { frontline_curl_set_long(handle, $0, $1) == CURLE_OK }
            && texts.allSatisfy { frontline_curl_set_string(handle, $0, $1) == CURLE_OK }
            && frontline_curl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, limit) == CURLE_OK
            && frontline_curl_only_http(handle) == CURLE_OK
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let parts = duration.components
        let whole = min(max(parts.seconds, 0), 1_000_000)
        return max(1, Int(whole) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000))
    }

    private func text(_ info: CURLINFO) -> String? {
        var pointer: UnsafeMutablePointer<CChar>?
        guard frontline_curl_get_string(handle, info, &pointer) == CURLE_OK, let pointer else { return nil }
        return String(cString: pointer)
    }

    // MARK: Errors

    private func failure(_ outcome: CURLcode, _ sink: Sink) -> HTTPFetchError {
        let reason = String(cString: curl_easy_strerror(outcome))
        if sink.isOverflown || outcome == CURLE_FILESIZE_EXCEEDED {
            return error(.tooLarge, "the answer is larger than \(options.maximumBytes) bytes")
        }
        switch outcome {
        case CURLE_OPERATION_TIMEDOUT: return error(.timeout, "it took longer than allowed")
        case CURLE_TOO_MANY_REDIRECTS: return error(.redirect, "more than \(options.maximumRedirects) redirections")
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Either a redirection, whose answer has come, to another scheme, or an answer that is not HTTP.
            guard (300...399).contains(status) else { return error(.transfer, "the answer is not HTTP") }
            return error(.redirect, "redirected to something other than http or https")
        case CURLE_URL_MALFORMAT: return error(.address, "not an http or https address")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            return error(.connect, reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return error(.tls, reason)
        case CURLE_WRITE_ERROR: return error(.file, "the body could not be written")
        default: return error(.transfer, reason)
        }
    }

    private func error(_ code: HTTPFetchError.Code, _ reason: String) -> HTTPFetchError {
        HTTPFetchError(code: code, message: "\(Transfer.shown(address)): \(reason)")
    }

    /// The address as it may be shown: without user name and password, at most 200 characters.
    static func shown(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return String(address.prefix(200)) }
        let rest = address[scheme.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard let at = rest[..<end].lastIndex(of: "@") else { return String(address.prefix(200)) }
        return String((address[..<scheme.upperBound] + rest[rest.index(after: at)...]).prefix(200))
    }
}
