/// The forms of packed contexts: lists of keys, each with a number, so that contexts of the same keys are told by it.
///
/// A shape is made by adding one key after the other to the empty shape 0.
package final class PackedShapes {
    private let names = SymbolTable()
    /// The keys of each shape, in order.
    // Without checks of exclusive access: shapes belong to one thread.
    @exclusivity(unchecked) private(set) var keys: [[Int32]] = [[]]
    /// For each shape the key that was added to it last, and the shape that made; for the empty shape, to which many are
    /// added in turn, the last two for each way that keys begin.
    private let last: UnsafeMutablePointer<(key: Int32, shape: Int32)>
    private static let beginnings = 256
    private var children: [UInt64: Int32] = [:]
    private var merged: [UInt64: Int32] = [:]
    /// The language's own form of shapes that values were made of.
    private var made: [Int: ContextShape] = [:]

    /// Shapes beyond these are not told apart: an evaluation bails out.
    private static let maximumShapes = 4_096

    init() {
        last = .allocate(capacity: Self.maximumShapes + 2 * Self.beginnings)
        last.initialize(repeating: (-1, 0), count: Self.maximumShapes + 2 * Self.beginnings)
    }

    deinit { last.deallocate() }

    /// Whether most of the shapes and names that can be told apart are used up.
    package var isCrowded: Bool { keys.count > Self.maximumShapes / 2 || names.texts.count > 4_096 }

    /// The name of a key.
    func name(_ key: Int32) -> String { names.texts[Int(key)] }

    /// The number of a name; nil for one that may equal a name of other bytes, and when there are too many.
    package func key(_ name: String) -> Int32? {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return names.insert(name).map { Int32($0) }
    }

    /// Looks whether the key that was added to a shape last stands in quotes at a place, with so many bytes left.
    ///
    /// The length of the key and the shape that has it; nil when something else stands there.
    @inline(__always)
    func addingLast(
        to shape: Int,
        at text: UnsafePointer<UInt8>,
        left: Int
    ) -> (length: Int, shape: Int)? {
        guard left > 2 else { return nil }
        guard shape == 0 else { return added(at: shape, text, left) }
        let place = Self.beginning(text[0], text[1])
        return added(at: place, text, left) ?? added(at: place + 1, text, left)
    }

    /// The same for the key that is noted at a place.
    @inline(__always)
    private func added(at place: Int, _ text: UnsafePointer<UInt8>, _ left: Int) -> (length: Int, shape: Int)? {
        let (key, next) = last[place]
        guard key >= 0 else { return nil }
        let length = names.count(Int(key))
        guard length < left, text[length] == UInt8(ascii: "\""), names.begins(text, with: Int(key)) else { return nil }
        return (length, Int(next))
    }

    /// Where the empty shape notes keys that begin so.
    @inline(__always)
    private static func beginning(_ first: UInt8, _ second: UInt8) -> Int {
        maximumShapes + 2 * Int((first &* 7) ^ (second &* 29))
    }

    /// The shape with a key in ASCII added, by its bytes.
    @inline(never)
    func adding(_ name: UnsafeBufferPointer<UInt8>, to shape: Int) throws(PackedBailout) -> Int {
        guard let key = names.place(of: name) ?? names.insert(String(decoding: name, as: UTF8.self)) else {
            throw PackedBailout()
        }
        let next = try adding(Int32(key), to: shape)
        if shape == 0, name.count > 1 {
            let place = Self.beginning(name[0], name[1])
            (last[place], last[place + 1]) = ((Int32(key), Int32(next)), last[place])
        }
        return next
    }

    /// The shape with a key added, which must not be there.
    package func adding(_ key: Int32, to shape: Int) throws(PackedBailout) -> Int {
        if last[shape].key == key { return Int(last[shape].shape) }
        let pair = UInt64(shape) << 32 | UInt64(key)
        if let known = children[pair] {
            last[shape] = (key, known)
            return Int(known)
        }
        guard keys.count < Self.maximumShapes, !keys[shape].contains(key) else { throw PackedBailout() }
        let made = Int32(keys.count)
        keys.append(keys[shape] + [key])
        children[pair] = made
        last[shape] = (key, made)
        return Int(made)
    }

    /// The shape of some keys, which must differ.
    func shape(_ keys: [Int32]) throws(PackedBailout) -> Int {
        var shape = 0
        for key in keys { shape = try adding(key, to: shape) }
        return shape
    }

    /// The language's own form of a shape.
    func contextShape(_ shape: Int) -> ContextShape {
        if let known = made[shape] { return known }
        let result = ContextShape(keys[shape].map(name))
        made[shape] = result
        return result
    }

    /// How many keys a shape has.
    func count(_ shape: Int) -> Int { keys[shape].count }

    /// The position of a key; -1 when it is not there.
    @inline(never)
    func position(of key: Int32, in shape: Int) -> Int { keys[shape].firstIndex(of: key) ?? -1 }

    /// The shape of the keys of one shape and those of another that it lacks.
    func merging(_ left: Int, _ right: Int) throws(PackedBailout) -> Int {
        let pair = UInt64(left) << 32 | UInt64(right)
        if let known = merged[pair] { return Int(known) }
        var shape = left
        for key in keys[right] where !keys[left].contains(key) { shape = try adding(key, to: shape) }
        merged[pair] = Int32(shape)
        return shape
    }
}
