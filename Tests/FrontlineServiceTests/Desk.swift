import Access
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import ModelSupply
import Resolution
import Storage
import Synchronization
import Vocabulary

/// A server without a network: calls go straight to the dispatcher, as any subject a test wants.
struct Desk {
    /// The folder of the repository.
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let folder: DataFolder
    let server: InProcessServer
    private let clock: Clock

    /// A clock set by the test.
    final class Clock: Sendable {
        private let time = Mutex<Int64>(1_795_000_000_000_000)
        var now: Int64 { time.withLock { $0 } }
        func advance(seconds: Int64) { time.withLock { $0 += seconds * 1_000_000 } }
    }

    init(
        rateLimit: Int = 0,
        publicRateLimit: Int = 0,
        timeZone: String = "UTC",
        encoder: NamedEncoder? = nil,
        freshness: Duration = .zero,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
        let clock = Clock()
        self.clock = clock
        folder = try DataFolder(
            testing: url,
            authority: AuthoritySettings(timeZone: timeZone),
            now: { clock.now },
            freshness: freshness,
            observer: observer
        )
        server = try InProcessServer(folder, encoder: encoder, rateLimit: rateLimit, publicRateLimit: publicRateLimit)
    }

    func advance(seconds: Int64) { clock.advance(seconds: seconds) }

    /// A new connection that has authenticated with a token of these roles.
    func connection(
        _ subject: String = "anna",
        _ roles: Set<Role> = [.agent],
        _ attributes: [String: AttributeValue] = [:],
        declaration: TokenDeclaration = .none,
        expiresIn seconds: Int64? = nil
    ) async throws -> InProcessServer.Connection {
        let token = try await token(subject, roles, attributes, declaration: declaration, expiresIn: seconds)
        let connection = server.connect()
        _ = try await connection.call(SessionAuthenticate.self, .init(token: token))
        return connection
    }

    /// The text of a new token.
    func token(
        _ subject: String,
        _ roles: Set<Role>,
        _ attributes: [String: AttributeValue] = [:],
        declaration: TokenDeclaration = .none,
        expiresIn seconds: Int64? = nil
    ) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        return try await folder.tokens.create(
            subject: subject,
            roles: roles,
            attributes: attributes,
            declaration: declaration,
            expiresAt: seconds.map { clock.now + $0 * 1_000_000 },
            by: "test",
            now: clock.now,
            using: &generator
        ).text
    }

    /// Opens a conversation as the telephone system does, under an id valid for everybody.
    func openContact(
        _ id: String,
        channel: String = "chat",
        agent: String = "anna",
        customer: JSON? = nil,
        externalIDs: [String: String]? = nil
    ) async throws {
        let telephony = try await connection("telephony", [.integration])
        let params = ConversationOpen.Params(
            conversationId: id,
            channel: channel,
            agent: agent,
            customer: customer,
            externalIds: externalIDs
        )
        _ = try await telephony.call(ConversationOpen.self, params)
    }

    /// Imports articles as a knowledge manager.
    @discardableResult
    func importArticles(
        _ articles: String,
        source: String = "local",
        adopt: Bool? = nil
    ) async throws -> ImportReport {
        let keeper = try await connection("karl", [.knowledgeManager])
        let xml = "<articles xmlns=\"urn:frontline:knowledge:1\">\(articles)</articles>"
        return try await keeper.call(KnowledgeImport.self, .init(xml: xml, source: source, adopt: adopt))
    }
}

/// A native article on one line.
func article(
    _ id: String,
    _ title: String,
    _ body: String = "Text.",
    attributes: String = "",
    tags: [String] = []
) -> String {
    let tagged = tags.isEmpty ? "" : "<tags>" + tags.map { "<tag>\($0)</tag>" }.joined() + "</tags>"
    return """
        <article id="\(id)" \(attributes)><title>\(title)</title>\(tagged)\
        <section kind="body"><p>\(body)</p></section></article>
        """
}
