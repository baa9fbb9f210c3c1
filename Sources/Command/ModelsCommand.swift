internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List, show, compare, move and promote the models of the registry.",
        discussion: """
            Every model that was trained or imported is kept with what it learnt from, how it did and what became of
            it. One is the champion, from which forecasts are served; one at most is the candidate, whose forecasts are
            kept as shadows. A newly trained model is judged on matches that neither had seen and promoted or not;
            'promote' and 'rollback' overrule that. A running agent follows within a second.

            Example: touchline models rollback --reason "odd forecasts since Tuesday"
            """,
        subcommands: [
            ListModels.self, ShowModel.self, CompareModels.self, ExportModel.self, ImportModel.self,
            PromoteModel.self, RollBackModel.self,
        ])
}

struct ListModels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every model, newest first.",
        discussion: "Scores are on the matches held out when the model was judged; lower is better.")

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let models = try await configuration.agent(logging: .warn).models()
        if json { return Terminal.print(try JSONText.of(models)) }
        Terminal.print(models.isEmpty ? "there are no models yet: run 'touchline train'" : Tables.models(models))
    }
}

struct ShowModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is known of a model, and what became of it and why.",
        discussion: "With --json the evidence of each step is there too: the paired difference, its interval and n.")

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "The model's number.")
    var model: Int64

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let story = try await configuration.agent(logging: .warn).model(model)
        Terminal.print(json ? try JSONText.of(story) : Tables.story(story))
    }
}

struct CompareModels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Show two models side by side.",
        discussion: """
            Lines that differ are marked. The scores of two models are on different matches unless they learnt from the
            same ones; what compares them on the same matches is the evidence of the later one's judgement.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "A model's number.")
    var one: Int64

    @Argument(help: "Another's.")
    var other: Int64

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let one = try await configuration.agent(logging: .warn).model(one)
        let other = try await configuration.agent(logging: .warn).model(other)
        Terminal.print(json ? try JSONText.of([one, other]) : Tables.comparison(one.summary, other.summary))
    }
}
