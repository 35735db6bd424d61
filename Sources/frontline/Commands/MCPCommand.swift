import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import ModelContext
import Synchronization
import Vocabulary

struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve an assistant over standard input and output, with the methods of a server as its tools.",
        discussion: """
            Speaks the Model Context Protocol (revisions 2026-07-28 and 2025-11-25) for the program that starts it, one message a \
            line. Ends with its input. What the assistant is offered follows from the roles of the token, and rules/tools.yaml \
            says what it is told.

            FRONTLINE_CONNECT=127.0.0.1:7411 FRONTLINE_TOKEN=… frontline mcp
            """
    )

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let link = ServerLink(open: try connection.opener())
        // Whoever starts it sees a wrong address or token at once, not at the first question.
        _ = try await link.call(ToolList.name, ["name": ""])
        let server = ContextServer(host: link, version: ProductVersion.text)
        try await ContextLoop(server: server).run(
            InputLines(limit: ContextLoop.longestLine, slots: ContextStream.maximumOpen)
        )
        await link.close()
    }
}

/// Serves the lines of standard input.
private struct ContextLoop: Sendable {
    static let longestLine = 1 << 20

    let server: ContextServer<ServerLink>
    let output = MessageOutput()

    /// Runs until the input ends and every request is answered.
    ///
    /// - Throws: `CommandFailure` for a line over the limit, after which nothing can be told from the middle of it.
    func run(_ input: InputLines) async throws {
        let stream = Requests()
        let isTooLong = await withDiscardingTaskGroup(returning: Bool.self) { group in
            for await piece in input.pieces {
                guard case .line(let line) = piece else { return true }
                switch stream.receive(line) {
                case .none: input.release()
                case .write(let answer):
                    output.write(answer.bytes)
                    input.release()
                case .serve(let message, let revision):
                    group.addTask {
                        let answer = await server.answer(message, in: revision)
                        let isWanted = message.id.map(stream.end) ?? false
                        if isWanted, let answer { output.write(answer.bytes) }
                        input.release()
                    }
                }
            }
            return false
        }
        if isTooLong { throw CommandFailure(message: "a line is longer than \(Self.longestLine) bytes") }
    }
}

/// The state of the stream, which requests end while lines are read.
private final class Requests: Sendable {
    private let state = Mutex(ContextStream())

    func receive(_ line: [UInt8]) -> ContextStream.Action { state.withLock { $0.receive(line) } }

    func end(_ id: JSON) -> Bool { state.withLock { $0.end(id) } }
}

/// Writes messages to standard output, one a line and whole, whoever writes.
private final class MessageOutput: Sendable {
    private let file = Mutex(FileHandle.standardOutput)

    /// Writes a message; ends the program with 1 when nobody takes it.
    func write(_ message: [UInt8]) {
        file.withLock { file in
            do {
                try file.write(contentsOf: Data(message + [UInt8(ascii: "\n")]))
            } catch {
                exit(1)
            }
        }
    }
}
