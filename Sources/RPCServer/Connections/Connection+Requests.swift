import JSONRPC
import NIOCore
import Vocabulary

/// The memory that a request is charged for while it is in progress.
struct RequestCost {
    /// Bytes that the request itself takes.
    let request: Int
    /// Bytes that are expected of its answer, for which the connection keeps room; they are held once it is there.
    let answer: Int
}

// MARK: What comes in and is worked on

extension Connection {
    /// What an array takes beside its elements.
    private static let bytesOfLine = 64

    /// Whether a request is running or waiting to.
    var isBusy: Bool { look { $0.running > 0 || $0.linesAhead > 0 } }

    /// Counts lines that were read.
    func didRead(_ lines: [[UInt8]]) {
        let bytes = lines.reduce(0) { $0 + $1.count }
        update { state in
            state.linesAhead += lines.count
            state.bytesAhead += bytes
            state.hold(bytes + lines.count * Self.bytesOfLine)
            state.progressed = .now()
        }
    }

    /// Counts lines that were taken up.
    func didTake(_ lines: [[UInt8]]) {
        let bytes = lines.reduce(0) { $0 + $1.count }
        let resumes = update { state in
            let mightRead = Self.mayRead(state, limits)
            state.linesAhead -= lines.count
            state.bytesAhead -= bytes
            state.hold(-bytes - lines.count * Self.bytesOfLine)
            return !mightRead && Self.mayRead(state, limits)
        }
        if resumes {
            resumeReading()
        }
    }

    /// Counts a change of what an unfinished line takes.
    func countUnfinished(by change: Int) {
        guard change != 0 else { return }
        update { state in
            state.unfinished += change
            state.hold(change)
        }
    }

    /// Whether more lines may be read.
    var mayRead: Bool { look { Self.mayRead($0, limits) } }

    /// Whether another request may start at once.
    func admits(isOfBatch: Bool = false) -> Bool {
        look { admits($0, isOfBatch: isOfBatch) }
    }

    /// Waits until another request may start, or the connection is closed; one caller at a time.
    func admission(isOfBatch: Bool = false) async {
        await withCheckedContinuation { continuation in
            let isFree = update { state in
                guard !admits(state, isOfBatch: isOfBatch) else { return true }
                state.admission = (continuation, isOfBatch)
                return false
            }
            if isFree {
                continuation.resume()
            }
        }
    }

    /// Waits until no request is running, or until none is of use any more; one caller at a time, and nothing may be
    /// started meanwhile.
    func quiescence() async {
        await withCheckedContinuation { continuation in
            let isQuiet = update { state in
                state.quiescence = continuation
                return Self.quiet(&state) != nil
            }
            if isQuiet {
                continuation.resume()
            }
        }
    }

    /// Counts a request that runs beside others.
    func didStart(_ cost: RequestCost) {
        update { state in
            state.running += 1
            state.reserved += cost.answer
            state.hold(cost.request)
        }
    }

    /// Counts a request that is done.
    func didEnd(_ cost: RequestCost) {
        let (admitted, quiet) = update { state in
            state.running -= 1
            state.reserved -= cost.answer
            state.hold(-cost.request)
            return (nextAdmission(&state), Self.quiet(&state))
        }
        admitted?.resume()
        quiet?.resume()
    }

    /// Counts a batch that is not answered yet, and what its request takes.
    func didOpen(_ batch: BatchAnswers) {
        let isDropped = update { state in
            if !state.isClosed { state.batches[ObjectIdentifier(batch)] = batch }
            state.hold(batch.holding)
            return state.isClosed
        }
        if isDropped { batch.drop() }
    }

    /// Counts an answer that waits for the rest of its batch.
    func didCollect(_ bytes: Int) {
        update { state in
            state.collected += bytes
            state.hold(bytes)
        }
    }

    /// Counts a batch as answered, with what it held and had collected.
    func didClose(_ batch: BatchAnswers, collected: Int) {
        let admitted = update { state in
            state.batches[ObjectIdentifier(batch)] = nil
            state.collected -= collected
            state.hold(-batch.holding - collected)
            return nextAdmission(&state)
        }
        admitted?.resume()
    }

    /// Whether a batch is not answered yet.
    var hasOpenBatch: Bool { look { !$0.batches.isEmpty } }

    private static func mayRead(_ state: State, _ limits: ConnectionLimits) -> Bool {
        state.linesAhead < limits.linesAhead && state.bytesAhead < limits.lineBytes
    }
}

// MARK: How it stands

extension Connection {
    /// The weight of a stalled client, against one that makes progress.
    private static let weightOfStuck = 4
    /// How long a client may do nothing before it counts as stalled.
    private static let patience = TimeAmount.seconds(1)

    /// The priority for closing a connection when all of them hold too much: the bytes that it makes the server hold,
    /// weighted when its client is stalled: there are answers to read or a line to finish, and for a while it has
    /// done neither.
    ///
    /// A client that waits for its answer is not stalled.
    func burden(at now: NIODeadline) -> (bytes: Int, isStuck: Bool) {
        look { state in
            let isDue = state.outstanding > 0 || state.unfinished > 0
            let isStuck = isDue && now - state.progressed > Self.patience
            return (isStuck ? state.held * Self.weightOfStuck : state.held, isStuck)
        }
    }

    /// How long ago the client last finished a line or read something.
    func silence(at now: NIODeadline) -> TimeAmount {
        look { now - $0.progressed }
    }
}
