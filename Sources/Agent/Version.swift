/// Which Touchline this is.
public enum Version {
    /// The release's number.
    public static let number = "0.1.0"
    /// The commit it was built from, where the build knows it.
    public static let revision = "unknown"
}
