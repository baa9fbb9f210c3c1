/// Student's two-sided test for a shift of the mean, with one variance for both samples.
public enum StudentTest {
    /// Tests whether two samples have one mean; the statistic is positive where the current mean is the larger.
    ///
    /// Two constant samples have a p-value of 1 if they are equal and of 0 if not; so has a pair without a third value.
    public static func test(reference: SortedSample, current: SortedSample) -> TwoSampleResult {
        let (m, n) = (Double(reference.count), Double(current.count))
        let freedom = m + n - 2
        let shift = current.mean - reference.mean
        let squares = { (sample: SortedSample) in
            sample.deviation * sample.deviation * Double(sample.count)
        }
        let variance = freedom > 0 ? (squares(reference) + squares(current)) / freedom : 0
        guard variance > 0 else { return result(shift == 0 ? 0 : shift * .infinity, shift == 0 ? 1 : 0, m, n) }
        let t = shift / (variance * (1 / m + 1 / n)).squareRoot()
        return result(t, 2 * Distributions.studentSurvival(abs(t), degreesOfFreedom: freedom), m, n)
    }

    private static func result(_ t: Double, _ pValue: Double, _ m: Double, _ n: Double) -> TwoSampleResult {
        TwoSampleResult(statistic: t, pValue: pValue, referenceCount: Int(m), currentCount: Int(n))
    }
}
