/// The members of a JSON object in the order they were written.
///
/// Keys are told apart by their bytes, not by Unicode equivalence. Looking a key up takes a short scan in a small
/// object and constant time in a large one.
@frozen
public struct JSONObject: Sendable {
    /// A name and its value.
    @frozen
    public struct Member: Sendable, Hashable {
        /// The name.
        public let key: String
        /// The value.
        public var value: JSON

        /// Puts a name and a value together.
        @inlinable
        public init(key: String, value: JSON) {
            self.key = key
            self.value = value
        }
    }

    private static let scanned = 16

    /// The members in order; no key stands here twice.
    public private(set) var members: [Member]
    @usableFromInline var positions: [ByteKey: Int]?

    /// An object without members.
    public init() {
        members = []
    }

    /// Takes members in order; of equal keys the last value wins, at the place of the first.
    public init(_ members: [Member]) {
        self.members = members
        if members.count > Self.scanned {
            self = Self.indexed(members)
        } else if Self.repeatsKey(members) {
            self.members = []
            for member in members {
                self[member.key] = member.value
            }
        }
    }

    /// How many members there are.
    @inlinable
    public var count: Int { members.count }

    /// Whether there are no members.
    @inlinable
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a key.
    ///
    /// Setting nil removes the member; setting a new key appends it.
    public subscript(key: String) -> JSON? {
        @inlinable
        get {
            index(of: key).map { members[$0].value }
        }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): remove(at: index)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Whether keys are found through a table rather than by a scan.
    var isIndexed: Bool { positions != nil }

    /// Where a key stands among the members.
    @usableFromInline
    func index(of key: String) -> Int? {
        if let positions {
            return positions[ByteKey(text: key)]
        }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func append(_ key: String, _ value: JSON) {
        members.append(Member(key: key, value: value))
        if positions != nil {
            positions?[ByteKey(text: key)] = members.count - 1
        } else if members.count > Self.scanned {
            self = Self.indexed(members)
        }
    }

    private mutating func remove(at index: Int) {
        members.remove(at: index)
        if positions != nil {
            self = Self.indexed(members)
        }
    }

    private static func repeatsKey(_ members: [Member]) -> Bool {
        for index in members.indices.dropFirst() {
            for earlier in 0..<index where members[earlier].key.hasSameBytes(as: members[index].key) {
                return true
            }
        }
        return false
    }

    private static func indexed(_ members: [Member]) -> JSONObject {
        var object = JSONObject()
        var positions = [ByteKey: Int](minimumCapacity: members.count)
        object.members.reserveCapacity(members.count)
        for member in members {
            if let index = positions[ByteKey(text: member.key)] {
                object.members[index].value = member.value
            } else {
                positions[ByteKey(text: member.key)] = object.members.count
                object.members.append(member)
            }
        }
        object.positions = object.members.count > scanned ? positions : nil
        return object
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members
    }

    /// Feeds the members to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members)
    }
}

extension JSONObject: Sequence {
    /// Goes through the members in order.
    @inlinable
    public func makeIterator() -> IndexingIterator<[Member]> {
        members.makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Writes an object as a literal; of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements.map { Member(key: $0.0, value: $0.1) })
    }
}

/// A string that is hashed and compared by its UTF-8 bytes.
@usableFromInline
struct ByteKey: Hashable, Sendable {
    let text: String

    @usableFromInline
    static func == (left: ByteKey, right: ByteKey) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    @usableFromInline
    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both strings are the same bytes in UTF-8, without Unicode equivalence.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
