import Storage
import Synchronization
import TestStores
import Testing

/// The time of a database server as this process knows it.
@Suite struct StoreTimeTests {
    /// A monotonic clock, and a server whose clock differs from it.
    private final class World: Sendable {
        private let passed = Mutex<Int64>(0)
        let server = Mutex<Int64>(1_000_000_000)
        var elapsed: Int64 { passed.withLock { $0 } }
        var shown: Int64 { server.withLock { $0 } + elapsed }
        func pass(_ time: Int64) { passed.withLock { $0 += time } }

        /// A question whose way there and back takes so long.
        func ask(_ time: StoreTime, there: Int64, back: Int64) {
            time.measure {
                pass(there)
                defer { pass(back) }
                return shown
            }
        }
    }

    @Test func `it is unknown before the first answer, and goes on with the monotonic clock after it`() {
        let world = World()
        let time = StoreTime { world.elapsed }
        #expect(time.now == nil)
        world.ask(time, there: 500, back: 500)
        #expect(time.now == world.shown)
        world.pass(3_600_000_000)
        #expect(time.now == world.shown)
    }

    @Test func `it is never further off than the shortest way so far`() throws {
        var generator = SystemRandomNumberGenerator()
        let world = World()
        let time = StoreTime { world.elapsed }
        var shortest = Int64.max
        for _ in 0..<500 {
            let there = Int64.random(in: 0...50_000, using: &generator)
            let back = Int64.random(in: 0...50_000, using: &generator)
            world.ask(time, there: there, back: back)
            shortest = min(shortest, there + back)
            #expect(abs(try #require(time.now) - world.shown) <= shortest)
            world.pass(.random(in: 0...1_000_000, using: &generator))
        }
    }

    @Test func `a delay does not move it, and a clock that is set does`() {
        let world = World()
        let time = StoreTime { world.elapsed }
        world.ask(time, there: 100, back: 100)
        world.ask(time, there: 2_000_000, back: 0)
        #expect(time.now == world.shown)
        world.server.withLock { $0 -= 60_000_000 }
        world.ask(time, there: 100, back: 100)
        #expect(abs((time.now ?? 0) - world.shown) <= 100)
    }

    @Test func `nodes of a database go by one time, those of a folder by their own`() throws {
        #expect(try TestEngine.sqlite.place().open().time == nil)
        guard TestEngine.all.contains(.postgres) else { return }
        let place = try TestEngine.postgres.place()
        let stores = try (0..<3).map { _ in try place.open() }
        let times = stores.compactMap { $0.time?.now }
        #expect(times.count == 3)
        #expect((times.max() ?? 0) - (times.min() ?? 0) < 1_000_000)
    }
}
