import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where on a network a client is.
package struct ClientOrigin: Sendable, Hashable {
    /// What the limits by address count together: an IPv4 address, or the first 64 bits of an IPv6 address, which is
    /// the least that one client is given.
    package let group: String
    /// Whether many clients come from there, such as through a proxy, so that the limits by address do not hold.
    package let isShared: Bool

    /// Describes an origin.
    package init(group: String, isShared: Bool) {
        self.group = group
        self.isShared = isShared
    }

    /// The origin for a remote address; nil for one that is not on a network.
    init?(_ address: SocketAddress?, sharedBy ranges: [AddressRange]) {
        guard let bytes = address?.ipAddress.flatMap(AddressRange.bytes(of:)) else { return nil }
        group = AddressRange.group(of: bytes)
        isShared = ranges.contains { $0.contains(bytes) }
    }
}

/// An address, or all addresses with the same beginning.
package struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefix: Int

    /// Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard let number = UInt8(parts[1]), Int(number) <= prefix else { return nil }
            prefix = Int(number)
        }
        self.bytes = bytes
        self.prefix = prefix
    }

    /// Whether an address is one of these.
    package func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        let whole = prefix / 8
        guard address.prefix(whole) == bytes.prefix(whole) else { return false }
        let rest = prefix % 8
        return rest == 0 || (address[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }

    /// The bytes of an address, 4 or 16; an IPv4 address within IPv6 is the IPv4 address.
    package static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: six) { Array($0) }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
    }

    /// The name of what is counted together with an address.
    package static func group(of bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
