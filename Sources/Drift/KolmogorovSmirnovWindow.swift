/// Compares the newest values of a sliding window with as many drawn from before them (KSWIN).
///
/// Source: Raab, Heusinger and Schleif, "Reactive soft prototype computing for concept drift streams", 2020; defaults
/// and details are those of river 0.26.
public struct KolmogorovSmirnovWindow: Sendable, Hashable {
    /// The p-value at which a change is detected.
    public var significance = 0.005
    /// Values in the window.
    public var windowSize = 100
    /// The newest values in it, and how many are drawn from the others.
    public var newestSize = 30
    /// The last test's p-value; nil before the window was full.
    public private(set) var pValue: Double?

    private var window: [Double] = []

    /// Makes a detector with river's defaults.
    public init() {}

    /// Takes the next value, and returns whether a change is detected with it.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - draw: Given how many places there are and how many are wanted, returns that many different ones.
    /// - Returns: Whether the newest values differ from those drawn; the next window then begins with them.
    public mutating func update(_ value: Double, draw: (_ from: Int, _ count: Int) -> [Int]) -> Bool {
        window.append(value)
        if window.count > windowSize { window.removeFirst() }
        guard window.count == windowSize else { return false }
        let newest = Array(window.suffix(newestSize))
        let older = draw(windowSize - newestSize, newestSize).map { window[$0] }
        guard let result = try? KolmogorovSmirnov.test(reference: older, current: newest) else { return false }
        pValue = result.pValue
        guard result.pValue <= significance, result.statistic > 0.1 else { return false }
        // river forgets what it had kept for the new window as well.
        window = []
        return true
    }
}
