/// Counts how often numbered items occur in one segment, and assigns local numbers from 0 to those that do.
struct Occurrences {
    /// The numbers of the items that occur, in order of appearance.
    private(set) var numbers: [UInt32] = []
    /// How often each of them occurs.
    private(set) var counts: [UInt32] = []
    private var locals: [UInt32] = []

    private static let unseen = UInt32.max

    /// Counts an occurrence and returns the item's local number.
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

    /// The local number of an item that has been counted.
    func local(_ number: UInt32) -> UInt32 { locals[Int(number)] }
}
