public import Vocabulary

extension Dispatcher {
    /// Splits a batch into its messages, or refuses it as a whole.
    func receiveBatch(_ messages: [JSON]) -> LineReception {
        guard !messages.isEmpty else {
            return .message(.finished(refusal(id: .null, .invalidRequest(details: "a batch must not be empty"))))
        }
        guard messages.count <= options.maximumBatch else {
            let details = JSON.string("a batch holds at most \(options.maximumBatch) requests")
            return .message(.finished(refusal(id: .null, .invalidRequest(details: details))))
        }
        return .batch(messages)
    }

    /// Answers the messages of a batch concurrently, except for barriers.
    func handleBatch(_ messages: [JSON], context: Context) async -> RPCAnswer? {
        let answers = await withTaskGroup(of: (Int, RPCAnswer?).self) { group in
            var answers = [RPCAnswer?](repeating: nil, count: messages.count)
            for (index, message) in messages.enumerated() {
                switch receive(message, context: await hooks.prepare(context)) {
                case .finished(let answer): answers[index] = answer
                case .pending(let work) where work.isBarrier:
                    for await (index, answer) in group { answers[index] = answer }
                    answers[index] = await work.run()
                case .pending(let work) where work.isInLine: answers[index] = await work.run()
                case .pending(let work): group.addTask { (index, await work.run()) }
                }
            }
            for await (index, answer) in group { answers[index] = answer }
            return answers
        }
        return RPCAnswer.batch(answers)
    }

    /// The answer to a message that is not taken up, with its id; nil when it wants none.
    public func refusal(of message: JSON, _ error: RPCError) -> RPCAnswer? {
        do throws(Request.Fault) {
            let request = try Request(message)
            return request.id.map { refusal(id: $0, error) }
        } catch {
            return refusal(id: error.id, .invalidRequest(details: .string(error.reason)))
        }
    }
}
