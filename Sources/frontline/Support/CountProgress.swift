import Foundation
import FrontlineService
import Synchronization

/// Shows on standard error how far a long work is: on one line of a terminal, else as a line now and then.
final class CountProgress: Sendable {
    /// What is under way: its words, since when, and when it was shown last.
    private struct Stage {
        var what = ""
        var begin: UInt64
        var shown: UInt64 = 0
    }

    private let begin = Monotonic.nanoseconds()
    private let stage: Mutex<Stage>

    /// Between two lines where standard error is no terminal, and between two changes of the line of one, in nanoseconds.
    private static let (pause, blink): (UInt64, UInt64) = (10_000_000_000, 200_000_000)

    init() { stage = Mutex(Stage(begin: begin)) }

    /// The time since the beginning.
    var seconds: Double { Double(Monotonic.nanoseconds() - begin) / 1e9 }

    /// Shows that so many of all are done, in words that follow their number, such as `contacts`; with other words it begins anew.
    @Sendable func show(_ done: Int, _ total: Int, of what: String) {
        let now = Monotonic.nanoseconds()
        let begin = stage.withLock { stage -> UInt64? in
            if stage.what != what {
                stage = Stage(what: what, begin: stage.what.isEmpty ? stage.begin : now, shown: stage.shown)
            }
            let pause = Console.showsProgress ? Self.blink : Self.pause
            guard now - max(stage.shown, stage.begin) >= pause else { return nil }
            stage.shown = now
            return stage.begin
        }
        guard let begin, done > 0 else { return }
        let rate = Double(done) / max(0.001, Double(now - begin) / 1e9)
        let left = Int(Double(max(0, total - done)) / rate)
        let line = "\(done) of \(total) \(what), \(Int(rate)) a second, \(left) s left"
        write(Console.showsProgress ? "\r\u{1B}[K\(line)" : line + "\n")
    }

    /// Leaves the line of a terminal.
    func finish() { if Console.showsProgress { write("\r\u{1B}[K") } }

    // Standard error may be closed; the work goes on all the same.
    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
