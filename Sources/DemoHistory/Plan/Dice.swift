import Digests
import Foundation

/// Draws that depend on a seed and a place alone, so that one part of a plan changes no other.
struct Dice {
    /// What is drawn; each has draws of its own.
    enum Place: UInt64 {
        case roster = 1
        case customer, day, contact, reaction, identifiers
    }

    private var generator: SeededGenerator

    /// The draws of one thing of a place, such as a contact, by its number.
    init(_ seed: UInt64, _ place: Place, _ number: UInt64 = 0) {
        // The first draw of the outer sequence separates places whose numbers are the same.
        var outer = SeededGenerator(seed: seed, input: place.rawValue)
        generator = SeededGenerator(seed: outer.next(), input: number)
    }

    mutating func word() -> UInt64 { generator.next() }

    /// A number from 0 to 1, without 1.
    mutating func share() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    mutating func chance(_ probability: Double) -> Bool { share() < probability }

    /// A number from 0 to `count`, without `count`, which is above 0.
    mutating func below(_ count: Int) -> Int { Int(generator.next().multipliedFullWidth(by: UInt64(count)).high) }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// An element of a list that has some.
    mutating func pick<T>(_ elements: [T]) -> T { elements[below(elements.count)] }

    /// The number of a weight, as often as its share says; one of the weights is above 0.
    mutating func index(_ weights: [Double]) -> Int {
        var rest = share() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() where weight > 0 {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    mutating func name(_ shares: Shares) -> String { shares.names[index(shares.weights)] }

    /// A factor around 1 with the median 1 (log-normal).
    mutating func spread(_ sigma: Double) -> Double {
        let radius = (-2 * log(1 - share())).squareRoot()
        return exp(sigma * radius * cos(2 * .pi * share()))
    }

    /// A waiting time with this mean (exponential).
    mutating func wait(_ mean: Double) -> Double { -mean * log(1 - share()) }
}
