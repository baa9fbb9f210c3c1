/// What MLflow's REST API is asked and answers, as far as it is used; names are its own.
struct FoundExperiment: Decodable {
    struct Experiment: Decodable {
        let id: String
        let lifecycleStage: String?

        private enum CodingKeys: String, CodingKey {
            case id = "experiment_id"
            case lifecycleStage = "lifecycle_stage"
        }
    }

    let experiment: Experiment
}

struct MadeExperiment: Decodable {
    let id: String

    private enum CodingKeys: String, CodingKey { case id = "experiment_id" }
}

/// A run's name, its state, and where its artifacts are.
struct RunInfo: Decodable {
    let id: String
    let status: String
    let artifacts: String

    private enum CodingKeys: String, CodingKey {
        case status
        case id = "run_id"
        case artifacts = "artifact_uri"
    }
}

struct MadeRun: Decodable {
    struct Run: Decodable {
        let info: RunInfo
    }

    let run: Run
}

struct FoundRuns: Decodable {
    /// Left out by the server where there are none.
    let runs: [MadeRun.Run]?
}

struct Search: Encodable {
    let experiments: [String]
    let filter: String
    let maximum: Int

    private enum CodingKeys: String, CodingKey {
        case filter
        case experiments = "experiment_ids"
        case maximum = "max_results"
    }
}

struct Beginning: Encodable {
    let experiment: String
    let name: String
    let startTime: Int64
    let tags: [Batch.Pair]

    private enum CodingKeys: String, CodingKey {
        case tags
        case experiment = "experiment_id"
        case name = "run_name"
        case startTime = "start_time"
    }
}

/// Parameters and metrics of a run, sent at once.
struct Batch: Encodable {
    struct Pair: Encodable {
        let key: String
        let value: String
    }

    struct Measurement: Encodable {
        let key: String
        let value: Double
        let timestamp: Int64
        let step: Int
    }

    let run: String
    let metrics: [Measurement]
    let params: [Pair]

    private enum CodingKeys: String, CodingKey {
        case metrics, params
        case run = "run_id"
    }

    static func pairs(_ texts: [String: String]) -> [Pair] {
        texts.sorted { $0.key < $1.key }.map { Pair(key: $0.key, value: $0.value) }
    }
}

struct Ending: Encodable {
    let run: String
    let status: String
    let endTime: Int64

    private enum CodingKeys: String, CodingKey {
        case status
        case run = "run_id"
        case endTime = "end_time"
    }
}

/// An answer that says nothing: an object, whatever is in it.
struct Nothing: Decodable {}
