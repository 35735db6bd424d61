import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own, in a temporary folder, for as long as the process runs.
///
/// `Integration/postgres.sh` starts it and ends it when this process is gone, however that comes.
package struct PostgresServer: Sendable {
    /// What went wrong with a command.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Whether a server is installed; where it is not, tests that need one are skipped.
    package static let isInstalled = (try? run([]).status) != 77

    /// What a skipped test says.
    package static let absence = "needs an installed PostgreSQL server (apt-get install postgresql)"

    /// The one server, started by the first test that asks.
    package static func shared() throws -> PostgresServer { try server.get() }

    private static let server = Result { try start() }
    private static let script = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Integration/postgres.sh").path
    /// That of this process without what a sanitizer loads into it.
    private static let environment = ProcessInfo.processInfo.environment.filter { $0.key != "LD_PRELOAD" }
    /// Open until the process ends, which ends the server.
    private static let input = Pipe()

    /// The newest `psql` of Debian's packages: their command in the search path costs the start of an interpreter too.
    private static let client: String = {
        let versions = "/usr/lib/postgresql"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
        let newest = names.max { $0.compare($1, options: .numeric) == .orderedAscending }
        return newest.map { "\(versions)/\($0)/bin/psql" } ?? "/usr/bin/psql"
    }()

    /// The folder of its socket.
    package let folder: String

    /// The address of a database, for libpq.
    package func address(of database: String) -> String { "host=\(folder) user=postgres dbname=\(database)" }

    /// The path of its socket.
    package var socket: String { "\(folder)/.s.PGSQL.5432" }

    /// Makes an empty database.
    ///
    /// - Parameter options: what follows its name in `CREATE DATABASE`.
    /// - Returns: its name.
    /// - Throws: ``Failure``.
    package func makeDatabase(_ options: String = "") throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try sql("CREATE DATABASE \(name) \(options)", in: "postgres")
        return name
    }

    /// Runs statements as another program does.
    ///
    /// - Parameters:
    ///   - statements: the statements.
    ///   - database: the database that they run in.
    /// - Returns: what the last one gives, without its frame.
    /// - Throws: ``Failure``, with what the program said.
    @discardableResult
    package func sql(_ statements: String, in database: String) throws -> String {
        let arguments = [
            "-h", folder, "-U", "postgres", "-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statements,
        ]
        let (status, output) = try Self.run(arguments, program: Self.client)
        guard status == 0 else { throw Failure(description: "psql failed: \(output)") }
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func start() throws -> PostgresServer {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [script, "--serve"]
        process.environment = environment
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        let folder = String(decoding: line, as: UTF8.self)
        guard folder.hasPrefix("/") else { throw Failure(description: "the PostgreSQL server did not start") }
        return PostgresServer(folder: folder)
    }

    private static func run(
        _ arguments: [String],
        program: String = "/bin/bash"
    ) throws -> (status: Int32, output: String) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = program == "/bin/bash" ? [script] + arguments : arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
