import Foundation

/// The file of an index: a header, the segments section by section, and a checksum of everything.
enum IndexFile {
    /// The first bytes of every index file.
    static let magic: UInt64 = 0x4845_5341_5243_4C46
    /// Changes whenever the layout or the analysis of words changes.
    static let version: UInt64 = 2

    /// What else must agree for the stored impacts and terms to be valid.
    static func fingerprint(of tuning: SearchTuning) -> UInt64 {
        var sum = Checksum()
        let constants = tuning.fieldWeights + tuning.fieldLengthNormalisation + [tuning.saturation]
        let range = [tuning.boostRange.lowerBound, tuning.boostRange.upperBound]
        (constants + range).withUnsafeBytes { sum.update($0) }
        return sum.value
    }

    /// A failed system call as an error.
    static func failure(_ what: String, _ path: String, code: SearchError.Code = .inputOutput) -> SearchError {
        SearchError(code, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
