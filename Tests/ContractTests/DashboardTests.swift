import Agent
import FoundationEssentials
import Testing
import TestSupport

@Suite struct DashboardTests {
    @Test func `Each has a stable identity, is not editable, and links to the others`() throws {
        let all = try Dashboard.all()
        #expect(all.count >= 2)
        #expect(Set(all.map(\.dashboard.uid)).count == all.count)
        for (file, dashboard) in all {
            #expect(!dashboard.editable && !dashboard.tags.isEmpty && !dashboard.links.isEmpty, "\(file)")
            let text = try Repository.text(file)
            #expect(!text.contains("__inputs"), "\(file)")
            #expect(text.contains(/"annotations"/), "\(file)")
        }
    }

    @Test func `Variables are the data source, the job and the instance`() throws {
        for (file, dashboard) in try Dashboard.all() {
            let variables = dashboard.templating.list
            // One shows what PostgreSQL has and Prometheus forgets.
            let database = variables.contains { $0.name == "database" && $0.type == "datasource" } ? ["database"] : []
            #expect(variables.map(\.name) == ["datasource", "job", "instance"] + database, "\(file)")
            #expect(variables.first?.type == "datasource" && variables.first?.label == "Data source", "\(file)")
            for variable in variables.dropFirst() where variable.type != "datasource" {
                #expect(variable.type == "query" && variable.multi == true && variable.includeAll == true, "\(file)")
                #expect(variable.allValue == ".+" && variable.refresh == 2, "\(file)")
            }
        }
    }

    @Test func `Every panel has a title, a description, a unit and the chosen data source`() throws {
        for (file, dashboard) in try Dashboard.all() {
            #expect(Set(dashboard.shown.map(\.id)).count == dashboard.shown.count, "\(file)")
            for panel in dashboard.shown {
                let name = "\(file): \(panel.title ?? "?")"
                #expect(panel.title?.isEmpty == false && panel.description?.isEmpty == false, "\(name)")
                guard panel.type != "text" else { continue }
                #expect(["$datasource", "$database"].contains(panel.datasource?.uid), "\(name)")
                if panel.type != "alertlist" { #expect(panel.fieldConfig?.defaults.unit != nil, "\(name)") }
            }
        }
    }

    @Test func `Panels do not overlap and fit the grid`() throws {
        for (file, dashboard) in try Dashboard.all() {
            var taken: Set<[Int]> = []
            for place in dashboard.panels.map(\.gridPos) {
                #expect(place.x >= 0 && place.x + place.w <= 24, "\(file)")
                for x in place.x..<(place.x + place.w) {
                    for y in place.y..<(place.y + place.h) {
                        #expect(taken.insert([x, y]).inserted, "\(file): \(x), \(y)")
                    }
                }
            }
        }
    }

    @Test func `Every expression selects the chosen jobs and instances`() throws {
        for (file, dashboard) in try Dashboard.all() {
            for expression in dashboard.expressions {
                let selectors = expression.matches(of: /\b(touchline_|process_|[a-z_]+:)[a-z0-9_:]+\{[^}]*\}/)
                for selector in selectors {
                    #expect(selector.output.0.contains(#"job=~"$job""#), "\(file): \(expression)")
                    #expect(selector.output.0.contains(#"instance=~"$instance""#), "\(file): \(expression)")
                }
                #expect(selectors.count >= PromQL.names(in: expression).count, "\(file): \(expression)")
            }
        }
    }

    @Test func `Counters are read as rates over the interval that Grafana chooses`() throws {
        // What is there now is no total, though its series are named like a histogram's.
        let settings = Settings(stateDirectory: "/nonexistent")
        let standing = try Agent(settings: settings, load: { settings }).catalogue.filter {
            $0.kind == "gaugehistogram"
        }
        for (file, dashboard) in try Dashboard.all() {
            for expression in dashboard.expressions
            where expression.contains("_total{") || expression.contains("_bucket{") {
                if standing.contains(where: { expression.hasPrefix("\($0.name)_bucket{") }) { continue }
                let counters = expression.matches(of: /(_total|_bucket|_count|_sum)\{/).count
                let ranges = expression.matches(of: /\b(rate|increase)\(/).count
                #expect(ranges >= counters || ranges > 0, "\(file): \(expression)")
                for range in expression.matches(of: /\[([^\]]+)\]/) {
                    #expect(
                        ["$__rate_interval", "$__range"].contains(String(range.output.1)), "\(file): \(expression)")
                }
            }
        }
    }
}
