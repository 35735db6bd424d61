import Storage
import TestStores
import Testing

@Suite struct EpochTests {
    @Test(arguments: TestEngine.all) func `a history keeps its name until another one begins`(engine: TestEngine) throws
    {
        let place = try engine.place()
        let store = try place.open()
        #expect(try store.readNow { try Store.epoch(in: $0) } == nil)
        try store.writeNow { try Store.beginEpoch(in: $0) }
        let first = try #require(try store.readNow { try Store.epoch(in: $0) })
        try store.writeNow { try Store.beginEpoch(in: $0) }
        #expect(try place.open().readNow { try Store.epoch(in: $0) } == first)
        try store.writeNow { try Store.beginEpoch(isNew: true, in: $0) }
        let second = try store.readNow { try Store.epoch(in: $0) }
        #expect(second != nil && second != first)
        #expect((store.timeline != nil) == (engine == .postgres))
    }
}
