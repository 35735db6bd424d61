/// An answer: one line without its line break.
///
/// Bytes that many answers share can be large, such as the document of `rpc.discover`. They are held once, however
/// many clients wait for them.
public enum RPCAnswer: Sendable {
    /// The whole line, which is this answer's own.
    case line([UInt8])
    /// The parts of the line in order.
    case pieces([Piece])

    /// A part of a line.
    public enum Piece: Sendable {
        /// Bytes that are this answer's own.
        case own([UInt8])
        /// Bytes that are shared with other answers.
        case shared(SharedBytes)

        /// How many bytes it has.
        public var count: Int {
            switch self {
            case .own(let bytes): bytes.count
            case .shared(let shared): shared.bytes.count
            }
        }
    }

    /// How long the line is, in bytes.
    public var count: Int {
        switch self {
        case .line(let bytes): bytes.count
        case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
        }
    }

    /// How many bytes are this answer's own.
    public var ownCount: Int {
        switch self {
        case .line(let bytes): bytes.count
        case .pieces(let pieces):
            pieces.reduce(0) { count, piece in
                if case .own(let bytes) = piece { count + bytes.count } else { count }
            }
        }
    }

    /// The line in one piece.
    public var bytes: [UInt8] {
        switch self {
        case .line(let bytes): return bytes
        case .pieces(let pieces):
            var line: [UInt8] = []
            line.reserveCapacity(count)
            for piece in pieces {
                switch piece {
                case .own(let bytes): line += bytes
                case .shared(let shared): line += shared.bytes
                }
            }
            return line
        }
    }
}

/// Bytes that are held once for all answers that contain them.
public final class SharedBytes: Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Creates shared bytes, which do not change.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension RPCAnswer {
    /// The answer to a batch: the answers of its messages in their order; nil when none of them has one.
    public static func batch(_ answers: [RPCAnswer?]) -> RPCAnswer? {
        var line: [UInt8] = [UInt8(ascii: "[")]
        var pieces: [Piece] = []
        var isFirst = true
        for answer in answers.lazy.compactMap({ $0 }) {
            if !isFirst {
                line.append(UInt8(ascii: ","))
            }
            isFirst = false
            switch answer {
            case .line(let bytes): line += bytes
            case .pieces(let parts):
                for part in parts {
                    switch part {
                    case .own(let bytes): line += bytes
                    case .shared:
                        pieces += [.own(line), part]
                        line = []
                    }
                }
            }
        }
        guard !isFirst else { return nil }
        line.append(UInt8(ascii: "]"))
        return pieces.isEmpty ? .line(line) : .pieces(pieces + [.own(line)])
    }
}
