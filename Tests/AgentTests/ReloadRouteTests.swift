import Synchronization
import TestSupport
import Testing

@testable import Agent

struct ReloadRouteTests {
    @Test func `while lifecycle endpoints are off it is forbidden and does nothing`() async throws {
        let agent = try Example.agent(load: { () throws(SettingsError) in throw .badFlag(name: "x", why: "was read") })
        try await withPages(agent) { served in
            for method in ["POST", "PUT"] {
                let reply = try await served.send(method, "/-/reload")
                #expect(reply.status == 403)
                #expect(reply.text == "lifecycle endpoints are off; web.enable_lifecycle turns them on\n")
            }
            #expect(try await served.metric("touchline_config_last_reload_successful") == 1)
        }
    }

    @Test(arguments: ["POST", "PUT"])
    func `a file is read from the disk again`(method: String) async throws {
        let folder = try Folder()
        let path = try folder.file("touchline.yml", yaml("max_requests: 40"))
        let load = { @Sendable () throws(SettingsError) in try Settings.load(path: path, stateDirectory: "/nowhere") }
        try await withPages(try Example.agent(try load(), load: load)) { served in
            let before = try await served.metric("touchline_config_hash")
            _ = try folder.file("touchline.yml", yaml("max_requests: 7"))
            let reply = try await served.send(method, "/-/reload", body: "ignored")
            #expect(reply.status == 200)
            #expect(reply.text == "reloaded\n")
            #expect(served.agent.settings.current.web.maximumRequests == 7)
            #expect(try await served.metric("touchline_config_last_reload_successful") == 1)
            #expect(try await served.metric("touchline_config_hash") != before)
        }
    }

    @Test func `a bad file is refused with its line, and the old one stays in force`() async throws {
        let folder = try Folder()
        let path = try folder.file("touchline.yml", yaml("max_requests: 40"))
        let load = { @Sendable () throws(SettingsError) in try Settings.load(path: path, stateDirectory: "/nowhere") }
        try await withPages(try Example.agent(try load(), load: load)) { served in
            let before = try await served.metric("touchline_config_hash")
            let bad = [
                (
                    yaml("max_requests: many"),
                    "\(path):4: web.max_requests: 'many' is not a whole number from 1 to 10000\n"
                ),
                (
                    yaml("listen: [\":1\"]"),
                    "\(path):4: unknown key 'web.listen'; known here: listen_addresses, telemetry_path, max_requests, "
                        + "enable_lifecycle\n"
                ),
                (
                    yaml("max_requests: 7") + "state_directory: /other\n",
                    "state_directory changed: it takes effect only after a restart; the old configuration stays\n"
                ),
            ]
            for (text, why) in bad {
                _ = try folder.file("touchline.yml", text)
                let reply = try await served.send("POST", "/-/reload")
                #expect(reply.status == 500)
                #expect(reply.text == why)
                #expect(served.agent.settings.current.web.maximumRequests == 40)
                #expect(try await served.metric("touchline_config_last_reload_successful") == 0)
                #expect(try await served.metric("touchline_config_hash") == before)
            }
            _ = try folder.file("touchline.yml", yaml("max_requests: 7"))
            #expect(try await served.send("POST", "/-/reload").status == 200)
            #expect(try await served.metric("touchline_config_last_reload_successful") == 1)
        }
    }

    private func yaml(_ line: String) -> String {
        "web:\n  enable_lifecycle: true\n  listen_addresses: [\"127.0.0.1:0\"]\n  \(line)\n"
    }
}
