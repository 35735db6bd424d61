import ArgumentParser
import Foundation
import FrontlineService
import JSONRPC
import Vocabulary

/// Work that failed after the command line was understood.
struct CommandFailure: Error, CustomStringConvertible {
    let message: String

    var description: String { message }
}

/// How the program ends.
enum Termination {
    /// Says what went wrong, on standard error, and ends the program: 0 for help, 2 for usage, else 1.
    static func exit(for error: any Error) -> Never {
        switch error {
        case let failure as CommandFailure: fail(failure.message)
        case let code as ExitCode: Foundation.exit(code == .success ? 0 : code == .validationFailure ? 2 : 1)
        case let error as RPCError: fail(text(of: error))
        case let error as ConfigurationError: fail("\(error)", code: 2)
        default: break
        }
        let code = Frontline.exitCode(for: error)
        if code == .success { Frontline.exit(withError: error) }
        if code == .validationFailure { fail(Frontline.fullMessage(for: error), code: 2, prefix: "") }
        for detail in ErrorText.details(error) { Console.error(detail) }
        fail(ErrorText.sentence(error))
    }

    private static func fail(_ message: String, code: Int32 = 1, prefix: String = "error: ") -> Never {
        Console.error(prefix + message)
        Foundation.exit(code)
    }

    /// An error of the server: its sentence, and what a program would read.
    private static func text(of error: RPCError) -> String {
        guard let data = error.data else { return "\(error.message) (\(error.code))" }
        return "\(error.message) (\(error.code)) \(data.text)"
    }
}
