import Configuration
import Customers
import Foundation
import Logging
import ModelSupply
import RPCServer
import SystemPackage

/// Reading of options: the command line takes precedence over the environment, and that over the file.
extension FrontlineConfiguration {
    /// Reads and checks every option.
    ///
    /// - Parameters:
    ///   - arguments: the values from the command line, by option; a flag that is set is `true`.
    ///   - environment: the environment variables.
    ///   - file: the path of `frontline.yaml`, if there is one.
    /// - Throws: ``ConfigurationError`` for an unknown key in the file or a value of the wrong type.
    package init(
        arguments: [ServerOption: [String]],
        environment: [String: String],
        file: String?
    ) async throws {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "command line", values: Self.values(of: arguments)),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "frontline"),
        ]
        if let file, try ConfigurationFile.check(path: file) {
            providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
        }
        var values = OptionReader(reader: ConfigReader(providers: providers))
        var result = FrontlineConfiguration()
        result.modelFolders = ModelShelf.folders(in: environment)
        result.oidcClientSecret = environment[Self.clientSecretVariable].flatMap { $0.isEmpty ? nil : $0 }
        try result.read(&values)
        self = try result.validated()
    }

    private static func values(of arguments: [ServerOption: [String]]) -> [AbsoluteConfigKey: ConfigValue] {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (option, given) in arguments {
            let content: ConfigContent = option.kind == .list ? .stringArray(given) : .string(given.last ?? "")
            values[AbsoluteConfigKey([option.key])] = ConfigValue(content, isSecret: option == .store)
        }
        return values
    }

    private static func store(_ text: String) throws -> StoreAddress {
        do { return try StoreAddress(text) } catch {
            throw ConfigurationError(place: ServerOption.store.key, message: "\(error)")
        }
    }

    private mutating func read(_ values: inout OptionReader) throws {
        store = try values.text(.store).map(Self.store) ?? store
        // A store in a folder of its own has everything else beside it unless that is put elsewhere.
        if case .folder(let path?) = store { dataFolder = path }
        dataFolder = values.text(.dataFolder) ?? dataFolder
        storeGrace = try values.number(.storeGrace, in: 0...3_600) ?? storeGrace
        erasures = values.text(.erasures)
        listen = values.list(.listen)
        socket = values.text(.socket)
        stdio = try values.flag(.stdio)
        knowledge = values.text(.knowledge)
        rules = values.text(.rules)
        encoder = values.text(.encoder).map { EncoderChoice($0) } ?? encoder
        encoderThreads = try values.number(.encoderThreads, in: 1...1_024) ?? encoderThreads
        tlsCertificate = values.text(.tlsCertificate)
        tlsKey = values.text(.tlsKey)
        metricsListen = values.text(.metricsListen)
        web = values.text(.web)
        webHosts = values.list(.webHosts)
        webOrigins = values.list(.webOrigins)
        webURL = values.text(.webURL)
        oidcIssuer = values.text(.oidcIssuer)
        oidcClientID = values.text(.oidcClientID)
        oidcClientSecretFile = values.text(.oidcClientSecretFile)
        oidcAuthorities = values.text(.oidcAuthorities)
        noAuthentication = try values.flag(.noAuthentication)
        noAuthenticationScope =
            try values.choice(.noAuthenticationScope, NoAuthenticationScope.init(rawValue:)) ?? noAuthenticationScope
        logFormat = try values.choice(.logFormat, LogFormat.init(rawValue:)) ?? logFormat
        logLevel = try values.choice(.logLevel, Logger.Level.init(rawValue:)) ?? logLevel
        lineLimit = try values.number(.lineLimit, in: 1_024...(64 << 20)) ?? lineLimit
        maximumConnections = try values.number(.maximumConnections, in: 1...1_000_000) ?? maximumConnections
        maximumInFlight = try values.number(.maximumInFlight, in: 1...10_000) ?? maximumInFlight
        idleTimeout = try values.number(.idleTimeout, in: 0...86_400) ?? idleTimeout
        authenticationTimeout =
            try values.number(.authenticationTimeout, in: 0...86_400) ?? authenticationTimeout
        unauthenticatedPerAddress =
            try values.number(.unauthenticatedPerAddress, in: 0...1_000_000) ?? unauthenticatedPerAddress
        sharedAddresses = try values.addresses(.sharedAddresses) ?? sharedAddresses
        bufferLimit = try values.number(.bufferLimit, in: 16...1_048_576) ?? bufferLimit
        publicRateLimit = try values.number(.publicRateLimit, in: 0...1_000_000) ?? publicRateLimit
        drainTimeout = try values.number(.drainTimeout, in: 0...3_600) ?? drainTimeout
        rateLimit = try values.number(.rateLimit, in: 0...1_000_000) ?? rateLimit
        teams = values.list(.teams)
        transcriptRetention = try values.number(.transcriptRetention, in: 0...36_500) ?? transcriptRetention
        timeZone = values.text(.timeZone) ?? timeZone
        approvalHours = try values.number(.approvalHours, in: 1...8_760) ?? approvalHours
        clockGapDays = try values.number(.clockGapDays, in: 0...36_500) ?? clockGapDays
        clockSkewSeconds = try values.number(.clockSkew, in: 0...3_600) ?? clockSkewSeconds
        customerIDCase = try values.choice(.customerIDCase, CanonicalForm.LetterCase.init(rawValue:))
        scriptIdleTime = try values.number(.scriptIdleTime, in: 0...31_536_000) ?? scriptIdleTime
    }
}

/// Reads single options according to their type.
private struct OptionReader {
    let reader: ConfigReader

    func text(_ option: ServerOption) -> String? {
        reader.string(forKey: ConfigKey([option.key])).flatMap { $0.isEmpty ? nil : $0 }
    }

    func list(_ option: ServerOption) -> [String] {
        let values = reader.stringArray(forKey: ConfigKey([option.key])) ?? text(option).map { [$0] } ?? []
        return values.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    func flag(_ option: ServerOption) throws -> Bool {
        try choice(option) { ["true": true, "yes": true, "1": true, "false": false, "no": false, "0": false][$0] }
            ?? false
    }

    func number(_ option: ServerOption, in range: ClosedRange<Int>) throws -> Int? {
        try choice(option) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    func addresses(_ option: ServerOption) throws -> [AddressRange]? {
        let texts = list(option)
        if texts.isEmpty { return nil }
        if texts == ["none"] { return [] }
        return try texts.map { text in
            guard let range = AddressRange(text) else {
                throw ConfigurationError(place: option.key, message: "“\(text)” is not a valid value. \(option.help)")
            }
            return range
        }
    }

    func choice<T>(_ option: ServerOption, _ convert: (String) -> T?) throws -> T? {
        guard let text = text(option) else { return nil }
        guard let value = convert(text) else {
            throw ConfigurationError(place: option.key, message: "“\(text)” is not a valid value. \(option.help)")
        }
        return value
    }
}
