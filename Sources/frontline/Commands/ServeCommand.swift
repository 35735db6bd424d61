import ArgumentParser
import Foundation
import FrontlineService
import Vocabulary

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve JSON-RPC to desktops, tools and scripts.",
        discussion: """
            Every option may also stand in the environment (FRONTLINE_ and its name in capitals) or in frontline.yaml; \
            the command line goes first, then the environment. SIGTERM ends the server when the requests under way are \
            answered.
            """
    )

    @Option(name: .customLong("data"), help: help(.dataFolder), completion: .directory) var dataFolder: String?
    @Option(help: help(.store)) var store: String?
    @Option(help: help(.storeGrace)) var storeGrace: String?
    @Option(help: help(.erasures), completion: .file()) var erasures: String?
    @Option(parsing: .singleValue, help: help(.listen)) var listen: [String] = []
    @Option(help: help(.socket), completion: .file()) var socket: String?
    @Flag(help: help(.stdio)) var stdio = false
    @Option(help: help(.knowledge), completion: .directory) var knowledge: String?
    @Option(help: help(.rules), completion: .directory) var rules: String?
    @Option(help: help(.encoder), completion: .file()) var encoder: String?
    @Option(help: help(.encoderThreads)) var encoderThreads: String?
    @Option(help: "The file with options; frontline.yaml in this folder if there is one.", completion: .file())
    var config: String?
    @Option(help: help(.tlsCertificate), completion: .file()) var tlsCertificate: String?
    @Option(help: help(.tlsKey), completion: .file()) var tlsKey: String?
    @Option(help: help(.metricsListen)) var metricsListen: String?
    @Option(help: help(.web)) var web: String?
    @Option(parsing: .singleValue, help: help(.webHosts)) var webHosts: [String] = []
    @Option(parsing: .singleValue, help: help(.webOrigins)) var webOrigins: [String] = []
    @Option(name: .customLong("web-url"), help: help(.webURL)) var webURL: String?
    @Option(help: help(.oidcIssuer)) var oidcIssuer: String?
    @Option(name: .customLong("oidc-client-id"), help: help(.oidcClientID)) var oidcClientID: String?
    @Option(help: help(.oidcClientSecretFile), completion: .file()) var oidcClientSecretFile: String?
    @Option(name: .customLong("oidc-ca"), help: help(.oidcAuthorities), completion: .file()) var oidcAuthorities:
        String?
    @Flag(help: help(.noAuthentication)) var noAuth = false
    @Option(help: help(.noAuthenticationScope)) var noAuthScope: String?
    @Option(help: help(.logFormat)) var logFormat: String?
    @Option(help: help(.logLevel)) var logLevel: String?
    @Option(help: help(.lineLimit)) var lineLimit: String?
    @Option(help: help(.maximumConnections)) var maximumConnections: String?
    @Option(help: help(.maximumInFlight)) var maximumInFlight: String?
    @Option(help: help(.idleTimeout)) var idleTimeout: String?
    @Option(help: help(.authenticationTimeout)) var authenticationTimeout: String?
    @Option(help: help(.unauthenticatedPerAddress)) var unauthenticatedPerAddress: String?
    @Option(parsing: .singleValue, help: help(.sharedAddresses)) var sharedAddresses: [String] = []
    @Option(help: help(.bufferLimit)) var bufferLimit: String?
    @Option(help: help(.drainTimeout)) var drainTimeout: String?
    @Option(help: help(.rateLimit)) var rateLimit: String?
    @Option(parsing: .singleValue, help: help(.teams)) var teams: [String] = []
    @Option(help: help(.publicRateLimit)) var publicRateLimit: String?
    @Option(help: help(.transcriptRetention)) var transcriptRetentionDays: String?
    @Option(help: help(.timeZone)) var timeZone: String?
    @Option(help: help(.approvalHours)) var approvalHours: String?
    @Option(help: help(.clockGapDays)) var clockGapDays: String?
    @Option(help: help(.clockSkew)) var clockSkewSeconds: String?
    @Option(name: .customLong("customer-id-case"), help: help(.customerIDCase)) var customerIDCase: String?
    @Option(help: help(.scriptIdleTime)) var scriptIdleTime: String?

    private static func help(_ option: ServerOption) -> ArgumentHelp {
        ArgumentHelp(stringLiteral: option.fallback.isEmpty ? option.help : "\(option.help) (\(option.fallback))")
    }

    private var arguments: [ServerOption: [String]] {
        let single: [(ServerOption, String?)] = [
            (.dataFolder, dataFolder), (.store, store), (.storeGrace, storeGrace), (.erasures, erasures),
            (.socket, socket), (.knowledge, knowledge),
            (.rules, rules), (.encoder, encoder), (.encoderThreads, encoderThreads),
            (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey), (.metricsListen, metricsListen), (.web, web),
            (.webURL, webURL), (.oidcIssuer, oidcIssuer), (.oidcClientID, oidcClientID),
            (.oidcClientSecretFile, oidcClientSecretFile), (.oidcAuthorities, oidcAuthorities),
            (.logFormat, logFormat), (.logLevel, logLevel), (.lineLimit, lineLimit),
            (.maximumConnections, maximumConnections), (.maximumInFlight, maximumInFlight),
            (.noAuthenticationScope, noAuthScope),
            (.idleTimeout, idleTimeout), (.authenticationTimeout, authenticationTimeout),
            (.unauthenticatedPerAddress, unauthenticatedPerAddress), (.bufferLimit, bufferLimit),
            (.drainTimeout, drainTimeout), (.rateLimit, rateLimit), (.publicRateLimit, publicRateLimit),
            (.transcriptRetention, transcriptRetentionDays), (.timeZone, timeZone), (.approvalHours, approvalHours),
            (.clockGapDays, clockGapDays), (.clockSkew, clockSkewSeconds), (.customerIDCase, customerIDCase),
            (.scriptIdleTime, scriptIdleTime),
            (.stdio, stdio ? "true" : nil), (.noAuthentication, noAuth ? "true" : nil),
        ]
        var arguments = Dictionary(
            uniqueKeysWithValues: single.compactMap { option, value in value.map { (option, [$0]) } }
        )
        if !listen.isEmpty { arguments[.listen] = listen }
        if !teams.isEmpty { arguments[.teams] = teams }
        if !webHosts.isEmpty { arguments[.webHosts] = webHosts }
        if !webOrigins.isEmpty { arguments[.webOrigins] = webOrigins }
        if !sharedAddresses.isEmpty { arguments[.sharedAddresses] = sharedAddresses }
        return arguments
    }

    func run() async throws {
        let standard = "frontline.yaml"
        let file = config ?? (FileManager.default.fileExists(atPath: standard) ? standard : nil)
        let configuration = try await FrontlineConfiguration(
            arguments: arguments,
            environment: ProcessInfo.processInfo.environment,
            file: file
        )
        let registry = ProcessSetup.bootstrap(configuration)
        try await FrontlineServer(configuration, registry: registry).run()
    }
}
