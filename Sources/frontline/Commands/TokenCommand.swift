import Access
import ArgumentParser
import Foundation
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Create, list and revoke tokens, and make sign-in links.",
        subcommands: [CreateCommand.self, ListCommand.self, RevokeCommand.self, TokenLinkCommand.self]
    )

    struct CreateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Create a token and print it, once; only its hash is kept."
        )

        @OptionGroup var data: DataOptions
        @Option(help: "The subject that the token authenticates.") var subject: String
        @Option(
            name: .customLong("role"),
            parsing: .upToNextOption,
            help: "One or more of \(Role.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        var roles: [String]
        @Option(
            name: .customLong("attribute"),
            parsing: .singleValue,
            help: "What rules read, as name=value, such as tier=1; a name given twice has both values."
        )
        var attributes: [String] = []
        @Option(help: "How long it is valid, such as 30d, 12h, 90m or 3600s; without it the token does not expire.")
        var expires: String?
        @Option(help: "The person or team responsible for it.") var owner: String?
        @Option(help: "What it is for.") var purpose: String?
        @Option(
            name: .customLong("allow"),
            parsing: .singleValue,
            help: ArgumentHelp(
                "Methods it may call, separated by commas: names, NOUN.* or *; without it all that its roles may.",
                valueName: "method,…"
            )
        )
        var allowed: [String] = []

        func run() async throws {
            let roles = try TokenArguments.roles(roles)
            let services = try data.open()
            let now = services.now()
            let lifetime = try expires.map(Lifetime.microseconds)
            var generator = SystemRandomNumberGenerator()
            do {
                let created = try await services.tokens.create(
                    subject: subject,
                    roles: Set(roles),
                    attributes: try TokenArguments.attributes(attributes),
                    declaration: try declaration(for: Set(roles)),
                    expiresAt: lifetime.map { now + $0 },
                    by: .commandLine,
                    now: now,
                    using: &generator
                )
                Console.print(created.text)
                let principal = created.token.principal
                if principal.roles.contains(.supervisor), !principal.leadsEveryTeam, principal.teams.isEmpty {
                    Console.error(
                        "a supervisor without a team sees no team; --attribute team=NAME gives one, team=* all of them"
                    )
                }
                if principal.roles.contains(.integration), created.token.declaration.isIncomplete {
                    Console.error(
                        "an integration is declared with --owner, --purpose and --allow; without --allow it may call "
                            + "whatever its roles may"
                    )
                }
            } catch let error as AccessError {
                throw ValidationError(error.message)
            }
        }

        private func declaration(for roles: Set<Role>) throws -> TokenDeclaration {
            let methods = allowed.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return TokenDeclaration(
                owner: owner,
                purpose: purpose,
                allowed: methods.isEmpty ? nil : try MethodAllowance(declaring: methods, for: roles)
            )
        }
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens.")

        @OptionGroup var data: DataOptions
        @Flag(help: "Print a JSON object a line.") var json = false

        func run() async throws {
            let services = try data.open()
            let now = try await services.tokens.time(services.now())
            for token in try await services.tokens.list() {
                let line = TokenLine(token, now: now)
                if json { try Console.printJSON(line) } else { Console.print(line.text) }
            }
        }
    }

    struct RevokeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Revoke a token; its next request is refused."
        )

        @OptionGroup var data: DataOptions
        @Argument(help: "The token's id, as `token list` shows it.") var id: String

        func run() async throws {
            let services = try data.open()
            do {
                try await services.tokens.revoke(id, by: .commandLine, now: services.now())
            } catch let error as AccessError {
                throw CommandFailure(message: error.message)
            }
        }
    }
}

/// Reads what is said of a subject on the command line.
enum TokenArguments {
    /// The roles of their names.
    static func roles(_ names: [String]) throws -> [Role] {
        try names.map { name in
            guard let role = Role(rawValue: name) else { throw ValidationError("there is no role “\(name)”") }
            return role
        }
    }

    /// Attributes given as `name=value`; a name given twice has both values.
    static func attributes(_ texts: [String]) throws -> [String: AttributeValue] {
        var values: [String: [String]] = [:]
        for text in texts {
            guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
                throw ValidationError("“\(text)” is not an attribute; expected name=value")
            }
            values[String(text[..<sign]), default: []].append(String(text[text.index(after: sign)...]))
        }
        return values.mapValues { $0.count == 1 ? .one($0[0]) : .many($0) }
    }
}

/// A token as the list shows it.
private struct TokenLine: Encodable {
    let id: String
    let subject: String
    let roles: [String]
    let attributes: [String: AttributeValue]
    let createdAt: Timestamp
    let expiresAt: Timestamp?
    let status: String
    let owner: String?
    let purpose: String?
    let allowed: [String]?

    init(_ token: Token, now: Int64) {
        id = token.id
        subject = token.principal.subject
        roles = token.principal.roles.map(\.rawValue).sorted()
        attributes = token.principal.attributes
        createdAt = Timestamp(microseconds: token.createdAt)
        expiresAt = token.expiresAt.map(Timestamp.init(microseconds:))
        status = token.revokedAt != nil ? "revoked" : token.counts(at: now) ? "valid" : "expired"
        owner = token.declaration.owner
        purpose = token.declaration.purpose
        allowed = token.declaration.allowed?.entries
    }

    var text: String {
        let expiry = expiresAt.map { ", until \($0)" } ?? ""
        let declared = [
            owner.map { "owner \($0)" }, purpose.map { "for \($0)" },
            allowed.map { "allows \($0.joined(separator: ","))" },
        ].compactMap(\.self)
        let line = "\(id)  \(status)  \(subject)  \(roles.joined(separator: ","))  since \(createdAt)\(expiry)"
        return ([line] + declared).joined(separator: "  ")
    }
}

/// A length of time as people write it.
enum Lifetime {
    /// The microseconds of a number with one of the units s, m, h and d.
    static func microseconds(_ text: String) throws -> Int64 {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()), number > 0,
            number <= 100 * 366 * 86_400 / unit
        else { throw ValidationError("“\(text)” is not a length of time; expected such as 30d, 12h, 90m or 3600s") }
        return number * unit * 1_000_000
    }
}
