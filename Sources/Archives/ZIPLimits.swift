/// Limits on the resources for one archive; beyond them reading ends with ``ZIPError/Code/limit``.
package struct ZIPLimits: Sendable {
    /// The number of entries examined before the requested one.
    package var entries = 500_000
    /// The bytes read before the first entry, which are those of the directory; libarchive keeps all of it in memory.
    package var directoryBytes = 64 << 20
    /// The size of the unpacked file in bytes.
    package var unpackedBytes = 16 << 30
    /// The largest ratio of unpacked to compressed bytes.
    ///
    /// XML is compressed to a tenth or twentieth, not to a thousandth.
    package var ratio = 200
    /// The number of unpacked bytes after which the ratio is checked.
    package var bytesBeforeRatio = 16 << 20

    package init() {}
}
