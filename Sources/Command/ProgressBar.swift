/// One line that shows how far work has come.
enum ProgressBar {
    static func line(_ title: String, done: Int, of all: Int, unit: String, width: Int = 30) -> String {
        let filled = all == 0 ? 0 : min(width, done * width / all)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        return "\(title) [\(bar)] \(done)/\(all) \(unit)"
    }
}
