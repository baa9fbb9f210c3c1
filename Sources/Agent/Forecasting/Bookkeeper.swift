internal import History

/// Keeps a shelf between the runs of a job, so that forecasts are made from memory while no match changed.
actor Bookkeeper {
    private var shelf = BookShelf()
    private var version: String?
    /// How many times the matches were read from the history.
    private(set) var readings = 0

    /// The books after the last match that is over; reads the matches only if any of them changed.
    func shelf(_ history: History) async throws(HistoryError) -> BookShelf {
        // What changes after this was asked is read now and once more next time.
        let current = try await history.matchesVersion()
        if current != version {
            shelf.advance(to: try await history.matches())
            version = current
            readings += 1
        }
        return shelf
    }
}
