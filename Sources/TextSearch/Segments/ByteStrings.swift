import Foundation

/// Concatenated strings with their offsets, accessed by index.
struct ByteStrings {
    let offsets: UnsafeBufferPointer<UInt32>
    let bytes: UnsafeBufferPointer<UInt8>

    var count: Int { max(0, offsets.count - 1) }

    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(offsets[index])
        return UnsafeBufferPointer(rebasing: bytes[start..<Int(offsets[index + 1])])
    }

    func string(_ index: Int) -> String {
        String(decoding: self[index], as: UTF8.self)
    }

    /// The first index whose string is not less than `wanted`; requires strings sorted by bytes.
    func lowerBound(_ wanted: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int {
        var low = start
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if compareBytes(self[middle], wanted) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The index of a string, or `nil` if it is absent.
    func index(of wanted: UnsafeBufferPointer<UInt8>) -> Int? {
        let found = lowerBound(wanted)
        return found < count && compareBytes(self[found], wanted) == 0 ? found : nil
    }

    /// The index of a string, or `nil` if it is absent.
    func index(of wanted: String) -> Int? {
        var wanted = wanted
        return wanted.withUTF8 { index(of: $0) }
    }

    /// The indices of the strings that begin with `prefix`, requires strings sorted by bytes.
    func range(withPrefix prefix: String) -> Range<Int> {
        var prefix = prefix
        return prefix.withUTF8 { wanted in
            let start = lowerBound(wanted)
            var low = start
            var high = count
            while low < high {
                let middle = (low + high) / 2
                let begin = UnsafeBufferPointer(rebasing: self[middle].prefix(wanted.count))
                if compareBytes(begin, wanted) <= 0 { low = middle + 1 } else { high = middle }
            }
            return start..<low
        }
    }
}

/// Compares two byte strings: negative, zero or positive.
@inline(__always)
func compareBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let (leftCount, rightCount) = (left.count, right.count)
    if let left = left.baseAddress, let right = right.baseAddress {
        let difference = memcmp(left, right, min(leftCount, rightCount))
        if difference != 0 { return Int(difference) }
    }
    return leftCount - rightCount
}
