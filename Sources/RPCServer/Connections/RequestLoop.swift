import JSONRPC
import NIOCore

/// What a transport hands on.
enum Inbound: Sendable {
    /// Whole lines, in order.
    case lines([[UInt8]])
    /// A line over the limit, after which nothing comes.
    case tooLong
}

/// Answers the lines of one connection.
///
/// Requests start in the order of their lines and run beside each other up to a limit; a barrier waits for all before it
/// and is waited for. Answers that are ready at once are gathered and sent together.
struct RequestLoop<Handler: ConnectionHandler> {
    let handler: Handler
    let connection: Connection
    let inbox: AsyncStream<Inbound>

    /// Runs until the client has ended its input and everything received is answered, then closes.
    func run() async {
        let context = handler.connect(connection)
        let isTooLong = await withDiscardingTaskGroup(returning: Bool.self) { group in
            var isTooLong = false
            for await inbound in inbox {
                switch inbound {
                case .lines(let lines): await take(lines, context, &group)
                case .tooLong: isTooLong = true
                }
            }
            return isTooLong
        }
        if isTooLong {
            var refusal = ByteBuffer()
            Self.append(handler.refusalOfLongLine(limit: connection.limits.lineBytes), to: &refusal)
            connection.answer(refusal)
        }
        connection.finish()
        await connection.untilClosed()
        handler.disconnect(context)
    }

    private func take(_ lines: [[UInt8]], _ context: Handler.Context, _ group: inout DiscardingTaskGroup) async {
        var answers = ByteBuffer()
        for line in lines {
            // Nobody is there to answer: what a client left behind must not cost others their turn.
            if connection.isClosed { break }
            if answers.readableBytes > 1 << 16 {
                send(&answers)
            }
            if !connection.admits {
                send(&answers)
                await connection.admission()
            }
            switch handler.receive(line, context: context) {
            case .finished(let answer): Self.append(answer, to: &answers)
            case .pending(let work) where work.isBarrier:
                send(&answers)
                await connection.quiescence()
                Self.append(await work.run(), to: &answers)
            case .pending(let work): start(work, &group)
            }
        }
        send(&answers)
        handler.didAnswer(context: context)
        connection.didTake(lines)
    }

    private func start(_ work: PendingWork, _ group: inout DiscardingTaskGroup) {
        let connection = connection
        connection.didStart()
        group.addTask {
            defer { connection.didEnd() }
            if connection.isClosed { return }
            var answer = ByteBuffer()
            Self.append(await work.run(), to: &answer)
            connection.answer(answer)
        }
    }

    private func send(_ answers: inout ByteBuffer) {
        guard answers.readableBytes > 0 else { return }
        connection.answer(answers)
        answers = ByteBuffer()
    }

    private static func append(_ answer: [UInt8]?, to buffer: inout ByteBuffer) {
        guard let answer else { return }
        buffer.writeBytes(answer)
        buffer.writeInteger(UInt8(ascii: "\n"))
    }
}
