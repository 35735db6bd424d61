import NIOCore
import RPCServer
import Testing

@Suite struct LivenessTests {
    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(1_000 + seconds) }

    @Test func `a client that has been silent is asked, and is gone when it does not answer`() {
        var liveness = Liveness(time: .seconds(20), now: Self.at(0))
        #expect(liveness.look(at: Self.at(5)) == .wait(.seconds(15)))
        #expect(liveness.look(at: Self.at(20)) == .ask(.seconds(20)))
        #expect(liveness.look(at: Self.at(30)) == .wait(.seconds(10)))
        #expect(liveness.look(at: Self.at(40)) == .gone)
    }

    @Test func `a client that answers is asked again after as long a silence`() {
        var liveness = Liveness(time: .seconds(20), now: Self.at(0))
        for round in 0..<5 as Range<Int64> {
            #expect(liveness.look(at: Self.at(21 * round + 20)) == .ask(.seconds(20)))
            liveness.heard(at: Self.at(21 * round + 21))
            #expect(liveness.look(at: Self.at(21 * round + 22)) == .wait(.seconds(19)))
        }
    }

    @Test func `a client that talks is not asked`() {
        var liveness = Liveness(time: .seconds(20), now: Self.at(0))
        for second in 1..<200 as Range<Int64> {
            liveness.heard(at: Self.at(second))
            #expect(liveness.look(at: Self.at(second + 1)) == .wait(.seconds(19)))
        }
    }
}
