internal import Fetch
internal import Football
internal import Synchronization

/// The fantasy game's teams by number, kept as long as the server says that they have not changed.
final class FantasyTeams: Sendable {
    private struct Known {
        var names: [Int: String]
        var validators: Validators
    }

    private let known = Mutex<Known?>(nil)

    /// The teams' canonical names by number, asking for them with `fetch`.
    ///
    /// - Parameters:
    ///   - division: The division whose clubs they are.
    ///   - fetch: Gets the file that names the teams, given the validators of the one that is known.
    /// - Returns: The names, and entries that were refused now.
    /// - Throws: What `fetch` throws, or that the file is not what it should be.
    func names(
        division: String, _ fetch: (Validators?) async throws(FileError) -> FetchResult
    ) async throws(FileError) -> (names: [Int: String], refused: [QuarantinedRow]) {
        let before = known.withLock { $0 }
        guard case .modified(let body) = try await fetch(before?.validators) else { return (before?.names ?? [:], []) }
        do throws(FeedError) {
            let teams = try FantasyFeed.teams(body.bytes, division: division)
            known.withLock { $0 = Known(names: teams.names, validators: body.validators) }
            return (teams.names, teams.quarantined)
        } catch {
            throw .feed(error)
        }
    }
}
