import History
import Testing

struct HistoryErrorTests {
    private let all: [HistoryError] = [
        .unavailable("x"), .timeout("x"), .rejected(sqlstate: "22012", message: "x"), .unreadable("x"),
        .invalidConnectionString, .schemaNewer(migration: "x"), .migrationChanged(name: "x"), .cancelled,
        .spoolFull(bytes: 7), .spool(action: "open", message: "x"), .deposed(term: 3),
        .backup(action: "verify", message: "x"), .model("x"),
        .mixedProvenance(offeredSynthetic: true), .unknownMatch(Example.key()), .noServerBinaries(searched: ["/x"]),
        .clusterVersion(data: "14", installed: "15", directory: "/x"), .cluster(action: "start", message: "x"),
        .stateDirectory(path: "/x", message: "x"),
    ]

    @Test func `every error has a reason of the closed set, and one line`() {
        #expect(Set(all.map(\.reason)) == Set(HistoryError.reasons))
        #expect(HistoryError.reasons.count == Set(HistoryError.reasons).count)
        for error in all { #expect(!error.description.contains("\n")) }
    }

    @Test func `what waiting may cure is not final`() {
        let final = all.filter(\.isFinal).map(\.reason)
        #expect(
            final == [
                "invalid_connection_string", "schema_newer", "migration_changed", "no_server_binaries",
                "cluster_version", "state_directory",
            ])
    }

    @Test func `missing programs and versions name the way out`() {
        #expect(HistoryError.noServerBinaries(searched: ["/x"]).description.contains("apt-get install postgresql"))
        #expect(
            HistoryError.clusterVersion(data: "14", installed: "15", directory: "/x").description
                .contains("apt-get install postgresql-14"))
    }
}
