/// The Page-Hinkley test for a change of the mean in either direction, with fading sums.
///
/// The defaults and the order of the operations are those of the library river 0.26, so that both agree.
public struct PageHinkley: ChangeDetector, Hashable {
    /// Values before anything is detected.
    public var minimumCount = 30
    /// What deviations are allowed on average.
    public var allowance = 0.005
    /// The sum at which a change is detected.
    public var threshold = 50.0
    /// What is kept of the sums with each value.
    public var fading = 1 - 0.0001
    /// The larger of the two sums' distances from their extremes.
    public private(set) var value = 0.0

    private var count = 0
    private var mean = 0.0
    private var (rise, fall) = (0.0, 0.0)
    private var (least, most) = (Double.infinity, -1.0)
    private var detected = false

    /// Makes a detector with river's defaults.
    public init() {}

    /// Takes the next value; after a detection it starts anew.
    public mutating func update(_ value: Double) -> Bool {
        if detected {
            let settings = self
            self = PageHinkley()
            (minimumCount, allowance) = (settings.minimumCount, settings.allowance)
            (threshold, fading) = (settings.threshold, settings.fading)
        }
        count += 1
        mean += (value - mean) / Double(count)
        let deviation = value - mean
        rise = fading * rise + deviation - allowance
        fall = fading * fall + deviation + allowance
        least = min(least, rise)
        most = max(most, fall)
        self.value = max(rise - least, most - fall)
        detected = count >= minimumCount && self.value > threshold
        return detected
    }
}
