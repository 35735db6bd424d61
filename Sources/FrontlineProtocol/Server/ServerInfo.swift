// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ServerInfo: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// The product's name.
        public var name: String
        /// The product's version.
        public var version: String
        /// The version of the protocol, such as `1`.
        public var `protocol`: String
        /// When the server was started.
        public var startedAt: Timestamp
        /// The kind of database that holds the store.
        public var store: Store
        /// The name of this process among the servers of one store; another one after each start.
        public var node: String
        /// Which history of the store this is; another one after a backup was restored or a database server promoted.
        public var epoch: String
        /// The servers that share the store, this one first; only for operations, auditors and admins, and only with a database
        /// server.
        public var nodes: [Node]?
        /// The sentence encoder, and how far the articles are embedded.
        public var encoder: Encoder?
        /// The invented history that its store holds; absent for a store that is in use.
        public var demonstration: Demonstration?

        public init(
            name: String,
            version: String,
            `protocol`: String,
            startedAt: Timestamp,
            store: Store,
            node: String,
            epoch: String,
            nodes: [Node]? = nil,
            encoder: Encoder? = nil,
            demonstration: Demonstration? = nil
        ) {
            self.name = name
            self.version = version
            self.protocol = `protocol`
            self.startedAt = startedAt
            self.store = store
            self.node = node
            self.epoch = epoch
            self.nodes = nodes
            self.encoder = encoder
            self.demonstration = demonstration
        }
    }

    /// A server among those that share a store.
    public struct Node: Codable, Sendable, Hashable {
        /// Its name; another one after each start.
        public var node: String
        /// The product's version.
        public var version: String
        /// Where it listens, as it is configured.
        public var address: String?
        /// The name of its sentence encoder.
        public var encoder: String?
        /// When it was started.
        public var startedAt: Timestamp
        /// When it last said that it is there, by the clock of the database; after five seconds it is no longer listed.
        public var seenAt: Timestamp

        public init(
            node: String,
            version: String,
            address: String? = nil,
            encoder: String? = nil,
            startedAt: Timestamp,
            seenAt: Timestamp
        ) {
            self.node = node
            self.version = version
            self.address = address
            self.encoder = encoder
            self.startedAt = startedAt
            self.seenAt = seenAt
        }
    }

    /// The databases that hold a store.
    public enum Store: String, Codable, Sendable, Hashable, CaseIterable {
        /// A file of this machine.
        case sqlite
        /// A database server, which several servers may share.
        case postgresql
    }

    /// A history of which nothing happened, for trying the product out.
    public struct Demonstration: Codable, Sendable, Hashable {
        /// Whose history it is.
        public var company: String
        /// Its first day.
        public var from: String
        /// Its last day.
        public var to: String
        /// The number of its contacts.
        public var contacts: Int
        /// Whether it was written to its end.
        public var complete: Bool

        public init(company: String, from: String, to: String, contacts: Int, complete: Bool) {
            self.company = company
            self.from = from
            self.to = to
            self.contacts = contacts
            self.complete = complete
        }
    }

    /// The model that finds articles by what is meant.
    public struct Encoder: Codable, Sendable, Hashable {
        /// The model's name; absent without one.
        public var name: String?
        /// The number of coordinates of its vectors; absent without a model.
        public var dimensions: Int?
        /// Whether meaning is searched.
        public var state: EncoderState
        /// The passages of all articles.
        public var passages: Int
        /// Those that have their vectors.
        public var embedded: Int
        /// Whether meaning counts in the mood; absent without a model.
        public var mood: MoodState?

        public init(
            name: String? = nil,
            dimensions: Int? = nil,
            state: EncoderState,
            passages: Int,
            embedded: Int,
            mood: MoodState? = nil
        ) {
            self.name = name
            self.dimensions = dimensions
            self.state = state
            self.passages = passages
            self.embedded = embedded
            self.mood = mood
        }
    }

    /// The state of the encoder.
    public enum EncoderState: String, Codable, Sendable, Hashable, CaseIterable {
        /// Every passage has its vector.
        case ready
        /// Vectors are being made; until an article has its own, it is found by its words only.
        case embedding
        /// There is no encoder; search uses words only.
        case off
    }

    /// Whether meaning counts in the mood.
    public enum MoodState: String, Codable, Sendable, Hashable, CaseIterable {
        /// The sentiment is a blend of words and meaning, and `mood.unmet` is measured.
        case ready
        /// The mood's models were trained for another encoder: the sentiment is that of the words, and there is no `mood.unmet`.
        case off
    }

    public static let name = "server.info"
    public static let summary = "Tells what server this is"
    public static let access = MethodAccess.anyone
}

public enum ServerHealth: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// `ok` when every check is, else `degraded`.
        public var status: Status
        /// Every part that was checked, by its name.
        public var checks: [String: Check]

        public init(status: Status, checks: [String: Check]) {
            self.status = status
            self.checks = checks
        }
    }

    /// The state of the whole.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// Everything works.
        case ok
        /// Something does not; the checks say what.
        case degraded
    }

    /// The state of one part.
    public struct Check: Codable, Sendable, Hashable {
        /// Whether the part works.
        public var ok: Bool
        /// What is known of it.
        public var detail: String?

        public init(ok: Bool, detail: String? = nil) {
            self.ok = ok
            self.detail = detail
        }
    }

    public static let name = "server.health"
    public static let summary = "Tells whether the server can do its work"
    public static let access = MethodAccess.anyone
}

public enum ServerMetrics: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// One figure a line.
        public var text: String

        public init(text: String) {
            self.text = text
        }
    }

    public static let name = "server.metrics"
    public static let summary = "Answers the server's figures in the Prometheus text format"
    public static let access = MethodAccess.roles([.operations, .auditor, .admin])
}
