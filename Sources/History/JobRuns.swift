extension History {
    /// Keeps one run of a job.
    public func record(_ run: JobRun) async throws(HistoryError) {
        try await self.run { session throws(HistoryError) in
            _ = try session.execute(
                """
                insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
                values ($1, $2, $3, $4, $5, $6)
                """,
                [run.job, run.startedAt, run.finishedAt, run.outcome, run.itemsIn, run.itemsOut]
            )
        }
    }

    /// The latest run of every job, by the job's name.
    public func lastRuns() async throws(HistoryError) -> [String: JobRun] {
        try await run { session throws(HistoryError) in try session.lastRuns(onlySuccessful: false) }
    }

    /// The latest successful run of every job that ever succeeded, by the job's name.
    public func lastSuccessfulRuns() async throws(HistoryError) -> [String: JobRun] {
        try await run { session throws(HistoryError) in try session.lastRuns(onlySuccessful: true) }
    }
}

extension Session {
    fileprivate func lastRuns(onlySuccessful: Bool) throws(HistoryError) -> [String: JobRun] {
        let runs = try execute(
            """
            select distinct on (job) job, started_at, finished_at, outcome, items_in, items_out from job_runs
            where not $1 or outcome = $2
            order by job, finished_at desc, id desc
            """,
            [onlySuccessful, JobRun.succeeded]
        ).map { row throws(HistoryError) in
            JobRun(
                job: try row.next(), startedAt: try row.next(), finishedAt: try row.next(), outcome: try row.next(),
                itemsIn: try row.next(), itemsOut: try row.next())
        }
        return Dictionary(uniqueKeysWithValues: runs.map { ($0.job, $0) })
    }
}
