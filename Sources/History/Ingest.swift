public import Football
public import FoundationEssentials

/// What one feed file holds, to be kept together or not at all.
public struct Ingest: Sendable, Hashable, Codable {
    /// The configured name of the source.
    public var source: String
    /// Where the file came from.
    public var url: String
    /// When it was fetched.
    public var at: Date
    /// Finished matches, in the file's order.
    public var matches: [Match]
    /// Matches to come, in the file's order.
    public var fixtures: [Fixture]
    /// Rows that were refused.
    public var quarantined: [QuarantinedRow]
    /// The file's `ETag`, for the next conditional request.
    public var etag: String?
    /// The file's `Last-Modified`, for the next conditional request.
    public var lastModified: String?
    /// Whether the rows are simulated.
    public var synthetic: Bool

    /// Makes an ingest.
    public init(
        source: String,
        url: String,
        at: Date,
        matches: [Match] = [],
        fixtures: [Fixture] = [],
        quarantined: [QuarantinedRow] = [],
        etag: String? = nil,
        lastModified: String? = nil,
        synthetic: Bool = false
    ) {
        self.source = source
        self.url = url
        self.at = at
        self.matches = matches
        self.fixtures = fixtures
        self.quarantined = quarantined
        self.etag = etag
        self.lastModified = lastModified
        self.synthetic = synthetic
    }
}

/// What an ingest changed; a fact is one match or one fixture with its odds.
public struct IngestOutcome: Sendable, Hashable {
    /// Facts that were not known before; a fixture that got its result counts here.
    public var inserted: Int
    /// Facts that read differently before.
    public var updated: Int
    /// Facts that were known already, whose rows were not touched.
    public var unchanged: Int
    /// Refused rows that had not been seen before.
    public var quarantined: Int { newlyQuarantined.values.reduce(0, +) }
    /// Rows newly put into quarantine, by the rule that they broke.
    public var newlyQuarantined: [RowRule: Int]
    /// The lines of the rows newly put into quarantine.
    public var newlyQuarantinedLines: Set<Int> = []
    /// Results that were stored with other goals before; what stood is kept in `result_revisions`.
    public var corrections: [Correction] = []

    /// Makes an outcome.
    public init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, newlyQuarantined: [RowRule: Int] = [:]) {
        self.inserted = inserted
        self.updated = updated
        self.unchanged = unchanged
        self.newlyQuarantined = newlyQuarantined
    }
}
