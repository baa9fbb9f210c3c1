internal import HTTPTypes
internal import Hummingbird

/// `/-/reload`: reads the configuration file again.
struct ReloadRoute: Route {
    let settings: SettingsStore
    let reloader: Reloader

    var methods: [HTTPRequest.Method] { [.post, .put] }

    func answer(_ request: Request) async -> Response {
        guard settings.current.web.enableLifecycle else {
            return Response(.forbidden, text: "lifecycle endpoints are off; web.enable_lifecycle turns them on")
        }
        do throws(SettingsError) {
            try reloader.reload()
            return Response(.ok, text: "reloaded")
        } catch {
            return Response(.internalServerError, text: "\(error)")
        }
    }
}
