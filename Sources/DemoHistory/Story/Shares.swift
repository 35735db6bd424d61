/// Names with the shares that they have among others; shares need no particular sum.
package struct Shares: Sendable, Hashable {
    /// In the order of the names, so that a draw depends on nothing else.
    package let names: [String]
    package let weights: [Double]

    package init(_ shares: [String: Double]) {
        let sorted = shares.sorted { $0.key < $1.key }
        (names, weights) = (sorted.map(\.key), sorted.map(\.value))
    }

    /// The share of a name; 0 for one that is not there.
    package subscript(name: String) -> Double { names.firstIndex(of: name).map { weights[$0] } ?? 0 }
}

extension Shares: Decodable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([String: Double].self))
    }
}
