import Spelling
public import Vocabulary

extension Dispatcher {
    /// Answers a line, with nil when no answer is due.
    public func handle(_ line: [UInt8], context: Context) async -> [UInt8]? {
        switch receive(line, context: await hooks.prepare(context)) {
        case .message(.finished(let answer)): answer?.bytes
        case .message(.pending(let work)): await work.run()?.bytes
        case .batch(let messages): await handleBatch(messages, context: context)?.bytes
        }
    }

    /// Reads a line; splits a batch, or fixes the place of a message in order and answers it or returns the
    /// work; never waits.
    public func receive(_ line: [UInt8], context: Context) -> LineReception {
        line.withUnsafeBytes { receive($0, context: context) }
    }

    /// Reads a line in raw memory, which is not kept; see ``receive(_:context:)-([UInt8],_)``.
    public func receive(_ line: UnsafeRawBufferPointer, context: Context) -> LineReception {
        do throws(JSONSyntaxError) {
            switch try JSON(parsing: line, maximumDepth: options.maximumDepth) {
            case .array(let messages): return receiveBatch(messages)
            case let message: return .message(receive(message, context: context))
            }
        } catch {
            return .message(.finished(refusal(error)))
        }
    }

    /// The answer to a line that was cut off for its length.
    public func refusalOfLongLine(limit: Int) -> RPCAnswer {
        refusal(id: .null, .invalidRequest(details: "a line is longer than \(limit) bytes"))
    }

    /// The answer to a first line that is not JSON; nothing more is read from the client.
    public var refusalOfForeignLine: RPCAnswer {
        refusal(
            id: .null,
            .parseError(details: "JSON-RPC 2.0 is spoken here, one message a line; the connection is closed")
        )
    }

    /// Receives one message of a batch; see ``receive(_:context:)-([UInt8],_)``.
    public func receive(_ message: JSON, context: Context) -> Reception {
        do throws(Request.Fault) {
            return receive(try Request(message), context: context)
        } catch {
            return .finished(refusal(id: error.id, .invalidRequest(details: .string(error.reason))))
        }
    }

    private func receive(_ request: Request, context: Context) -> Reception {
        let start = hooks.nanoseconds()
        guard let entry = entries[request.method] else {
            return .finished(answer(request, .failure(methodNotFound(request.method)), method: "unknown", since: start))
        }
        let admitted: Context
        do throws(RPCError) {
            admitted = try hooks.gate(entry.name, entry.extensions, context)
        } catch {
            return .finished(answer(request, .failure(error), method: entry.name, since: start))
        }
        var (request, ticket) = (request, OrderGate.Ticket?.none)
        let work: Work
        switch entry.handler {
        case .unordered(let unordered): work = unordered
        case .ordered(let read):
            do {
                let call = try read(request.params, admitted)
                if !call.keys.isEmpty { ticket = order.enter(call.keys) }
                // The call keeps them as it read them.
                (work, request.params) = (call.work, nil)
            } catch {
                let failure = wireError(for: error, entry.name, admitted)
                return .finished(answer(request, .failure(failure), method: entry.name, since: start))
            }
        }
        if case .immediate(let handler) = work, !entry.isBarrier, ticket?.isFirst ?? true {
            defer { ticket?.leave() }
            let result = outcome(of: entry, admitted) { try handler(request.params, admitted) }
            return .finished(answer(request, result, method: entry.name, since: start))
        }
        return .pending(
            PendingWork(method: entry.name, isBarrier: entry.isBarrier, isInLine: work.isInLine) {
                [request, ticket] isWanted in
                await ticket?.turn()
                defer { ticket?.leave() }
                return await isWanted() ? await run(work, request, entry, admitted, since: start) : nil
            }
        )
    }

    /// The error for a name that no method has, with the name that was probably meant.
    private func methodNotFound(_ wrong: String) -> RPCError {
        guard let meant = NearestName.of(wrong, among: entries.keys.sorted()) else { return .methodNotFound }
        return RPCError(.methodNotFound, "Method not found; did you mean “\(meant)”?", expected: meant)
    }

    private func run(
        _ work: Work,
        _ request: Request,
        _ entry: Entry,
        _ context: Context,
        since start: UInt64
    ) async -> RPCAnswer? {
        let result: Result<Outcome, RPCError>
        do {
            switch work {
            case .immediate(let handler): result = .success(try handler(request.params, context))
            case .concurrent(let handler), .inLine(let handler):
                result = .success(.value(try await handler(request.params, context)))
            }
        } catch {
            result = .failure(wireError(for: error, entry.name, context))
        }
        return answer(request, result, method: entry.name, since: start)
    }

    private func outcome(
        of entry: Entry,
        _ context: Context,
        _ body: () throws -> Outcome
    ) -> Result<Outcome, RPCError> {
        do {
            return .success(try body())
        } catch {
            return .failure(wireError(for: error, entry.name, context))
        }
    }

    private func wireError(for error: any Error, _ method: String, _ context: Context) -> RPCError {
        if let error = error as? RPCError {
            return error
        }
        if let error = hooks.translate(error) {
            return error
        }
        hooks.report(method, error, context)
        return .internalError
    }

    private func answer(
        _ request: Request,
        _ result: Result<Outcome, RPCError>,
        method: String,
        since start: UInt64
    ) -> RPCAnswer? {
        if let observe = hooks.observe {
            let duration = hooks.nanoseconds() &- start
            var code: Int?
            if case .failure(let error) = result {
                code = error.code
            }
            observe(DispatchObservation(method: method, errorCode: code, nanoseconds: duration))
        }
        guard let id = request.id else { return nil }
        switch result {
        case .success(.value(let value)): return .line(RPCMessage.response(id: id, result: value))
        case .success(.shared(let bytes)): return RPCMessage.response(id: id, result: bytes)
        case .failure(let error):
            return .line(RPCMessage.response(id: id, error: error, includingData: options.includesErrorData))
        }
    }

    /// The answer to what is no request.
    func refusal(id: JSON, _ error: RPCError) -> RPCAnswer {
        hooks.observe?(DispatchObservation(method: "unknown", errorCode: error.code, nanoseconds: 0))
        return .line(RPCMessage.response(id: id, error: error, includingData: options.includesErrorData))
    }

    private func refusal(_ error: JSONSyntaxError) -> RPCAnswer {
        let details = JSON.string(error.description)
        switch error.code {
        case .syntax: return refusal(id: .null, .parseError(details: details))
        case .limit: return refusal(id: .null, .invalidRequest(details: details))
        }
    }
}
