import FoundationEssentials
import Glibc

/// What is killed, without a chance to put anything in order.
enum Kill: String, CaseIterable {
    case agent, postmaster, backend, agentAndPostmaster

    /// Whether the agent itself goes on.
    var sparesTheAgent: Bool { self == .postmaster || self == .backend }

    /// Kills it.
    func strike(_ agent: RunningAgent, _ home: AgentHome) throws {
        let postmaster = try home.postmaster()
        switch self {
        case .agent: agent.process.send(SIGKILL)
        case .postmaster: kill(postmaster, SIGKILL)
        case .backend:
            // Whosever session it is, the server ends all of them and recovers.
            if let session = sessions(of: postmaster).first { kill(session, SIGKILL) }
        case .agentAndPostmaster:
            agent.process.send(SIGKILL)
            kill(postmaster, SIGKILL)
        }
    }

    private func sessions(of postmaster: pid_t) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { process in
            let fields = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8).split(separator: ")")
            let title = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
            return fields?.last?.split(separator: " ").dropFirst().first == "\(postmaster)"
                && title?.hasPrefix("postgres: touchline touchline") == true
        }
    }
}
