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
