import Foundation

/// A throw-away identity made by the openssl tool.
struct Identity {
    let certificate: String
    let key: String

    static let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first(where: FileManager.default.fileExists)

    init(in folder: String, isRSA: Bool = false) async throws {
        certificate = folder + "/certificate.pem"
        key = folder + "/key.pem"
        _ = try await Self.run([
            "req", "-x509", "-newkey", isRSA ? "rsa" : "ec", "-pkeyopt",
            isRSA ? "rsa_keygen_bits:2048" : "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out",
            certificate,
        ])
    }

    /// Runs the openssl tool with an input, after which it comes to an end; returns what it wrote.
    static func run(_ arguments: [String], input: String = "") async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool ?? "")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        let (source, sink) = (Pipe(), Pipe())
        process.standardInput = source
        process.standardOutput = sink
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do {
                try process.run()
                try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try source.fileHandleForWriting.close()
            } catch {
                ended.resume(throwing: error)
            }
        }
        return String(decoding: sink.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
