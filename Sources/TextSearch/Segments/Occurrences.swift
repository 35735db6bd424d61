/// Counts how often numbered things occur in one segment, giving those that do numbers of their own from 0.
struct Occurrences {
    /// The numbers of the things that occur, in order of appearance.
    private(set) var numbers: [UInt32] = []
    /// How often each of them occurs.
    private(set) var counts: [UInt32] = []
    private var locals: [UInt32] = []

    private static let unseen = UInt32.max

    /// Counts one and returns its own number.
    @inline(__always)
    mutating func count(_ number: UInt32) -> UInt32 {
        let index = Int(number)
        if index >= locals.count {
            locals += Array(repeating: Self.unseen, count: max(1_024, index + 1 - locals.count))
        }
        if locals[index] == Self.unseen {
            locals[index] = UInt32(numbers.count)
            numbers.append(number)
            counts.append(0)
        }
        counts[Int(locals[index])] += 1
        return locals[index]
    }

    /// The own number of a thing that has been counted.
    func local(_ number: UInt32) -> UInt32 { locals[Int(number)] }
}
