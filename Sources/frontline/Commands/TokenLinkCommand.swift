import Access
import ArgumentParser
import Foundation
import FrontlineService
import Vocabulary

struct TokenLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Make a link that signs a browser in, once, and print it.",
        discussion: """
            What the link holds stands behind “#”, which browsers send to nobody. A person presses a button on its page; the browser is then \
            signed in for as long as the rules of sign-in say. Send a link only to the person whom it signs in.
            """
    )

    @OptionGroup var data: DataOptions
    @Option(help: "The subject that the link signs in.") var subject: String
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
    @Option(help: "How long the link counts, such as 10m; a day at most.") var expires = "15m"
    @Option(help: "Where browsers reach the web server.") var url = "http://127.0.0.1:7412"

    func run() async throws {
        let address = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard address.hasPrefix("https://") || address.hasPrefix("http://"), !address.contains("#") else {
            throw ValidationError(
                "“\(url)” is not where browsers reach a server; expected such as https://desk.example.com"
            )
        }
        let lifetime = try Lifetime.microseconds(expires)
        let principal = Principal(
            subject: subject,
            roles: Set(try TokenArguments.roles(roles)),
            attributes: try TokenArguments.attributes(attributes)
        )
        let folder = try data.open()
        var generator = SystemRandomNumberGenerator()
        do {
            let secret = try await SignInLinks(store: folder.store).create(
                for: principal,
                lifetime: lifetime,
                by: .commandLine,
                now: folder.now(),
                using: &generator
            )
            Console.print("\(address)/sign-in/link#\(secret)")
        } catch let error as AccessError {
            throw ValidationError(error.message)
        }
    }
}
