/// The BM25F weight of a term in a document, quantised to eight bits.
///
/// Source: Zaragoza et al., "Microsoft Cambridge at TREC 13" (2004): field frequencies are normalised by field length,
/// weighted, added and then saturated. With eight bits, sums of scores are whole numbers, so every order of evaluation
/// gives the same total.
struct ImpactModel: Sendable, Equatable {
    /// The mean number of words of each field, by which lengths are normalised.
    var averages: [Float]
    var tuning: SearchTuning

    /// The factor of each field's frequency in a document with these field lengths.
    func fieldFactors(lengths: UnsafeBufferPointer<UInt32>, into factors: inout [Float]) {
        for field in 0..<Segment.fieldCount {
            let b = tuning.fieldLengthNormalisation[field]
            let relative = averages[field] > 0 ? Float(lengths[field]) / averages[field] : 1
            factors[field] = tuning.fieldWeights[field] / (1 - b + b * relative)
        }
    }

    /// The impact of a weighted frequency, 1 to 255.
    @inline(__always)
    func impact(_ frequency: Float) -> UInt8 {
        let value = frequency / (tuning.saturation + frequency)
        return UInt8(max(1, min(255, (value * 255).rounded())))
    }
}
