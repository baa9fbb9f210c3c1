internal import ArgumentParser

@main
struct Touchline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "touchline")
}
