/// A row of a table that matched.
package struct PackedMatch: Sendable, Hashable {
    /// The table's number.
    package let table: Int32
    /// The row, from 0.
    package let row: Int32
}

/// Where packed values of one thread stand: constants and known texts for good, everything else until the next evaluation.
///
/// Memory is allocated once. An evaluation that needs more than there is bails out.
package final class PackedMemory {
    /// Values in lists, contexts and ropes.
    static let cellCount = 1 << 14
    /// Bytes of texts.
    static let textCount = 1 << 16
    /// Variables of all logic together.
    static let slotCount = 1 << 12
    /// The longest text that is made.
    static let maximumText = 1 << 13
    /// The size of the largest value.
    static let maximumSize = 1 << 12
    /// The depth of the deepest value.
    static let maximumDepth = 100

    /// Whether nothing that fits into a memory exceeds some bounds, steps aside.
    package static func isWithin(_ limits: Limits) -> Bool {
        limits.listCount >= cellCount && limits.valueSize >= maximumSize && limits.stringLength >= maximumText
            && limits.valueDepth >= maximumDepth
    }

    let cells: UnsafeMutablePointer<PackedValue>
    let text: UnsafeMutablePointer<UInt8>
    let slots: UnsafeMutablePointer<PackedValue>
    // Without checks of exclusive access: a memory belongs to one thread, and each access reads or writes one word.
    @exclusivity(unchecked) private var cellEnd = 0
    @exclusivity(unchecked) private var textEnd = 0
    @exclusivity(unchecked) private var keptCells = 0
    @exclusivity(unchecked) private var keptText = 0
    /// How many values wait to become the parts of a list or a context.
    @exclusivity(unchecked) var waiting = 0
    private let pending: UnsafeMutablePointer<PackedValue>
    private static let pendingCount = 1 << 12
    /// Steps counted in this evaluation; never fewer than the interpreter would count.
    @exclusivity(unchecked) private(set) var steps = 0
    /// The steps at which an evaluation bails out.
    @exclusivity(unchecked) package var maximumSteps = Int.max

    /// Whether evaluations note which rows of tables matched.
    @exclusivity(unchecked) package var notesMatches = false
    /// The rows that matched since ``begin()``, each after those of tables that its result evaluated.
    @exclusivity(unchecked) package private(set) var matches: [PackedMatch] = []

    let symbols = SymbolTable()
    package let shapes = PackedShapes()
    /// The texts of the numbers 0 to 9.
    private(set) var digits: [PackedValue] = []

    package init() {
        cells = .allocate(capacity: Self.cellCount)
        cells.initialize(repeating: .null, count: Self.cellCount)
        text = .allocate(capacity: Self.textCount)
        text.initialize(repeating: 0, count: Self.textCount)
        slots = .allocate(capacity: Self.slotCount)
        slots.initialize(repeating: .null, count: Self.slotCount)
        pending = .allocate(capacity: Self.pendingCount)
        pending.initialize(repeating: .null, count: Self.pendingCount)
        digits = (0..<10).map { symbol("\($0)") }
    }

    deinit {
        cells.deallocate()
        text.deallocate()
        slots.deallocate()
        pending.deallocate()
    }

    /// How many texts are known.
    package var symbolCount: Int { symbols.texts.count }

    /// Keeps what was made so far for good; texts that were named so far are the known ones.
    package func keep() {
        keptCells = cellEnd
        keptText = textEnd
    }

    /// Forgets the values of the last evaluation.
    package func begin() {
        cellEnd = keptCells
        textEnd = keptText
        waiting = 0
        steps = 0
        matches.removeAll(keepingCapacity: true)
    }

    /// Notes that a row of a table matched.
    @inline(__always)
    func note(_ match: @autoclosure () -> PackedMatch) { if notesMatches { matches.append(match()) } }

    /// Counts steps of work.
    @inline(__always)
    package func charge(_ count: Int) throws(PackedBailout) {
        steps &+= count
        if steps > maximumSteps { throw PackedBailout() }
    }

    /// Counts the work of looking at a whole value; see `Evaluation.charge(_:)`.
    @inline(__always)
    func charge(_ value: PackedValue) throws(PackedBailout) {
        switch value.kind {
        case .list, .context: try charge(value.size >> 4)
        case .symbol, .bytes, .rope: try charge(value.detail >> 6)
        default: break
        }
    }

    /// Room for so many values, which the caller fills.
    @inline(__always)
    package func allocate(_ count: Int) throws(PackedBailout) -> Int {
        let place = cellEnd
        guard place + count <= Self.cellCount else { throw PackedBailout() }
        cellEnd = place + count
        return place
    }

    /// Puts a value where there is room.
    @inline(__always)
    package func put(_ value: PackedValue, at place: Int) { cells[place] = value }

    /// The value at a place.
    @inline(__always)
    package func value(at place: Int) -> PackedValue { cells[place] }

    /// Sets a variable.
    @inline(__always)
    package func set(_ slot: Int, _ value: PackedValue) { slots[slot] = value }

    /// Lets a value wait to become a part.
    @inline(__always)
    func wait(_ value: PackedValue) throws(PackedBailout) {
        guard waiting < Self.pendingCount else { throw PackedBailout() }
        pending[waiting] = value
        waiting += 1
    }

    /// Puts the values that wait from a number on where they stay.
    @inline(__always)
    func settle(_ base: Int) throws(PackedBailout) -> (place: Int, count: Int) {
        let count = waiting - base
        let place = try allocate(count)
        for index in 0..<count { cells[place + index] = pending[base + index] }
        return (place, count)
    }

    /// The list of values that stand at a place.
    package func list(at place: Int, count: Int) throws(PackedBailout) -> PackedValue {
        let (depth, size) = try measure(place, count)
        return PackedValue(.list, Int64(place) | Int64(size) << 32, detail: count, depth: depth)
    }

    /// The context of values that stand at a place.
    package func context(_ shape: Int, at place: Int, count: Int) throws(PackedBailout) -> PackedValue {
        let (depth, size) = try measure(place, count)
        return PackedValue(.context, Int64(place) | Int64(size) << 32, detail: shape, depth: depth)
    }

    @inline(__always)
    private func measure(_ place: Int, _ count: Int) throws(PackedBailout) -> (depth: Int, size: Int) {
        var (depth, size) = (0, 1)
        for index in place..<place + count {
            depth = max(depth, cells[index].depth)
            size += cells[index].size
        }
        guard depth < Self.maximumDepth, size <= Self.maximumSize else { throw PackedBailout() }
        return (depth + 1, size)
    }

    // MARK: Texts

    /// A text from its bytes in valid UTF-8.
    @inline(__always)
    package func string(_ bytes: UnsafeBufferPointer<UInt8>) throws(PackedBailout) -> PackedValue {
        if let symbol = symbols.place(of: bytes) { return PackedValue(.symbol, Int64(symbol), detail: bytes.count) }
        let place = textEnd
        guard bytes.count <= Self.maximumText, place + bytes.count <= Self.textCount else { throw PackedBailout() }
        if let start = bytes.baseAddress { (text + place).update(from: start, count: bytes.count) }
        textEnd = place + bytes.count
        return PackedValue(.bytes, Int64(place), detail: bytes.count)
    }

    /// A text that the program knows from now on; only before ``keep()``.
    ///
    /// Null when there are too many.
    package func symbol(_ text: String) -> PackedValue {
        guard let symbol = symbols.insert(text) else { return .null }
        return PackedValue(.symbol, Int64(symbol), detail: text.utf8.count)
    }

    /// Two texts as one.
    @inline(__always)
    func joined(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> PackedValue {
        let length = length(of: left) + length(of: right)
        guard length <= Self.maximumText else { throw PackedBailout() }
        try charge(length >> 6)
        let place = try allocate(2)
        cells[place] = left
        cells[place + 1] = right
        return PackedValue(.rope, Int64(place), detail: length)
    }

    /// At least the length of a text in UTF-8.
    @inline(__always)
    func length(of text: PackedValue) -> Int { text.kind == .numeral ? 64 : text.detail }

    /// The text of a string.
    package func string(_ value: PackedValue) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length(of: value))
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ value: PackedValue, to bytes: inout [UInt8]) {
        // Texts that grew one part at a time nest deeply, so that this does not recur.
        var left = [value]
        while let part = left.popLast() {
            switch part.kind {
            case .symbol: bytes.append(contentsOf: symbols.texts[Int(part.payload)].utf8)
            case .bytes: bytes.append(contentsOf: UnsafeBufferPointer(start: text + part.place, count: part.detail))
            case .numeral: bytes.append(contentsOf: Value.number(decimal(part)).description.utf8)
            case .rope:
                left.append(cells[part.place + 1])
                left.append(cells[part.place])
            default: break
            }
        }
    }
}
