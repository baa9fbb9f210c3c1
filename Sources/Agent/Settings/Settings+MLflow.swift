internal import FoundationEssentials

extension Settings {
    /// Which MLflow tracking server is told of every training.
    public struct MLflow: Sendable, Equatable {
        /// Where `api/2.0/mlflow` is found; empty to tell none.
        public var trackingURI = ""
        /// The experiment that runs are kept in; it is made where there is none.
        public var experiment = "touchline"
        /// A file that holds a token; empty for none.
        public var tokenFile = ""
        /// The user that is named with a password; empty for none.
        public var user = ""
        /// A file that holds that user's password.
        public var passwordFile = ""
        /// Bound on one request.
        public var timeout = Duration.seconds(30)

        /// What is sent once is known under this name: the server and the experiment.
        var destination: String { "\(trackingURI)#\(experiment)" }

        /// The section as a configuration file has it.
        var pairs: [(String, String)] {
            [
                ("tracking_uri", Settings.quoted(trackingURI)), ("experiment", Settings.quoted(experiment)),
                ("token_file", Settings.quoted(tokenFile)), ("user", Settings.quoted(user)),
                ("password_file", Settings.quoted(passwordFile)), ("timeout", DurationText.format(timeout)),
            ]
        }
    }

    /// Reads the section about the tracking server.
    mutating func readMLflow(_ section: SettingsReader, file: String) throws(SettingsError) {
        try section.allow(["tracking_uri", "experiment", "token_file", "user", "password_file", "timeout"])
        let isNamed = try !section.text("tracking_uri", default: "").isEmpty
        mlflow.trackingURI = isNamed ? try section.url("tracking_uri", default: "") : ""
        if mlflow.trackingURI.drop(while: { $0 != "/" }).dropFirst(2).prefix(while: { $0 != "/" }).contains("@") {
            throw section.refuse(
                "tracking_uri", "must not hold a password; name user and password_file, or token_file")
        }
        mlflow.experiment = try section.text("experiment", default: mlflow.experiment)
        if mlflow.experiment.isEmpty { throw section.refuse("experiment", "must not be empty") }
        mlflow.tokenFile = Settings.resolve(try section.text("token_file", default: ""), relativeTo: file)
        mlflow.user = try section.text("user", default: "")
        mlflow.passwordFile = Settings.resolve(try section.text("password_file", default: ""), relativeTo: file)
        if mlflow.user.isEmpty != mlflow.passwordFile.isEmpty {
            throw section.refuse(mlflow.user.isEmpty ? "password_file" : "user", "needs user and password_file both")
        }
        if !mlflow.user.isEmpty, !mlflow.tokenFile.isEmpty {
            throw section.refuse("token_file", "cannot be used together with user and password_file")
        }
        mlflow.timeout = try section.duration("timeout", default: mlflow.timeout, minimum: .milliseconds(100))
    }
}

extension Settings.MLflow {
    /// The header that lets the server know who asks; none if nobody is named.
    ///
    /// Secrets are read anew each time, so that one that was replaced is used at once.
    func authorization() throws(TrackingError) -> [String: String] {
        if !tokenFile.isEmpty { return ["Authorization": "Bearer \(try secret(tokenFile))"] }
        guard !user.isEmpty else { return [:] }
        let pair = Data("\(user):\(try secret(passwordFile))".utf8)
        return ["Authorization": "Basic \(pair.base64EncodedString())"]
    }

    private func secret(_ file: String) throws(TrackingError) -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw .secret(file: file) }
        let line = text.prefix { !$0.isNewline }
        guard !line.isEmpty else { throw .secret(file: file) }
        return String(line)
    }
}
