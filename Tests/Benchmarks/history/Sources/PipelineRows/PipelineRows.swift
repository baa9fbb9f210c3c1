import FoundationEssentials
import History

/// Inserts runs of jobs in four ways, and prints the median milliseconds of each by the number of rows.
///
/// usage: PipelineRows <connection string of an empty database>
@main struct PipelineRows {
    static func main() async throws {
        let history = History(DatabaseSettings(connectionString: CommandLine.arguments[1], maximumConnections: 1))
        _ = try await history.migrate()
        print("rows  a transaction each  a round trip each  a pipeline  COPY and insert")
        for rows in [1, 10, 100, 1_000] {
            var line = "\(rows)"
            for way in Way.allCases {
                var taken: [Double] = []
                for _ in 0..<(rows > 100 ? 3 : 7) {
                    let seconds = try await history.run { session throws(HistoryError) in
                        let started = ContinuousClock.now
                        switch way {
                        case .each: try each(session, rows)
                        case .together: try together(session, rows)
                        case .pipelined: try pipelined(session, rows)
                        case .copied: try copied(session, rows)
                        }
                        return (ContinuousClock.now - started) / .seconds(1)
                    }
                    taken.append(seconds * 1_000)
                }
                line += "  \(taken.sorted()[taken.count / 2].formatted)"
            }
            print(line)
        }
        await history.close()
    }

    private enum Way: CaseIterable {
        case each, together, pipelined, copied
    }

    private static let at = Date(timeIntervalSince1970: 1_700_000_000)

    private static func insert(_ row: Int) -> Statement {
        Statement(
            """
            insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
            values ($1, $2, $3, $4, $5, $6)
            """,
            ["measure", at, at, "succeeded", row, 0])
    }

    private static func each(_ session: Session, _ rows: Int) throws(HistoryError) {
        for row in 0..<rows {
            try session.transaction { () throws(HistoryError) in try session.execute(insert(row)) }
        }
    }

    private static func together(_ session: Session, _ rows: Int) throws(HistoryError) {
        try session.transaction { () throws(HistoryError) in
            for row in 0..<rows { try session.execute(insert(row)) }
        }
    }

    private static func pipelined(_ session: Session, _ rows: Int) throws(HistoryError) {
        try session.pipeline([Statement("begin")] + (0..<rows).map(insert) + [Statement("commit")])
    }

    private static func copied(_ session: Session, _ rows: Int) throws(HistoryError) {
        try session.transaction { () throws(HistoryError) in
            try session.execute(
                "create temporary table staged (job text, at timestamptz, items bigint) on commit drop")
            try session.copy(into: "staged") { writer throws(HistoryError) in
                for row in 0..<rows {
                    try writer.beginRow(3)
                    writer.append("measure")
                    writer.append(at)
                    writer.append(row)
                }
            }
            try session.execute(
                """
                insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
                select job, at, at, 'succeeded', items, 0 from staged
                """)
        }
    }
}

extension Double {
    fileprivate var formatted: String { "\((self * 100).rounded() / 100)" }
}
