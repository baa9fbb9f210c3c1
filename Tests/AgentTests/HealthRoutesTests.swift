import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

struct HealthRoutesTests {
    @Test func `ready is from the first snapshot to the wish to stop`() async throws {
        let agent = try Example.agent()
        try await withPages(agent) { served in
            let before = try await served.get("/-/ready")
            #expect(before.status == 503)
            #expect(before.text == "not ready: the history has not been read yet\n")
            #expect(try await served.get("/metrics").status == 200)
            agent.snapshots.publish(Snapshot())
            #expect(try await served.get("/-/ready").text == "ready\n")
            #expect(try await served.get("/-/ready").status == 200)
            agent.draining.begin()
            let draining = try await served.get("/-/ready")
            #expect(draining.status == 503)
            #expect(draining.text == "stopping\n")
            #expect(try await served.get("/-/healthy").status == 200)
        }
    }

    @Test func `healthy is while the worker shows signs of life`() async throws {
        let agent = try Example.agent()
        try await withPages(agent) { served in
            #expect(try await served.get("/-/healthy").text == "starting\n")
            // Far off, so that no pause of a busy machine counts.
            agent.worker.instruments.heartbeat(at: Date().addingTimeInterval(3_600))
            let alive = try await served.get("/-/healthy")
            #expect(alive.status == 200)
            #expect(alive.text == "healthy\n")
            agent.worker.instruments.heartbeat(at: Date().addingTimeInterval(-3_600))
            let silent = try await served.get("/-/healthy")
            #expect(silent.status == 503)
            #expect(silent.text.hasPrefix("the worker has shown no sign of life for 36"))
        }
    }
}
