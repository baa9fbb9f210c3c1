/// The first Wasserstein distance: the area between two distribution functions, in the unit of the values.
public enum Wasserstein {
    /// The distance of two sorted samples.
    public static func distance(_ reference: SortedSample, _ current: SortedSample) -> Double {
        DistributionGaps(reference, current).area
    }

    /// The distance in standard deviations of the reference, which is taken to deviate by at least 0.001.
    public static func normed(_ reference: SortedSample, _ current: SortedSample) -> Double {
        distance(reference, current) / max(reference.deviation, 0.001)
    }
}
