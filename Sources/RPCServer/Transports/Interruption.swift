#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Blocking input that can be interrupted from another thread.
final class Interruption: Sendable {
    private let receiver: Int32
    private let sender: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        receiver = ends[0]
        sender = ends[1]
    }

    deinit {
        close(receiver)
        close(sender)
    }

    /// Interrupts every read, now and later.
    func interrupt() {
        var byte: UInt8 = 0
        _ = Glibc.write(sender, &byte, 1)
    }

    /// Waits for bytes of a descriptor; nil at the end of input, on an error and after an interruption.
    func read(_ descriptor: Int32) -> [UInt8]? {
        guard waitForInput(descriptor) else { return nil }
        return [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            var result: Int
            repeat {
                result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            count = max(result, 0)
        }.nonEmpty
    }

    /// Writes everything; false when the other side has closed.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest)
            let result = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
            if result > 0 {
                rest = rest.dropFirst(result)
            } else if result < 0, errno == EAGAIN {
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&request, 1, -1)
            } else if result == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    private func waitForInput(_ descriptor: Int32) -> Bool {
        var requests = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: receiver, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&requests, 2, -1) < 0 {
            guard errno == EINTR else { return false }
        }
        return requests[1].revents == 0
    }
}

extension [UInt8] {
    fileprivate var nonEmpty: [UInt8]? { isEmpty ? nil : self }
}
