import FoundationEssentials
import History
import Testing
import TestSupport

struct FetchesTests {
    @Test func `validators are those of the last ingest from an address`() async throws {
        let history = try await TestDatabase.migrated().history()
        var ingest = Example.ingest()
        #expect(try await history.validators(url: ingest.url) == nil)
        _ = try await history.record(ingest)
        ingest.etag = nil
        ingest.lastModified = "Mon, 01 Jan 2024 00:00:00 GMT"
        _ = try await history.record(ingest)
        let validators = try #require(try await history.validators(url: ingest.url))
        #expect(validators.etag == nil)
        #expect(validators.lastModified == ingest.lastModified)
    }

    @Test func `attempts are kept with their outcome`() async throws {
        let history = try await TestDatabase.migrated().history()
        let failed = FetchRecord(source: "example", url: "https://example.org", at: newYear, outcome: "resolve")
        try await history.recordFetch(failed)
        #expect(try await history.lastSuccessfulFetch(url: failed.url) == nil)
        try await history.recordFetch(
            FetchRecord(
                source: "example", url: "https://example.org", at: newYear, outcome: "modified", status: 200,
                bytes: 1_000_000, seconds: 0.25, attempts: 3))
        #expect(try await history.lastSuccessfulFetch(url: failed.url) == newYear)
        #expect(
            try await history.value("select count(*) from fetches where outcome = 'resolve' and status is null") == 1)
        #expect(try await history.value("select bytes from fetches where status = 200") == 1_000_000)
    }
}
