/// Makes ZIP archives whose files are stored uncompressed.
enum StoredArchive {
    static func bytes(_ files: [(name: String, content: String)]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let content = Array(file.content.utf8)
            let place = archive.count
            // Version, flags, method, time and date; then the checksum and both sizes.
            let common = number(20, 2) + number(0, 8) + number(Int(sum(content)), 4) + number(content.count, 4)
            let sizes = common + number(content.count, 4) + number(file.name.utf8.count, 2) + number(0, 2)
            archive += Array("PK\u{3}\u{4}".utf8) + sizes + Array(file.name.utf8) + content
            directory += Array("PK\u{1}\u{2}".utf8) + number(20, 2) + sizes + number(0, 10) + number(place, 4)
            directory += Array(file.name.utf8)
        }
        let end = number(0, 4) + number(files.count, 2) + number(files.count, 2)
        return archive + directory + Array("PK\u{5}\u{6}".utf8) + end + number(directory.count, 4)
            + number(archive.count, 4) + number(0, 2)
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }

    private static func sum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
