import Foundation
import TLS

/// Certificates of a throw-away authority, made once for all tests by the openssl tool.
struct Certificates: Sendable {
    static let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first(where: FileManager.default.fileExists)

    /// The folder with the files; it goes when the tests end.
    private let folder: String

    /// Made at the first use.
    static let shared = Task { try await Certificates() }

    private init() async throws {
        folder = NSTemporaryDirectory() + "tls-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        folderToRemove = strdup(folder)
        atexit {
            if let folderToRemove { try? FileManager.default.removeItem(atPath: String(cString: folderToRemove)) }
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                ended.resume(throwing: error)
            }
        }
        guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// The path of a file.
    func path(_ name: String) -> String { folder + "/" + name }

    /// A file with other contents.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// A server with the certificate of that name; `chain` is that of `leaf` with the authority between.
    func server(_ name: String = "chain") throws -> TLSContext {
        try TLSContext.server(
            certificateFile: path(name + ".pem"),
            keyFile: path((name == "chain" ? "leaf" : name) + ".key")
        )
    }

    /// A client that trusts an authority.
    func client(trusting authority: String = "root") throws -> TLSContext {
        try TLSContext.client(authoritiesFile: path(authority + ".pem"))
    }

    private static let script = """
        set -e
        curve="-pkeyopt ec_paramgen_curve:P-256"
        authority() { openssl req -x509 -newkey ec $curve -nodes -days 2 -subj "/CN=$1" -keyout $1.key -out $1.pem; }
        authority root
        authority stranger
        issue() { # name, authority, days, extensions, algorithm...
          name=$1 authority=$2 days=$3 extensions=$4; shift 4
          openssl req -new -nodes -subj "/CN=$name" -keyout $name.key -out $name.csr "$@"
          printf "$extensions" > $name.ext
          openssl x509 -req -in $name.csr -CA $authority.pem -CAkey $authority.key -CAcreateserial -days $days \
            -extfile $name.ext -out $name.pem
        }
        names='subjectAltName=DNS:localhost,DNS:*.example.test,DNS:w*.partial.test,IP:127.0.0.1,IP:::1'
        issue between root 2 'basicConstraints=critical,CA:TRUE' -newkey ec $curve
        issue leaf between 2 "$names" -newkey ec $curve
        cat leaf.pem between.pem > chain.pem
        issue expired root -1 "$names" -newkey ec $curve
        issue caller root 2 "$names\\nextendedKeyUsage=clientAuth" -newkey ec $curve
        issue rsa root 2 "$names" -newkey rsa:2048
        issue weak root 2 "$names" -newkey rsa:1024
        openssl req -x509 -newkey ec $curve -nodes -days 2 -subj /CN=localhost -addext "$names" -keyout alone.key -out alone.pem
        openssl pkcs8 -topk8 -in leaf.key -passout pass:secret -out encrypted.key
        """
}

// `nonisolated(unsafe)` is safe: it is written once, before the only reader is registered.
private nonisolated(unsafe) var folderToRemove: UnsafeMutablePointer<CChar>?

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: next()) }
        return bytes
    }
}
