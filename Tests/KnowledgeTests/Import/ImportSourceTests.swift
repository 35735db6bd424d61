import Foundation
import HTTPFetch
import Knowledge
import Testing

@Suite struct ImportSourceTests {
    @Test func listsFoldersInOrderAndFilesAsNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("source-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in [
            "b.xml", "a/z.page", "a/y.DITA", "c.txt", ".hidden/x.xml", ".d.xml", "feed.rss", "f.atom", "a/b/c.xml",
        ] {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data("<x/>".utf8).write(to: file)
        }
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("a/loop"),
            withDestinationURL: folder
        )
        let named = folder.path + "/c.txt"
        let (items, failures) = ImportSource.documents(of: [
            named, folder.path, folder.path + "/b.xml", "https://e.example/feed", "/nonexistent", "ftp://e.example/x",
        ])
        let names = items.map { $0.name.replacing(folder.path + "/", with: "") }
        #expect(
            names == [
                "c.txt", "a/b/c.xml", "a/y.DITA", "a/z.page", "b.xml", "f.atom", "feed.rss", "https://e.example/feed",
            ]
        )
        #expect(failures.map(\.file) == ["/nonexistent", "ftp://e.example/x"])
        #expect(failures.map(\.error.code) == [.xml, .fetch])
    }

    @Test func reportsAFileThatCannotBeRead() {
        let result = ImportResult(ArticleReader(.file(path: "/nonexistent.xml")))
        #expect(result.problems == ["0 [document] xml"])
    }

    @Test func reportsAnAddressThatCannotBeFetched() {
        let item = ImportItem.address("http://127.0.0.1:1/feed.xml")
        let error = #expect(throws: ArticleError.self) {
            _ = try ImportSource.open(item, fetcher: HTTPFetcher())
        }
        #expect(error?.code == .fetch)
    }

    @Test func readsManyRecordsInOrder() {
        let articles = (0..<3000).map {
            "<article id='a\($0)'><title>T \($0)</title><section><p>words words</p></section></article>\n"
        }
        let result = ImportResult(native("\n" + articles.joined()))
        #expect(result.articles.map(\.id) == (0..<3000).map { "a\($0)" })
        #expect(result.lines == Array(2..<3002))
    }
}
