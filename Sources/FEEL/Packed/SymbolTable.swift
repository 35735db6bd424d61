/// Numbers texts 0, 1, 2, … and finds their numbers again by their bytes.
///
/// Memory for so many texts is allocated once. Not `Sendable`: it belongs to one thread.
final class SymbolTable {
    private static let maximumTexts = 1 << 13
    private static let maximumBytes = 1 << 18
    private static let placeCount = 1 << 15

    private(set) var texts: [String] = []
    private let bytes: UnsafeMutablePointer<UInt8>
    private let starts: UnsafeMutablePointer<Int32>
    /// A power of two of places, each the number of a text or -1.
    private let places: UnsafeMutablePointer<Int32>

    init() {
        bytes = .allocate(capacity: Self.maximumBytes)
        starts = .allocate(capacity: Self.maximumTexts + 1)
        places = .allocate(capacity: Self.placeCount)
        starts.initialize(to: 0)
        places.initialize(repeating: -1, count: Self.placeCount)
    }

    deinit {
        bytes.deallocate()
        starts.deallocate()
        places.deallocate()
    }

    /// The number of a text; nil when it is not there.
    @inline(__always)
    func place(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        var place = Int(truncatingIfNeeded: Self.hash(text)) & (Self.placeCount - 1)
        while places[place] >= 0 {
            let number = Int(places[place])
            if isSame(number, text) { return number }
            place = (place + 1) & (Self.placeCount - 1)
        }
        return nil
    }

    /// The length of a text in bytes.
    @inline(__always)
    func count(_ number: Int) -> Int { Int(starts[number + 1] &- starts[number]) }

    /// Whether a text has these bytes.
    @inline(__always)
    func isSame(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count(number) == text.count, let start = text.baseAddress else { return count(number) == text.count }
        return begins(start, with: number)
    }

    /// Whether the bytes of a text stand at a place where there is room for them.
    @inline(__always)
    func begins(_ other: UnsafePointer<UInt8>, with number: Int) -> Bool {
        let (own, count) = (UnsafeRawPointer(bytes + Int(starts[number])), count(number))
        let other = UnsafeRawPointer(other)
        guard count >= 8 else {
            for index in 0..<count
            where own.load(fromByteOffset: index, as: UInt8.self) != other.load(fromByteOffset: index, as: UInt8.self) {
                return false
            }
            return true
        }
        var index = 0
        while index + 8 <= count {
            if Self.word(own, index) != Self.word(other, index) { return false }
            index += 8
        }
        return Self.word(own, count - 8) == Self.word(other, count - 8)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// The number of a text, which is added unless it is there; nil when there is no room.
    func insert(_ text: String) -> Int? {
        var text = text
        return text.withUTF8 { utf8 in
            if let known = place(of: utf8) { return known }
            let number = texts.count
            let start = Int(starts[number])
            guard number < Self.maximumTexts, start + utf8.count <= Self.maximumBytes else { return nil }
            if let base = utf8.baseAddress { (bytes + start).update(from: base, count: utf8.count) }
            (starts + number + 1).initialize(to: Int32(start + utf8.count))
            var place = Int(truncatingIfNeeded: Self.hash(utf8)) & (Self.placeCount - 1)
            while places[place] >= 0 { place = (place + 1) & (Self.placeCount - 1) }
            places[place] = Int32(number)
            texts.append(String(decoding: utf8, as: UTF8.self))
            return number
        }
    }

    /// A hash of up to 24 bytes and the length: enough for names, and the same cost for every text.
    @inline(__always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = text.count
        var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        guard let start = text.baseAddress else { return hash }
        let raw = UnsafeRawPointer(start)
        if count >= 8 {
            hash = mixed(hash ^ word(raw, 0))
            if count > 16 { hash = mixed(hash ^ word(raw, 8)) }
            hash ^= word(raw, count - 8)
        } else {
            var word: UInt64 = 0
            for index in 0..<count { word = word << 8 | UInt64(start[index]) }
            hash ^= word
        }
        return mixed(hash)
    }

    @inline(__always)
    private static func mixed(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
