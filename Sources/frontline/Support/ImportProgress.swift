import Foundation
import Knowledge

/// One line on the terminal that shows how far an import or the embedding of articles is.
///
/// There is none where standard error is no terminal.
struct ImportProgress: Sendable {
    /// Shows the state after a batch.
    @Sendable func show(_ summary: ImportSummary) {
        guard Console.showsProgress else { return }
        let done = summary.created + summary.updated + summary.unchanged
        write("\r\u{1B}[K\(summary.read) read, \(done) taken, \(summary.failed) failed")
    }

    /// Shows how many passages are embedded.
    func show(_ progress: MeaningIndex.Progress) {
        guard Console.showsProgress else { return }
        write("\r\u{1B}[K\(progress.embedded) of \(progress.passages) passages embedded")
    }

    /// Leaves the line.
    func finish() {
        if Console.showsProgress { write("\n") }
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
