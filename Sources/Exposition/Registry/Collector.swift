/// One subsystem's contribution to a scrape.
public protocol Collector: Sendable {
    /// One or two words, the `collector` label of self-observation metrics, for instance `jobs` or `feed`.
    var name: String { get }
    /// Every family that ``collect()`` can return.
    static var descriptors: [Descriptor] { get }
    /// Returns the current families.
    ///
    /// Scrapes call this concurrently: it reads memory and does not block. A family whose value is unknown is left out
    /// or has no series. A collector that has a reason to fail may throw, and costs its own families only.
    func collect() throws -> [Family]
}
