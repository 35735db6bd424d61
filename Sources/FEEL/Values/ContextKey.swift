/// A key with its hash: for looking up the same key again and again.
package struct ContextKey: Sendable, Hashable {
    /// The key.
    package let text: String
    /// A hash of the bytes of a key in ASCII; 0 for every other, which may equal a key of other bytes.
    let hash: UInt64

    package init(_ text: String) {
        self.text = text
        hash = Self.hash(text)
    }

    /// A hash of a key in ASCII; 0 for every other.
    static func hash(_ text: String) -> UInt64 {
        let hash = TextHash(text)
        return hash.isASCII ? hash.value | 1 : 0
    }

    package static func == (left: ContextKey, right: ContextKey) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// The shapes of the contexts that one thread makes, so that contexts of the same keys share theirs.
package final class ShapePool {
    private var shapes: [ContextShape] = []
    /// How many shapes are kept; the oldest is forgotten for a new one.
    private static let capacity = 64
    private var oldest = 0

    package init() {}

    /// The shape of keys, which must differ from each other.
    package func shape(_ keys: [String]) -> ContextShape {
        for shape in shapes where shape.keys == keys && !shape.hasOtherKeys { return shape }
        let shape = ContextShape(keys)
        if shapes.count < Self.capacity {
            shapes.append(shape)
        } else {
            shapes[oldest] = shape
            oldest = (oldest + 1) % Self.capacity
        }
        return shape
    }
}

/// The shapes that the merging of two contexts gave last.
struct MergedShapes {
    private struct Entry {
        let left: ContextShape
        let right: ContextShape
        let merged: ContextShape
        let places: [Int]
    }

    private var entries: [Entry] = []
    private static let capacity = 16
    private var oldest = 0

    /// The keys of one shape and those of another that it lacks, and where the values of the latter go.
    mutating func merging(_ left: ContextShape, _ right: ContextShape) -> (shape: ContextShape, places: [Int]) {
        for entry in entries where entry.left === left && entry.right === right { return (entry.merged, entry.places) }
        var keys = left.keys
        let places = right.keys.map { key in
            if let place = left.position(of: key) { return place }
            keys.append(key)
            return keys.count - 1
        }
        let merged = keys.count == left.keys.count ? left : ContextShape(keys)
        let entry = Entry(left: left, right: right, merged: merged, places: places)
        if entries.count < Self.capacity {
            entries.append(entry)
        } else {
            entries[oldest] = entry
            oldest = (oldest + 1) % Self.capacity
        }
        return (merged, places)
    }
}
