/// Bounds on what one archive may cost; past them reading ends with ``ZIPError/Code/limit``.
package struct ZIPLimits: Sendable {
    /// Entries looked at before the one that is wanted.
    package var entries = 500_000
    /// Bytes of the archive read before its first entry, which are those of its directory: libarchive keeps all of it.
    package var directoryBytes = 64 << 20
    /// Bytes of the unpacked file.
    package var unpackedBytes = 16 << 30
    /// How many times as many bytes may come out as went in.
    ///
    /// XML shrinks to a tenth or twentieth, not to a thousandth.
    package var ratio = 200
    /// Unpacked bytes before the ratio counts.
    package var bytesBeforeRatio = 16 << 20

    package init() {}
}
