import Foundation

/// Describes errors for people: on the command line, in reports and in the server's log.
///
/// Errors of this program describe themselves in a sentence, which a repository test checks. Errors of Foundation do
/// not, and are described by the path and the system's reason.
package enum ErrorText {
    /// The error in one sentence, without the ``details(_:)``.
    package static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as any WireError: error.sentence
        case is CocoaError, is POSIXError, is URLError: foreign(error as NSError)
        default: type(of: error) is NSError.Type ? foreign(error as NSError) : "\(error)"
        }
    }

    /// All findings, each with its place, if there are several.
    package static func details(_ error: any Error) -> [String] { (error as? any WireError)?.details ?? [] }

    /// The error with its details, in one line, for logs.
    package static func line(_ error: any Error) -> String {
        let details = details(error)
        return sentence(error) + (details.isEmpty ? "" : ": " + details.joined(separator: "; "))
    }

    /// The system's reason behind an error of Foundation, such as `Permission denied`; nil if there is none.
    package static func systemReason(_ error: any Error) -> String? {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard underlying.domain == NSPOSIXErrorDomain else { return nil }
        return String(cString: strerror(Int32(underlying.code)))
    }

    private static func foreign(_ error: NSError) -> String {
        let path = (error.userInfo[NSFilePathErrorKey] as? String).map { $0 + ": " } ?? ""
        return path + (systemReason(error) ?? error.localizedDescription)
    }
}
