import CLibCurl

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One use of a libcurl handle: one request, without following a redirect.
final class Transfer {
    /// How a request is sent.
    enum Proxy: Equatable {
        /// As libcurl reads it from the environment.
        case environment
        case none
        case named(String)
    }

    struct Request {
        var address: WebAddress
        var credentials: (user: String?, password: String?)
        var proxy: Proxy
        var timeLeft: Duration
        /// What is sent; nil to fetch.
        var upload: Upload?
    }

    enum Outcome {
        case answer(HTTPFetcher.Response)
        /// A redirect to this address.
        case redirection(String)
    }

    let handle: UnsafeMutableRawPointer
    private let request: Request
    private let start: String
    private let options: HTTPFetcher.Options
    private let gate: AddressGate
    /// The headers of an upload, which libcurl reads during the transfer.
    private let headers: UnsafeMutablePointer<curl_slist>?

    /// libcurl's global state, initialised once before any handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Prepares a request; errors name the address `start`.
    init(_ request: Request, shownAs start: String, options: HTTPFetcher.Options) throws(HTTPFetchError) {
        guard Transfer.isReady, let handle = curl_easy_init() else {
            throw HTTPFetchError(code: .transfer, message: "libcurl cannot be started")
        }
        self.handle = handle
        self.request = request
        self.start = start
        self.options = options
        headers = request.upload?.headerList()
        let isJudged = request.proxy == .none && !options.allowsPrivateAddresses
        gate = AddressGate(isJudged ? { address in options.admits(address) } : { _ in true })
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    /// Performs the request and evaluates the response.
    func run(into sink: Sink) throws(HTTPFetchError) -> Outcome {
        guard configure() else { throw error(.transfer, "libcurl refuses the request") }
        let status = try perform(into: sink)
        if (300...399).contains(status), let target = text(CURLINFO_REDIRECT_URL) { return .redirection(target) }
        guard (200...299).contains(status) else {
            throw HTTPFetchError(
                code: .status,
                message: "\(Transfer.shown(start)) answered with status \(status)",
                status: status
            )
        }
        return .answer(
            HTTPFetcher.Response(
                status: status,
                address: text(CURLINFO_EFFECTIVE_URL) ?? request.address.bare,
                contentType: text(CURLINFO_CONTENT_TYPE),
                bytes: sink.count
            )
        )
    }

    /// Sends the upload of the request and reads the response.
    func exchange(into sink: Sink) throws(HTTPFetchError) -> Int {
        guard let upload = request.upload, configure(), configure(upload) else {
            throw error(.transfer, "libcurl refuses the request")
        }
        return try perform(into: sink)
    }

    /// Performs what was configured; the status of the response.
    private func perform(into sink: Sink) throws(HTTPFetchError) -> Int {
        let body = BodyFilter(sink: sink, handle: handle)
        frontline_curl_set_data_function(handle, CURLOPT_WRITEFUNCTION, Self.takeBody)
        frontline_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(body).toOpaque())
        frontline_curl_set_socket_function(handle, Self.openSocket)
        frontline_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(gate).toOpaque())
        let outcome = withExtendedLifetime(body) { curl_easy_perform(handle) }
        guard outcome == CURLE_OK else { throw failure(outcome, sink) }
        return Transfer.status(of: handle)
    }

    /// Sends the upload of the request and reads the head of the response; its body is not read.
    func send() throws(HTTPFetchError) -> HTTPPostAnswer {
        guard let upload = request.upload, configure(), configure(upload) else {
            throw error(.transfer, "libcurl refuses the request")
        }
        let head = ResponseHead(isCancelled: upload.isCancelled)
        let context = Unmanaged.passUnretained(head).toOpaque()
        frontline_curl_set_data_function(handle, CURLOPT_WRITEFUNCTION) { _, _, _, _ in 0 }
        frontline_curl_set_data_function(handle, CURLOPT_HEADERFUNCTION, ResponseHead.take)
        frontline_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        frontline_curl_set_progress_function(handle, ResponseHead.look)
        frontline_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
        frontline_curl_set_socket_function(handle, Self.openSocket)
        frontline_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(gate).toOpaque())
        let outcome = withExtendedLifetime(head) { curl_easy_perform(handle) }
        // A complete head is the answer, whatever becomes of the body.
        if let status = head.status { return HTTPPostAnswer(status: status, retryAfter: head.retryAfter) }
        if upload.isCancelled() { throw error(.cancelled, "the transfer was cancelled") }
        guard outcome != CURLE_OK else { throw error(.transfer, "the response is not HTTP") }
        throw failure(outcome, Sink(limit: 0))
    }

    private func configure(_ upload: Upload) -> Bool {
        let isSized =
            frontline_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.body.count)) == CURLE_OK
        let isCopied = upload.body.withUnsafeBytes { bytes in
            // Never nil: without a pointer libcurl would read the body from a callback.
            let start = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            return start.map { frontline_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0) == CURLE_OK } ?? false
        }
        return isSized && isCopied && frontline_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers) == CURLE_OK
            && frontline_curl_set_long(handle, CURLOPT_NOPROGRESS, 0) == CURLE_OK
            // The answer of a proxy is not that of the receiver.
            && frontline_curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1) == CURLE_OK
    }

    private static let takeBody: frontline_curl_data_function = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let body = Unmanaged<BodyFilter>.fromOpaque(context).takeUnretainedValue()
        return body.accept(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    private static let openSocket: frontline_curl_socket_function = { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        return Unmanaged<AddressGate>.fromOpaque(context).takeUnretainedValue().open(address)
    }

    /// The status of the last response, 0 if there was none.
    private var status: Int { Transfer.status(of: handle) }

    fileprivate static func status(of handle: UnsafeMutableRawPointer) -> Int {
        var status = 0
        frontline_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    private func configure() -> Bool {
        let connectTime = min(options.connectTimeout, request.timeLeft)
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_CONNECTTIMEOUT_MS, Transfer.milliseconds(connectTime)),
            (CURLOPT_TIMEOUT_MS, Transfer.milliseconds(request.timeLeft)),
            (CURLOPT_LOW_SPEED_LIMIT, 1),
            (CURLOPT_LOW_SPEED_TIME, max(1, Transfer.milliseconds(options.stallTimeout) / 1000)),
        ]
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.address.bare), (CURLOPT_USERAGENT, options.userAgent), (CURLOPT_ACCEPT_ENCODING, ""),
        ]
        switch request.proxy {
        case .environment: break
        case .none: texts.append((CURLOPT_PROXY, ""))
        case .named(let proxy): texts.append((CURLOPT_PROXY, proxy))
        }
        if let user = request.credentials.user { texts.append((CURLOPT_USERNAME, user)) }
        if let password = request.credentials.password { texts.append((CURLOPT_PASSWORD, password)) }
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
        if let refused = gate.refused { return error(.forbidden, Transfer.refusal(of: refused)) }
        let reason = String(cString: curl_easy_strerror(outcome))
        if sink.isOverflown || outcome == CURLE_FILESIZE_EXCEEDED {
            return error(.tooLarge, "the response is larger than \(options.maximumBytes) bytes")
        }
        switch outcome {
        case CURLE_OPERATION_TIMEDOUT: return error(.timeout, "the request timed out")
        case CURLE_UNSUPPORTED_PROTOCOL: return error(.transfer, "the response is not HTTP")
        case CURLE_URL_MALFORMAT: return error(.address, "not an http or https address")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            return error(.connect, reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return error(.tls, reason)
        case CURLE_WRITE_ERROR: return error(.file, "the body could not be written")
        default: return error(.transfer, reason)
        }
    }

    /// The message for a forbidden address.
    static func refusal(of address: NetworkAddress) -> String {
        "\(address) is on this machine or in a private network, which may be reached only if that is allowed"
    }

    private func error(_ code: HTTPFetchError.Code, _ reason: String) -> HTTPFetchError {
        HTTPFetchError(code: code, message: "\(Transfer.shown(start)): \(reason)")
    }

    /// The address for display: without credentials, at most 200 characters.
    static func shown(_ address: String) -> String { String(HTTPFetcher.withoutSecrets(address).prefix(200)) }
}

/// Opens the sockets of one transfer, only to allowed addresses.
private final class AddressGate {
    private let admits: (NetworkAddress) -> Bool
    /// The last address refused.
    private(set) var refused: NetworkAddress?

    init(_ admits: @escaping (NetworkAddress) -> Bool) { self.admits = admits }

    /// Opens a socket for an address that libcurl has resolved and is about to connect to.
    func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(frontline_curl_address_bytes(address, &bytes))
        guard let target = NetworkAddress(bytes: Array(bytes[..<count])) else { return CURL_SOCKET_BAD }
        guard admits(target) else {
            refused = target
            return CURL_SOCKET_BAD
        }
        return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
    }
}

/// Passes a body on, except that of a redirect, which is discarded.
private final class BodyFilter {
    private let sink: Sink
    private let handle: UnsafeMutableRawPointer

    init(sink: Sink, handle: UnsafeMutableRawPointer) {
        self.sink = sink
        self.handle = handle
    }

    func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        (300...399).contains(Transfer.status(of: handle)) || sink.accept(bytes)
    }
}
