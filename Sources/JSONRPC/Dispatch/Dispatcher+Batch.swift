extension Dispatcher {
    /// Receives the messages of a batch in order; their answers come in one array, in the same order.
    func receiveBatch(_ messages: [JSON], context: Context) -> Reception {
        guard !messages.isEmpty else {
            return .finished(refusal(id: .null, .invalidRequest(details: "a batch must not be empty")))
        }
        guard messages.count <= options.maximumBatch else {
            let details = JSON.string("a batch holds at most \(options.maximumBatch) requests")
            return .finished(refusal(id: .null, .invalidRequest(details: details)))
        }
        if messages.contains(where: isBarrier) {
            return .pending(PendingWork(isBarrier: true) { await runInTurn(messages, context) })
        }
        return combine(messages.map { receive($0, context: context) })
    }

    private func isBarrier(_ message: JSON) -> Bool {
        guard let method = message["method"]?.string else { return false }
        return entries[method]?.isBarrier ?? false
    }

    /// Receives each message only when those before it are answered.
    private func runInTurn(_ messages: [JSON], _ context: Context) async -> [UInt8]? {
        var answers: [[UInt8]] = []
        for message in messages {
            switch receive(message, context: context) {
            case .finished(let answer): answers += answer.map { [$0] } ?? []
            case .pending(let work): answers += await work.run().map { [$0] } ?? []
            }
        }
        return Self.joined(answers)
    }

    private func combine(_ receptions: [Reception]) -> Reception {
        var answers: [[UInt8]] = []
        for reception in receptions {
            guard case .finished(let answer) = reception else {
                return .pending(PendingWork(isBarrier: false) { await runTogether(receptions) })
            }
            answers += answer.map { [$0] } ?? []
        }
        return .finished(Self.joined(answers))
    }

    private func runTogether(_ receptions: [Reception]) async -> [UInt8]? {
        let answers = await withTaskGroup(of: (Int, [UInt8]?).self) { group in
            var answers = [[UInt8]?](repeating: nil, count: receptions.count)
            for (index, reception) in receptions.enumerated() {
                switch reception {
                case .finished(let answer): answers[index] = answer
                case .pending(let work): group.addTask { (index, await work.run()) }
                }
            }
            for await (index, answer) in group {
                answers[index] = answer
            }
            return answers
        }
        return Self.joined(answers.compactMap { $0 })
    }

    private static func joined(_ answers: [[UInt8]]) -> [UInt8]? {
        guard !answers.isEmpty else { return nil }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for index in answers.indices {
            if index > 0 {
                bytes.append(UInt8(ascii: ","))
            }
            bytes += answers[index]
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
