import Storage
import Testing

/// The files of a store, which one in a folder always has.
func files(_ store: Store) throws -> any StoreFiles { try #require(store.files) }
