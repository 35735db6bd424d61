import Foundation

/// The format of an index file: a header, the sections of each segment, and a checksum of everything.
enum IndexFile {
    /// The first bytes of every index file.
    static let magic: UInt64 = 0x4845_5341_5243_4C46
    /// The version of the format; increase it whenever the layout or the analysis of words changes.
    static let version: UInt64 = 2

    /// A fingerprint of the settings that must agree for stored impacts and terms to be valid.
    static func fingerprint(of tuning: SearchTuning) -> UInt64 {
        var sum = Checksum()
        let constants = tuning.fieldWeights + tuning.fieldLengthNormalisation + [tuning.saturation]
        let range = [tuning.boostRange.lowerBound, tuning.boostRange.upperBound]
        (constants + range).withUnsafeBytes { sum.update($0) }
        return sum.value
    }

    /// Creates an error for a failed system call.
    static func failure(_ what: String, _ path: String, code: SearchError.Code = .inputOutput) -> SearchError {
        SearchError(code, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}

/// A 64-bit checksum that detects damage to a file, but not forgery; it processes several bytes per nanosecond.
struct Checksum {
    private(set) var value: UInt64 = 0x2545_F491_4F6C_DD1D

    private static let first: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    /// Adds a run of bytes; the same bytes split into different runs give a different value.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var lanes = SIMD4<UInt64>(1, 2, 3, 4) &* Self.first
        var index = 0
        while index + 32 <= bytes.count {
            lanes = Self.round(lanes, bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self))
            index += 32
        }
        for lane in 0..<4 { mix(lanes[lane]) }
        while index < bytes.count {
            mix(UInt64(bytes[index]))
            index += 1
        }
        mix(UInt64(bytes.count))
    }

    @inline(__always)
    private static func round(_ lanes: SIMD4<UInt64>, _ words: SIMD4<UInt64>) -> SIMD4<UInt64> {
        let sum = lanes &+ words &* second
        return (sum &<< 31 | sum &>> 33) &* first
    }

    private mutating func mix(_ word: UInt64) {
        value = (value ^ word) &* Self.second
        value ^= value >> 29
    }
}
