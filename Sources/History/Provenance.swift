extension Session {
    /// Declares the database to hold real or simulated rows, unless it holds the other kind.
    func claim(synthetic: Bool) throws(HistoryError) {
        try execute("insert into provenance (synthetic) values ($1) on conflict do nothing", [synthetic])
        guard try provenance() == synthetic else { throw .mixedProvenance(offeredSynthetic: synthetic) }
    }

    /// Whether the rows are simulated; nil while there are none.
    func provenance() throws(HistoryError) -> Bool? {
        try execute("select synthetic from provenance").first { row throws(HistoryError) in try row.next(Bool.self) }
    }
}
