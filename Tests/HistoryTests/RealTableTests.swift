import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct RealTableTests {
    @Test func `nineteen real seasons make a table whose checksum is known`() async throws {
        let history = try await TestDatabase.migrated().history()
        for year in 2005...2023 {
            let season = Season(startYear: year)
            let path = "football-data.co.uk/mmz4281/\(season.code)/E0.csv"
            let feed = try SeasonFile.decode(
                Array(try Data(contentsOf: SharedData.url(path))), division: "E0", season: season)
            let outcome = try await history.record(
                Ingest(source: "results", url: path, at: newYear, matches: feed.rows, quarantined: feed.quarantined))
            #expect(outcome == IngestOutcome(inserted: 380))
        }
        #expect(try await history.value("select count(*) from matches") == 7_220)
        #expect(try await history.value("select count(*) from odds") == 25_080)
        #expect(try await history.value("select count(*) from quarantined_rows") == 0)
        let checksum: String? = try await history.value(
            """
            select md5(string_agg(concat_ws('|', f.season, f.home, f.away, f.day, m.position,
                extract(epoch from f.kick_off)::bigint, m.home_goals, m.away_goals, m.half_time_home_goals,
                m.half_time_away_goals, m.home_shots, m.away_shots, m.home_shots_on_target, m.away_shots_on_target,
                m.home_corners, m.away_corners, m.home_fouls, m.away_fouls, m.home_yellow_cards, m.away_yellow_cards,
                m.home_red_cards, m.away_red_cards), E'\\n' order by f.season, f.home collate "C", f.away collate "C"))
            from matches m join fixtures f on f.id = m.fixture_id
            """)
        #expect(checksum == "91077a9c1289b238eddf37d5b59c2211")
    }
}
