internal import Agent
internal import ArgumentParser

struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List every metric that a scrape can return.",
        discussion: "A metric whose value is unknown is absent from a scrape; here all are listed, as a Markdown table."
    )

    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        Terminal.print(Tables.metrics(try configuration.agent().catalogue))
    }
}
