import JSONRPC
import NIOCore
import Vocabulary

/// What a transport passes on.
enum Inbound: Sendable {
    /// Whole messages, in order.
    case messages([[UInt8]])
    /// A request of HTTP.
    case exchange(WebExchange)
    /// The proof of identity of a client that speaks WebSocket from now on.
    case signIn(WebCredential)
    /// A message over the limit, after which nothing comes.
    case tooLong
    /// A batch that was worked on beside other requests is answered.
    case batchAnswered
}

/// Answers the messages of one connection.
///
/// Requests start in the order of their messages and run beside each other up to a limit, those of a batch as if
/// each had come by itself; a barrier waits for all before it and is waited for. Answers that are ready at once are
/// gathered and sent together. Requests of HTTP are answered one after the other.
struct RequestLoop<Handler: ConnectionHandler> {
    /// Where the answer to a message of a batch belongs.
    private struct Place {
        let batch: BatchAnswers
        let index: Int
        let message: JSON
    }

    private enum Ending {
        case input
        case longLine
        case foreign(FirstLine.Verdict)
    }

    /// How many messages a connection has received before others have their turn.
    private static var turn: Int { 32 }

    let handler: Handler
    let client: Client
    let sizes: AnswerSizes
    let budget: AnswerBudget

    private var connection: Connection { client.connection }

    /// Runs until the client has ended its input and everything received is answered, then closes.
    func run() async {
        let context = handler.connect(connection)
        let ending = await withDiscardingTaskGroup(returning: Ending.self) { group in
            let ending = await receive(context, &group)
            await connection.quiescence()
            if connection.isAbandoned { group.cancelAll() }
            return ending
        }
        switch ending {
        case .input: break
        case .longLine: connection.answer(handler.refusalOfLongLine(limit: connection.limits.lineBytes))
        case .foreign(.http): connection.answer(.line(FirstLine.answerToHTTP))
        case .foreign: connection.answer(handler.refusalOfForeignLine)
        }
        connection.finish()
        await connection.untilClosed()
        handler.disconnect(context)
    }

    private func receive(_ context: Handler.Context, _ group: inout DiscardingTaskGroup) async -> Ending {
        // Whoever writes to standard input is no browser, and whoever speaks WebSocket has said what it speaks.
        var isFirst = connection.kind != .stdio && !connection.kind.isWeb
        for await inbound in client.inbox {
            switch inbound {
            case .messages(let messages):
                if isFirst, let first = messages.first {
                    isFirst = false
                    let verdict = FirstLine.verdict(of: first)
                    if verdict != .json {
                        connection.endInput()
                        connection.didTake(messages)
                        return .foreign(verdict)
                    }
                }
                await handle(messages, context, &group)
                connection.didTake(messages)
            case .exchange(let exchange):
                await handle(exchange, &group)
                connection.didTake([exchange.body])
            case .signIn(let credential): await handler.signIn(credential, context: context)
            case .tooLong: return .longLine
            case .batchAnswered: didAnswer(context)
            }
        }
        return .input
    }

    /// Makes the response to a request of HTTP.
    private func handle(_ exchange: WebExchange, _ group: inout DiscardingTaskGroup) async {
        guard !connection.isClosed else { return }
        connection.setFraming(.response(closes: exchange.closes))
        switch exchange.work {
        case .respond(let respond):
            connection.answer(raw: await respond().bytes(closes: exchange.closes, isHead: exchange.isHead))
        case .exchange(let head):
            switch await handler.admit(connection, head.credential) {
            case .refused(let response): connection.answer(raw: response.bytes(closes: exchange.closes))
            case .admitted(let context):
                let response = await respond(to: exchange, head, context)
                connection.answer(raw: response.bytes(closes: exchange.closes))
            }
        case .call(let credential):
            switch await handler.admit(connection, credential) {
            case .refused(let response): connection.answer(raw: response.bytes(closes: exchange.closes))
            case .admitted(let context):
                await handle([exchange.body], context, &group)
                await connection.quiescence()
                if !connection.hasAnswered { connection.answer(raw: WebResponse.nothing(closes: exchange.closes)) }
            }
        }
    }

    /// Makes the response to a posted message, with the calls that it takes.
    private func respond(
        to exchange: WebExchange,
        _ head: WebPostHead,
        _ context: Handler.Context
    ) async -> WebResponse {
        let post = WebPost(
            body: exchange.body,
            hasCredential: head.credential != nil,
            connection: connection,
            head: head
        ) { request in await call(request, context) }
        return await head.respond(post)
    }

    /// Makes a call within the exchange that the connection is occupied with.
    private func call(_ request: JSON, _ context: Handler.Context) async -> RPCAnswer? {
        switch handler.receive(request, context: await handler.prepared(context)) {
        case .finished(let answer): return answer
        case .pending(let work):
            let permission = Permission(budget: budget, sizes: sizes, method: work.method, connection: connection)
            let cost = RequestCost(request: request.approximateCount, answer: sizes.expected(of: work.method))
            connection.didStart(cost)
            defer { connection.didEnd(cost) }
            let answer = await withTaskExecutorPreference(handler.executor) {
                await work.run(while: { await permission.acquire(isOfBatch: false) })
            }
            defer { permission.release() }
            if let answer { sizes.note(answer.ownCount, of: work.method) }
            return answer
        }
    }

    private func handle(_ messages: [[UInt8]], _ context: Handler.Context, _ group: inout DiscardingTaskGroup) async {
        var answers = OutgoingQueue(framing: connection.framing)
        for (index, message) in messages.enumerated() {
            if answers.count > 1 << 16 {
                send(&answers)
            }
            if index % Self.turn == Self.turn - 1 { await Task.yield() }
            if !connection.admits() {
                send(&answers)
                await connection.admission()
            }
            // Nobody is there to answer: what a client left behind must not cost others their turn.
            if connection.isClosed { break }
            switch handler.receive(message, context: await handler.prepared(context)) {
            case .message(.finished(let answer)): append(answer, to: &answers)
            case .message(.pending(let work)) where work.isBarrier:
                send(&answers)
                append(await run(barrier: work), to: &answers)
            case .message(.pending(let work)) where work.isInLine:
                send(&answers)
                append(await run(inLine: work), to: &answers)
            case .message(.pending(let work)): start(work, RequestSize.estimate(of: message), nil, &group)
            case .batch(let parts):
                send(&answers)
                await handle(batch: parts, RequestSize.estimate(of: message), context, &group)
            }
        }
        send(&answers)
        didAnswer(context)
    }

    private func handle(
        batch messages: [JSON],
        _ size: Int,
        _ context: Handler.Context,
        _ group: inout DiscardingTaskGroup
    ) async {
        let batch = BatchAnswers(count: messages.count, holding: size, connection: connection)
        for (index, message) in messages.enumerated() {
            if index % Self.turn == Self.turn - 1 { await Task.yield() }
            if !connection.admits(isOfBatch: true) {
                await connection.admission(isOfBatch: true)
            }
            if connection.isClosed { break }
            if let limit = connection.limitOfFullBatch {
                batch.set(handler.refusalOfBulk(message, limit: limit), at: index)
                continue
            }
            switch handler.receive(message, context: await handler.prepared(context)) {
            case .finished(let answer): batch.set(answer, at: index)
            case .pending(let work) where work.isBarrier: batch.set(await run(barrier: work), at: index)
            case .pending(let work) where work.isInLine: batch.set(await run(inLine: work), at: index)
            case .pending(let work): start(work, 0, Place(batch: batch, index: index, message: message), &group)
            }
        }
        _ = batch.close()
    }

    private func run(barrier work: PendingWork) async -> RPCAnswer? {
        let connection = connection
        await connection.quiescence()
        return await work.run(while: { !connection.isClosed })
    }

    private func run(inLine work: PendingWork) async -> RPCAnswer? {
        let connection = connection
        return await work.run(while: { !connection.isClosed })
    }

    private func start(
        _ work: PendingWork,
        _ size: Int,
        _ place: Place?,
        _ group: inout DiscardingTaskGroup
    ) {
        let (client, sizes, handler) = (client, sizes, handler)
        let (connection, method) = (client.connection, work.method)
        let permission = Permission(budget: budget, sizes: sizes, method: method, connection: connection)
        let cost = RequestCost(request: size, answer: sizes.expected(of: method))
        connection.didStart(cost)
        place?.batch.open()
        group.addTask(executorPreference: handler.executor) {
            defer { connection.didEnd(cost) }
            let isOfBatch = place != nil
            var answer = await work.run(while: { await permission.acquire(isOfBatch: isOfBatch) })
            defer { permission.release() }
            if let answer { sizes.note(answer.ownCount, of: method) }
            if let place {
                if let limit = permission.refusedBeyond { answer = handler.refusalOfBulk(place.message, limit: limit) }
                place.batch.set(answer, at: place.index)
                if place.batch.close() { client.nudge.yield(.batchAnswered) }
            } else if let answer {
                connection.answer(answer)
            }
        }
    }

    /// Tells the handler once nothing that it has answered is held back.
    private func didAnswer(_ context: Handler.Context) {
        if !connection.hasOpenBatch { handler.didAnswer(context: context) }
    }

    private func send(_ answers: inout OutgoingQueue) {
        guard !answers.isEmpty else { return }
        connection.answer(answers)
        answers = OutgoingQueue(framing: answers.framing)
    }

    private func append(_ answer: RPCAnswer?, to queue: inout OutgoingQueue) {
        if let answer { queue.append(answer, shared: connection.shared) }
    }
}

/// How much memory a request takes once it is read.
enum RequestSize {
    /// What a value, a member or a nested array takes beside its text, growth of arrays included.
    private static let bytesOfValue = 48

    /// An upper estimate for a line, from its length and the number of values in it.
    static func estimate(of line: [UInt8]) -> Int {
        var values = 1
        for byte in line where byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
            values += 1
        }
        return line.count * 2 + values * bytesOfValue
    }
}
