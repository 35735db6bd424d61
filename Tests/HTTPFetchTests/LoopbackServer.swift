#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Foundation

/// A small HTTP server on 127.0.0.1 for one test: it sends one scripted response per connection.
final class LoopbackServer: Sendable {
    /// The response to a request for a path.
    enum Answer: Sendable {
        /// Status line, headers and body, sent unchanged.
        case raw(String)
        /// A body of this many bytes without a content length.
        case endless(bytes: Int)
        /// Reads the request and does not respond.
        case silence
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (String) -> Answer

    init(_ answer: @escaping @Sendable (String) -> Answer) throws {
        self.answer = answer
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let socket = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard socket >= 0, isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        listener = socket
        port = UInt16(bigEndian: address.sin_port)
        Thread { [self] in serve() }.start()
    }

    /// Stops accepting connections.
    ///
    /// The accepting thread closes the socket. If it were closed here, its descriptor could be reused by another server
    /// before that thread accepts again.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func serve() {
        signal(SIGPIPE, SIG_IGN)
        defer { close(listener) }
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 { return }
            Thread { [self] in handle(connection) }.start()
        }
    }

    private func handle(_ connection: Int32) {
        defer { close(connection) }
        var request = [UInt8](repeating: 0, count: 8192)
        let count = recv(connection, &request, request.count, 0)
        guard count > 0 else { return }
        let line = String(decoding: request[..<count], as: UTF8.self)
        switch answer(line) {
        case .raw(let text): send(Array(text.utf8), on: connection)
        case .endless(let bytes):
            send(Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8), on: connection)
            send([UInt8](repeating: 0x61, count: bytes), on: connection)
        case .silence: _ = recv(connection, &request, request.count, 0)
        }
    }

    private func send(_ bytes: [UInt8], on connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { sendBytes(connection, $0.baseAddress, $0.count, 0) }
            if count <= 0 { return }
            sent += count
        }
    }
}

private func sendBytes(_ connection: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(connection, bytes, count, flags)
}
