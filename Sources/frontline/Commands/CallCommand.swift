import ArgumentParser
import Foundation
import FrontlineClient
import Vocabulary

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a method of a server and print its result.",
        discussion: """
            frontline call server.info
            frontline call knowledge.search '{"query": "late delivery"}' --token "$TOKEN"
            """
    )

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The method, such as knowledge.search; `rpc.discover` lists them all.") var method: String
    @Argument(help: "The parameters as a JSON object; - reads them from standard input.") var params: String?

    func run() async throws {
        let params = try parsedParams()
        let client = try await connection.open()
        let result = try await client.call(method: method, params: params)
        Console.print(result.text)
        await client.close()
    }

    private func parsedParams() throws -> JSON? {
        guard let params else { return nil }
        let text =
            params == "-" ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : params
        do {
            return try JSON(parsing: text)
        } catch {
            throw ValidationError("the parameters are not JSON: \(error)")
        }
    }
}
