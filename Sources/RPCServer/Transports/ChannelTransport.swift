import NIOCore

/// Passes calls from any thread to the handler of a channel.
struct ChannelTransport: ConnectionTransport {
    private let channel: any Channel
    private let handler: NIOLoopBound<LineChannelHandler>

    init(channel: any Channel, handler: LineChannelHandler) {
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    func wake() {
        channel.eventLoop.execute { handler.value.flush() }
    }

    func resumeReading() {
        channel.eventLoop.execute { handler.value.resumeReading() }
    }

    func endInput() {
        channel.eventLoop.execute { handler.value.endInput() }
    }

    func abort() {
        channel.close(promise: nil)
    }

    func untilClosed() async {
        try? await channel.closeFuture.get()
    }
}
