import Logging
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Logs that connections cannot be accepted, at most once in ten seconds, and counts it.
///
/// It precedes NIO's `AcceptBackoffHandler`, which pauses before the next attempt: waiting clients
/// would otherwise keep the listener busy with failing attempts.
final class AcceptFailureHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    private static let pause = TimeAmount.seconds(10)

    private let logger: Logger
    private let failed: @Sendable () -> Void
    private var toldAt: NIODeadline?

    /// Adds the handlers for failures to the pipeline of a listening channel.
    static func add(
        to channel: any Channel,
        logger: Logger,
        failed: @escaping @Sendable () -> Void
    ) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(AcceptFailureHandler(logger: logger, failed: failed))
            try pipeline.addHandler(AcceptBackoffHandler(shouldForwardIOErrorCaught: false, backoffProvider: rest))
        }
    }

    init(logger: Logger, failed: @escaping @Sendable () -> Void) {
        self.logger = logger
        self.failed = failed
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failed()
        let now = NIODeadline.now()
        if toldAt.map({ now - $0 >= Self.pause }) ?? true {
            toldAt = now
            logger.error("connections cannot be accepted", metadata: ["error": "\(error)"])
        }
        context.fireErrorCaught(error)
    }

    /// How long to wait after a failure; a client that disconnected needs no pause.
    private static func rest(_ error: IOError) -> TimeAmount? {
        error.errnoCode == ECONNABORTED ? nil : .milliseconds(200)
    }
}
