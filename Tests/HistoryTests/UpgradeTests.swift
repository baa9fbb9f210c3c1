import Football
import History
import Testing
import TestSupport

/// The upgrade drill: from each earlier version, with rows in every table that it had.
struct UpgradeTests {
    @Test(arguments: 1...Migration.all.count)
    func `a database of an earlier version keeps every row that it had`(version: Int) async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        for (index, migration) in Migration.all.prefix(version).enumerated() {
            _ = try await history.migrate(Array(Migration.all.prefix(index + 1)))
            for statement in EarlierRows.added[migration.name] ?? [] { try await history.execute(statement) }
        }
        let tables = try await tables(of: history)
        var before: [String: Set<String>] = [:]
        for (table, columns) in tables {
            let rows = try await rows(of: table, columns, in: history)
            #expect(!rows.isEmpty, "no row in \(table): say what version \(Migration.all[version - 1].name) wrote")
            before[table] = rows
        }
        #expect(try await history.migrate() == Migration.all.dropFirst(version).map(\.name))
        #expect(try await history.schemaVersion().isCurrent)
        for (table, columns) in tables {
            let after = try await rows(of: table, columns, in: history)
            #expect(before[table]?.subtracting(after) == [], "\(table)")
        }
        // The agent reads and writes what it finds.
        #expect(try await history.matches().map(\.fixture.key.home) == ["Leeds"])
        #expect(try await history.champion()?.bytes == [1, 2])
        #expect(try await history.latestPredictions(after: newYear).count == 1)
        _ = try await history.record(Example.ingest(matches: [Example.match(Example.fixture("Bath", "York"))]))
        let late = Example.fixture("Derby", "Leeds", hours: 33 * 24)
        _ = try await history.record(Example.ingest(matches: [Example.match(late)]))
        #expect(try await history.store(try await history.settlements().map(Example.evaluation)) > 0)
    }

    /// Every table with the columns that it has now, without those that the server computes.
    private func tables(of history: History) async throws -> [(table: String, columns: String)] {
        try await history.run { session throws(HistoryError) in
            try session.execute(
                """
                select table_name::text, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
                from information_schema.columns join information_schema.tables using (table_schema, table_name)
                where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER'
                group by 1 order by 1
                """
            ).map { row throws(HistoryError) in (try row.next(String.self), try row.next(String.self)) }
        }
    }

    private func rows(of table: String, _ columns: String, in history: History) async throws -> Set<String> {
        try await history.run { session throws(HistoryError) in
            Set(
                try session.execute("select r::text from (select \(columns) from \(table)) r")
                    .map { row throws(HistoryError) in try row.next(String.self) })
        }
    }
}

/// Rows as each version wrote them: after its migration, in the tables and columns that it added.
private enum EarlierRows {
    static let added = [
        "initial": [
            "insert into provenance (synthetic) values (false)",
            """
            insert into fixtures (division, season, home, away, day, kick_off, source, synthetic)
            values ('E0', 2023, 'Leeds', 'Derby', '2024-01-02', '2024-01-02 15:00Z', 'results', false),
                ('E0', 2023, 'Derby', 'Leeds', '2024-02-03', '2024-02-03 00:00Z', 'fixtures', false)
            """,
            "insert into matches (fixture_id, position, home_goals, away_goals) values (1, 0, 2, 1)",
            "insert into odds (fixture_id, bookmaker, closing, home, draw, away) values (1, 'B365', true, 2, 3.5, 4)",
            """
            insert into quarantined_rows (source, url, line, rule, value, text, seen_at, synthetic)
            values ('results', 'u', 7, 'date', '32/13', 'E0,32/13', '2024-01-01Z', false)
            """,
            "insert into validators (url, etag, recorded_at) values ('u', 'e', '2024-01-01Z')",
            """
            insert into fetches (source, url, at, outcome, status, bytes, seconds, attempts)
            values ('results', 'u', '2024-01-01Z', 'modified', 200, 7, 0.5, 1)
            """,
            """
            insert into models (
                state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes,
                training_seconds, synthetic
            ) values (
                'champion', '2024-01-01Z', 'form', 1, '{}', 380, '2020-08-01', '2023-12-31', '{}', '\\x0102', 1, false
            )
            """,
            """
            insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, synthetic)
            values (1, 1, '2024-01-01Z', '2024-01-02 15:00Z', 0.5, 0.25, 0.25, false),
                (1, 2, '2024-01-01Z', '2024-02-03Z', 0.5, 0.25, 0.25, false)
            """,
            """
            insert into evaluations (prediction_id, outcome, hit, log_loss, ranked_probability, brier, evaluated_at)
            values (1, 'home', true, 0.69, 0.16, 0.375, '2024-01-03Z')
            """,
            """
            insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
            values ('train', '2024-01-01Z', '2024-01-01Z', 'succeeded', 380, 1)
            """,
        ],
        "durability": [
            "insert into terms (holder) values ('a host pid 1')",
            "insert into leadership (term, holder) values (1, 'a host pid 1')",
            """
            insert into kept_facts (key, term, made_at, late)
            values ('00000000-0000-4000-8000-000000000000', 1, '2024-01-01Z', true)
            """,
            """
            insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out, term)
            values ('drift', '2024-01-02Z', '2024-01-02Z', 'timeout', 380, 1, 1)
            """,
        ],
        "feeds": [
            """
            insert into announcements (source, division, season, home, away, status, seen_at)
            values ('fantasy', 'E0', 2023, 'Derby', 'Leeds', 'postponed', '2024-01-01Z')
            """,
            """
            insert into result_revisions (
                fixture_id, revision, source, recorded_at, previous_home_goals, previous_away_goals, home_goals,
                away_goals
            ) values (1, 1, 'results', '2024-01-03Z', 1, 1, 2, 1)
            """,
            "insert into feed_columns (url, name, kind) values ('u', 'FTHG', 'number')",
        ],
        "tiers": [
            """
            insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, synthetic, tier)
            values (1, 2, '2024-01-02Z', '2024-02-03Z', 0.4, 0.35, 0.25, false, 'no-odds')
            """
        ],
        "reading": ["insert into settled_matches (fixture_id) values (1) on conflict do nothing"],
        "registry": [
            """
            insert into models (
                state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes,
                training_seconds, synthetic, features, data_checksum
            ) values (
                'candidate', '2024-01-02Z', 'form', 2, '{}', 380, '2020-08-01', '2023-12-31', '{}', '\\x03', 1, false,
                '["elo"]', 'abc'
            )
            """,
            """
            insert into model_events (model_id, event, reason, requested_by, at)
            values (2, 'registered', 'a trial', 'operator', '2024-01-02Z')
            """,
            """
            insert into training_decisions (decided_at, train, reasons, model_id)
            values ('2024-01-02Z', true, '["request"]', 2)
            """,
            """
            insert into training_requests (source, reason, requested_at, decision_id)
            values ('command', 'a wish', '2024-01-02Z', 1)
            """,
            """
            insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, synthetic, shadow)
            values (2, 2, '2024-01-02Z', '2024-02-03Z', 0.4, 0.35, 0.25, false, true)
            """,
        ],
        "fallback": [
            "insert into feed_standing (provider, failing_since) values ('results', '2024-01-01Z')",
            """
            insert into fallback_predictions (
                source, model_id, division, season, home_team, away_team, kick_off, made_at, tier, home, draw, away
            ) values (
                'simulation', 1, 'E0', 2023, 'Oldtown', 'Newtown', '2024-01-05Z', '2024-01-04Z', 'prior', 0.5, 0.25,
                0.25
            )
            """,
        ],
        "disagreements": [
            """
            insert into feed_disagreements (
                fixture_id, source, score, their_home_goals, their_away_goals, kept_home_goals, kept_away_goals, seen_at
            ) values (1, 'fantasy', 'final', 3, 1, 2, 1, '2024-01-04Z')
            """
        ],
        "settlement": [
            """
            insert into superseded_evaluations (
                prediction_id, revision, outcome, hit, log_loss, ranked_probability, brier, evaluated_at, superseded_at
            ) values (1, 1, 'draw', false, 1.39, 0.16, 0.875, '2024-01-03Z', '2024-01-04Z')
            """
        ],
        "betting": [
            "insert into wallets values ('flat', 1000, '2024-01-02 15:00Z', false)",
            """
            insert into bets (
                strategy, fixture_id, prediction_id, deadline, placed_at, bookmaker, outcome, odds, probability, stake,
                status, returned, settled_at, closing_odds, revision
            )
            select 'flat', f.id, p.id, '2024-01-02 15:00Z', '2024-01-02 15:00Z', 'bet365', 'home', 2.5, 0.5, 10,
                'won', 25, '2024-01-02 18:00Z', 2.25, 1
            from fixtures f join predictions p on p.fixture_id = f.id order by f.id, p.id limit 1
            """,
            "insert into bet_matches select fixture_id, '2024-01-02 15:00Z' from matches limit 1",
        ],
        "notifications": [
            """
            insert into alert_notifications (
                fingerprint, starts_at, status, name, receiver, labels, annotations, received_at
            ) values ('c5c8', '2024-01-02 15:00Z', 'firing', 'TouchlineDriftDetected', 'touchline',
                '{"alertname":"TouchlineDriftDetected"}', '{}', '2024-01-02 15:01Z')
            """
        ],
        "drift": [
            """
            insert into drift_findings (subject, found_at, statistic, p_value, matches, cleared_at)
            values ('home_shots', '2024-01-03Z', 21.5, 0.0004, 190, '2024-01-04Z')
            """
        ],
        "upkeep": [
            "insert into model_exports values (1, 'http://127.0.0.1:5000#touchline', 'c5c8', '2024-01-05Z')",
            """
            insert into models (
                state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes,
                training_seconds, synthetic, bytes_checksum
            ) values (
                'archived', '2023-01-01Z', 'form', 1, '{}', 380, '2020-08-01', '2022-12-31', '{}', null, 1, false, 'a'
            )
            """,
        ],
    ]
}
