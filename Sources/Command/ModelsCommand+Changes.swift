internal import Agent
internal import ArgumentParser

struct ExportModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a model into a single file.",
        discussion: "The file holds a format version, what is known of the model, its bytes and a checksum.")

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "The model's number. (default: the champion)")
    var model: Int64?

    @Argument(help: "The file to write; it must not exist.")
    var file: String

    func run() async throws {
        let done = try await configuration.agent(logging: .warn).exportModel(model, to: file)
        Terminal.print("model \(done.model) written to \(file), \(done.bytes) bytes")
    }
}

struct ImportModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read a model's file into the registry, as the candidate.",
        discussion: """
            A file that is damaged, cut off, foreign, or written by a later version is refused with the reason. The
            champion stays; 'touchline models promote' makes the imported model serve.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "The file that 'touchline models export' wrote.")
    var file: String

    @Option(help: "Why, for the registry.")
    var reason = "imported by an operator"

    func run() async throws {
        let id = try await configuration.agent(logging: .warn).importModel(from: file, reason: reason)
        Terminal.print("model \(id) imported as the candidate; 'touchline models promote \(id)' makes it serve")
    }
}

struct PromoteModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Make a model the champion, whatever it was judged to be.",
        discussion: "Its bytes are read first: one that cannot serve is refused, and the champion stays.")

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "The model's number.")
    var model: Int64

    @Option(help: "Why, for the registry.")
    var reason: String

    func run() async throws {
        try await configuration.agent(logging: .warn).promote(model, reason: reason)
        Terminal.print("model \(model) is the champion")
    }
}

struct RollBackModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Go back to the champion before the present one.",
        discussion: "Done again, it goes back one further. A champion's bytes are kept as they were.")

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "A former champion to go back to. (default: the latest)")
    var to: Int64?

    @Option(help: "Why, for the registry.")
    var reason: String

    func run() async throws {
        let done = try await configuration.agent(logging: .warn).rollBack(to: to, reason: reason)
        Terminal.print("model \(done.from) was rolled back; model \(done.to) is the champion")
    }
}
