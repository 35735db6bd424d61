#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An IP address that can be checked for being public.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes in network byte order.
    package let bytes: [UInt8]

    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the host of a URL: an IPv4 address in any form that resolvers accept (`127.1`, `0x7f000001`), or an IPv6
    /// address with or without brackets.
    package init?(text: String) {
        var host = text
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        var six = in6_addr()
        let plain = host.split(separator: "%", maxSplits: 1).first.map(String.init) ?? host
        if inet_pton(AF_INET6, plain, &six) == 1 {
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
            return
        }
        var four = in_addr()
        guard inet_aton(host, &four) == 1 else { return nil }
        self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
    }

    /// All addresses of a name that this machine can resolve; empty if there are none.
    static func resolve(_ host: String) -> [NetworkAddress] {
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, nil, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var result: [NetworkAddress] = []
        var next = list
        while let entry = next {
            if let address = NetworkAddress(entry.pointee), !result.contains(address) { result.append(address) }
            next = entry.pointee.ai_next
        }
        return result
    }

    private init?(_ entry: addrinfo) {
        guard let address = entry.ai_addr else { return nil }
        let raw = UnsafeRawPointer(address)
        switch entry.ai_family {
        case AF_INET:
            var four = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        case AF_INET6:
            var six = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
        default: return nil
        }
    }

    /// Whether the address is public: not this machine, its local link, a private network or a reserved range.
    ///
    /// Follows the IANA registries of special-purpose addresses (RFC 6890 and its updates). IPv6 addresses that embed
    /// an IPv4 address are checked by that.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { Self.matches(bytes, $0.prefix, $0.bits) } }
        if let carried = carriedAddress { return carried.isPublic }
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        return !Self.special6.contains { Self.matches(bytes, $0.prefix, $0.bits) }
    }

    /// Whether the address is that of this machine for itself.
    package var isLoopback: Bool {
        if let carried = carriedAddress { return carried.isLoopback }
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// The IPv4 address embedded in an IPv6 address: mapped, translated (NAT64) or tunnelled (6to4).
    private var carriedAddress: NetworkAddress? {
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        if bytes.starts(with: mapped) { return NetworkAddress(bytes: Array(bytes[12...])) }
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if bytes.starts(with: translated) { return NetworkAddress(bytes: Array(bytes[12...])) }
        if bytes.starts(with: [0x20, 0x02]) { return NetworkAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }

    private static func matches(_ bytes: [UInt8], _ prefix: [UInt8], _ bits: Int) -> Bool {
        for bit in 0..<bits {
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            if (bytes[bit / 8] ^ prefix[bit / 8]) & mask != 0 { return false }
        }
        return true
    }

    private static let special4: [(prefix: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24),
        ([203, 0, 113], 24), ([224], 3),
    ]

    /// The special ranges within 2000::/3, outside of which nothing is public.
    private static let special6: [(prefix: [UInt8], bits: Int)] = [
        ([0x20, 0x01, 0x00, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x3F, 0xFF, 0x00], 20),
    ]

    package var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":")
    }
}
