import Foundation
import HTTPFetch

extension ImportSource {
    /// Makes a document readable, fetching it into a temporary file where it is elsewhere.
    ///
    /// - Returns: the input, and what is to be called when it was read, which removes the temporary file.
    /// - Throws: ``ArticleError`` with code `fetch` when the download fails.
    static func open(
        _ item: ImportItem,
        fetcher: HTTPFetcher
    ) throws(ArticleError) -> (input: ArticleInput, close: @Sendable () -> Void) {
        guard case .address(let address) = item else { return (.file(path: item.name), {}) }
        let name = "frontline-\(UUID().uuidString).xml"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        let close: @Sendable () -> Void = { try? FileManager.default.removeItem(atPath: path) }
        do {
            _ = try fetcher.download(address, to: path)
        } catch {
            close()
            throw ArticleError(.fetch, error.message)
        }
        return (.download(path: path, name: address), close)
    }
}
