import NIOCore

/// Passes calls from any thread to the handler of a channel.
struct ChannelTransport: ConnectionTransport {
    private let channel: any Channel
    private let handler: NIOLoopBound<ConnectionChannelHandler>

    init(channel: any Channel, handler: ConnectionChannelHandler) {
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    func wake() {
        channel.eventLoop.execute { handler.value.flush() }
    }

    func resumeReading() {
        channel.eventLoop.execute { handler.value.resumeReading() }
    }

    func endInput(_ farewell: Farewell) {
        channel.eventLoop.execute { handler.value.endInput(farewell) }
    }

    func abort() {
        channel.close(promise: nil)
    }

    func untilClosed() async {
        try? await channel.closeFuture.get()
    }
}
