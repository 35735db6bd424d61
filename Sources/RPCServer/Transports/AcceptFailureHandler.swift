import Logging
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Says that connections cannot be accepted, at most once in ten seconds, and counts it.
///
/// It stands before NIO's `AcceptBackoffHandler`, which lets the system rest before it is asked again: the clients that wait
/// would otherwise keep the listener busy with nothing but failing.
final class AcceptFailureHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    private static let pause = TimeAmount.seconds(10)

    private let logger: Logger
    private let failed: @Sendable () -> Void
    private var toldAt: NIODeadline?

    /// Adds what deals with failures to the pipeline of a listening channel.
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

    /// How long to wait after a failure: a client that went away needs no rest.
    private static func rest(_ error: IOError) -> TimeAmount? {
        error.errnoCode == ECONNABORTED ? nil : .milliseconds(200)
    }
}
