internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Take a backup of the database, while it is in use.",
        discussion: """
            Makes a folder with a dump in pg_dump's custom format and a manifest with every table's row count and
            checksum, both as of one instant. The agent does this by itself on schedule.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "Folder in which the backup's own folder is made. (default: backup.directory)")
    var output: String?

    @Flag(help: "Restore it into a database beside the original, and compare.")
    var verify = false

    func run() async throws {
        let backup = try await configuration.agent(logging: .warn).backUp(to: output, verify: verify)
        Terminal.print(
            "\(backup.path): \(backup.tables) tables, \(backup.rows) rows\(verify ? "; restored and found equal" : "")")
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Restore a backup into a database without tables.",
        discussion: """
            For the private cluster: stop the agent, move its data directory away, and restore. Every table's row count
            and checksum is compared with the backup's manifest; a difference is an error.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "The backup's folder.")
    var backup: String

    @Flag(help: "Compare with the manifest; always done, named here for clarity.")
    var verify = false

    func run() async throws {
        let restored = try await configuration.agent(logging: .warn).restore(from: backup)
        Terminal.print(
            "restored \(restored.tables) tables, \(restored.rows) rows as of \(restored.takenAt.formatted(.iso8601)); "
                + "every count and checksum is equal")
    }
}

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Say how the database is, and how to connect to it.",
        discussion: "Starts and changes nothing.")

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let status = await (try configuration.agent(logging: .warn)).databaseStatus()
        Terminal.print("database: \(status.isPrivate ? "private cluster" : "configured server")")
        Terminal.print("status: \(status.complaint ?? (status.isRunning ? "running" : "not running"))")
        if let version = status.version { Terminal.print("version: PostgreSQL \(version)") }
        if let schema = status.schema { Terminal.print("schema: \(schema)") }
        if let bytes = status.bytes { Terminal.print("size: \(bytes) bytes") }
        if let connections = status.connections {
            Terminal.print("connections: \(connections.open) of \(connections.limit)")
        }
        if let leader = status.leader { Terminal.print("leader: \(leader)") }
        Terminal.print("connect: \(status.psql)")
    }
}
