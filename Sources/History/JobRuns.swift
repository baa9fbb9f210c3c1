extension History {
    /// Keeps one run of a job.
    public func record(_ run: JobRun) async throws(HistoryError) {
        try await keep(.run(run), in: .jobRuns, instead: ()) { session throws(HistoryError) in
            try session.execute(run.statement)
        }
    }

    /// What is known of every job that ever ran, by the job's name.
    public func jobRecords() async throws(HistoryError) -> [String: JobRecord] {
        try await run(.jobRuns) { session throws(HistoryError) in
            let records = try session.execute(
                """
                select r.job, s.started_at, max(r.finished_at), count(*) filter (where s.id is null or r.id > s.id)
                from job_runs r left join (
                    select distinct on (job) id, job, started_at from job_runs where outcome = $1
                    order by job, finished_at desc, id desc
                ) s on s.job = r.job
                group by r.job, s.started_at
                """,
                [JobRun.succeeded]
            ).map { row throws(HistoryError) in
                (
                    try row.next(String.self),
                    JobRecord(
                        lastSuccess: try row.optional(), lastEnd: try row.next(), failuresSinceSuccess: try row.next())
                )
            }
            return Dictionary(uniqueKeysWithValues: records)
        }
    }
}

extension JobRun {
    /// Keeps it.
    var statement: Statement {
        Statement(
            """
            insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out, term)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            [job, startedAt, finishedAt, outcome, itemsIn, itemsOut, term])
    }
}
